"""Which names and dates of an article are sure enough to be set against another's.

A page is read by a program, and what it takes for a byline may be the house, a desk, an agency or a piece of the page's
own code; a date may rest on a passing mention. What is in doubt is not compared.
"""

from __future__ import annotations

import re

from coranto.articles import Moment
from coranto.stories.agencies import agency_of
from coranto.stories.coverage import Coverage, gap_seconds
from coranto.stories.naming import names
from coranto.terms import words

LEAST_CONFIDENCE = 0.55
"""A date that no witness backs with so much is in doubt."""
PLAIN = 0.7
"""Below this much a date may have been read with day and month exchanged."""
HEARD = 0.4
"""A witness of so much, also one of a change, is enough to bring two dates together."""
AGREE = 86400.0
EDGE = 400
"""Characters at either end of a text in which a byline or a biography may stand."""
_CODE = re.compile(r"[{}<>\[\]$%=|\\:]|@")
_DESK = frozenset(
    """
    staff staffs admin administrator editor editors editorial desk newsroom newsdesk webmaster reporter reporters
    correspondent correspondents contributor contributors reports agencies agency wire wires bureau press associated
    redaktion redakcja redacción redacao redação redazione rédaction redactie redaksjonen redaktionen redaktionen
    toimitus szerkesztőség redakce редакция agence agencia agenzia agentur agencies
    """.split()
)
"""Words by which a house or an agency signs instead of a person."""


def signers(coverage: Coverage) -> tuple[str, ...]:
    """The names under an article that can be those of its writers: neither the page's code, nor its own house, nor a
    desk, nor a single word, unless it is an agency's, nor whom the text tells of in its middle."""
    return tuple(name for name in coverage.authors if _may_sign(name, coverage))


def dates_apart(here: Coverage, there: Coverage, slack: float) -> float | None:
    """By how many seconds the date of `here` is later than that of `there`, None where it is not surely more than
    `slack`: a date is unknown or in doubt, another witness of either page brings them together, or they are the same
    with day and month exchanged."""
    gap = gap_seconds(here.published, there.published)
    if gap is None or abs(gap) <= slack or not (_backed(here) and _backed(there)):
        return None
    near = (gap_seconds(one, other) for one in _moments(here) for other in _moments(there))
    if any(abs(gap) <= slack for gap in near):
        return None
    return None if _exchanged(here.published, there.published) and _unsure(here, there) else gap


def _backed(coverage: Coverage) -> bool:
    """Whether a good witness backs the date and no better one gives another; as it is where no witness is known. The
    date of a change alone is none of publication."""
    witnesses = [one for one in coverage.date_evidence if one.field == "published"]
    backed = max((one.confidence for one in witnesses if _agree(one.value, coverage.published)), default=0.0)
    against = max((one.confidence for one in witnesses if not _agree(one.value, coverage.published)), default=0.0)
    return not coverage.date_evidence or (backed >= LEAST_CONFIDENCE and backed > against)


def _moments(coverage: Coverage) -> list[Moment]:
    """The date, and what other witnesses say that say something else: its own time without the zone is no other."""
    heard = (one.value for one in coverage.date_evidence if one.confidence >= HEARD)
    return [coverage.published, *(value for value in heard if not _agree(value, coverage.published))]


def _exchanged(one: Moment, other: Moment) -> bool:
    return (one.year, one.month, one.day) == (other.year, other.day, other.month)


def _unsure(*pages: Coverage) -> bool:
    best = (max((one.confidence for one in page.date_evidence), default=1.0) for page in pages)
    return min(best) < PLAIN


def _agree(one: Moment, other: Moment) -> bool:
    gap = gap_seconds(one, other)
    return gap is not None and abs(gap) <= AGREE


def is_agency(name: str) -> bool:
    """Whether an agency, a desk or an office signs."""
    return agency_of(name) is not None or bool(set(words(name)) & _DESK)


def house_signature(coverage: Coverage) -> tuple[str, ...]:
    """Who signs for a house where no person does: its desk, the outlet itself, an agency."""
    given = tuple(name for name in coverage.authors if words(name) and not _CODE.search(name))
    return () if signers(coverage) else given


def comparable(here: str, there: str) -> bool:
    """Whether two names can be told apart: one in another script may be the same."""
    return _is_latin(here) == _is_latin(there)


def stands_on(name: str, coverage: Coverage) -> bool:
    """Whether a page has the name elsewhere than in its byline: then that may be the reader's error."""
    places = (coverage.text, *coverage.notices, *(person.name for person in coverage.people))
    return any(name.casefold() in place.casefold() for place in places)


def _is_latin(name: str) -> bool:
    return all(ord(letter) < 0x250 for letter in name if letter.isalpha())


def _may_sign(name: str, coverage: Coverage) -> bool:
    found = words(name)
    if _CODE.search(name) or set(found) & _DESK or names(name, coverage) or name in coverage.text[EDGE:-EDGE]:
        return False
    if len(found) < 2 and agency_of(name) is None and name.upper() != name.lower():
        return False
    house = words(f"{coverage.outlet} {coverage.publisher or ''}")
    return any(word not in house for word in found)
