"""One entry element of RSS, RDF, Atom or CDF -> `Entry`: which elements count for a field, and in what order."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from coranto.sources.feed.dates import read_date
from coranto.sources.feed.links import Fields, LinkReader
from coranto.sources.feed.names import Names
from coranto.sources.feed.people import distinct, name_in, person
from coranto.sources.feed.texts import Texts
from coranto.sources.feed.values import Entry, EntrySource

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_RDF_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_WEB = ("http://", "https://")
_MOST_TAGS = 200
_LONGEST_TITLE = 10_000

# For each field the elements that may hold it, best first. Atom's own count under both names.
TITLE = ("title", "atom:title", "dc:title", "media:title", "itunes:title", "media:group>title")
_SUMMARY = (
    "description",
    "summary",
    "atom:summary",
    "abstract",
    "dc:description",
    "dcterms:abstract",
    "itunes:summary",
)
_SUMMARY_LAST = ("itunes:subtitle", "media:description", "media:group>description", "googleplay:description")
_CONTENT = (
    "content:encoded",
    "content",
    "atom:content",
    "encoded",
    "body",
    "xhtml:body",
    "xhtml:div",
    "fullitem",
    "content:items",
    "yandex:full-text",
    "turbo:content",
    "fulltext",
    "full-text",
)
_PUBLISHED = (
    "published",
    "atom:published",
    "pubdate",
    "issued",
    "atom:issued",
    "dcterms:issued",
    "created",
    "atom:created",
)
_UPDATED = ("updated", "atom:updated", "modified", "atom:modified", "dcterms:modified", "lastbuilddate", "lastmod")
_EITHER = ("dc:date", "date", "dcterms:created", "dcterms:date", "dcterms:available", "prism:publicationdate")
AUTHORS = ("author", "atom:author", "dc:creator", "dc:author", "itunes:author", "dcterms:creator", "googleplay:author")
_AUTHORS_LAST = ("contributor", "atom:contributor", "dc:contributor", "creator", "media:credit", "managingeditor")
_ID = ("id", "guid", "atom:id", "dc:identifier", "dcterms:identifier")
_TAGS = ("category", "atom:category", "dc:subject", "dcterms:subject", "media:category", "tags")
_KEYWORDS = ("itunes:keywords", "media:keywords", "keywords")
_KEYWORD_BREAK = re.compile(r"\s*[,;]\s*")


@dataclass(frozen=True, slots=True)
class Reading:
    """What all entries of a document share while they are read."""

    names: Names
    texts: Texts
    links: LinkReader
    atom: bool
    authors: tuple[str, ...] = ()


def fields_of(element: etree._Element, names: Names) -> Fields:
    """The children of `element` by short name, each list in the order of the document."""
    fields: Fields = {}
    for child in element:
        name = names[child.tag]
        if name in fields:
            fields[name].append(child)
        else:
            fields[name] = [child]
    return fields


def first_words(fields: Fields, texts: Texts, names: tuple[str, ...]) -> str | None:
    """The first text that is not empty among the elements called `names`."""
    for name in names:
        for element in fields.get(name, ()):
            words = texts.words(element)
            if words:
                return words
    return None


def first_html(fields: Fields, reading: Reading, names: tuple[str, ...], page: str | None = None) -> str | None:
    """The first markup that is not empty among the elements called `names`."""
    for name in names:
        elements = fields.get(name)
        if elements is not None:
            for element in elements:
                html = reading.texts.html(element, reading.atom or name.startswith("atom:"), page)
                if html:
                    return html
    return None


def moment(fields: Fields, texts: Texts, names: tuple[str, ...]) -> object:
    """The first date that can be read among the elements called `names`; of several alike the last one counts."""
    for name in names:
        elements = fields.get(name)
        if elements is not None:
            for element in reversed(elements):
                found = read_date(texts.words(element))
                if found:
                    return found
    return None


def read_entry(element: etree._Element, reading: Reading) -> Entry:
    """The entry that `element` holds."""
    fields = fields_of(element, reading.names)
    texts, links = reading.texts, reading.links
    media = _media(fields, reading.names) if any(name.startswith("media:") for name in fields) else []
    identity = _identity(element, fields, reading)
    link = _link(element, fields, reading, identity)
    page = None if reading.atom else link
    title = first_html(fields, reading, TITLE, page)
    summary, content = _texts(fields, reading, page)
    either = moment(fields, texts, _EITHER)
    updated = moment(fields, texts, _UPDATED) or either
    enclosures = links.enclosures(fields, media) if media or "enclosure" in fields or _has_links(fields) else ()
    pictured = media or enclosures or "media:thumbnail" in fields or "itunes:image" in fields or "image" in fields
    return Entry(
        id=identity,
        title=title[:_LONGEST_TITLE] if title else None,
        link=link,
        published=moment(fields, texts, _PUBLISHED) or either or updated,
        updated=updated,
        authors=_authors(fields, reading),
        summary=summary,
        content=content,
        tags=_tags(fields, texts),
        enclosures=enclosures,
        comments=links.text_address(fields, "comments") or links.related(fields, "replies"),
        source=_source(fields, reading),
        language=element.get(_LANG) or first_words(fields, texts, ("dc:language", "language")),
        images=links.images(fields, media, enclosures) if pictured else (),
    )


def _has_links(fields: Fields) -> bool:
    links = fields.get("link")
    return "atom:link" in fields or bool(links and (len(links) > 1 or links[0].get("rel")))


def _media(fields: Fields, names: Names) -> list[etree._Element]:
    """The media:content elements of an entry, in groups or alone. Texts of a group are added to `fields`."""
    found = list(fields.get("media:content", ()))
    for group in fields.get("media:group", ()):
        for child in group:
            name = names[child.tag]
            if name == "media:content":
                found.append(child)
            elif name.startswith("media:"):
                fields.setdefault(f"media:group>{name[6:]}", []).append(child)
    for element in tuple(found):
        for child in element:
            name = names[child.tag]
            if name in ("media:thumbnail", "media:title", "media:description", "media:credit"):
                fields.setdefault(f"media:group>{name[6:]}", []).append(child)
    return [element for element in found if element.get("url")]


def _identity(element: etree._Element, fields: Fields, reading: Reading) -> str | None:
    identity = first_words(fields, reading.texts, _ID)
    if identity is None:
        return element.get(_RDF_ABOUT) or element.get("about")
    if reading.atom and identity.startswith("/"):
        return reading.links.address(element, identity)
    return identity


def _link(element: etree._Element, fields: Fields, reading: Reading, identity: str | None) -> str | None:
    links, texts = reading.links, reading.texts
    original = links.text_address(fields, "feedburner:origlink")
    if original:
        return original
    for candidate in fields.get("link", ()):
        words = candidate.text if not len(candidate) else texts.words(candidate)
        if words and words.strip() and _worded(candidate):
            return links.address(candidate, words.strip())
    found = links.alternate(fields)
    if found:
        return found
    own = element.get("href") or element.get("HREF")
    if own:
        return links.address(element, own.strip())
    guid = fields.get("guid")
    if guid and identity and (guid[0].get("isPermaLink") or "true").strip().lower() != "false":
        address = identity if identity[:8].lower().startswith(_WEB) else None
        if identity.startswith("/"):
            address = links.address(guid[0], identity)
        if address:
            return address
    for content in fields.get("content", ()):
        if content.get("src"):
            return links.address(content, content.get("src").strip())
    about = element.get(_RDF_ABOUT) or (identity if "guid" not in fields else None)
    if about and about.startswith(_WEB):
        return about
    return links.text_address(fields, "url") or (links.related(fields, "self") if reading.atom else None)


def _worded(element: etree._Element) -> bool:
    """Whether a link's text counts: not that of an Atom link that says it leads elsewhere."""
    return (element.get("rel") or "alternate").strip().lower() == "alternate" and not element.get("href")


