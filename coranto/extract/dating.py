"""When a page says it was published and changed: every witness with what it is worth, and the verdict.

Metadata, the address, time elements and the lines near the headline are asked; the list of witnesses goes with the
article, so that everybody can see what a date stands on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache

from coranto.articles import DateEvidence, Moment

from . import clutter, hidden, judging
from .blocks import Layout
from .date_labels import PUBLISHED, UPDATED
from .dates import day_of, find_moment, in_address, other_way, read_moment
from .elements import Elements
from .metadata import Facts, text_of
from .words import DIGIT, host, plain

_PUBLISHED = {
    "article:published_time": 0.93, "og:article:published_time": 0.9, "article:published": 0.9,
    "og:published_time": 0.88,
    "datepublished": 0.88, "parsely-pub-date": 0.9, "sailthru.date": 0.8, "dc.date.issued": 0.88,
    "dcterms.issued": 0.86,
    "dc.date.created": 0.8, "dcterms.created": 0.8, "publication_date": 0.86, "publicationdate": 0.86,
    "publish-date": 0.86,
    "publish_date": 0.86, "published_date": 0.86, "published": 0.8, "pubdate": 0.86, "article_date_original": 0.88,
    "article.published": 0.88, "article.created": 0.8, "originalpublicationdate": 0.9,
    "citation_publication_date": 0.85,
    "citation_date": 0.8, "bt:pubdate": 0.85, "ptime": 0.8, "cxenseparse:recs:publishtime": 0.9,
    "vr:published_time": 0.85,
    "dc.date": 0.78, "dcterms.date": 0.78, "date": 0.72, "dcterms.available": 0.7, "created": 0.7, "datecreated": 0.75,
    "displaydate": 0.8, "rnews:datepublished": 0.88, "timestamp": 0.6, "pub_date": 0.85, "release_date": 0.7,
    "og:pubdate": 0.85,
    "article:post_date": 0.85, "blogger:published": 0.8, "pdate": 0.7, "dateofpublication": 0.85,
    "news:publication_date": 0.85,
    "cxenseparse:publishtime": 0.9, "sort_date": 0.7, "search.date": 0.7, "weibo: article:create_at": 0.85,
}  # fmt: skip
_MODIFIED = {
    "article:modified_time": 0.9, "og:updated_time": 0.8, "datemodified": 0.85, "dcterms.modified": 0.85,
    "dc.date.modified": 0.85,
    "last-modified": 0.7, "lastmod": 0.75, "article:modified": 0.85, "og:modified_time": 0.8, "revised": 0.7,
    "article.updated": 0.8,
}  # fmt: skip
_META_MODIFIED = re.compile(r"(?:modif|updat|revis|chang)\w*[-_.: ]?(?:date|time|on|at)?$")
_META_PUBLISHED = re.compile(r"(?:publish\w*|publication|pub|issued?|release\w*|creat\w*)[-_.: ]?(?:date|time|on|at)$")
_IN_DATA = (
    ("datePublished", "published", 0.0),
    ("dateModified", "modified", 0.0),
    ("dateCreated", "published", 0.1),
    ("uploadDate", "published", 0.25),
)
_IN_WORDS = frozenset(("text", "title"))
_STATED_PLACES = frozenset(("json-ld", "meta", "microdata"))
_NEAR_PLACES = frozenset(("near", "near, labelled", "about", "about, labelled"))
_ENTRY_HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))
_NO_COUNTRY = frozenset(("com", "org", "net", "gov", "edu", "us", "mil"))
_PAIRS = (("json-ld", "meta"), ("json-ld", "address"), ("meta", "address"), ("json-ld", "microdata"))
_LETTERS = re.compile(r"[^\W\d_]")
_LONGEST_NAME = 60
_ABOVE, _NEAR, _FARTHEST = 6, 14, 60
_LONGEST_LINE = 160
_OPENING, _WORDS_BEFORE = 60, 3


@dataclass(frozen=True, slots=True)
class Witness:
    """A date that the page gives, the `place` it has there and an `aspect` of it: what the judging of days goes by."""

    evidence: DateEvidence
    place: str
    aspect: str = ""


def witnesses(facts: Facts, layout: Layout, url: str | None, headline: int | None, page: str = "") -> list[Witness]:
    """Every date that the page gives for itself. `headline` is the index of the run that shows the headline; the data
    in the scripts of `page`, its markup, are asked where nothing else gives a date."""
    month_first = _is_american(facts, url)
    found: list[Witness] = []

    def add(field: str, value: object, where: str, detail: str, sure: float, place: str, aspect: str = "") -> None:
        moment = read_moment(value, month_first)
        if moment is not None:
            found.append(Witness(DateEvidence(field, moment, where, detail[:200], sure), place, aspect))

    for number, node in enumerate(facts.articles[:4]):
        weight = (0.95 if "headline" in node or "author" in node else 0.85) - 0.04 * number
        for key, field, cut in _IN_DATA:
            if node.get(key):
                value = node[key]
                place = "json-ld" if number == 0 and not cut else "created" if number == 0 else "json-ld further"
                add(field, value if isinstance(value, int) else text_of(value), "json-ld", key, weight - cut, place)
    for name, values in facts.meta.items():
        known = _named(name) if len(name) <= _LONGEST_NAME else None
        if known:
            field, sure = known
            for value in values[:2]:
                add(field, plain(value), "meta", name, sure, "meta" if sure >= 0.8 else "weak meta")
    _from_elements(layout.elements, headline or 0, add)
    day = in_address(url) or in_address(facts.canonical)
    if day is not None:
        where = (url or facts.canonical or "")[:200]
        found.append(Witness(DateEvidence("published", day, "address", where, 0.8), "address"))
    found.extend(_from_title(facts.document_title, month_first))
    found.extend(_from_text(layout, headline, month_first))
    if not found:
        found.extend(_from_lines(layout, month_first))
    if not found and (kept := hidden.published(page)):
        add("published", kept, "data", "published", 0.5, "data")
    return _settled(found, month_first)


def _is_american(facts: Facts, url: str | None) -> bool:
    """Whether small figures mean the month first: pages in English of the United States, or of no country."""
    language = (facts.language or facts.first("og:locale") or "").lower().replace("_", "-")
    return language.startswith("en-us") or (language in ("en", "") and host(url).rpartition(".")[2] in _NO_COUNTRY)


def _settled(found: list[Witness], month_first: bool) -> list[Witness]:
    """Dates in words whose day and month may be meant either way, the way that another witness has them."""
    known = {day_of(one.evidence.value) for one in found if one.evidence.where not in _IN_WORDS}
    settled = []
    for one in found:
        evidence = one.evidence
        if evidence.where in _IN_WORDS and known and day_of(evidence.value) not in known:
            other = other_way(evidence.detail, evidence.value, month_first)
            if other is not None and day_of(other) in known:
                one = replace(one, evidence=replace(evidence, value=other))
        settled.append(one)
    return settled


@lru_cache(maxsize=500)
def _named(name: str) -> tuple[str, float] | None:
    """What a meta property of this name dates, and how sure that is."""
    if name in _PUBLISHED:
        return "published", _PUBLISHED[name]
    if name in _MODIFIED:
        return "modified", _MODIFIED[name]
    if _META_MODIFIED.search(name):
        return "modified", 0.7
    return ("published", 0.75) if _META_PUBLISHED.search(name) else None


def published(said: list[Witness], news: bool) -> Moment | None:
    """The moment under which the page presents its text: the day that its witnesses speak for best, as exactly as one
    of them knows it. `news` tells whether the page calls itself a news article.

    That is the day of publication as a rule; where a page shows its readers nothing but the day of its last change,
    the weights say whether that day counts.
    """
    days = days_of(said, news)
    if not days:
        return None
    order = list(days)
    best = order[judging.best("date", [days[day] for day in order])]
    of_day = [one.evidence for one in said if day_of(one.evidence.value) == best]
    stated = [item for item in of_day if item.field == "published"] or of_day
    usable = [one.evidence for one in said if _possible(one.evidence.value)]
    exact = [item for item in stated if isinstance(item.value, datetime)]
    surest = max(exact or stated, key=lambda item: item.confidence)
    return _in_page_offset(surest.value, usable) if isinstance(surest.value, datetime) else surest.value


def days_of(said: list[Witness], news: bool) -> dict[date, dict[str, float]]:
    """The days that witnesses name, with the signals that speak for each."""
    said = [one for one in said if _possible(one.evidence.value)]
    days: dict[date, dict[str, float]] = {}
    for one in said:
        signals = days.setdefault(day_of(one.evidence.value), {})
        signals[f"{one.place}, {one.evidence.field}"] = 1.0
        if one.aspect:
            signals[one.aspect] = 1.0
    if len(days) < 2:
        return days
    first = next((day_of(one.evidence.value) for one in said if one.place in _STATED_PLACES), None)
    near = [one.evidence for one in said if one.place in _NEAR_PLACES]
    shown = {field: {day_of(item.value) for item in near if item.field == field} for field in ("published", "modified")}
    opening = day_of(near[0].value) if near else None
    stated = any(one.evidence.where == "json-ld" for one in said)
    for day, signals in days.items():
        places = [] if stated else [name for name in signals if ", " in name]
        for left, right in _PAIRS:
            if f"{left}, published" in signals and f"{right}, published" in signals:
                signals[f"{left} and {right}"] = 1.0
        witnessed = {one.evidence.where for one in said if day_of(one.evidence.value) == day}
        signals[f"places {len(witnessed)}"] = 1.0
        for name, so in (
            ("earliest", day == min(days)),
            ("latest", day == max(days)),
            ("first shown", day == opening),
        ):
            if so:
                signals[name] = 1.0
                places.append(name)
        if not stated:
            signals.update({f"{name}, no statement": 1.0 for name in places})
        if shown["published"]:
            signals["shown" if day in shown["published"] else "another shown"] = 1.0
        elif shown["modified"]:
            signals["only change shown" if day in shown["modified"] else "only another change shown"] = 1.0
            if news and day in shown["modified"]:
                signals["only change shown, news"] = 1.0
        if first is not None:
            apart = (day - first).days
            steps = sum(abs(apart) > step for step in (0, 1, 7, 60, 400))
            signals[f"{'after' if apart > 0 else 'before'} stated by {steps}" if apart else "stated"] = 1.0
            if shown["modified"] and not shown["published"] and day in shown["modified"]:
                signals[f"only change shown, {steps}"] = 1.0
        if news:
            signals.update({f"{name}, news": 1.0 for name in ("stated", "latest", "first shown") if name in signals})
    return days


def modified(said: list[Witness], published: Moment | None) -> Moment | None:
    """The moment of the last change by the surest witness; None where none names one, or one before `published`: what
    was changed before readers saw it is no change to them."""
    usable = [one.evidence for one in said if _possible(one.evidence.value)]
    changes = [item for item in usable if item.field == "modified"]
    if not changes:
        return None
    value = max(changes, key=lambda item: item.confidence).value
    if isinstance(value, datetime):
        value = _in_page_offset(value, changes)
    return None if published is not None and _is_before(value, published) else value


def _is_before(moment: Moment, other: Moment) -> bool:
    """Whether `moment` lies before `other`; by the day where one of them knows no more, or no offset."""
    exact = isinstance(moment, datetime) and isinstance(other, datetime)
    if exact and (moment.tzinfo is None) == (other.tzinfo is None):
        return moment < other
    return day_of(moment) < day_of(other)


def _in_page_offset(moment: datetime, usable: list[DateEvidence]) -> datetime:
    """A moment given in UTC, or without a zone, in the offset that another witness of the page shows.

    For one in UTC that is a witness of the same instant with an offset, or a clock without a zone near the headline
    that differs by whole quarters of an hour, as offsets do; the instant stays the same. A clock without a zone gets
    the offset that makes it a surer witness's instant, and stays naive where none is found.
    """
    if moment.utcoffset():
        return moment
    for item in usable:
        if not isinstance(item.value, datetime) or item.confidence < 0.5 or item.value is moment:
            continue
        if moment.tzinfo is None:
            if item.value.tzinfo is not None and (offset := _offset_between(moment, item.value.astimezone(UTC))):
                return moment.replace(tzinfo=offset)
        elif item.value.utcoffset():
            if abs((item.value - moment).total_seconds()) < 60:
                return moment.astimezone(item.value.tzinfo)
        elif item.value.tzinfo is None and item.where == "text" and (offset := _offset_between(item.value, moment)):
            return moment.astimezone(offset)
    return moment


def _offset_between(clock: datetime, universal: datetime) -> timezone | None:
    """The offset in which a clock without a zone shows the moment `universal` (in UTC), to the minute; None where
    there is no such offset."""
    apart = clock.replace(second=0, microsecond=0) - universal.replace(second=0, microsecond=0, tzinfo=None)
    minutes = round(apart.total_seconds() / 60)
    if minutes % 15 or not -12 * 60 <= minutes <= 14 * 60:
        return None
    return timezone(timedelta(minutes=minutes)) if minutes else UTC


def _possible(moment: Moment) -> bool:
    now = datetime.now(UTC).date() + timedelta(days=3)
    return moment.year >= 1990 and day_of(moment) <= now


def _from_title(title: str, month_first: bool) -> list[Witness]:
    """The date in the document's title, if it has one."""
    hit = find_moment(title, month_first) if DIGIT.search(title) else None
    if hit is None:
        return []
    apart = not title[: hit[1]].rstrip()[-1:].isalnum() and not title[hit[2] :].lstrip()[:1].isalnum()
    evidence = DateEvidence("published", hit[0], "title", title[:200], 0.45)
    return [Witness(evidence, "title, apart" if apart else "title")]


