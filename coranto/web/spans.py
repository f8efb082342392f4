"""The time that each sentence of a checked page allows, as lines on one axis: where they begin and end, in per cent.

Plain numbers, as in `drawing`; templates turn them into SVG. Words beside each line say the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.dates import MONTHS_3
from django.utils.translation import get_language_bidi, gettext

from coranto.stories import Written
from coranto.stories.textual_time import TimeClue

MOST_TICKS = 5
MARGIN = 0.06
"""Room at both ends of the axis, as a share of what it shows."""
SHORT = timedelta(days=800)
"""Up to this length the axis shows months, beyond it years."""


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, the words of what it allows, and from where to where its line goes; None where nothing is drawn."""

    quote: str
    says: str
    span: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Table:
    """All lines, the sum of the text's own, where the page's date stands, and (x, label) of the axis' ticks; nothing is
    drawn where `ticks` is empty."""

    lines: tuple[Line, ...] = ()
    sum: tuple[float, float] | None = None
    said: float | None = None
    ticks: tuple[tuple[float, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Axis:
    start: date
    end: date
    rtl: bool

    def place(self, day: date) -> float:
        """Per cent from the left edge."""
        share = (day - self.start) / (self.end - self.start)
        x = min(max(share, 0.0), 1.0) * 100
        return round(100 - x if self.rtl else x, 1)

    def span(self, earliest: date | None, latest: date | None) -> tuple[float, float] | None:
        """A line's two ends; an open one goes to the edge."""
        if earliest is None and latest is None:
            return None
        return self.place(earliest or self.start), self.place(latest or self.end)


def table(written: Written, words: Callable[[TimeClue], str]) -> Table:
    """The lines of a report, `words` saying what each clue allows."""
    clues = (*written.clues, *written.beside)
    said = written.claimed.date() if isinstance(written.claimed, datetime) else written.claimed
    days = [day for clue in clues for day in (clue.earliest, clue.latest) if day] + ([said] if said else [])
    if not any(clue.earliest or clue.latest for clue in clues):
        return Table(tuple(Line(clue.quote, words(clue), None) for clue in clues))
    axis = axis_of(days)
    lines = tuple(Line(clue.quote, words(clue), axis.span(clue.earliest, clue.latest)) for clue in clues)
    whole = axis.span(written.earliest, written.latest)
    return Table(lines, whole, axis.place(said) if said else None, tuple(ticks(axis)))


def axis_of(days: Sequence[date]) -> Axis:
    room = max((max(days) - min(days)) * MARGIN, timedelta(days=10))
    return Axis(min(days) - room, max(days) + room, get_language_bidi())


def ticks(axis: Axis) -> list[tuple[float, str]]:
    """The first days of years, or of months where the axis is short, at most `MOST_TICKS` of them."""
    months = axis.end - axis.start <= SHORT
    step = 1 if months else 12
    first = axis.start.year * 12 + (axis.start.month if months else 12)
    starts = range(first, axis.end.year * 12 + axis.end.month, step)
    thinned = starts[:: -(-len(starts) // MOST_TICKS) or 1]
    return [tick(axis, date(number // 12, number % 12 + 1, 1), months) for number in thinned]


def tick(axis: Axis, day: date, months: bool) -> tuple[float, str]:
    words = {"month": str(MONTHS_3[day.month]).capitalize(), "year": day.year}
    return axis.place(day), gettext("%(month)s %(year)s") % words if months else str(day.year)
