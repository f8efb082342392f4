"""One piece of evidence: its kind, where it stands, the words that bear it out, and what it says in plain words."""

from __future__ import annotations

from dataclasses import dataclass

from coranto.articles import Moment

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Evidence:
    """`kind` names it for programs; `where` is the field or place ('text', 'biography', 'address', 'sighting' ...);
    `quote` the sentence or value, None where nothing can be quoted; `says` an English sentence for a reader, about the
    text or the page and never about a person's doing; `name` the name that it tells of, where it tells of one."""

    kind: str
    where: str
    quote: str | None
    says: str
    name: str | None = None


def day_words(moment: Moment, year: bool = True) -> str:
    """'7 April 2025', or '7 April'."""
    return f"{moment.day} {_MONTHS[moment.month - 1]}" + (f" {moment.year}" if year else "")


def month_words(moment: Moment, year: bool = True) -> str:
    """'April 2025', or 'April'."""
    return _MONTHS[moment.month - 1] + (f" {moment.year}" if year else "")
