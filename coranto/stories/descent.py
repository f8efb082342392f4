"""Which copy was taken from which: the tree of the articles that carry one text.

A copy hangs on the earliest article unless it says that it comes from another copy, or has from one what the earliest
text lacks and nothing of the earliest text that this one lacks. Who had the text first is left to `origins`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coranto.stories.coverage import ArticleId, Coverage
from coranto.stories.credit import find_credit
from coranto.stories.fingerprints import shingles
from coranto.stories.naming import host_of, names
from coranto.stories.origins import SAME_LOOK, look

LEAST_TAKEN = 15
"""So many word 5-grams, a long sentence, that two copies have and the earliest text lacks, show that one has them from
the other."""
STRAY = 0.02
"""The part of a copy's 5-grams that it may have from the earliest text alone: joints of sentences that were cut."""


@dataclass(frozen=True, slots=True)
class Taken:
    """From which copy another was taken, and whether it `names` that as its source or only has its words."""

    taken_from: ArticleId
    names: bool


def descent(members: Sequence[Coverage], first: ArticleId) -> dict[ArticleId, Taken]:
    """For the articles with one text, of which `first` is the earliest, those that were taken from another copy. The
    others were taken from the earliest, as far as can be told; no article descends from itself."""
    text = {member.id: shingles(member.text) for member in members}
    ordered = sorted((member for member in members if member.id != first), key=_place)
    found = {}
    for number, copy in enumerate(ordered):
        before = ordered[:number]
        named = next((other for other in reversed(before) if _credits(copy, other)), None)
        source = named or _has_words_of(copy, before, text, text[first])
        if source is not None:
            found[copy.id] = Taken(source.id, named is not None)
    return found


def _place(member: Coverage) -> tuple[float, float]:
    """The order in which copies can have been taken: by the hour of sighting, within it by the claimed time."""
    seen, claimed = look(member)
    return seen // SAME_LOOK, claimed


def _credits(copy: Coverage, other: Coverage) -> bool:
    """Whether a copy names another outlet's as its source."""
    if copy.outlet == other.outlet:
        return False
    credit = find_credit(copy, other)
    if credit is None:
        return False
    host = host_of(other.url)
    return names(credit.sentence, other) or (host is not None and host_of(credit.sentence) == host)


def _has_words_of(
    copy: Coverage, before: Sequence[Coverage], text: dict[ArticleId, set[int]], earliest: set[int]
) -> Coverage | None:
    """The copy, of those before, whose own words this one has most of, where it can have all its text from there."""
    here, best, most = text[copy.id], None, LEAST_TAKEN - 1
    kept = here & earliest
    for other in before:
        there = text[other.id]
        taken = len((here & there) - earliest)
        if taken > most and len(kept - there) <= STRAY * len(here):
            best, most = other, taken
    return best
