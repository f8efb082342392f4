"""Sentences about where a text comes from: structured findings in, words out.

The subject is always the text or the page. What is unknown is left out. Every sentence is whole, so that it can be
translated; the numbers of a share are rounded down.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import floor

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext
from markupsafe import Markup, escape

from coranto.store.notes import UNSURE
from coranto.store.values import ArticlePage, Card, Carried, Mark
from coranto.web import addresses, times

COPY_KINDS = ("credited", "unnamed", "changed")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the record: its name, what stands there, what stands here; `address` makes the value a link."""

    name: str
    value: str
    here: str | Markup = ""
    address: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """What the page says about where its text comes from: one `line`, or for a copy `says` with rows and notes. `said`
    is what those who run the site wrote beside it, `sure` whether the text of `earliest` surely was first."""

    line: str = ""
    says: str = ""
    mark: str = "own"
    rows: tuple[Row, ...] = ()
    notes: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    earliest: Card | None = None
    other_name: bool = False
    said: tuple[str, ...] = ()
    sure: bool = True


def percent(share: float) -> str:
    """'97 %', rounded down."""
    return gettext("%(share)s %%") % {"share": floor(share * 100 + 1e-9)}


def number(value: int) -> str:
    """A count with its thousands set apart, as the language writes it."""
    return number_format(value, use_l10n=True, force_grouping=True)


def joined(names: list[str]) -> Markup:
    """'A', 'A and B', 'A, B and C'; `names` may be markup."""
    names = list(names)
    if len(names) < 2:
        return Markup("").join(names)
    return escape(gettext("{first} and {last}")).format(first=Markup(", ").join(names[:-1]), last=names[-1])


def strip(marks: tuple[Mark, ...], now: datetime) -> str:
    """A strip in words, for readers by ear."""
    first = next((mark for mark in marks if mark.kind == "first"), marks[0])
    last = max(mark.at for mark in marks)
    return ngettext(
        "%(num)s article between %(start)s and %(end)s; the first in %(outlet)s",
        "%(num)s articles between %(start)s and %(end)s; the first in %(outlet)s",
        len(marks),
    ) % {"num": len(marks), "start": times.when(first.at, now), "end": times.when(last, now), "outlet": first.outlet}


def span(marks: tuple[Mark, ...], now: datetime) -> str:
    """'Sat 18:40 to 14:30'."""
    moments = sorted(mark.at for mark in marks)
    ends = {"start": times.when(moments[0], now), "end": times.when(moments[-1], now)}
    return gettext("%(start)s to %(end)s") % ends


def tick(mark, first: bool) -> str:
    """The words at a line of the timeline: day and hour at its start, then the days."""
    there = times.local(mark.moment)
    day = WEEKDAYS_ABBR[there.weekday()]
    if first:
        return gettext("%(weekday)s %(time)s") % {"weekday": day, "time": times.clock(mark.moment)}
    return str(day)


def brought(kind: str, cited: Sequence[str] = (), sure: bool = True) -> str:
    """What an article brought to its story, for the timeline; `cited` are sources that no earlier report named. Where
    it is not `sure` which text was first, nothing is held against a copy."""
    if kind in ("unnamed", "changed") and not sure:
        return gettext("Copy; which text was first is not sure")
    if kind in ("first", "own") and cited:
        told = {
            ("first", False): gettext("First to be seen; own text; cites %(one)s"),
            ("first", True): gettext("First to be seen; own text; cites %(one)s and %(other)s"),
            ("own", False): gettext("Own report; cites %(one)s"),
            ("own", True): gettext("Own report; cites %(one)s and %(other)s"),
        }[kind, len(cited) > 1]
        return told % {"one": cited[0], "other": cited[-1]}
    return {
        "first": gettext("First to be seen; own text"),
        "own": gettext("Own report"),
        "credited": gettext("Copy that names its source"),
        "unnamed": gettext("Copy; no mention of its source found"),
        "changed": gettext("Copy; name or date differs"),
    }[kind]


DATE_SLACK = timedelta(days=2)
"""Dates closer than this are one publication, as `coranto.stories` counts them."""


DIFFERENCES = ("name_differs", "date_differs")
"""The findings by which a copy bears the mark of one whose name or date differs."""
HELD_AGAINST = frozenset((*DIFFERENCES, "source_not_named", "mention_missing"))
"""What is told of a copy only where it is sure that another text was first."""


