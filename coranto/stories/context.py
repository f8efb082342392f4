"""What is usual for an outlet and a byline: how many articles, how late they are seen, how often the text was known.

A store may make it from counts; `Context.from_coverages` makes it from articles. Without it these kinds of evidence are
silent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median

from coranto.stories.coverage import Coverage, dated_ahead, gap_seconds, house, instant, sighting
from coranto.stories.fingerprints import COPY_SHARE, AnchorIndex, anchors, signature, signature_share

FEW = 5
"""Of an outlet or a byline with fewer articles nothing is usual yet."""
DAY = 86400.0
FAR_OFF = 2 * DAY


@dataclass(frozen=True, slots=True)
class Habit:
    """One outlet's record: its number of articles, the median delay from claimed time to first sighting (None where no
    article has both), how many of its texts another house had a day or more before, how many of its articles carry a
    date that cannot be (later than we saw them, or more than two days off the earlier copy's), and since when it is
    read here."""

    articles: int
    delay: timedelta | None
    taken: int = 0
    misdated: int = 0
    since: datetime | None = None

    @property
    def share_taken(self) -> float:
        return self.taken / self.articles if self.articles >= FEW else 0.0

    @property
    def share_misdated(self) -> float:
        return self.misdated / self.articles if self.articles >= FEW else 0.0


@dataclass(frozen=True, slots=True)
class Signing:
    """One byline's record: how many different texts it signs, and how many of them in another house than its most."""

    texts: int
    elsewhere: int


@dataclass(frozen=True, slots=True)
class Context:
    """The records of outlets, by name, and of bylines, by the name as it stands."""

    outlets: Mapping[str, Habit] = field(default_factory=dict)
    bylines: Mapping[str, Signing] = field(default_factory=dict)

    @classmethod
    def from_coverages(cls, coverages: Iterable[Coverage]) -> Context:
        counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
        delays: dict[str, list[float]] = defaultdict(list)
        signed: dict[str, dict[int, str]] = defaultdict(dict)
        since: dict[str, datetime] = {}
        for coverage, text, earlier in _texts(coverages):
            count = counts[coverage.outlet]
            count[0] += 1
            count[1] += earlier is not None
            claimed, seen = instant(coverage.published), instant(sighting(coverage))
            gap = None if earlier is None else gap_seconds(coverage.published, earlier.published)
            count[2] += dated_ahead(coverage) or (gap is not None and abs(gap) > FAR_OFF)
            if claimed is not None and seen is not None and seen >= claimed:
                delays[coverage.outlet].append(seen - claimed)
            if seen is not None:
                since.setdefault(coverage.outlet, sighting(coverage))
            for name in coverage.authors:
                signed[name].setdefault(text, house(coverage))
        habits = {
            outlet: Habit(
                articles,
                timedelta(seconds=median(delays[outlet])) if delays[outlet] else None,
                taken,
                misdated,
                since.get(outlet),
            )
            for outlet, (articles, taken, misdated) in counts.items()
        }
        return cls(habits, {name: _signing(list(houses.values())) for name, houses in signed.items()})

    def delay(self, outlet: str) -> timedelta:
        """The outlet's usual delay, none where it is unknown."""
        habit = self.outlets.get(outlet)
        return habit.delay if habit is not None and habit.delay is not None else timedelta()

    def since(self, outlet: str) -> float | None:
        """The second since which the outlet is read, None where it is unknown."""
        habit = self.outlets.get(outlet)
        return instant(habit.since) if habit is not None else None

    def signs_everything(self, name: str) -> bool:
        """Whether a byline signs many different texts, and in several houses."""
        signing = self.bylines.get(name)
        return signing is not None and signing.texts >= FEW and signing.elsewhere >= 2


def _signing(houses: list[str]) -> Signing:
    return Signing(len(houses), len(houses) - max(houses.count(one) for one in set(houses)))


def _texts(coverages: Iterable[Coverage]) -> Iterator[tuple[Coverage, int, Coverage | None]]:
    """Each article in the order of sighting with a number for its text and the earliest article of another house that
    had the text a day or more before."""
    ordered = sorted(coverages, key=lambda coverage: instant(sighting(coverage)) or 0.0)
    index, kept, text_of = AnchorIndex(), [], []
    for number, coverage in enumerate(ordered):
        made = signature(coverage.text)
        alike = [
            other
            for other in index.candidates(anchors(made))
            if signature_share(made, signature(ordered[kept[other]].text)) >= COPY_SHARE
        ]
        text_of.append(text_of[kept[min(alike)]] if alike else number)
        first = ordered[text_of[number]]
        seen, before = instant(sighting(coverage)), instant(sighting(first))
        earlier = seen is not None and before is not None and seen - before >= DAY and house(first) != house(coverage)
        if not alike:
            index.add(len(kept), anchors(made))
            kept.append(number)
        yield coverage, text_of[number], first if earlier else None
