"""Why something is said of an article: every finding with its words, and what the article itself gives away.

Composes what `attribution` (whose text), `textual_time` (of what time) and the records of outlets know, and puts the
findings of `provenance` into sentences. Pages that readers see have words of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from coranto.stories.attribution import attributions
from coranto.stories.context import FEW, Context
from coranto.stories.contradictions import Contradiction, contradictions
from coranto.stories.coverage import Coverage, dated_ahead, sighting
from coranto.stories.findings import Finding
from coranto.stories.origins import Choice
from coranto.stories.remarks import Evidence, day_words, month_words
from coranto.stories.textual_time import TimeClue, time_clues

LONG_SILENCE = timedelta(days=365)
"""A page dated this long after everything that it speaks of is said to be backed by nothing in it."""
OFTEN = 0.3
"""From this share of an outlet's articles on, what they have in common is told."""


_PLACES = {"text": "visible text", "address": "address"}
_FIRST = {
    "seen_first": "Seen here before the other copies.",
    "seen_live": "Seen here when it says that it was published.",
    "claimed_first": "No other copy gives an earlier time.",
    "named_as_source": "Other copies name this outlet as their source.",
    "names_itself": "The text itself names this outlet.",
    "name_kept": "Other outlets keep the name under which it is signed here.",
    "usual_headline": "Most copies have this headline.",
}


def evidence_in(coverage: Coverage, context: Context | None = None) -> tuple[Evidence, ...]:
    """What one article gives away by itself, and with `context` by its outlet's and byline's record."""
    found = contradictions(coverage)
    misfits = frozenset(one.quote for one in found if one.kind == "time")
    differing = map(contradicted, found)
    return (
        *attributions(coverage), *differing, *_sightings(coverage), *_times(coverage, misfits),
        *_records(coverage, context),
    )  # fmt: skip


def explained(findings: Iterable[Finding]) -> tuple[Evidence, ...]:
    """Each finding as evidence of the same kind, in the same order."""
    return tuple(_explained(finding) for finding in findings)


def first_words(choice: Choice) -> tuple[Evidence, ...]:
    """What speaks for an article as the first of its text."""
    known = [Evidence(kind, "copies", None, _FIRST[kind]) for kind in choice.evidence if kind in _FIRST]
    return (*known, *doubt_words(choice))


def doubt_words(choice: Choice) -> tuple[Evidence, ...]:
    """That who was first is open, where it is; what differs is then held against nobody."""
    says = "Which of the copies was first is not sure: what is known speaks for more than one."
    return () if choice.sure else (Evidence("first_unsure", "copies", None, says),)


def contradicted(found: Contradiction) -> Evidence:
    """A contradiction in words."""
    if found.kind == "name":
        whose = f"{found.there} of {found.outlet}" if found.outlet else found.there
        says = f"The biography is of {whose}; the byline names {' and '.join(found.here)}."
        return Evidence("bio_of_another", found.where, found.quote, says)
    if found.kind == "date":
        place = _PLACES.get(found.where, "markup")
        says = f"The page's {place} gives {day_words(found.there)} as the date, not {day_words(found.here)}."
        return Evidence("dates_disagree", found.where, found.quote, says)
    says = f"{supports(found.there)}; the page is dated {day_words(found.here)}."
    return Evidence("time_misfit", found.where, found.quote, says)


def _times(coverage: Coverage, misfits: frozenset[str]) -> Iterator[Evidence]:
    clues, claimed = time_clues(coverage), coverage.published
    for clue in clues:
        if clue.quote not in misfits:
            yield Evidence("time_clue", _place(clue), clue.quote, f"{supports(clue)}.")
    bounded = [clue.latest or clue.earliest for clue in clues if clue.earliest]
    if claimed is not None and len(bounded) > 1:
        newest = max(bounded)
        day = getattr(claimed, "date", lambda: claimed)()
        if day - newest > LONG_SILENCE:
            says = (
                f"Nothing in the text or around it speaks of a time after {day_words(newest)}; the page is dated "
                f"{day_words(claimed)}. More than that cannot be known from the page alone."
            )
            yield Evidence("date_unsupported", "page", None, says)


def _place(clue: TimeClue) -> str:
    return {"neighbour": "neighbours", "address": "address", "picture": "picture"}.get(clue.kind, "text")


