"""`parse_sitemap`: bytes of a sitemap, an index of sitemaps or a list of addresses in text -> `Sitemap`.

Reads the news and image extensions too. It never raises and never touches the network: following an index is for the
fetcher's caller.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from coranto.sources.addresses import absolute
from coranto.sources.feed.dates import read_date
from coranto.sources.feed.names import Names
from coranto.sources.verdicts import binary_kind, is_html, verdict
from coranto.sources.xmldoor import Opened, open_xml, unpacked

MOST_PAGES = 50_000
"""Addresses that are read of one sitemap: as many as its protocol allows."""

_WEB = ("http://", "https://")
_MOST_IMAGES = 50


@dataclass(frozen=True, slots=True)
class SitemapPage:
    """One page of a sitemap. The news extension gives `title`, `published`, `publication` (the outlet's name),
    `language` and `keywords`; `images` are the image extension's addresses. What is missing is None or empty."""

    url: str
    modified: datetime | None = None
    title: str | None = None
    published: datetime | None = None
    publication: str | None = None
    language: str | None = None
    keywords: tuple[str, ...] = ()
    images: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SitemapPart:
    """One sitemap that an index names, with the time of its last change."""

    url: str
    modified: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sitemap:
    """The pages of a sitemap or the parts of an index, or neither and `error`, a sentence that names what was found."""

    pages: tuple[SitemapPage, ...] = ()
    parts: tuple[SitemapPart, ...] = ()
    error: str | None = None
    repaired: bool = False


def parse_sitemap(data: bytes | str, url: str | None = None, headers: Mapping[str, str] | None = None) -> Sitemap:
    """The sitemap in `data`, plain or gzipped. `url` is where it came from, `headers` the answer's in lower case."""
    opened = unpacked(data, headers)
    if opened.problem:
        return Sitemap(error=opened.problem)
    text = opened.text
    if text.lstrip()[:1] != b"<" and not binary_kind(text):
        return _from_lines(text)
    page = is_html(text)
    opened = open_xml(opened)
    if opened.problem:
        return Sitemap(error=verdict(text, None, "a sitemap") if page else opened.problem)
    return _from_tree(opened, url)


def _from_lines(text: bytes) -> Sitemap:
    """A sitemap in text: one address a line and nothing else."""
    lines = [line.strip() for line in text.decode("utf-8", "replace").splitlines() if line.strip()]
    pages = tuple(SitemapPage(line) for line in lines[:MOST_PAGES] if line.startswith(_WEB) and " " not in line)
    if not pages or len(pages) < 0.9 * min(len(lines), MOST_PAGES):
        return Sitemap(error=verdict(text, None, "a sitemap"))
    return Sitemap(pages)


def _from_tree(opened: Opened, url: str | None) -> Sitemap:
    root = opened.root
    names = Names(root.tag)
    kind = names[root.tag].rpartition(":")[2]
    if kind == "urlset":
        found = (_page(child, names, url) for child in root if names[child.tag].rpartition(":")[2] == "url")
        return Sitemap(pages=tuple(_first(found, MOST_PAGES)), repaired=opened.repaired)
    if kind == "sitemapindex":
        found = (_part(child, names, url) for child in root if names[child.tag].rpartition(":")[2] == "sitemap")
        return Sitemap(parts=tuple(_first(found, MOST_PAGES)), repaired=opened.repaired)
    return Sitemap(error=verdict(opened.text, root, "a sitemap"))


def _first(found: object, most: int) -> list:
    kept = []
    for one in found:
        if one is not None:
            kept.append(one)
            if len(kept) == most:
                break
    return kept


def _words(element: etree._Element) -> str | None:
    text = element.text if not len(element) else "".join(element.itertext())
    return (text or "").strip() or None


def _address(text: str | None, url: str | None) -> str | None:
    address = absolute(text, url)
    return address if address and address.startswith(_WEB) else None


def _part(element: etree._Element, names: Names, url: str | None) -> SitemapPart | None:
    told = {names[child.tag].rpartition(":")[2]: _words(child) for child in element}
    address = _address(told.get("loc"), url)
    return SitemapPart(address, read_date(told.get("lastmod"))) if address else None


def _page(element: etree._Element, names: Names, url: str | None) -> SitemapPage | None:
    address = modified = None
    news: dict[str, str | None] = {}
    images: list[str] = []
    for child in element:
        name = names[child.tag]
        if name == "loc" or name.endswith("sitemap:loc"):
            address = address or _address(_words(child), url)
        elif name == "lastmod" or name.endswith("sitemap:lastmod"):
            modified = read_date(_words(child))
        elif name == "news:news":
            news = {names[inner.tag]: _words(inner) for inner in child.iter() if inner is not child}
        elif name == "image:image" and len(images) < _MOST_IMAGES:
            images += [_address(_words(inner), url) for inner in child if names[inner.tag] == "image:loc"]
    if address is None:
        return None
    if not news and not images:
        return SitemapPage(address, modified)
    keywords = (news.get("news:keywords") or "").split(",")
    return SitemapPage(
        url=address,
        modified=modified,
        title=news.get("news:title"),
        published=read_date(news.get("news:publication_date")),
        publication=news.get("news:name"),
        language=news.get("news:language"),
        keywords=tuple(dict.fromkeys(word.strip() for word in keywords if word.strip())),
        images=tuple(dict.fromkeys(image for image in images if image)),
    )