def _texts(fields: Fields, reading: Reading, page: str | None) -> tuple[str | None, str | None]:
    content = first_html(fields, reading, _CONTENT, page)
    two = [fields[name][0] for name in ("description", "summary") if name in fields]
    if content is None and len(two) == 2 and not reading.atom:
        # Which is the summary and which the text, only their order tells.
        if "summary" in fields and list(fields).index("summary") < list(fields).index("description"):
            two.reverse()
        return tuple(reading.texts.html(element, False, page) for element in two)
    summary = first_html(fields, reading, _SUMMARY, page)
    if summary is None:
        summary = first_html(fields, reading, _SUMMARY_LAST, page)
    return summary, content


def _authors(fields: Fields, reading: Reading) -> tuple[str, ...]:
    """The names of the first elements that give any; mail addresses count where no element has a name."""
    mailed: tuple[str, ...] = ()
    for name in (*AUTHORS, *_AUTHORS_LAST):
        elements = fields.get(name)
        if elements is not None:
            found = distinct(person(element, reading.names) for element in elements[:_MOST_TAGS])
            if found and any("@" not in one for one in found):
                return found
            mailed = mailed or found
    source = fields.get("source") if reading.atom else fields.get("atom:source")
    if not mailed and source and len(source[0]):
        inner = fields_of(source[0], reading.names)
        mailed = distinct(person(one, reading.names) for name in AUTHORS[:2] for one in inner.get(name, ()))
    return mailed or reading.authors


def _tags(fields: Fields, texts: Texts) -> tuple[str, ...]:
    found: list[str | None] = []
    for name in _TAGS:
        for element in fields.get(name, ()):
            found.append(_tag(element, texts))
    nested = fields.get("itunes:category", ())
    for element in nested:
        found += [inner.get("text") for inner in element.iter() if isinstance(inner.tag, str)]
    for name in _KEYWORDS:
        for element in fields.get(name, ()):
            found += _KEYWORD_BREAK.split(texts.words(element) or "")
    return distinct(tag.strip() for tag in found[:_MOST_TAGS] if tag) if found else ()


def _tag(element: etree._Element, texts: Texts) -> str | None:
    term = element.get("term")
    if term is None:
        return texts.words(element) or element.get("label") or element.get("text")
    label = element.get("label")
    return label if label and (term.startswith(_WEB) or term.isdecimal() or not term.strip()) else term


def _source(fields: Fields, reading: Reading) -> EntrySource | None:
    texts, links = reading.texts, reading.links
    for element in [*fields.get("source", ()), *fields.get("atom:source", ())]:
        if len(element):
            inner = fields_of(element, reading.names)
            title = first_words(inner, texts, ("title", "atom:title"))
            url = links.alternate(inner) or links.text_address(inner, "link") or links.related(inner, "self")
            url = url or _if_web(first_words(inner, texts, ("id", "atom:id")))
        else:
            title, url = texts.words(element), links.address(element, element.get("url") or element.get("href"))
        if title or url:
            return EntrySource(title, url)
    words = first_words(fields, texts, ("dc:source",))
    if not words:
        return None
    return EntrySource(None, words) if words.startswith(_WEB) else EntrySource(name_in(words), None)


def _if_web(text: str | None) -> str | None:
    return text if text and text.startswith(_WEB) else None
