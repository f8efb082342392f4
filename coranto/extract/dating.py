"""When a page says it was published and changed: every witness with what it is worth, and the verdict.

Metadata, the address, time elements and the lines near the headline are asked; the list of witnesses goes with the
article, so that everybody can see what a date stands on.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

from coranto.articles import DateEvidence, Moment

from . import clutter
from .blocks import Layout
from .dates import day_of, find_moment, in_address, read_moment
from .elements import Elements
from .metadata import Facts, text_of
from .words import DIGIT, plain

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
_UPDATED_WORD = re.compile(
    r"\b(?:updated?|modified|edited|aktualisiert|stand|geändert|mis à jour|modifié|actualizad[oa]|aggiornat[oa]|"
    r"atualizad[oa]|bijgewerkt|uppdaterad|oppdatert|opdateret|zaktualizowan\w+|aktualizov\w+|обновлено|"
    r"ενημερώθηκε|güncelle\w+|last reviewed|reviewed)\b",
    re.I,
)
_PUBLISHED_WORD = re.compile(
    r"\b(?:published|posted|created|first published|originally published|date|publi[ée]e?|veröffentlicht|"
    r"erschienen|publicad[oa]|pubblicat[oa]|gepubliceerd|publicerad|publisert|opublikowan\w+|publikováno|"
    r"опубликовано|дата|δημοσιεύθηκε|yayın\w*|发布|掲載|公開)\b",
    re.I,
)
_NEAR = 14


def witnesses(
    facts: Facts, layout: Layout, url: str | None, headline: int | None
) -> list[DateEvidence]:
    """Every date that the page gives for itself. `headline` is the index of the run that shows the headline."""
    month_first = (facts.language or "").lower().startswith("en-us")
    found: list[DateEvidence] = []

    def add(field: str, value: object, where: str, detail: str, confidence: float) -> None:
        moment = read_moment(value, month_first)
        if moment is not None:
            found.append(DateEvidence(field, moment, where, detail[:200], confidence))

    for number, node in enumerate(facts.articles[:4]):
        weight = (0.95 if "headline" in node or "author" in node else 0.85) - 0.04 * number
        for key, field, cut in (
            ("datePublished", "published", 0.0),
            ("dateModified", "modified", 0.0),
            ("dateCreated", "published", 0.1),
            ("uploadDate", "published", 0.25),
        ):
            if node.get(key):
                value = node[key]
                add(field, value if isinstance(value, int) else text_of(value), "json-ld", key, weight - cut)
    for table, field in ((_PUBLISHED, "published"), (_MODIFIED, "modified")):
        for name, values in facts.meta.items():
            if name in table:
                for value in values[:2]:
                    add(field, plain(value), "meta", name, table[name])
    _from_elements(layout.elements, add)
    day = in_address(url) or in_address(facts.canonical)
    if day is not None:
        found.append(DateEvidence("published", day, "address", (url or facts.canonical or "")[:200], 0.8))
    found.extend(_from_text(layout, headline, month_first))
    return found


def verdict(evidence: list[DateEvidence], field: str) -> Moment | None:
    """The moment that the evidence for `field` supports best: the surest witness, refined by one that knows the hour.

    A day from the address outweighs metadata that contradicts it by more than a day in text and time elements alike.
    """
    usable = [item for item in evidence if item.field == field and _possible(item.value)]
    if not usable:
        return None
    support: dict[int, float] = {}
    for item in usable:
        for other in usable:
            if (
                abs((day_of(item.value) - day_of(other.value)).days) <= 0
                and other is not item
                and other.where != item.where
            ):
                support[id(item)] = support.get(id(item), 0.0) + 0.08 * other.confidence
    best = max(usable, key=lambda item: item.confidence + min(0.16, support.get(id(item), 0.0)))
    if isinstance(best.value, datetime):
        return _in_page_offset(best.value, usable)
    for item in sorted(usable, key=lambda item: -item.confidence):
        if isinstance(item.value, datetime) and day_of(item.value) == best.value:
            return item.value
    return best.value


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


def _from_elements(elements: Elements, add) -> None:
    """Microdata and time elements, those in front of the page first."""
    for node, attributes, _ in elements.with_item("datePublished", "dateModified", "dateCreated")[:6]:
        if node.tag == "meta":
            continue
        value = attributes.get("datetime") or attributes.get("content") or node.text()
        field = "modified" if "dateModified" in (attributes.get("itemprop") or "") else "published"
        add(field, plain(value), "microdata", attributes.get("itemprop") or "", 0.87)
    for number, (node, attributes) in enumerate(elements.times[:8]):
        label = " ".join(attributes.get(name) or "" for name in ("class", "itemprop", "data-testid")).strip().lower()
        words = plain(node.text())
        around = node.parent.text()[:80] if node.parent is not None else ""
        value = attributes.get("datetime") or attributes.get("content")
        field = (
            "modified"
            if _UPDATED_WORD.search(f"{label} {words}") or _UPDATED_WORD.search(around.split(words or "\n")[0][-30:])
            else "published"
        )
        sure = 0.7 if "publish" in label or "pubdate" in attributes or "entry-date" in label else 0.62
        add(field, plain(value) if value else words, "time", label.strip() or "time", sure - 0.04 * number)


def _from_text(layout: Layout, headline: int | None, month_first: bool) -> list[DateEvidence]:
    """Dates in short lines around the headline, or anywhere near the top where the line says what it is."""
    found: list[DateEvidence] = []
    centre = headline if headline is not None else 0
    for index, run in enumerate(layout.runs[: centre + 60]):
        distance = index - centre
        size = len(run.text)
        if size > 160 or size < 6 or not DIGIT.search(run.text):
            continue
        ident = layout.boxes[run.box].ident
        near = -6 <= distance <= _NEAR
        labelled = bool(_PUBLISHED_WORD.search(run.text)) or bool(ident and clutter.marks_of(ident) & clutter.IS_DATE)
        if not near and not (labelled and distance > 0):
            continue
        hit = find_moment(run.text, month_first)
        if hit is None:
            continue
        field = "modified" if _UPDATED_WORD.search(run.text[: hit[1]][-40:]) else "published"
        sure = (
            0.5
            + 0.08 * labelled
            + (0.08 if 0 <= distance <= 6 else 0.0)
            - 0.005 * abs(distance)
            - (0.1 if size > 80 else 0.0)
        )
        found.append(DateEvidence(field, hit[0], "text", run.text[:200], round(max(0.1, sure), 3)))
        if field == "modified":
            rest = find_moment(run.text[hit[2] :], month_first)
            if rest:
                found.append(DateEvidence("published", rest[0], "text", run.text[:200], 0.45))
        if len(found) >= 8:
            break
    return found
