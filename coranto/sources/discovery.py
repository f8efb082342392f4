"""`discover`: what a fetched document is, and where its feeds are if it is a page.

A page's own feeds come first, then links that only look like feeds; feeds of comments come last. Whether a page is a
list or an article is asked of `coranto.extract`, through its public functions alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from coranto.sources.addresses import absolute, address_key
from coranto.sources.feed.values import Feed
from coranto.sources.feeds import parse_feed
from coranto.sources.opml import Subscriptions, parse_opml
from coranto.sources.sitemaps import Sitemap, parse_sitemap
from coranto.sources.verdicts import is_html, verdict
from coranto.sources.xmldoor import open_xml, unpacked

PAGE_BYTES = 5 * 1024 * 1024
"""The most of a page that is searched for its feeds."""

_FEED_TYPES = {
    "application/rss+xml": 0,
    "application/atom+xml": 0,
    "application/feed+json": 1,
    "application/rdf+xml": 1,
    "application/x-rss+xml": 1,
    "application/rss": 1,
    "application/atom": 1,
    "text/rss+xml": 1,
    "application/json": 2,
    "application/xml": 2,
    "text/xml": 2,
}
_FEED_PATH = re.compile(
    r"(?:/(?:feeds?|rss|atom|rdf)(?:/|\.(?:xml|rss|json|php|aspx?))?\Z|/(?:feeds?|rss|atom)/[^?]{0,80}\Z|\.(?:rss|atom|rdf)\Z"
    r"|/(?:index|feed|rss|atom|news)\.(?:xml|rdf|rss|json)\Z|[?&](?:feed|format|type)=(?:rss2?|atom|rdf|feed|xml)\b)",
    re.IGNORECASE,
)
_FEED_WORDS = re.compile(r"\b(?:rss|atom|feeds?|subscribe)\b", re.IGNORECASE)
_COMMENTS = re.compile(r"comment|kommentar|coment[aá]rio|commentaire|reply|replies|/activity\b", re.IGNORECASE)
_SITEMAP_PATH = re.compile(r"sitemap[^/]*\.(?:xml|txt)(?:\.gz)?\Z", re.IGNORECASE)
_MOST_LINKS = 5000
_MOST_FEEDS = 40
_FEWEST_LISTED = 5
_DEEPEST = 3000
_NESTING = re.compile(
    rb"<(/?)(?:div|section|article|main|table|tbody|tr|td|ul|ol|li|dl|span|font|b|i|em|strong|a|p)\b", re.I
)


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed that a page names: `certain` where the page declares it, not where an address only looks like one."""

    url: str
    title: str | None = None
    type: str | None = None
    certain: bool = True
    comments: bool = False


@dataclass(frozen=True, slots=True)
class Discovery:
    """What a document is: `kind` is 'feed', 'sitemap', 'opml', 'listing', 'article', 'page' or 'other'.

    `feed`, `sitemap` or `subscriptions` hold what was read where the kind says so. The rest describes a page: `feeds`
    best first, `sitemaps` that it names, its site's `title`, `language` and `icon`, its `canonical` address and
    `links`, the articles that a listing leads to as (title, address). `error` says what 'other' is, in one sentence.
    """

    kind: str
    url: str | None = None
    feeds: tuple[FeedLink, ...] = ()
    sitemaps: tuple[str, ...] = ()
    title: str | None = None
    language: str | None = None
    icon: str | None = None
    canonical: str | None = None
    links: tuple[tuple[str, str], ...] = ()
    feed: Feed | None = field(default=None, repr=False)
    sitemap: Sitemap | None = field(default=None, repr=False)
    subscriptions: Subscriptions | None = field(default=None, repr=False)
    error: str | None = None


def discover(data: bytes | str, url: str | None = None, headers: Mapping[str, str] | None = None) -> Discovery:
    """Say what `data`, fetched from `url` with the answer's `headers` (in lower case), is. Never raises."""
    headers = headers or {}
    opened = unpacked(data, headers)
    if opened.problem:
        return Discovery("other", url, error=opened.problem)
    if is_html(opened.text) or _called_html(headers, opened.text):
        return _of_page(opened.text[:PAGE_BYTES], url, headers)
    text = opened.text.decode("utf-8", "replace")
    feed = parse_feed(text, url, headers)
    if not feed.error:
        return Discovery("feed", url, title=feed.title, language=feed.language, icon=feed.image, feed=feed)
    sitemap = parse_sitemap(text, url, headers)
    if not sitemap.error:
        return Discovery("sitemap", url, sitemap=sitemap)
    subscriptions = parse_opml(text, headers)
    if not subscriptions.error:
        return Discovery("opml", url, title=subscriptions.title, subscriptions=subscriptions)
    tree = open_xml(opened) if opened.text.lstrip()[:1] == b"<" else opened
    refused = tree.problem
    return Discovery("other", url, error=refused or verdict(opened.text, tree.root, "a feed, a sitemap or a page"))


def _called_html(headers: Mapping[str, str], text: bytes) -> bool:
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    return kind in ("text/html", "application/xhtml+xml") and b"<html" in text[:20_000].lower()