def copy_words(
    card: Card,
    original: Card,
    kind: str,
    carried: Carried,
    parent: Card | None = None,
) -> Markup:
    """What is known of a copy beside the text it carries; `parent` is the copy it was taken from, where it was."""
    said: list[str] = []
    if parent is not None:
        taken = gettext("Taken from %(outlet)s, which it names.")
        shares = gettext("Shares with %(outlet)s what the earliest text lacks.")
        said.append((taken if carried.names else shares) % {"outlet": parent.outlet})
    if "translated" in carried.kinds:
        said.append(gettext("In another language."))
    outlet = {"outlet": original.outlet}
    if kind == "credited":
        if "agency_mark" in carried.kinds:
            said.append(gettext("Carries an agency’s mark."))
        elif not (parent and carried.names):
            said.append(gettext("Names %(outlet)s as its source.") % outlet)
    else:
        if kind == "changed":
            parts = differences(card, original, carried.kinds) or [gettext("Name or date differs.")]
            said += [changed(part) for part in parts]
        if "source_not_named" in carried.kinds:
            said.append(gettext("No mention of %(outlet)s found.") % outlet)
        elif "mentions_source" in carried.kinds:
            said.append(gettext("Mentions %(outlet)s, as the earliest text does.") % outlet)
    if UNSURE in carried.kinds:
        said.append(gettext("Which of the two was first is not sure."))
    return Markup(" ").join(said)


def folded(copies: Sequence[Card], kinds: Mapping[int, str], carried: Mapping[int, Carried]) -> str:
    """'31 copies on 9 sites; in 22 no mention of the source was found; 18 carry another date'. What is to be said of a
    single copy stands beside it."""
    if len(copies) == 1:
        return gettext("1 copy of this text")
    sites = len({card.outlet_slug for card in copies})
    count = ngettext("%(num)s copy", "%(num)s copies", len(copies)) % {"num": number(len(copies))}
    on_sites = ngettext("%(copies)s on %(num)s site", "%(copies)s on %(num)s sites", sites)
    told = [on_sites % {"copies": count, "num": sites}]
    differing = [card.id for card in copies if kinds[card.id] == "changed"]
    if unnamed := sum("source_not_named" in carried[card.id].kinds for card in copies):
        missed = gettext("in %(num)s no mention of the source was found")
        told.append(missed % {"num": number(unnamed)})
    if dated := sum("date_differs" in carried[ident].kinds for ident in differing):
        told.append(
            ngettext("%(num)s carries another date", "%(num)s carry another date", dated) % {"num": number(dated)}
        )
    if signed := sum("name_differs" in carried[ident].kinds for ident in differing):
        told.append(
            ngettext("%(num)s carries another name", "%(num)s carry another name", signed) % {"num": number(signed)}
        )
    return "; ".join(told)


def differences(card: Card, original: Card, found: Collection[str]) -> list[str]:
    """How a copy's name and date differ from those of the text it carries, as far as findings of these kinds say so:
    what stands in two bylines may be one name, and a date may be in doubt."""
    parts = []
    named = card.byline and original.byline and card.byline.casefold() != original.byline.casefold()
    if named and "name_differs" in found:
        parts.append(gettext("Signed %(name)s.") % {"name": card.byline})
    dated = card.published and original.published and abs(card.published - original.published) > DATE_SLACK
    if dated and "date_differs" in found:
        parts.append(dated_apart(card.published, original.published))
    return parts


def dated_apart(here: datetime, there: datetime) -> str:
    """'Dated 24 March 2026, 3 days later.'"""
    words = {"day": times.long_day(here), "apart": times.apart(there, here)}
    return gettext("Dated %(day)s, %(apart)s.") % words


def changed(text: str) -> Markup:
    """Words marked as a field that differs."""
    return Markup('<span class="w-changed">{}</span>').format(text)


