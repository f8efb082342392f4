"""Where a page differs from itself: in the name, in the dates that its places give, in the time that its text knows of.

Each holds by itself. What can be a house's byline, a date of the last change, another article's date, a look ahead or a
slip of reading is not told: a miss is better than a false accusation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from coranto.articles import DateEvidence, Moment, Person
from coranto.stories.attribution import placed_at
from coranto.stories.coverage import Coverage, gap_seconds
from coranto.stories.naming import same_name
from coranto.stories.sureness import signers
from coranto.stories.textual_time import TimeClue, looks_back, misfit, time_clues
from coranto.terms import words

FAR_OFF = 2 * 86400.0
FAR_OFF_ADDRESS = 31 * 86400.0
"""An address is made when a page is begun, weeks before it is published at times."""
SURE_ENOUGH = {"json-ld": 0.9, "meta": 0.9, "text": 0.6, "address": 0.5}
"""How sure a witness of the date must be to speak against another: what is less may be the date of something else."""
LEAST_CLAIMED = 0.65
"""How sure the best witness of the page's own date must be: what is less may be the hour of printing or of an event."""
CREATED = "dateCreated"
OF_TEXT = frozenset(("day", "month", "year", "weekday", "dateline", "nearby", "after", "ago", "season"))
"""Clues that stand in the text itself; other headlines and pictures are changed long after."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two places of one page that do not fit.

    `kind` is 'name' (`here` the names that sign, `there` whose biography stands there, `outlet` where it places that
    person, None where it does not), 'date' (two moments) or 'time' (`here` the date, `there` the clue). `where` is the
    other place ('biography', 'json-ld', 'meta', 'text', 'address'), `quote` its words.
    """

    kind: str
    here: tuple[str, ...] | Moment
    there: str | Moment | TimeClue
    where: str
    quote: str
    outlet: str | None = None


def contradictions(coverage: Coverage) -> tuple[Contradiction, ...]:
    """All of them, in the order of name, date, time."""
    return (*_names(coverage), *_dates(coverage), *_times(coverage))


def _names(coverage: Coverage) -> Iterator[Contradiction]:
    here = signers(coverage)
    for person in coverage.people if here else ():
        if person.bio and words(person.name) and not _signs(person, coverage):
            yield Contradiction(
                "name", here, person.name, "biography", person.bio, placed_at(person.bio, coverage)
            )  # fmt: skip


def _signs(person: Person, coverage: Coverage) -> bool:
    return any(same_name(person.name, name) for name in coverage.authors if words(name))


def _dates(coverage: Coverage) -> Iterator[Contradiction]:
    claimed = coverage.published
    if claimed is None or not _well_read(coverage):
        return
    changed = [one.value for one in coverage.date_evidence if one.field == "modified"]
    told: list[Moment] = []
    for witness in coverage.date_evidence:
        given = witness.value
        if not _speaks(witness, claimed) or any(_near(given, one) for one in told):
            continue
        # A page dated by its last change says so itself.
        if not any(_near(one, claimed) or _near(one, given) for one in changed):
            told.append(given)
            yield Contradiction("date", claimed, given, witness.where, witness.detail or given.isoformat())


def _well_read(coverage: Coverage) -> bool:
    """Whether the date is well witnessed, or by nothing on the page at all: then somebody else gave it."""
    witnesses = [one for one in coverage.date_evidence if one.field == "published"]
    backing = [one.confidence for one in witnesses if _near(one.value, coverage.published)]
    return not backing or max(backing) >= LEAST_CLAIMED


def _speaks(witness: DateEvidence, claimed: Moment) -> bool:
    """Whether a witness is good enough to speak against the date, and does."""
    if witness.field != "published" or witness.detail == CREATED:
        return False
    far = FAR_OFF_ADDRESS if witness.where == "address" else FAR_OFF
    return witness.confidence >= SURE_ENOUGH.get(witness.where, 2.0) and not _near(witness.value, claimed, far)


def _near(one: Moment, other: Moment, most: float = FAR_OFF) -> bool:
    return abs(gap_seconds(one, other) or 0.0) <= most


def _times(coverage: Coverage) -> Iterator[Contradiction]:
    claimed = coverage.published
    if claimed is None:
        return
    # Whatever the page gives as a time of change may have brought the sentence.
    moments = [claimed, *(one.value for one in coverage.date_evidence if one.field == "modified")]
    told = set()
    for clue in time_clues(coverage):
        if clue.kind not in OF_TEXT or clue.quote in told or not all(misfit(clue, one) for one in moments):
            continue
        if clue.latest is not None or clue.days or looks_back(clue):
            told.add(clue.quote)
            yield Contradiction("time", claimed, clue, "text", clue.quote)