def _of_page(text: bytes, url: str | None, headers: Mapping[str, str]) -> Discovery:
    if _too_deep(text):
        return Discovery("other", url, error="This page nests its elements too deeply to be read.")
    page = LexborHTMLParser(text)
    base = absolute(_first(page, "base[href]", "href"), url) or url
    canonical = absolute(_first(page, 'link[rel~="canonical" i][href]', "href"), base)
    kind, links = _reading(text, url or canonical)
    return Discovery(
        kind=kind,
        url=url,
        feeds=tuple(_feeds(page, base)),
        sitemaps=tuple(_sitemaps(page, base)),
        title=_site_title(page),
        language=_first(page, "html[lang]", "lang")
        or (headers.get("content-language") or "").split(",")[0].strip()
        or None,
        icon=_icon(page, base),
        canonical=canonical,
        links=links,
    )


def _too_deep(text: bytes) -> bool:
    """Whether elements nest so deeply that building their tree would take quadratic time."""
    depth = 0
    for tag in _NESTING.finditer(text):
        depth += -1 if tag[1] else 1
        if depth > _DEEPEST:
            return True
        depth = max(depth, 0)
    return False


def _reading(text: bytes, url: str | None) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Listing, article or page, as `coranto.extract` sees it, with the links of a listing."""
    from coranto.extract import extract, links

    found = tuple((link.title, link.url) for link in links(text, url) if link.article)
    if "/" not in (address_key(url) or "/"):
        # A site's front page is never an article, however much text its teasers have.
        return ("listing" if len(found) >= _FEWEST_LISTED else "page"), found
    kind = extract(text, url).kind
    if kind == "listing" or (kind in ("none", "error") and len(found) >= _FEWEST_LISTED):
        return "listing", found
    return ("page" if kind in ("none", "error") else "article"), found


def _first(page: LexborHTMLParser, selector: str, attribute: str) -> str | None:
    node = page.css_first(selector)
    value = (node.attributes.get(attribute) or "").strip() if node else ""
    return value or None


def _feeds(page: LexborHTMLParser, base: str | None) -> list[FeedLink]:
    ranked: dict[str, tuple[tuple[int, int], FeedLink]] = {}
    own_host = (address_key(base) or "").partition("/")[0]
    for rank, order, link in _candidates(page, base, own_host):
        key = address_key(link.url) or link.url
        place = (rank + (10 if link.comments else 0), order)
        if key not in ranked or place < ranked[key][0]:
            ranked[key] = (place, link)
    found = sorted(ranked.values(), key=lambda pair: pair[0])
    return [link for _, link in found[:_MOST_FEEDS]]


def _candidates(page: LexborHTMLParser, base: str | None, own_host: str) -> Iterator[tuple[int, int, FeedLink]]:
    """Feeds with a rank (0 is best) and their place in the page."""
    order = 0
    for node in page.css("link[href]")[:_MOST_LINKS]:
        told = node.attributes
        rels = (told.get("rel") or "").lower().split()
        kind = (told.get("type") or "").partition(";")[0].strip().lower()
        url = absolute(told.get("href"), base)
        fits = kind in _FEED_TYPES and _FEED_TYPES[kind] < 2 or "feed" in rels
        # JSON and bare XML are announced as alternates of many kinds: an address must speak for a feed as well.
        fits = fits or (kind in _FEED_TYPES and bool(_FEED_PATH.search(url or "")))
        if url and fits and ("alternate" in rels or "feed" in rels) and url.startswith(("http://", "https://")):
            title = (told.get("title") or "").strip() or None
            yield _FEED_TYPES.get(kind, 1), order, FeedLink(url, title, kind or None, True, _of_comments(url, title))
        order += 1
    for node in page.css("a[href]")[:_MOST_LINKS]:
        order += 1
        url = absolute(node.attributes.get("href"), base)
        if not url or not url.startswith(("http://", "https://")):
            continue
        words = _words(node)
        kind = (node.attributes.get("type") or "").lower()
        looks = bool(_FEED_PATH.search(url.partition("#")[0]))
        if kind in _FEED_TYPES or (looks and (_same_site(url, own_host) or _FEED_WORDS.search(words))):
            rank = 4 if _FEED_WORDS.search(words) else 5
            yield rank, order, FeedLink(url, words or None, kind or None, False, _of_comments(url, words))


def _of_comments(url: str, title: str | None) -> bool:
    return bool(_COMMENTS.search(url.partition("//")[2].partition("/")[2]) or _COMMENTS.search(title or ""))


def _same_site(url: str, own_host: str) -> bool:
    host = (address_key(url) or "").partition("/")[0]
    return bool(own_host) and (host == own_host or host.endswith("." + own_host) or own_host.endswith("." + host))


def _words(node: LexborNode) -> str:
    return " ".join((node.text() or node.attributes.get("title") or "").split())[:200]


def _sitemaps(page: LexborHTMLParser, base: str | None) -> list[str]:
    found = [absolute(node.attributes.get("href"), base) for node in page.css('link[rel~="sitemap" i][href]')]
    for node in page.css('a[href*="sitemap" i]')[:50]:
        url = absolute(node.attributes.get("href"), base)
        if url and _SITEMAP_PATH.search(url.partition("?")[0]):
            found.append(url)
    return list(dict.fromkeys(url for url in found if url))[:20]


def _site_title(page: LexborHTMLParser) -> str | None:
    for selector in ('meta[property="og:site_name"]', 'meta[name="application-name"]'):
        name = _first(page, selector, "content")
        if name:
            return name
    node = page.css_first("head > title") or page.css_first("title")
    return " ".join(node.text().split()) or None if node else None


def _icon(page: LexborHTMLParser, base: str | None) -> str | None:
    for selector in ('link[rel~="apple-touch-icon" i][href]', 'link[rel~="icon" i][href]'):
        url = absolute(_first(page, selector, "href"), base)
        if url and url.startswith(("http://", "https://")):
            return url
    return None
