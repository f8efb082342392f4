"""From what a source answered to what the store takes in: entries or links. Plain functions of their arguments.

They run in processes of their own when much comes at once. Whether an entry's own text is trusted, or its page is to be
fetched, is decided here (`wants_page`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import NamedTuple
from urllib.parse import urljoin

from coranto.pipeline.keys import keys_of
from coranto.sources.addresses import address_key
from coranto.sources.entrydocument import entry_document
from coranto.sources.feed.values import Entry, Feed
from coranto.sources.feeds import parse_feed
from coranto.sources.sitemaps import parse_sitemap
from coranto.store.source_values import IncomingEntry

FULL = 1000
"""Characters from which on an entry's text is taken for a whole article."""
FULL_UNSPACED = 400
"""The same for scripts written without spaces, whose characters say more."""
HABIT = 0.6
"""The share of full entries from which on a feed is taken to give whole articles; its short ones are then briefs."""
TEASER = re.compile(
    r"(?:\[?\s*(?:…|\.\.\.)\s*\]?|[>»→]|\b(?:read (?:the )?(?:more|full|rest)|continue reading|weiterlesen"
    r"|lire la suite|leer más|seguir leyendo|leggi tutto|lees (?:meer|verder)|ler mais|läs mer|czytaj dalej"
    r"|читать далее)\b.{0,60})\s*$",
    re.IGNORECASE,
)
UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")


class LinkRow(NamedTuple):
    """An article known by its address alone."""

    url: str
    title: str | None
    published: datetime | None
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a feed's answer came to. `error` is a sentence where it is no feed; `ttl` is in seconds."""

    entries: tuple[IncomingEntry, ...] = ()
    language: str | None = None
    ttl: float | None = None
    error: str | None = None


def prepare_feed(body: bytes, url: str, headers: dict[str, str], reading: str) -> Prepared:
    """Read a feed and make its entries ready. `reading`: 'auto', 'feed' (trust the entries) or 'page'."""
    from coranto.extract import plain_text

    feed = parse_feed(body, url, headers)
    if feed.error:
        return Prepared(error=feed.error)
    texts = [plain_text(entry.content or entry.summary or "") for entry in feed.entries]
    pages = wants_page(feed, texts, reading)
    keys = entry_keys(feed)
    entries = tuple(incoming(feed, *each) for each in zip(feed.entries, texts, keys, pages, strict=True))
    return Prepared(entries, feed.language, feed.ttl)


def incoming(feed: Feed, entry: Entry, text: str, keys: tuple[str, ...], page: bool) -> IncomingEntry:
    from coranto.extract import plain_text

    return IncomingEntry(
        address_keys=keys,
        url=entry.link,
        title=plain_text(entry.title or ""),
        text=text,
        original=entry_document(entry, feed),
        byline=", ".join(entry.authors),
        published=entry.published,
        modified=entry.updated,
        language=entry.language or feed.language,
        topics=entry.tags,
        want_page=page,
        syndicated_from=entry.source.url if entry.source else None,
    )


def wants_page(feed: Feed, texts: list[str], reading: str) -> list[bool]:
    """For each entry whether its page is to be fetched."""
    linked = [bool(entry.link) and address_key(entry.link) is not None for entry in feed.entries]
    if reading == "feed":
        return [False] * len(linked)
    if reading == "page":
        return linked
    whole = [is_whole(text) for text in texts]
    habit = bool(whole) and sum(whole) / len(whole) >= HABIT
    trusted = (
        full or (habit and text and not TEASER.search(text[-120:])) for full, text in zip(whole, texts, strict=True)
    )
    return [link and not trust for link, trust in zip(linked, trusted, strict=True)]


def is_whole(text: str) -> bool:
    """Whether a text is long enough for an article and does not break off."""
    enough = FULL_UNSPACED if UNSPACED.search(text[:200]) else FULL
    return len(text) >= enough and not TEASER.search(text[-120:])


def entry_keys(feed: Feed) -> list[tuple[str, ...]]:
    """What names each entry for good: its address and its guid. One that several entries with different addresses
    share, or that is the feed's own address, names none of them; where nothing is left, title and date do."""
    home = {address_key(feed.link), address_key(feed.self_link)}
    links = [None if (key := address_key(entry.link)) in home else key for entry in feed.entries]
    by_guid: dict[str, set] = {}
    by_link: dict[str, set] = {}
    for entry, link in zip(feed.entries, links, strict=True):
        if entry.id:
            by_guid.setdefault(entry.id, set()).add(link)
        if link:
            by_link.setdefault(link, set()).add(entry.id)
    return [names_of(entry, link, by_guid, by_link) for entry, link in zip(feed.entries, links, strict=True)]


def names_of(entry: Entry, link: str | None, by_guid: dict, by_link: dict) -> tuple[str, ...]:
    found = []
    # An address under which a feed lists several guids is a page of its own, such as a live blog; then the guids count.
    if link and (not entry.id or len(by_link[link]) == 1):
        found.append("https://" + link)
    if entry.id and len(by_guid[entry.id]) == 1:
        found += keys_of(entry.id) or (entry.id,)
    if not found:
        said = f"{entry.title}\0{entry.published}\0{entry.link}\0{entry.id}"
        found.append("entry " + blake2b(said.encode("utf-8", "replace"), digest_size=12).hexdigest())
    return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Listed:
    """What a sitemap or a listing leads to: `links` as the store takes them in, `maps` where it is an index."""

    links: tuple[LinkRow, ...] = ()
    maps: tuple[str, ...] = ()
    error: str | None = None


def prepare_sitemap(body: bytes, url: str, headers: dict[str, str]) -> Listed:
    """The pages of a sitemap, and the sitemaps of an index, the newest first; what has no date comes last."""
    found = parse_sitemap(body, url, headers)
    if found.error:
        return Listed(error=found.error)
    pages = sorted(found.pages, key=lambda page: newness(page.published or page.modified), reverse=True)
    parts = sorted(found.parts, key=lambda part: newness(part.modified), reverse=True)
    home = keys_of(urljoin(url, "/"))
    links = (LinkRow(page.url, page.title, page.published, keys_of(page.url)) for page in pages)
    return Listed(tuple(link for link in links if link.keys and link.keys != home), tuple(part.url for part in parts))


def newness(moment: datetime | None) -> float:
    return moment.timestamp() if moment else 0.0


_MOST_LISTED = 300


def prepare_listing(body: bytes, url: str, headers: dict[str, str]) -> Listed:
    """The links of a page that look like articles."""
    from coranto.extract import links

    found = [link for link in links(body, url) if link.article]
    if not found:
        return Listed(error="it is a page, but no list of articles was found on it.")
    rows = (LinkRow(link.url, link.title or None, None, keys_of(link.url)) for link in found[:_MOST_LISTED])
    return Listed(tuple(row for row in rows if row.keys))