def record(page: ArticlePage, kind: str, now: datetime) -> Record:
    """The record of an article; `kind` is its mark in its story ('first', 'own', 'credited', 'unnamed', 'changed')."""
    hidden = frozenset(note.finding for note in page.record.said if note.hidden)
    said = tuple(note.note for note in page.record.said if note.note)
    told = {finding.get("kind"): finding for finding in page.record.findings if finding.get("kind") not in hidden}
    sure = UNSURE not in told
    told = told if sure else {kind: finding for kind, finding in told.items() if kind not in HELD_AGAINST}
    changes = changed_texts(page, now)
    if "" in hidden:
        return Record(said=said)
    if page.record.earliest is None:
        return Record(line=first_line(page, now), changes=changes, said=said)
    if kind not in COPY_KINDS or hidden & set(DIFFERENCES):
        named = "credited" if credit(told) else "unnamed"
        kind = "changed" if told.keys() & set(DIFFERENCES) else named
    notes = (*changes, since_line(page, now) if page.outlet.since else "")
    return Record(
        says=share_sentence(page, told),
        mark=kind,
        rows=tuple(rows(page, told, now, hidden)),
        notes=tuple(note for note in notes if note),
        earliest=page.record.earliest,
        other_name="name_differs" in told,
        said=said,
        sure=sure,
    )


def first_line(page: ArticlePage, now: datetime) -> str:
    """'First seen here, Tuesday 24 March, 13:40. No other outlet carries this text.'"""
    count = len({copy.outlet for copy in page.record.copies} - {page.card.outlet})
    opening = gettext("First seen here, %(time)s.") % {"time": times.seen(page.card.seen, now)}
    if not count:
        return gettext("%(first)s No other outlet carries this text.") % {"first": opening}
    return ngettext(
        "%(first)s %(num)s other outlet carries this text.", "%(first)s %(num)s other outlets carry this text.", count
    ) % {"first": opening, "num": count}


def share_sentence(page: ArticlePage, told: Collection[str]) -> str:
    """The first sentence of a copy's record; `told` are the kinds of its findings."""
    words = {"share": percent(page.record.share or 0.0), "outlet": page.record.earliest.outlet}
    if UNSURE in told and page.record.share is None:
        return gettext(
            "This text stands in %(outlet)s, too, in another language. Which of the two was first is not sure."
        ) % words
    if UNSURE in told:
        return gettext(
            "%(share)s of this text stands in %(outlet)s, too. Which of the two was first is not sure."
        ) % words
    if page.record.share is None:
        return gettext("This text was seen earlier in %(outlet)s, in another language.") % words
    other_name, other_day = "name_differs" in told, "date_differs" in told
    if other_name and other_day:
        return gettext("%(share)s of this text was seen earlier in %(outlet)s, under another name and date.") % words
    if other_name:
        return gettext("%(share)s of this text was seen earlier in %(outlet)s, under another name.") % words
    if other_day:
        return gettext("%(share)s of this text was seen earlier in %(outlet)s, under another date.") % words
    return gettext("%(share)s of this text was seen earlier in %(outlet)s.") % words


def rows(
    page: ArticlePage, told: dict[str, dict], now: datetime, hidden: frozenset[str] = frozenset()
) -> Iterator[Row]:
    """The record's rows: where the text was earliest seen, who signed it and when, whether it is credited. A `hidden`
    difference is not told by the row that it stands in either."""
    there = page.record.earliest
    seen_at = gettext("seen %(time)s") % {"time": times.seen(there.seen, now)}
    name = gettext("Also seen in") if UNSURE in told else gettext("Earliest seen")
    yield Row(name, there.outlet, seen_at, addresses.article(there))
    names = told.get("name_differs")
    if names:
        here = gettext("here: %(value)s") % {"value": plain_names(names.get("here"))}
        yield Row(gettext("Signed there"), plain_names(names.get("earlier")), here)
    elif there.byline and "name_differs" not in hidden:
        yield Row(gettext("Signed there"), there.byline)
    if there.published and "date_differs" not in hidden:
        yield Row(gettext("Dated there"), times.long_day(there.published), dated_here(page.card, there, told))
    if "headline_differs" in told:
        yield Row(gettext("Headline there"), str(told["headline_differs"].get("earlier") or there.title))
    if "text_differs" in told:
        same = {"share": percent(float(told["text_differs"].get("here") or 0))}
        yield Row(gettext("Text"), gettext("%(share)s of the longer of the two is the same") % same)
    given = credit(told) or no_credit(told, there.outlet)
    if given:
        yield given


def dated_here(here: Card, there: Card, told: dict[str, dict]) -> str | Markup:
    """The date given here beside the earliest copy's, where the two differ."""
    if "date_differs" not in told or not here.published:
        return ""
    gap = changed(times.apart(there.published, here.published))
    return escape(gettext("here: {day}, {gap}")).format(day=times.long_day(here.published), gap=gap)


