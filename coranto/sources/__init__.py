"""Where documents come from: feeds, sitemaps, subscription lists, pages, files and archives, and the guarded fetcher.

Everything here is loaded when it is first asked for, so that a reader of feeds pays for no network library.
"""

from __future__ import annotations

from importlib import import_module

_HOMES = {
    "feeds": ("parse_feed",),
    "feed.values": ("Enclosure", "Entry", "EntrySource", "Feed"),
    "entrydocument": ("entry_document", "entry_from_document", "feed_of_document"),
    "sitemaps": ("Sitemap", "SitemapPage", "SitemapPart", "parse_sitemap"),
    "opml": ("Subscription", "Subscriptions", "parse_opml", "write_opml"),
    "discovery": ("Discovery", "FeedLink", "discover"),
    "addresses": ("absolute", "address_key", "canonical_address"),
}
_MODULES = {name: module for module, names in _HOMES.items() for name in names}
__all__ = tuple(sorted(_MODULES))  # noqa: PLE0605 - the names are those of the table above


def __getattr__(name: str) -> object:
    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{module}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