def _from_elements(elements: Elements, headline: int, add) -> None:
    """Microdata and time elements, those in front of the page first."""
    marked = elements.with_item("datePublished", "dateModified", "dateCreated")
    for number, (node, attributes, _) in enumerate(marked[:6]):
        if node.tag == "meta":
            continue
        value = attributes.get("datetime") or attributes.get("content") or node.text()
        field = "modified" if "dateModified" in (attributes.get("itemprop") or "") else "published"
        place = "microdata" if number < 2 else "further microdata"
        add(field, plain(value), "microdata", attributes.get("itemprop") or "", 0.87, place)
    for number, (node, attributes, run) in enumerate(elements.times[:8]):
        label = " ".join(attributes.get(name) or "" for name in ("class", "itemprop", "data-testid")).strip().lower()
        words = plain(node.text())
        around = node.parent.text()[:80] if node.parent is not None else ""
        value = attributes.get("datetime") or attributes.get("content")
        field = (
            "modified"
            if UPDATED.search(f"{label} {words}") or UPDATED.search(around.split(words or "\n")[0][-30:])
            else "published"
        )
        named = "publish" in label or "pubdate" in attributes or "entry-date" in label
        place = "named time" if named else f"time {min(number, 3)}"
        sure = (0.7 if named else 0.62) - 0.04 * number
        distance = run - headline
        aspect = "time above" if distance < -3 else "time near" if distance <= _NEAR else "time below"
        if node.parent is not None and node.parent.tag in _ENTRY_HEADINGS:
            aspect = "time of an entry"
        add(field, plain(value) if value else words, "time", label.strip() or "time", sure, place, aspect)


