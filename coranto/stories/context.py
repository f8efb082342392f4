"""What is usual for an outlet: how many articles it has here and how long after their claimed time they are seen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from statistics import median

from coranto.stories.coverage import Coverage, instant, sighting


@dataclass(frozen=True, slots=True)
class Habit:
    """One outlet's record: its number of articles, and the median delay from claimed time to first sighting (None where
    no article has both)."""

    articles: int
    delay: timedelta | None


@dataclass(frozen=True, slots=True)
class Context:
    """The habits of outlets, by name. A store may make it from counts; `from_coverages` makes it from articles."""

    outlets: Mapping[str, Habit] = field(default_factory=dict)

    @classmethod
    def from_coverages(cls, coverages: Iterable[Coverage]) -> Context:
        counts: dict[str, int] = defaultdict(int)
        delays: dict[str, list[float]] = defaultdict(list)
        for coverage in coverages:
            counts[coverage.outlet] += 1
            claimed, seen = instant(coverage.published), instant(sighting(coverage))
            if claimed is not None and seen is not None and seen >= claimed:
                delays[coverage.outlet].append(seen - claimed)
        return cls(
            {
                outlet: Habit(count, timedelta(seconds=median(delays[outlet])) if delays[outlet] else None)
                for outlet, count in counts.items()
            }
        )

    def delay(self, outlet: str) -> timedelta:
        """The outlet's usual delay, none where it is unknown."""
        habit = self.outlets.get(outlet)
        return habit.delay if habit is not None and habit.delay is not None else timedelta()
