"""What a feed says, as frozen values; every format ends up in these. Reading them is the work of the other files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that comes with an entry: absolute address, media type, and size in bytes where the feed gives them."""

    url: str
    type: str | None = None
    length: int | None = None


@dataclass(frozen=True, slots=True)
class EntrySource:
    """The true publisher of an entry that an aggregator passes on: its name, and its address or its feed's."""

    title: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed. `title`, `summary` and `content` are the feed's own HTML, not yet cleaned.

    `authors` and `tags` are plain strings. `published` and `updated` keep the feed's offset, UTC where it gives none;
    `published` falls back on `updated` where the entry has no other date. `images` are addresses of pictures that the
    feed names beside its text. What is missing is None or an empty tuple.
    """

    id: str | None = None
    title: str | None = None
    link: str | None = None
    published: datetime | None = None
    updated: datetime | None = None
    authors: tuple[str, ...] = ()
    summary: str | None = None
    content: str | None = None
    tags: tuple[str, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    comments: str | None = None
    source: EntrySource | None = None
    language: str | None = None
    images: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed with its entries in their own order, or none and `error`: a sentence that names what was found instead.

    `link` is the site's address, `self_link` the feed's own, `hub` a WebSub hub, `next` the following page of an
    archive. `ttl` is how long the outlet asks to wait between two visits, in seconds. `format` is 'rss', 'rdf',
    'atom', 'cdf' or 'json'. `repaired` is true where the document was ill-formed and read all the same.
    """

    title: str | None = None
    subtitle: str | None = None
    link: str | None = None
    language: str | None = None
    entries: tuple[Entry, ...] = ()
    error: str | None = None
    updated: datetime | None = None
    ttl: int | None = None
    image: str | None = None
    self_link: str | None = None
    hub: str | None = None
    next: str | None = None
    authors: tuple[str, ...] = ()
    format: str | None = None
    repaired: bool = False
