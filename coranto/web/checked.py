"""The report on a page in a reader's words: what differs, what backs each field, when it was written, who has its text.

The subject of each sentence is the page or its text, never a person's doing. Sentences of stored texts are not quoted,
for not everybody may read those.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.dates import MONTHS, MONTHS_ALT
from django.utils.translation import gettext, ngettext

from coranto.articles import Moment
from coranto.stories import Evidence, Finding, Match, Report, Written
from coranto.stories.contradictions import Contradiction
from coranto.stories.textual_time import TimeClue
from coranto.web import addresses, cited, rights, shell, spans, times
from coranto.web.wording import percent, plain_names, says_date, says_the_same, shortened


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the page, what stands there, and what backs it."""

    name: str
    value: str
    backed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """Two places of the page that do not fit, each with its name; `quote` are the words of the second."""

    field: str
    here: str
    there: str
    says: str
    quote: str


@dataclass(frozen=True, slots=True)
class Copy:
    """A stored article that shares text with the page: its address, whether it surely was the first, what it has of the
    text, and what the page shows otherwise."""

    match: Match
    address: str
    first: bool
    says: str
    differs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that the page shows of a report."""

    fields: tuple[Field, ...]
    differences: tuple[Difference, ...]
    named: tuple[tuple[str, str], ...]
    sources: tuple[cited.Cited, ...]
    written: tuple[str, ...]
    table: spans.Table
    copies: tuple[Copy, ...]
    order: str
    short: tuple[str, ...]
    missing: tuple[str, ...]
    against: str


def told(report: Report, pasted: bool) -> Told:
    """A report as the page shows it; `pasted` pages were not fetched."""
    copies = tuple(stored(match, not place and report.sure) for place, match in enumerate(report.matches or ()))
    return Told(
        tuple(fields(report)),
        tuple(map(difference, report.contradictions)),
        tuple((named(one), one.quote or "") for one in report.named),
        tuple(one for one in cited.named(report.article.cited) if one.sentence not in {e.quote for e in report.named}),
        tuple(written(report.written)),
        spans.table(report.written, clue),
        copies,
        open_order(report),
        tuple(short(report, copies)),
        tuple(missing(report, pasted)),
        checked_against(),
    )


def short(report: Report, copies: tuple[Copy, ...]) -> Iterator[str]:
    """The report in a few sentences: who had the text, where the page differs from itself, what its date rests on."""
    if report.copies and not report.copies[0].itself:
        yield copies[0].says
    yield from (difference(found).says for found in report.contradictions)
    if report.written.supported is False:
        yield unsupported(report.written)


def fields(report: Report) -> Iterator[Field]:
    """What the page gives; what it does not give is left out."""
    article = report.article
    yield from filled(gettext("Headline"), article.title)
    yield from filled(gettext("Signed"), ", ".join(article.authors))
    yield from filled(gettext("Outlet"), article.outlet)
    if article.published:
        yield Field(gettext("Dated"), times.as_given(article.published), tuple(witnesses(report)))
    if article.modified:
        yield Field(gettext("Changed"), times.as_given(article.modified))
    yield from filled(gettext("Section"), " › ".join(article.breadcrumb) or article.section)
    yield from filled(gettext("Topics"), ", ".join(article.tags[:12]))
    for picture in article.images[:3]:
        yield from filled(gettext("Picture"), picture.credit or picture.caption)


def filled(name: str, value: str | None) -> Iterator[Field]:
    if value:
        yield Field(name, shortened(value, 300))


def witnesses(report: Report) -> Iterator[str]:
    """What each place of the page says of its date, each place once."""
    seen: set[tuple[str, str]] = set()
    claimed = times.as_given(report.article.published)
    for witness in report.article.date_evidence:
        day = times.as_given(witness.value)
        if witness.field == "published" and day == claimed and (witness.where, day) not in seen:
            yield says_the_same(witness.where) if seen else says_date(witness.where, day)
            seen.add((witness.where, day))
    if len(seen) == 1:
        yield gettext("Nothing else on the page gives it.")


def difference(found: Contradiction) -> Difference:
    """A place where the page differs from itself."""
    if found.kind == "name":
        here, parts = plain_names(found.here), {"person": found.there, "outlet": found.outlet}
        there = gettext("%(person)s of %(outlet)s") % parts if found.outlet else found.there
        words = {"person": there, "name": here}
        says = gettext("The biography on the page is of %(person)s; the byline names %(name)s.") % words
        return Difference(gettext("Name"), here, there, says, found.quote)
    here = times.as_given(found.here)
    there = says_date(found.where, times.as_given(found.there)) if found.kind == "date" else clue(found.there)
    says = gettext("Dated %(day)s here. %(other)s") % {"day": here, "other": there}
    return Difference(gettext("Date"), here, there, says, found.quote)


def named(one: Evidence) -> str:
    """Whom the page names as source, reporter or owner of its text."""
    sentences = {
        "reported_by": gettext("The text names %(name)s as who was told or reported it."),
        "agency_mark": gettext("The text bears the mark of an agency, %(name)s."),
        "copyright_line": gettext("A copyright line names %(name)s."),
        "picture_credit": gettext("A picture is credited to %(name)s."),
        "canonical_elsewhere": gettext("The page gives an address at %(name)s as that of its text."),
        "feed_source": gettext("The page names %(name)s as the source of its text."),
    }
    return sentences[one.kind] % {"name": shortened(one.name or "")}


def clue(one: TimeClue) -> str:
    """What a clue says of the time in which the text was written."""
    if one.kind == "relative":
        return gettext("Ties the text to the days that it tells of, not to the calendar.")
    if one.kind == "weekday":
        years = ", ".join(str(day.year) for day in one.days)
        return gettext("That day was that weekday in %(years)s.") % {"years": years}
    if one.kind == "dateline":
        words = {"day": one.days[0].day, "month": MONTHS_ALT[one.days[0].month]}
        return gettext("The text is dated %(day)s %(month)s, of a year that it does not name.") % words
    words = {"day": times.long_day(one.earliest), "month": MONTHS[one.earliest.month], "year": one.earliest.year}
    sentences = {
        "neighbour": gettext("Another headline on the page speaks of %(day)s."),
        "picture": gettext("The address of a picture carries the date %(day)s."),
        "season": gettext(
            "Written after a month of %(month)s that followed what it dates to %(year)s; of which year is not said."
        ),
        "day": gettext("Speaks of %(day)s: written then or later."),
        "month": gettext("Speaks of %(month)s %(year)s: written then or later."),
        "year": gettext("Speaks of %(year)s: written then or later."),
        "after": gettext("Written in %(year)s or later, by its own count of years."),
    }
    return sentences.get(one.kind, gettext("Written in %(year)s, by its own words.")) % words


def written(found: Written) -> Iterator[str]:
    """When the text was written, as far as the page tells."""
    earliest, latest = (times.long_day(day) if day else "" for day in (found.earliest, found.latest))
    words = {"start": earliest, "end": latest}
    if earliest and latest:
        yield gettext("By its own clues the text was written between %(start)s and %(end)s.") % words
    elif earliest:
        yield gettext("By its own clues the text was written after %(start)s; how long after, none says.") % words
    elif latest:
        yield gettext("By its own clues the text was written before %(end)s; how long before, none says.") % words
    else:
        yield gettext("Nothing in the text says when it was written.")
    if found.together:
        day = {"day": times.long_day(found.together)}
        yield gettext("What stands beside it shows that the page was put together on %(day)s or later.") % day
    if found.supported is False:
        yield unsupported(found)
    if not found.month_known and (found.supported is False or found.claimed is None):
        yield gettext("The month in which it was written cannot be known from the page alone.")


def unsupported(found: Written) -> str:
    """That nothing on the page speaks of the time of its date, and what that rests on."""
    month = {"month": month_of(found.claimed)}
    if len(found.witnesses) < 2:
        return gettext("None of the clues supports %(month)s; that date rests on one place of the page.") % month
    return gettext("None of the clues supports %(month)s; that date rests on the page’s own word.") % month


def month_of(moment: Moment) -> str:
    """'April 2025'."""
    return gettext("%(month)s %(year)s") % {"month": MONTHS[moment.month], "year": moment.year}


def stored(match: Match, first: bool) -> Copy:
    """A stored article that shares text with the page; `first` where it surely had the text before the others."""
    words = {"share": percent(match.share), "outlet": match.article.outlet}
    if match.itself:
        return Copy(match, addresses.short(match.article.id), False, gettext("The page itself, as it is stored."), ())
    if not match.same_text:
        says = gettext("%(share)s of the shorter of the two texts stands in both.") % words
        return Copy(match, addresses.short(match.article.id), False, says, ())
    says = gettext("%(share)s of this text was seen earlier in %(outlet)s.") % words
    differs = tuple(filter(None, (finding(one, match.article.outlet) for one in match.findings)))
    return Copy(match, addresses.short(match.article.id), first, says, differs)


def open_order(report: Report) -> str:
    """That who had the text first is open, where it is."""
    if report.sure:
        return ""
    return gettext("Which of these had the text first is not sure: what is known speaks for more than one.")


def finding(one: Finding, outlet: str) -> str:
    """What the page shows otherwise than a stored article; empty for what is told elsewhere."""
    if one.kind == "date_differs":
        days = ngettext("%(num)s day apart", "%(num)s days apart", abs(one.delta_days)) % {"num": abs(one.delta_days)}
        words = {"here": times.long_day(one.here), "there": times.long_day(one.earlier), "apart": days}
        return gettext("Dated %(here)s on the page, %(there)s there: %(apart)s.") % words
    if one.kind == "name_differs":
        words = {"here": plain_names(one.here), "there": plain_names(one.earlier)}
        return gettext("Signed %(here)s on the page, %(there)s there.") % words
    words = {"outlet": one.earlier if one.kind == "agency_mark" else outlet, "headline": one.earlier}
    return {
        "headline_differs": gettext("The headline there is “%(headline)s”."),
        "text_differs": gettext("Passages were dropped, added, moved or reworded."),
        "same_outlet": gettext("It is the same house."),
        "names_source": gettext("The page names %(outlet)s as its source."),
        "links_source": gettext("The page links to %(outlet)s."),
        "agency_mark": gettext("The page carries the mark of %(outlet)s."),
        "mentions_source": gettext("The page mentions %(outlet)s, as the text there does."),
        "source_not_named": gettext("No link or mention of %(outlet)s was found on the page."),
        "mention_missing": gettext("A sentence there that names %(outlet)s is missing on the page."),
    }.get(one.kind, "") % words


def missing(report: Report, pasted: bool) -> Iterator[str]:
    """What was looked for and not found, and what cannot be known."""
    if report.too_short:
        yield gettext("The text is too short to be compared with others.")
    elif not report.copies:
        yield gettext("The same text in an article that was seen here.")
    if not report.article.published:
        yield gettext("A date that the page gives.")
    if pasted:
        yield gettext("A feed, a site map or an archived copy that gives the date: a pasted page is not asked for.")


def checked_against() -> str:
    """How many outlets' texts the page was set beside, and what that leaves open."""
    _, status = shell.masthead()
    told = ngettext(
        "Checked against the texts of %(num)s outlet; an earlier copy elsewhere is possible.",
        "Checked against the texts of %(num)s outlets; an earlier copy elsewhere is possible.",
        status.outlets,
    )
    return told % {"num": status.outlets}


def for_readers(record: dict) -> dict:
    """The report's record without sentences of stored texts for those who may not read these."""
    if rights.present().full or not record["matches"]:
        return record
    matches = [
        {**match, "differs": [{**one, "quote": None} for one in match["differs"]]} for match in record["matches"]
    ]
    return {**record, "matches": matches}
