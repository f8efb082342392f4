"""What is usual for outlets and bylines, as the stories room asks for it: made of the store's records, for a while."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import TypeVar

from coranto.store import records
from coranto.stories import Context, Coverage
from coranto.stories.context import Habit, Signing

FRESH = 600.0
"""Seconds after which a record is counted anew: one article more does not change what is usual."""
MOST = 20_000
"""So many bylines are remembered before all are forgotten."""

Record = TypeVar("Record")


class Habits:
    """The records of those whom grouping asked about within the last minutes."""

    def __init__(self, clock: Callable[[], float] = time.monotonic):
        self._outlets: dict[str, tuple[float, Habit | None]] = {}
        self._bylines: dict[str, tuple[float, Signing | None]] = {}
        self._clock = clock

    def context(self, coverages: Iterable[Coverage]) -> Context:
        """What is usual for the outlets and the bylines of these articles."""
        coverages = list(coverages)
        outlets = self._known(self._outlets, (one.outlet for one in coverages), habits)
        bylines = self._known(self._bylines, (name for one in coverages for name in one.authors), signings)
        return Context(outlets, bylines)

    def _known(
        self,
        kept: dict[str, tuple[float, Record | None]],
        names: Iterable[str],
        ask: Callable[[set[str]], dict[str, Record]],
    ) -> dict[str, Record]:
        now, wanted = self._clock(), set(names)
        if len(kept) > MOST:
            kept.clear()
        stale = {name for name in wanted if name not in kept or now - kept[name][0] > FRESH}
        if stale:
            found = ask(stale)
            kept.update({name: (now, found.get(name)) for name in stale})
        return {name: kept[name][1] for name in wanted if kept[name][1] is not None}


def habits(names: set[str]) -> dict[str, Habit]:
    """The habits of outlets."""
    return {
        name: Habit(one.articles, one.delay, one.taken, one.misdated, one.since)
        for name, one in records.of_outlets(names).items()
    }


def signings(names: set[str]) -> dict[str, Signing]:
    """What bylines sign."""
    return {name: Signing(*counts) for name, counts in records.of_bylines(names).items()}
