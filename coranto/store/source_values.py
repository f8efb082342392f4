"""What the store and the background work hand each other: sources, what came from them, and what waits.

Times are aware `datetime`s in UTC.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from coranto.articles import Article, Document, OutletProfile, Rule


@dataclass(frozen=True, slots=True)
class Health:
    """How a source does: `state` is 'well', 'slow', 'failing', 'paused', 'gone' or 'new'; the rest says why and what
    to do."""

    state: str
    fetched: datetime | None = None
    last_new: datetime | None = None
    failing_since: datetime | None = None
    failures: int = 0
    kind: str = ""
    message: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source as the fetching side needs it. `kind`: 'feed', 'sitemap', 'listing', 'page', 'file'. `reading`:
    'auto', 'feed', 'page'. `credential` is None, ('basic', user, password) or ('header', name, value). Durations are
    in seconds."""

    id: int
    outlet_id: int
    outlet: str
    kind: str
    url: str
    section: str | None
    reading: str
    interval: float
    spacing: float | None
    allow_private: bool
    credential: tuple[str, ...] | None
    user_agent: str | None
    etag: str | None
    last_modified: str | None
    due: datetime | None
    state: str
    demo: bool = False
    health: Health = field(default_factory=lambda: Health("new"))
    articles: int = 0
    days: tuple[int, ...] = ()
    private_to: int | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a successful visit to a source brought. `ttl` is the least time in seconds until the next one that the
    source asks for (ttl, max-age, Retry-After); `due` overrules the adaptive interval."""

    source_id: int
    etag: str | None = None
    last_modified: str | None = None
    ttl: float | None = None
    new: int = 0
    changed: int = 0
    moved_to: str | None = None
    not_modified: bool = False
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class IncomingEntry:
    """One entry of a feed on its way in. `address_keys` are the canonical address and what else names the entry for
    good (its guid); a key that is no http(s) address counts within the outlet only. `text` is plain, `original` what
    `coranto.sources.entry_document` wrote. `want_page` asks for the page behind `url` to be fetched."""

    address_keys: tuple[str, ...]
    url: str | None
    title: str
    text: str
    original: bytes
    byline: str = ""
    published: datetime | date | None = None
    modified: datetime | date | None = None
    language: str | None = None
    topics: tuple[str, ...] = ()
    want_page: bool = False
    syndicated_from: str | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """What an intake did, in counts of entries."""

    new: int = 0
    changed: int = 0
    known: int = 0
    refused: int = 0
    article_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Work:
    """An article claimed for a step ('fetch', 'read', 'group'): what the step needs, and nothing of the database.
    `rules` and `profile` are the outlet's, where the document is a page."""

    article_id: int
    step: str
    claim: str
    url: str | None
    outlet: str
    outlet_id: int
    source: SourceRow | None
    document_id: int | None = None
    document: Document | None = None
    reading: Article | None = None
    seen: datetime | None = None
    attempts: int = 0
    rules: tuple[Rule, ...] = ()
    profile: OutletProfile | None = None
