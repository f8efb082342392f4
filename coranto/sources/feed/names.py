"""Names of elements, with the many spellings of a namespace folded to one short prefix. Data and its look-up only."""

from __future__ import annotations

_PREFIXES = {
    "": (
        "http://purl.org/rss/1.0",
        "http://my.netscape.com/rdf/simple/0.9",
        "http://my.netscape.com/publish/formats/rss-0.91.dtd",
        "http://channel.netscape.com/rdf/simple/0.9",
        "http://purl.org/net/rss1.1",
        "http://backend.userland.com/rss",
        "http://backend.userland.com/rss2",
        "http://backend.userland.com/rss091",
        "http://blogs.law.harvard.edu/tech/rss",
        "http://cyber.law.harvard.edu/rss/rss.html",
        "http://cyber.harvard.edu/rss/rss.html",
        "http://rssnamespace.org/feeds/rss",
        "http://my.netscape.com/publish/formats/rss-0.92.dtd",
        "http://web.resource.org/rss/1.0",
    ),
    "atom": (
        "http://www.w3.org/2005/atom",
        "https://www.w3.org/2005/atom",
        "http://purl.org/atom/ns",
        "http://purl.org/atom",
        "http://purl.org/atom-blog/ns",
    ),
    "content": ("http://purl.org/rss/1.0/modules/content",),
    "dc": ("http://purl.org/dc/elements/1.1", "http://purl.org/dc/elements/1.0"),
    "dcterms": ("http://purl.org/dc/terms",),
    "itunes": ("http://www.itunes.com/dtds/podcast-1.0.dtd", "http://example.com/dtds/podcast-1.0.dtd"),
    "googleplay": ("http://www.google.com/schemas/play-podcasts/1.0",),
    "media": (
        "http://search.yahoo.com/mrss",
        "http://video.search.yahoo.com/mrss",
        "http://tools.search.yahoo.com/mrss",
    ),
    "feedburner": ("http://rssnamespace.org/feedburner/ext/1.0", "http://feedburner.google.com/feedburner"),
    "sy": ("http://purl.org/rss/1.0/modules/syndication",),
    "thr": ("http://purl.org/syndication/thread/1.0",),
    "xhtml": ("http://www.w3.org/1999/xhtml", "http://www.w3.org/tr/xhtml1"),
    "rdf": ("http://www.w3.org/1999/02/22-rdf-syntax-ns", "http://www.w3.org/tr/rdf"),
    "pingback": ("http://madskills.com/public/xml/rss/module/pingback",),
    "yandex": ("http://news.yandex.ru",),
    "turbo": ("http://turbo.yandex.ru",),
    "prism": ("http://prismstandard.org/namespaces/basic/2.0", "http://prismstandard.org/namespaces/1.2/basic"),
    "news": ("http://www.google.com/schemas/sitemap-news/0.9",),
    "image": ("http://www.google.com/schemas/sitemap-image/1.1",),
    "video": ("http://www.google.com/schemas/sitemap-video/1.1",),
    "sitemap": (
        "http://www.sitemaps.org/schemas/sitemap/0.9",
        "https://www.sitemaps.org/schemas/sitemap/0.9",
        "http://www.google.com/schemas/sitemap/0.84",
    ),
}
_BY_ADDRESS = {address: prefix for prefix, addresses in _PREFIXES.items() for address in addresses}
_ALIASES = {"a10": "atom", "atom10": "atom", "a": "atom", "rss": "", "content": "content", "itunes": "itunes"}
UNKNOWN = "?"


def prefix_of(address: str) -> str | None:
    """The short prefix of a namespace address, '' for RSS's own, None for one that is not known."""
    return _BY_ADDRESS.get(address.strip().lower().rstrip("/#"))


class Names(dict):
    """Short names by tag, for one document: '{http://www.w3.org/2005/Atom}Title' is 'title' in an Atom feed, and
    'atom:title' elsewhere. The namespace of the root counts as the format's own; what is foreign is `UNKNOWN`."""

    def __init__(self, root_tag: str) -> None:
        super().__init__()
        self.own = root_tag[1:].partition("}")[0] if root_tag.startswith("{") else ""
        self.own_prefix = prefix_of(self.own) if self.own else ""
        if self.own_prefix in ("rdf", "xhtml"):
            self.own, self.own_prefix = "", ""

    def __missing__(self, tag: object) -> str:
        self[tag] = name = self._short(tag) if isinstance(tag, str) else UNKNOWN
        return name

    def _short(self, tag: str) -> str:
        if tag[0] != "{":
            prefix, colon, local = tag.rpartition(":")
            if not colon:
                return tag.lower()
            prefix = prefix.lower()
            prefix = _ALIASES.get(prefix, prefix if prefix in _PREFIXES else None)
        else:
            address, _, local = tag[1:].partition("}")
            prefix = "" if address == self.own else prefix_of(address)
        if prefix is None:
            return UNKNOWN
        if prefix == self.own_prefix or not prefix:
            return local.lower()
        return f"{prefix}:{local.lower()}"
