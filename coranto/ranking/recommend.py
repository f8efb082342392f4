"""For you: candidates ordered by what this reader read, with a reason for each, spread over stories and outlets.

A profile is the decayed sum of what was read (sections, topics, outlets, words of headlines); a candidate's score is a
weighted sum of how well it fits each, how fresh it is and how often others opened it. With the `learn` extra the sum of
what was read as vectors counts beside the words, so that other words for the same thing fit. Nothing is learned across
readers. """

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import repeat
from math import ceil, log, prod, sqrt

from coranto.ranking.items import Item, ItemId, Listed, Popularity, Read
from coranto.vectors import blended, cosines

HALF_LIFE = timedelta(days=14)
FRESH_HALF_LIFE = timedelta(days=2)
READS_HALVING = 40
"""Where times are unknown, a read counts half of one that came this many reads later."""
KIND_WEIGHTS = {"read": 1.0, "star": 2.0, "hide": -1.0, "less": -2.0}
SKIMMED_SECONDS, SKIMMED_WEIGHT = 10.0, 0.3
WEIGHTS = {"words": 1.0, "meaning": 0.45, "topic": 0.35, "section": 0.3, "outlet": 0.1, "fresh": 0.2, "popularity": 2.0}
PRIOR_CLICKS, PRIOR_SHOWN = 1.0, 25.0
LARGEST_SHARE = 1 / 3
"""The most of a list that one outlet or one section may have, while others have something to offer."""

Factors = Mapping[tuple[str, str], float]
"""{('topic' or 'outlet', its name): how many times as much it counts}."""


@dataclass(slots=True)
class Profile:
    """What a reader reads: weights that add up to 1 in each field (words: length 1), the sum of the vectors (None where
    there are none), and plain counts for reasons."""

    sections: Counter[str] = field(default_factory=Counter)
    topics: Counter[str] = field(default_factory=Counter)
    outlets: Counter[str] = field(default_factory=Counter)
    words: Counter[str] = field(default_factory=Counter)
    meaning: bytes | None = None
    read_sections: Counter[str] = field(default_factory=Counter)
    read_topics: Counter[str] = field(default_factory=Counter)
    read_outlets: Counter[str] = field(default_factory=Counter)


def score_candidates(
    history: Sequence[Read],
    candidates: Sequence[Item],
    now: datetime,
    popularity: Popularity | None = None,
    model: None = None,
) -> list[float]:
    """A score for each candidate, in the order given; read ones are scored as well. `history` runs from the first read
    to the last; `popularity` is {id: (clicks, shown)} so far. `model` would be weights learned from readers' logs; none
    are learned so far, and None, the fixed `WEIGHTS`, is all it takes."""
    if model is not None:
        raise ValueError("weights are not learned so far: model must be None")
    return [sum(parts.values()) for parts in _parts(_profile(history, candidates, now), candidates, now, popularity)]


def recommend(
    history: Sequence[Read],
    candidates: Sequence[Item],
    now: datetime,
    popularity: Popularity | None = None,
    k: int | None = None,
    factors: Factors | None = None,
) -> list[Listed]:
    """The candidates worth listing, the best first (at most `k`): never one that was read or hidden, nor a text that
    was read elsewhere; one of each story; no outlet and no section above a third of the list while others are left.
    Somebody without a history gets the sections in turn, and the reason says so. `factors` are the reader's own wishes:
    what they name counts so many times as much, and with 0 is never listed."""
    scored = ranked(history, candidates, now, popularity, factors)
    k = len(scored) if k is None else k
    if not any(read.kind in ("read", "star") for read in history):
        return _in_turn(scored, k)
    return spread(scored, k)


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate with its score and the reason that a list gives for it."""

    item: Item
    score: float
    reason: str
    values: tuple[str, ...]

    @property
    def listed(self) -> Listed:
        return Listed(self.item.id, self.score, self.reason, self.values)


def ranked(
    history: Sequence[Read],
    candidates: Sequence[Item],
    now: datetime,
    popularity: Popularity | None = None,
    factors: Factors | None = None,
) -> list[Scored]:
    """The first half of `recommend`: what may be listed, the best first, before it is spread. It stays as it is while
    history and wishes do; `spread` then makes each page's list of it."""
    known = {read.item.root for read in history} | {read.item.id for read in history}
    wished = factors or {}
    offered = [
        item for item in candidates if item.id not in known and item.root not in known and _factor(item, wished)
    ]
    profile = _profile(history, offered, now)
    parts = _parts(profile, offered, now, popularity)
    scores = [sum(parts[at].values()) * _factor(item, wished) for at, item in enumerate(offered)]
    order = sorted(range(len(offered)), key=lambda at: -scores[at])
    return [Scored(offered[at], scores[at], *_reason(profile, offered[at], parts[at], wished)) for at in order]


