"""Which address is the entry's own, and which are its files, pictures and comments.

Works on the link elements of Atom (with `rel` and `href`), of RSS (with the address as text), and on media modules.
"""

from __future__ import annotations

from lxml import etree

from coranto.sources.addresses import absolute
from coranto.sources.feed.texts import Texts
from coranto.sources.feed.values import Enclosure

Fields = dict[str, list[etree._Element]]
_WEB = ("http://", "https://")
_PAGES = ("text/html", "application/xhtml+xml")
_IANA = "http://www.iana.org/assignments/relation/"
_PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg")
_MOST = 200
"""More files or pictures than this in one entry are an attack or a mistake."""


class LinkReader:
    """Reads links of one document. `site` is the address that stands in where the document has none of its own."""

    def __init__(self, texts: Texts, site: str | None) -> None:
        self._texts = texts
        self._site = site

    def address(self, element: etree._Element, value: str | None) -> str | None:
        """`value` made absolute as it is meant at `element`."""
        if value is None:
            return None
        # No address has a parameter called "amp;": such text was escaped once too often.
        if "&amp;" in value:
            value = value.replace("&amp;", "&")
        if value.startswith(_WEB):
            return value if "\n" not in value else absolute(value)
        return absolute(value, self._texts.base_of(element, self._site))

    def text_address(self, fields: Fields, key: str) -> str | None:
        """The first address that the elements called `key` hold as text or name in an attribute."""
        for element in fields.get(key, ()):
            value = self._texts.words(element) or element.get("href") or element.get("url")
            if value:
                return self.address(element, value)
        return None

    def related(self, fields: Fields, *rels: str) -> str | None:
        """The first Atom link with one of the relations `rels`."""
        for element in _atom_links(fields):
            if _rel(element) in rels and element.get("href"):
                return self.address(element, element.get("href").strip())
        return None

    def alternate(self, fields: Fields) -> str | None:
        """The page that the feed or entry stands for: an HTML alternate first, then any alternate."""
        best, best_rank = None, 9
        for element in _atom_links(fields):
            href = element.get("href")
            if not href or not href.strip() or _rel(element) != "alternate":
                continue
            kind = (element.get("type") or "").partition(";")[0].strip().lower()
            rank = 0 if not kind or kind in _PAGES else 2
            if element.get("rel") is None:
                rank += 1
            if rank < best_rank:
                best, best_rank = self.address(element, href.strip()), rank
        return best

    def enclosures(self, fields: Fields, media: list[etree._Element]) -> tuple[Enclosure, ...]:
        """The files of an entry: enclosures first, then sounds and films that a media module alone names."""
        found: dict[str, Enclosure] = {}
        elements = [(element, element.get("url") or element.get("href")) for element in fields.get("enclosure", ())]
        elements += [(element, element.get("href")) for element in _atom_links(fields) if _rel(element) == "enclosure"]
        elements += [(element, element.get("url")) for element in media if not _is_picture(element)]
        for element, value in elements[:_MOST]:
            url = self.address(element, (value or self._texts.words(element) or "").strip() or None)
            if url and url not in found:
                length = element.get("length") or element.get("fileSize") or ""
                kind = (element.get("type") or "").strip() or None
                found[url] = Enclosure(
                    url, kind, int(length) if length.strip().isdecimal() and len(length) < 16 else None
                )
        return tuple(found.values())

    def images(self, fields: Fields, media: list[etree._Element], enclosures: tuple[Enclosure, ...]) -> tuple[str, ...]:
        """Addresses of the pictures that an entry names beside its text, the largest kind first."""
        found = [self.address(element, element.get("url")) for element in media if _is_picture(element)]
        found += [file.url for file in enclosures if (file.type or "").startswith("image/")]
        thumbnails = [*fields.get("media:thumbnail", ()), *fields.get("media:group>thumbnail", ())]
        for element in [*thumbnails, *fields.get("itunes:image", ()), *fields.get("image", ())][:_MOST]:
            value = element.get("url") or element.get("href") or _image_url(element)
            found.append(self.address(element, value.strip() if value else None))
        return tuple(dict.fromkeys(url for url in found[:_MOST] if url))


def _image_url(element: etree._Element) -> str | None:
    for child in element:
        if isinstance(child.tag, str) and child.tag.rpartition("}")[2].lower() == "url":
            return child.text
    return element.text if not len(element) and (element.text or "").strip().startswith(_WEB) else None


def _atom_links(fields: Fields) -> list[etree._Element]:
    return [*fields.get("link", ()), *fields.get("atom:link", ())]


def _rel(element: etree._Element) -> str:
    rel = element.get("rel")
    return "alternate" if rel is None else rel.strip().lower().removeprefix(_IANA)


def _is_picture(element: etree._Element) -> bool:
    kind, medium = (element.get("type") or "").lower(), (element.get("medium") or "").lower()
    if medium or kind:
        return medium == "image" or kind.startswith("image/")
    return (element.get("url") or "").partition("?")[0].lower().endswith(_PICTURES)
