"""A feed in XML -> `Feed`: finds channel and entries in RSS, RDF, Atom and CDF, and reads what belongs to the whole."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from lxml import etree

from coranto.sources.addresses import absolute
from coranto.sources.feed.entries import AUTHORS, TITLE, Reading, fields_of, first_html, first_words, moment, read_entry
from coranto.sources.feed.links import Fields, LinkReader
from coranto.sources.feed.names import Names
from coranto.sources.feed.people import distinct, person
from coranto.sources.feed.texts import Texts
from coranto.sources.feed.values import Feed

MOST_ENTRIES = 5000
"""Entries that are read of one feed; what comes after them is left."""

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_FORMATS = {"rss": "rss", "rdf": "rdf", "feed": "atom", "channel": "rss", "entry": "atom", "rsd": None, "item": "rss"}
_SUBTITLE = ("description", "subtitle", "tagline", "atom:subtitle", "dc:description", "abstract", "itunes:subtitle")
_SUBTITLE_LAST = ("info", "itunes:summary", "googleplay:description", "media:description")
_UPDATED = (
    "updated",
    "modified",
    "lastbuilddate",
    "pubdate",
    "dcterms:modified",
    "dc:date",
    "atom:updated",
    "dcterms:issued",
)
_ENTRIES = ("item", "entry", "atom:entry")
_PERIODS = {"hourly": 3600, "daily": 86400, "weekly": 604800, "monthly": 2592000, "yearly": 31536000}
_LONGEST_TTL = 31 * 86400


def feed_format(root: etree._Element) -> str | None:
    """Which family of feeds a root element belongs to, or None where it is no feed's."""
    name = root.tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(root.tag, str) else ""
    if name == "channel" and (root.tag.isupper() or not root.tag.startswith("{")):
        return "cdf" if any(True for _ in root.iter("ITEM")) or root.tag == "CHANNEL" else "rss"
    return _FORMATS.get(name)


def read_xml_feed(root: etree._Element, base: str | None, language: str | None, based: bool, repaired: bool) -> Feed:
    """The feed under `root`. `base` is the document's address, `language` what the transport said, `based` whether
    the document has any xml:base."""
    kind = feed_format(root)
    names = Names(root.tag)
    texts = Texts(base, based)
    atom = kind == "atom"
    channel = _channel(root, names)
    fields = fields_of(channel, names)
    site = None if atom else _site_base(fields, texts, base)
    links = LinkReader(texts, site)
    reading = Reading(names, texts, links, atom)
    authors = _authors(fields, names, atom)
    inherited = Reading(names, texts, links, atom, authors)
    entries = tuple(read_entry(element, inherited) for element in islice(_entries(root, channel, names), MOST_ENTRIES))
    return Feed(
        title=first_html(fields, reading, TITLE),
        subtitle=first_html(fields, reading, _SUBTITLE) or first_html(fields, reading, _SUBTITLE_LAST),
        link=_link(channel, fields, reading),
        language=_language(root, channel, fields, texts) or language,
        entries=entries,
        updated=moment(fields, texts, _UPDATED),
        ttl=_ttl(fields, texts),
        image=_image(fields, reading, root, names),
        self_link=links.related(fields, "self"),
        hub=links.related(fields, "hub"),
        next=links.related(fields, "next", "prev-archive"),
        authors=authors,
        format=kind,
        repaired=repaired,
    )


def _channel(root: etree._Element, names: Names) -> etree._Element:
    if names[root.tag].rpartition(":")[2] in ("feed", "channel"):
        return root
    for child in root:
        if names[child.tag] == "channel":
            return child
    return root


def _entries(root: etree._Element, channel: etree._Element, names: Names) -> Iterator[etree._Element]:
    if names[root.tag].rpartition(":")[2] in ("entry", "item"):
        yield root
        return
    yield from _listed(channel, names)
    if channel is root:
        return
    for child in root:
        name = names[child.tag]
        if name in _ENTRIES:
            yield child
        elif name in ("channel", "items") and child is not channel:
            yield from _listed(child, names)


def _listed(parent: etree._Element, names: Names) -> Iterator[etree._Element]:
    """The entries of a channel, those in a list of their own (RSS 1.1) included."""
    for child in parent:
        name = names[child.tag]
        if name in _ENTRIES:
            yield child
        elif name == "items":
            yield from (inner for inner in child if names[inner.tag] in _ENTRIES)


def _site_base(fields: Fields, texts: Texts, base: str | None) -> str | None:
    """The site's address, where relative ones are meant against it: the feed is served elsewhere, or from nowhere."""
    link = first_words(fields, texts, ("link",))
    if not link or not link.startswith(("http://", "https://")):
        return None
    return link if base is None or _elsewhere(link, base) else None


def _elsewhere(link: str, base: str) -> bool:
    hosts = [address.split("/")[2].lower().removeprefix("www.") for address in (link, base) if address.count("/") > 1]
    return len(set(hosts)) > 1


def _link(channel: etree._Element, fields: Fields, reading: Reading) -> str | None:
    for element in fields.get("link", ()):
        words = reading.texts.words(element)
        if words and not element.get("href"):
            return reading.links.address(element, words)
    found = reading.links.alternate(fields)
    if found:
        return found
    return absolute(channel.get("href") or channel.get("HREF"), reading.texts.base)


def _language(root: etree._Element, channel: etree._Element, fields: Fields, texts: Texts) -> str | None:
    named = first_words(fields, texts, ("language", "dc:language", "dcterms:language"))
    return named or channel.get(_LANG) or root.get(_LANG)


def _authors(fields: Fields, names: Names, atom: bool) -> tuple[str, ...]:
    """Who signs every entry that has no author of its own: as Atom and the podcast module define it."""
    for name in AUTHORS[:2] if atom else ("itunes:author", "googleplay:author"):
        found = distinct(person(element, names) for element in fields.get(name, ()))
        if found:
            return found
    return ()


def _ttl(fields: Fields, texts: Texts) -> int | None:
    minutes = first_words(fields, texts, ("ttl",))
    if minutes and minutes.isdecimal() and len(minutes) < 9 and int(minutes) > 0:
        return min(int(minutes) * 60, _LONGEST_TTL)
    period = first_words(fields, texts, ("sy:updateperiod",))
    seconds = _PERIODS.get((period or "").lower())
    if seconds is None:
        return None
    frequency = first_words(fields, texts, ("sy:updatefrequency",)) or "1"
    times = int(frequency) if frequency.isdecimal() and len(frequency) < 6 else 1
    return min(seconds // max(times, 1), _LONGEST_TTL) or 1


def _image(fields: Fields, reading: Reading, root: etree._Element, names: Names) -> str | None:
    elements = [
        *fields.get("image", ()),
        *fields.get("itunes:image", ()),
        *fields.get("logo", ()),
        *fields.get("icon", ()),
    ]
    elements += [child for child in root if names[child.tag] == "image"]
    for element in elements:
        inner = fields_of(element, names)
        value = first_words(inner, reading.texts, ("url",)) or element.get("href")
        value = value or (reading.texts.words(element) if not len(element) else None)
        if value:
            return reading.links.address(element, value)
    return None