def _factor(item: Item, factors: Factors) -> float:
    """What the reader's wishes make of an item: 0 where one of them says never."""
    if not factors:
        return 1.0
    return prod(factors.get(name, 1.0) for name in (("outlet", item.outlet), *(("topic", one) for one in item.topics)))


def _profile(history: Sequence[Read], candidates: Sequence[Item], now: datetime) -> Profile:
    profile = Profile()
    rarity = _rarity([*candidates, *(read.item for read in history)])
    for place, read in enumerate(reversed(history)):
        item, weight = read.item, _read_weight(read, place, now)
        if item.section:
            profile.sections[item.section] += weight
        if item.outlet:
            profile.outlets[item.outlet] += weight
        for topic in item.topics:
            profile.topics[topic] += weight / len(item.topics)
        for term, share in _headline_vector(item, rarity):
            profile.words[term] += weight * share
        if weight > 0:
            profile.read_sections.update([item.section] if item.section else ())
            profile.read_outlets.update([item.outlet] if item.outlet else ())
            profile.read_topics.update(set(item.topics))
    for shares in (profile.sections, profile.topics, profile.outlets):
        _scale(shares, sum(abs(weight) for weight in shares.values()))
    _scale(profile.words, sqrt(sum(weight * weight for weight in profile.words.values())))
    for term in profile.words:
        profile.words[term] *= rarity.get(term, 0.0)
    meanings = [read.item.meaning() for read in history]
    if meanings and None not in meanings:
        weights = [_read_weight(read, place, now) for place, read in enumerate(reversed(history))]
        profile.meaning = blended(meanings, weights[::-1])
    return profile


def _read_weight(read: Read, place: int, now: datetime) -> float:
    halvings = place / READS_HALVING if read.at is None else max(0.0, (now - read.at) / HALF_LIFE)
    weight = KIND_WEIGHTS.get(read.kind, 1.0) * 2.0**-halvings
    return weight * SKIMMED_WEIGHT if read.dwell is not None and read.dwell < SKIMMED_SECONDS else weight


def _rarity(items: Sequence[Item]) -> dict[str, float]:
    documents: Counter[str] = Counter()
    for item in items:
        documents.update(item.headline_terms().keys())
    return {term: log(1 + len(items) / count) for term, count in documents.items()}


def _headline_vector(item: Item, rarity: Mapping[str, float]) -> list[tuple[str, float]]:
    weighed = [(term, count * rarity[term]) for term, count in item.headline_terms().items()]
    length = sqrt(sum(weight * weight for _, weight in weighed)) or 1.0
    return [(term, weight / length) for term, weight in weighed]


def _scale(shares: Counter[str], total: float) -> None:
    for name in shares if total else ():
        shares[name] /= total