def _from_text(layout: Layout, headline: int | None, month_first: bool) -> list[Witness]:
    """Dates in short lines around the headline, or anywhere near the top where the line says what it is."""
    found: list[Witness] = []
    centre = headline or 0
    top = max(0, centre - _ABOVE)
    for distance, run in enumerate(layout.runs[top : centre + _FARTHEST], top - centre):
        size = len(run.text)
        near = distance <= _NEAR
        if size > _LONGEST_LINE and near and distance > 0:
            found += _in_opening(run.text, month_first)
        if size > _LONGEST_LINE or size < 6 or not DIGIT.search(run.text):
            continue
        labelled = bool(layout.boxes[run.box].marks & clutter.IS_DATE or PUBLISHED.search(run.text))
        if not (near or labelled) or clutter.is_notice(run.text):
            continue
        sure = 0.5 + 0.08 * labelled + (0.08 if 0 <= distance <= 6 else 0.0) - 0.005 * abs(distance)
        place = ("near" if 0 <= distance <= 6 else "about" if near else "far") + (", labelled" if labelled else "")
        found += _in_line(run.text, month_first, sure - (0.1 if size > 80 else 0.0), place)
        if len(found) >= 8:
            break
    return found


def _in_opening(text: str, month_first: bool) -> list[Witness]:
    """The date with which a paragraph opens ("Berlin, 14 March 2026 - The mill ..."), as those of press releases do."""
    opening = text[:_OPENING]
    hit = find_moment(opening, month_first) if DIGIT.search(opening) else None
    if hit is None or len(opening[: hit[1]].split()) > _WORDS_BEFORE:
        return []
    return [Witness(DateEvidence("published", hit[0], "text", text[:200], 0.4), "opening")]


