"""Whose headline stands for a story: that of the own report that covers most of what the others tell too.

A term counts by the number of other reports that have it. A report's share of what its opening covers and a headline's
share of what it covers itself are taken together, so that a word alone ("Resigned") gives way to one that says what
happened, and the shrill give way to all others.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from coranto.stories.likeness import outline_counts
from coranto.terms import term_key, terms

_SHRILL = re.compile(r"[!！]|\?\s*[!?]|\.\.\.$|…$")
LONGEST = 12_000
"""Characters beyond which a longer report tells no more."""
LOUD_SHARE, LEAST_LOUD = 0.6, 3
"""A headline shouts where so many of its words, and this share of them, are written in capitals."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An own report: its headline, the outline of its trace and how many characters its text has."""

    id: int
    title: str
    outline: bytes
    length: int


def headline_of(reports: Sequence[Candidate]) -> int:
    """The id of the report whose headline and opening cover most of what the others tell; where two cover as much, of
    the longer, then of the earlier one (with the lower id). `reports` must not be empty."""
    titles = [{term_key(term) for term in terms(report.title)} for report in reports]
    openings = [outline_counts(report.outline).keys() | title for report, title in zip(reports, titles, strict=True)]
    having = Counter(key for opening in openings for key in opening)
    by_opening, by_title = (
        [sum(having[key] - 1 for key in keys) / sqrt(len(keys) or 1) for keys in found] for found in (openings, titles)
    )
    most_told, most_said = max(by_opening) or 1, max(by_title) or 1

    def worth(place: int) -> tuple[bool, float, int, int]:
        report = reports[place]
        covered = by_opening[place] / most_told + by_title[place] / most_said
        return not is_shrill(report.title), covered, min(report.length, LONGEST), -report.id

    return reports[max(range(len(reports)), key=worth)].id


def is_shrill(title: str) -> bool:
    """Whether a headline cries out: by its marks, by trailing off, or in capitals."""
    words = [word for word in title.split() if len(word) > 1 and word.upper() != word.lower()]
    loud = sum(word.isupper() for word in words)
    return bool(_SHRILL.search(title)) or (loud >= LEAST_LOUD and loud >= LOUD_SHARE * len(words))