def supports(clue: TimeClue) -> str:
    """What a clue says of the time of writing."""
    if clue.kind == "relative":
        return "Ties the text to the days that it tells of, not to the calendar"
    if clue.days:
        years = sorted({day.year for day in clue.days})
        if clue.kind == "weekday":
            return f"That weekday fell on that day in {', '.join(map(str, years))}"
        return f"The dateline gives {day_words(clue.days[0], year=False)}"
    year, month = clue.earliest.year, month_words(clue.earliest, year=False)
    return {
        "neighbour": f"Another headline on the page speaks of {day_words(clue.earliest)}",
        "address": f"The address carries the date {day_words(clue.earliest)}",
        "picture": f"The address of a picture carries the date {day_words(clue.earliest)}",
        "season": f"Written after a {month} that followed what it dates to {year}; of which year is not said",
        "day": f"Speaks of {day_words(clue.earliest)}: written then or later",
        "month": f"Speaks of {month} {year}: written then or later",
        "year": f"Speaks of {year}: written then or later",
        "after": f"Written in {year} or later, by its own count of years",
    }.get(clue.kind, f"Written in {year}, by its own words")


def _sightings(coverage: Coverage) -> Iterator[Evidence]:
    seen, claimed = sighting(coverage), coverage.published
    if dated_ahead(coverage):
        who = "an archive took it" if coverage.captured and coverage.captured == seen else "it was seen here"
        says = f"Dated {day_words(claimed)}, but {who} on {day_words(seen)} already."
        yield Evidence("seen_before_date", "sighting", seen.isoformat(), says)


def _records(coverage: Coverage, context: Context | None) -> Iterator[Evidence]:
    if context is None:
        return
    for name in coverage.authors:
        if context.signs_everything(name):
            signing = context.bylines[name]
            says = f"{name} signs {signing.texts} different texts here, {signing.elsewhere} of them in other outlets."
            yield Evidence("byline_in_many_outlets", "byline", name, says)
    habit = context.outlets.get(coverage.outlet)
    if habit is None or habit.articles < FEW:
        return
    here = f"of {habit.articles} articles of {coverage.outlet} seen here carry a"
    if habit.share_misdated >= OFTEN:
        says = f"{habit.misdated} {here} date that sightings or earlier copies do not bear out."
        yield Evidence("outlet_dates_differ", "record", coverage.outlet, says)
    if habit.share_taken >= OFTEN:
        says = f"{habit.taken} {here} text that was seen earlier elsewhere."
        yield Evidence("outlet_carries_earlier_texts", "record", coverage.outlet, says)


def _explained(finding: Finding) -> Evidence:
    earlier, here = finding.earlier, finding.here
    if finding.kind in ("share", "text_differs"):
        part = f"{int(here * 100)} %"
        says = (
            f"{part} of the shorter of the two texts stands in the other."
            if finding.kind == "share"
            else f"{part} of the longer of the two texts is the same; passages were dropped, added, moved or reworded."
        )
        return Evidence(finding.kind, "text", None, says)
    if finding.kind == "date_differs":
        days = abs(finding.delta_days)
        apart = f"{days} {'day' if days == 1 else 'days'} {'later' if finding.delta_days > 0 else 'earlier'}"
        says = f"Dated {day_words(here)} here; the earliest copy is dated {day_words(earlier)}: {apart} here."
        return Evidence("date_differs", "date", here.isoformat(), says)
    if finding.kind == "name_differs":
        says = f"Signed {' and '.join(here)} here; the earliest copy is signed {' and '.join(earlier)}."
        return Evidence("name_differs", "byline", ", ".join(here), says)
    says = {
        "translated": f"The earliest copy is in another language ({earlier}); these numbers and names stand in "
        "both, at the same places.",
        "same_outlet": f"Comes from the same house as {earlier}.",
        "headline_differs": f"The headline of the earliest copy reads “{earlier}”.",
        "names_source": f"Names {earlier} as its source, or says that the text is another's.",
        "links_source": f"Gives an address of {earlier} as that of its text.",
        "agency_mark": f"Bears the mark of {earlier}.",
        "mentions_source": f"Mentions {earlier}, as the earliest copy does.",
        "source_not_named": f"No link or mention of {earlier} was found on this page.",
        "mention_missing": f"The earliest copy names {earlier} in a sentence that is missing here.",
    }[finding.kind]
    where = "headline" if finding.kind == "headline_differs" else "text"
    return Evidence(finding.kind, where, here if finding.kind == "headline_differs" else finding.sentence, says)