def _parts(
    profile: Profile, candidates: Sequence[Item], now: datetime, popularity: Popularity | None
) -> list[dict[str, float]]:
    """For each candidate what each signal adds to its score."""
    rarity = _rarity(candidates)
    meant = cosines(profile.meaning, [item.meaning() for item in candidates]) if profile.meaning else repeat(0.0)
    found = []
    for item, alike in zip(candidates, meant, strict=False):
        clicks, shown = (popularity or {}).get(item.id, (0.0, 0.0))
        age = max(timedelta(), now - item.published) if item.published is not None else None
        terms = item.headline_terms()
        length = sqrt(sum((count * rarity[term]) ** 2 for term, count in terms.items())) or 1.0
        like = sum(count * profile.words.get(term, 0.0) for term, count in terms.items()) / length
        found.append(
            {
                "words": WEIGHTS["words"] * like,
                "meaning": WEIGHTS["meaning"] * alike,
                "topic": WEIGHTS["topic"] * sum(profile.topics.get(topic, 0.0) for topic in set(item.topics)),
                "section": WEIGHTS["section"] * profile.sections.get(item.section or "", 0.0),
                "outlet": WEIGHTS["outlet"] * profile.outlets.get(item.outlet, 0.0),
                "fresh": WEIGHTS["fresh"] * 2.0 ** -(age / FRESH_HALF_LIFE) if age is not None else 0.0,
                "popularity": WEIGHTS["popularity"] * (clicks + PRIOR_CLICKS) / (shown + PRIOR_SHOWN),
            }
        )
    return found


def _reason(
    profile: Profile, item: Item, parts: Mapping[str, float], factors: Factors
) -> tuple[str, tuple[str, ...]]:
    """The strongest of the signals that come from what was read; a topic of which more is wished comes first and is
    told of with 'more'."""
    topics = [topic for topic in item.topics if profile.read_topics[topic]]
    if topics and parts["topic"] > 0:
        topic = max(topics, key=lambda one: (factors.get(("topic", one), 1.0), profile.read_topics[one]))
        wished = ("more",) if factors.get(("topic", topic), 1.0) > 1 else ()
        return "topic", (topic, str(profile.read_topics[topic]), *wished)
    if parts["words"] > max(parts["section"], parts["outlet"]):
        shared = {term: profile.words[term] for term in item.headline_terms() if profile.words.get(term, 0.0) > 0}
        if shared:
            return "words", tuple(sorted(shared, key=lambda term: (-shared[term], term))[:3])
    if item.section and profile.read_sections[item.section]:
        return "section-read", (item.section, str(profile.read_sections[item.section]))
    if profile.read_outlets[item.outlet]:
        return "outlet", (item.outlet, str(profile.read_outlets[item.outlet]))
    return "fresh", ()


def spread(scored: Sequence[Scored], k: int, exclude: Collection[ItemId] = ()) -> list[Listed]:
    """The best `k`, one of each text and story, none in `exclude`; what would give an outlet or section more than a
    third waits until nothing else is left."""
    most = max(1, ceil(k * LARGEST_SHARE))
    chosen: list[Listed] = []
    waiting, taken = [], set()
    outlets, sections = Counter(), Counter()
    for one in scored:
        if len(chosen) == k:
            return chosen
        item, names = one.item, _names(one.item)
        if item.id in exclude or names & taken:
            continue
        if (item.outlet and outlets[item.outlet] >= most) or (item.section and sections[item.section] >= most):
            waiting.append((one, names))
            continue
        taken |= names
        outlets[item.outlet] += 1
        sections[item.section] += 1
        chosen.append(one.listed)
    for one, names in waiting:
        if len(chosen) < k and not names & taken:
            taken |= names
            chosen.append(one.listed)
    return chosen


def _names(item: Item) -> set[tuple[str, object]]:
    """What an item takes the place of in a list: its text and its story."""
    return {("text", item.root), ("story", item.story if item.story is not None else ("own", item.id))}


def _in_turn(scored: Sequence[Scored], k: int) -> list[Listed]:
    """The best of each section, then the second best of each, and so on."""
    shelves: dict[str, list[Scored]] = {}
    taken: set[tuple[str, object]] = set()
    for one in scored:
        names = _names(one.item)
        if not names & taken:
            taken |= names
            shelves.setdefault(one.item.section or "", []).append(one)
    listed: list[Listed] = []
    for row in range(max(map(len, shelves.values()), default=0)):
        for section, shelf in shelves.items():
            if row < len(shelf) and len(listed) < k:
                reason = ("section", (section,)) if section else ("fresh", ())
                listed.append(Listed(shelf[row].item.id, shelf[row].score, *reason))
    return listed