def _in_line(text: str, month_first: bool, sure: float, place: str) -> list[Witness]:
    """The first date of a line, and the next one, if they say different things ("Posted ... Updated ...")."""
    found: list[Witness] = []
    start = 0
    for _ in range(2):
        hit = find_moment(text[start:], month_first)
        if hit is None:
            break
        before = text[start : start + hit[1]][-40:]
        field = "modified" if UPDATED.search(before) else "published"
        if found and field == found[0].evidence.field:
            break
        evidence = DateEvidence(field, hit[0], "text", text[:200], round(max(0.1, sure - 0.1 * len(found)), 3))
        found.append(Witness(evidence, place))
        start += hit[2]
    return found


def _from_lines(layout: Layout, month_first: bool) -> list[Witness]:
    """For want of better the first line anywhere on the page that is nothing but a date, or calls itself one; else the
    first that says when the page was published or changed, or begins with a day and an hour."""
    second: list[Witness] = []
    for run in layout.runs:
        text = run.text
        if not 6 <= len(text) <= _LONGEST_LINE or not DIGIT.search(text) or clutter.is_notice(text):
            continue
        if "cookie" in text.lower() or (hit := find_moment(text, month_first)) is None:
            continue
        rest = _LETTERS.findall(PUBLISHED.sub("", f"{text[: hit[1]]} {text[hit[2] :]}"))
        if len(text) <= 60 and len(rest) <= 12:
            return _in_line(text, month_first, 0.35, "anywhere")
        opens = hit[1] == 0 and isinstance(hit[0], datetime)
        if not second and (opens or PUBLISHED.search(text) or UPDATED.search(text)):
            second = _in_line(text, month_first, 0.3, "anywhere, told")
    return second