def credit(told: dict[str, dict]) -> Row | None:
    """How the page names its source, with the line that does it; None where it does not."""
    sentences = {
        "links_source": gettext("Links to %(outlet)s"),
        "names_source": gettext("Names %(outlet)s as its source"),
        "agency_mark": gettext("Carries the mark of %(outlet)s"),
        "same_outlet": gettext("Comes from the same house as %(outlet)s"),
        "mentions_source": gettext("Mentions %(outlet)s, as the earliest copy does"),
    }
    for kind, sentence in sentences.items():
        if kind in told:
            backed = told[kind].get("sentence") or ""
            quoted = gettext("“%(sentence)s”") % {"sentence": shortened(backed)} if backed else ""
            return Row(gettext("Credit"), sentence % {"outlet": told[kind].get("earlier") or ""}, quoted)
    return None


def no_credit(told: dict[str, dict], outlet: str) -> Row | None:
    """What was looked for and not found, and where the earliest copy has it."""
    if "source_not_named" not in told:
        return None
    missing = told.get("mention_missing", {}).get("sentence")
    there = gettext("the earliest copy says: “%(sentence)s”") % {"sentence": shortened(missing)} if missing else ""
    return Row(gettext("Credit"), gettext("No link or mention of %(outlet)s found here") % {"outlet": outlet}, there)


def plain_names(names) -> str:
    """Names of a finding as a line of text."""
    return ", ".join(str(name) for name in names) if isinstance(names, list | tuple) else str(names or "")


def shortened(sentence: str, limit: int = 160) -> str:
    """A quoted sentence, cut at a word."""
    return sentence if len(sentence) <= limit else sentence[:limit].rsplit(" ", 1)[0] + "…"


def since_line(page: ArticlePage, now: datetime) -> str:
    """Since when the outlet is read, and what that leaves open."""
    day = times.day(page.outlet.since, now)
    return gettext("We have read this outlet since %(day)s; an earlier copy elsewhere is possible.") % {"day": day}


def changed_texts(page: ArticlePage, now: datetime) -> tuple[str, ...]:
    """'Headline changed at 14:02. It was: …' for each stored document whose headline differs from the one before."""
    found = []
    for place, after in enumerate(page.versions):
        if not after.changed or "headline" not in after.changed:
            continue
        earlier = (one.title for one in reversed(page.versions[:place]) if one.title and one.title != after.title)
        before = next(earlier, None)
        if before:
            words = {"time": times.when(after.fetched, now), "headline": before}
            found.append(gettext("Headline changed at %(time)s. It was: “%(headline)s”.") % words)
    return tuple(found)


def evidence(page: ArticlePage) -> list[str]:
    """What each witness says of the date, as the page's dated line opens to show."""
    said: list[str] = []
    seen_words: set[tuple[str, str]] = set()
    previous = ""
    for witness in page.reading.date_evidence:
        if witness.field != "published":
            continue
        told = times.as_given(witness.value)
        if (witness.where, told) in seen_words:
            continue
        seen_words.add((witness.where, told))
        said.append(says_the_same(witness.where) if told == previous else says_date(witness.where, told))
        previous = told
    return [*said, gettext("First seen here on %(time)s.") % {"time": times.full(page.card.seen)}] if said else []


def says_date(where: str, told: str) -> str:
    """One witness and the date it gives."""
    sentences = {
        "address": gettext("The page’s address says %(date)s."),
        "text": gettext("The page’s visible text says %(date)s."),
        "time": gettext("The page’s visible date says %(date)s."),
        "feed": gettext("The outlet’s feed says %(date)s."),
        "sitemap": gettext("The outlet’s sitemap says %(date)s."),
        "archive": gettext("The archive’s copy says %(date)s."),
        "header": gettext("The outlet’s server says %(date)s."),
    }
    return sentences.get(where, gettext("The page’s own markup says %(date)s.")) % {"date": told}


def says_the_same(where: str) -> str:
    """A witness that agrees with the one before it."""
    return {
        "address": gettext("The page’s address says the same."),
        "text": gettext("The page’s visible text says the same."),
        "time": gettext("The page’s visible date says the same."),
        "feed": gettext("The outlet’s feed says the same."),
        "sitemap": gettext("The outlet’s sitemap says the same."),
        "archive": gettext("The archive’s copy says the same."),
        "header": gettext("The outlet’s server says the same."),
    }.get(where, gettext("The page’s own markup says the same."))
