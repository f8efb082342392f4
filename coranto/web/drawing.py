"""Where marks, ticks and bars stand: the geometry of the strip, the timeline and the sparkline, as plain numbers.

Horizontal places are percentages from the left edge; in a right-to-left page the axis runs from the right (x becomes
100 - x). Templates turn the numbers into SVG attributes; nothing here is markup.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from coranto.store.values import Mark
from coranto.web import times

MOST_MARKS = 40
FIRST_X, LAST_X = 2.0, 97.0
EDGE = 2.0
"""Room at both ends of the timeline's axis, so that a mark there is whole."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A mark at its place: `kind` as in `Mark`, `x` in per cent."""

    kind: str
    x: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A line at midnight (or at the axis' start) with its words; `label` is empty where there is no room for it."""

    x: float
    moment: datetime
    label: bool


@dataclass(frozen=True, slots=True)
class Axis:
    """The timeline's axis from `start` to `end`."""

    start: datetime
    end: datetime
    rtl: bool = False

    def place(self, moment: datetime) -> float:
        """Per cent from the left edge, one decimal."""
        share = (moment - self.start) / (self.end - self.start)
        x = EDGE + min(max(share, 0.0), 1.0) * (100 - 2 * EDGE)
        return round(100 - x if self.rtl else x, 1)


def thin(marks: Sequence[Mark], most: int = MOST_MARKS) -> list[Mark]:
    """At most `most` marks: the first, the last and the ones with another name or date stay; the rest evenly."""
    if len(marks) <= most:
        return list(marks)
    last = len(marks) - 1
    kept = {0, last} | {i for i, mark in enumerate(marks) if mark.kind in ("first", "changed")}
    kept = set(sorted(kept)[:most])
    others = [i for i in range(len(marks)) if i not in kept]
    room = most - len(kept)
    kept.update(others[i * len(others) // room] for i in range(room))
    return [marks[i] for i in sorted(kept)]


def strip(marks: Sequence[Mark], rtl: bool = False) -> list[Placed]:
    """A mark per article on a line, large ones last so that they lie on top."""
    ordered = sorted(thin(sorted(marks, key=lambda mark: mark.at)), key=lambda mark: mark.at)
    if not ordered:
        return []
    start, end = ordered[0].at, ordered[-1].at
    width = (end - start).total_seconds() or 1.0
    placed = []
    for mark in ordered:
        x = FIRST_X + (LAST_X - FIRST_X) * (mark.at - start).total_seconds() / width
        placed.append(Placed(mark.kind, round(100 - x if rtl else x, 1)))
    return sorted(placed, key=lambda mark: mark.kind in ("first", "changed"))


def axis(moments: Sequence[datetime], rtl: bool = False) -> Axis:
    """The whole hours round the given moments, at least one hour wide."""
    start = min(moments).replace(minute=0, second=0, microsecond=0)
    end = max(moments).replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return Axis(start, end, rtl)


def ticks(line: Axis, most: int = 8) -> list[Tick]:
    """The axis' start and the midnights on it, thinned to `most`; a label needs 12 % of room, the start's 22 %."""
    found = [Tick(line.place(line.start), line.start, True)]
    midnight = times.local(line.start).replace(hour=0) + timedelta(days=1)
    midnights = []
    while midnight < line.end:
        midnights.append(midnight)
        midnight = (midnight + timedelta(hours=36)).replace(hour=0)
    step = -(-len(midnights) // most) or 1
    taken = 22.0
    for moment in midnights[::step]:
        x = line.place(moment)
        way = 100 - x if line.rtl else x
        label = taken <= way <= 90
        found.append(Tick(x, moment, label))
        if label:
            taken = way + 12
    return found


@dataclass(frozen=True, slots=True)
class Spark:
    """A sparkline's bars as path data in a 120 x 24 box: the earlier days and today's."""

    days: str
    today: str


def spark(counts: Sequence[int]) -> Spark:
    """Bars for up to 30 daily counts, the last of them today's; a day with news is never lower than one unit."""
    counts = list(counts)[-30:]
    most = max(counts, default=0)
    if not most:
        return Spark("", "")
    offset = 30 - len(counts)
    bars = [
        f"M{2 + 4 * (offset + i)} 23v-{max(1, round(21 * count / most))}" if count else ""
        for i, count in enumerate(counts)
    ]
    return Spark("".join(bars[:-1]), bars[-1])
