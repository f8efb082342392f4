"""Entries on their way into rows: what is known already, what is new, what changed.

An article is known by its addresses: what has one already is no new article, what bears the address of a withdrawn
one is refused. Only the article's own outlet can give it a new version. Transactions are the business of `intake`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import blake2b

from coranto.articles import ENTRY_TYPE, lead
from coranto.store import originals
from coranto.store.database import many, number_of, numbers, rows, storable
from coranto.store.index import add_texts, put_texts
from coranto.store.source_values import IncomingEntry, Stored
from coranto.store.times import claimed_time
from coranto.store.words import spaced

ARTICLE = (
    "INSERT INTO article (id, outlet_id, source_id, section_id, state, title, lead, byline, url, at, seen, published,"
    " modified, language, kind, reserved, document_id, entry_hash, reads, heat, differs, copies, step, due, attempts,"
    " gone_reason) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, 'article', %s, %s, %s, 0, 0, %s, 0,"
    " %s, %s, 0, '')"
)
DOCUMENT = (
    "INSERT INTO document (id, article_id, number, via, url, digest, media_type, charset, headers, fetched, captured,"
    " pending) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
)
ADDRESS = "INSERT INTO address (key, article_id) VALUES (%s, %s) ON CONFLICT (key) DO NOTHING"


@dataclass(slots=True)
class Place:
    """Where a source's articles belong."""

    outlet_id: int
    outlet: str
    section_id: int | None
    private_to: int | None
    language: str | None


@dataclass(slots=True)
class Known:
    """What is stored of an article that an address led to."""

    id: int
    state: str
    outlet_id: int
    entry_hash: int | None
    document_id: int | None
    merged_into: int | None
    via: str | None = None


@dataclass(slots=True)
class Rows:
    """The rows of one batch, gathered before they are written."""

    articles: list[tuple] = field(default_factory=list)
    texts: list[tuple] = field(default_factory=list)
    new_texts: list[tuple] = field(default_factory=list)
    documents: list[tuple] = field(default_factory=list)
    bodies: list[tuple[str, bytes]] = field(default_factory=list)
    addresses: list[tuple] = field(default_factory=list)
    outlets: dict[int, int] = field(default_factory=dict)

    def write(self, at: int) -> None:
        many(ARTICLE, self.articles)
        many(DOCUMENT, self.documents)
        originals.keep(self.bodies, at)
        add_texts(self.new_texts)
        put_texts(self.texts)
        many(ADDRESS, self.addresses)
        counts = [(count, outlet) for outlet, count in self.outlets.items()]
        many("UPDATE outlet SET articles = articles + %s WHERE id = %s", counts)


def key_number(key: str, outlet_id: int, private_to: int | None) -> int:
    """The number that stands for an address or guid. A guid names an entry within its outlet only, and what a private
    outlet gives is never the same as what everybody gets."""
    if key[:7].lower() == "http://" or key[:8].lower() == "https://":
        return number_of(f"private {private_to} {key}" if private_to else key)
    return number_of(f"outlet {outlet_id} {key}")


def content_hash(title: str, published: date | datetime | None, text: str) -> int:
    """A number for what makes a version: headline, date and body."""
    content = f"{title}\0{published or ''}\0{text}".encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(content, digest_size=8).digest(), "big") >> 1


def places(source_ids: Iterable[int]) -> dict[int, Place]:
    """Where the articles of these sources belong, by source."""
    found = rows(
        "SELECT s.id, o.id, o.name, COALESCE(s.section_id, o.section_id), o.private_to_id, o.language FROM source s"
        f" JOIN outlet o ON o.id = s.outlet_id WHERE s.id IN ({numbers(source_ids)})"
    )
    return {source: Place(*rest) for source, *rest in found}


def known_by(keys: Iterable[int]) -> dict[int, Known]:
    """What is stored under these addresses: by address, the article, or the one it was merged into."""
    keys, owners = list(keys), {}
    for start in range(0, len(keys), 10_000):
        owners.update(
            rows(f"SELECT key, article_id FROM address WHERE key IN ({numbers(keys[start : start + 10_000])})")
        )
    found: dict[int, Known] = {}
    ids = list(set(owners.values()))
    for start in range(0, len(ids), 10_000):
        for each in rows(
            "SELECT a.id, a.state, a.outlet_id, a.entry_hash, a.document_id, a.merged_into, d.via FROM article a"
            f" LEFT JOIN document d ON d.id = a.document_id WHERE a.id IN ({numbers(ids[start : start + 10_000])})"
        ):
            found[each[0]] = Known(*each)
    return {key: found[owner] for key, owner in owners.items() if owner in found}


class Taking:
    """One batch of entries on its way into rows."""

    def __init__(self, at: int, known: dict[int, Known], first: int, into: Rows, documents: int) -> None:
        self.at, self.known, self.rows = at, known, into
        self.next_article, self.next_document = first, documents
        self.again: list[tuple] = []
        self.hashes: list[tuple] = []
        self.changes: list[tuple[Known, IncomingEntry, Place, int, str | None]] = []

    def source(self, source_id: int, place: Place | None, language: str | None, entries: list) -> Stored:
        new, changed, unchanged, refused, ids = 0, 0, 0, 0, []
        for entry, keys in entries:
            if not keys:
                refused += 1
                continue
            hit = next((self.known[key] for key in keys if key in self.known), None)
            if hit is None:
                ids.append(self.add(source_id, place, language, entry, keys))
                new += 1
            elif hit.state == "withdrawn":
                refused += 1
            elif self.meet(hit, entry, place, keys, language):
                ids.append(hit.id)
                changed += 1
            else:
                unchanged += 1
        if new:
            self.rows.outlets[place.outlet_id] = self.rows.outlets.get(place.outlet_id, 0) + new
        return Stored(new, changed, unchanged, refused, tuple(ids))

    def add(self, source_id: int, place: Place, language: str | None, entry: IncomingEntry, keys: list[int]) -> int:
        article, self.next_article = self.next_article, self.next_article + 1
        title, text = storable(entry.title.strip()), storable(entry.text)
        published, at = claimed_time(entry.published, self.at)
        modified = claimed_time(entry.modified, self.at)[0]
        hashed = content_hash(title, entry.published, text)
        self.rows.articles.append((
            article, place.outlet_id, source_id, place.section_id, "listed", title, lead(text), storable(entry.byline),
            entry.url, at, self.at, published, modified, entry.language or language, False, self.next_document, hashed,
            False, "fetch" if entry.want_page else "read", self.at,
        ))  # fmt: skip
        self.document(article, 1, entry)
        topics = "\n".join(map(storable, entry.topics))
        self.rows.new_texts.append(
            (article, spaced(title), spaced(text), spaced(storable(entry.byline)), spaced(place.outlet), spaced(topics))
        )
        made = Known(article, "listed", place.outlet_id, hashed, self.next_document - 1, None, "feed")
        for key in keys:
            if key not in self.known:
                self.known[key] = made
                self.rows.addresses.append((key, article))
        return article

    def document(self, article: int, number: int, entry: IncomingEntry) -> None:
        digest = originals.digest_of(entry.original)
        self.rows.documents.append((
            self.next_document, article, number, "feed", entry.url, digest, ENTRY_TYPE, None, "[]", self.at, None, True,
        ))  # fmt: skip
        self.rows.bodies.append((digest, entry.original))
        self.next_document += 1

    def meet(self, known: Known, entry: IncomingEntry, place: Place, keys: list[int], language: str | None) -> bool:
        """An entry whose article is here: whether it says something new of it."""
        for key in keys:
            if key not in self.known:
                self.known[key] = known
                self.rows.addresses.append((key, known.id))
        if known.outlet_id != place.outlet_id:
            return False
        title, text = storable(entry.title.strip()), storable(entry.text)
        hashed = content_hash(title, entry.published, text)
        if hashed == known.entry_hash:
            return False
        seen_before = known.entry_hash is not None
        known.entry_hash = hashed
        if known.via in ("page", "import"):
            self.hashes.append((hashed, known.id))
            if seen_before and entry.want_page:
                self.again.append((self.at, known.id))
            return seen_before and entry.want_page
        self.changes.append((known, entry, place, hashed, language))
        return True

    def write_changes(self) -> None:
        """Write what known articles got: a new document each, and the words to search by until it is read."""
        many("UPDATE article SET entry_hash = %s WHERE id = %s", self.hashes)
        many("UPDATE article SET step = 'fetch', due = %s, claim = NULL, attempts = 0 WHERE id = %s", self.again)
        if not self.changes:
            return
        ids = numbers(known.id for known, *_ in self.changes)
        last = dict(
            rows(f"SELECT article_id, max(number) FROM document WHERE article_id IN ({ids}) GROUP BY article_id")
        )
        more, update = Rows(), []
        self.rows = more
        for known, entry, place, hashed, language in self.changes:
            if known.state == "unread":
                known.state = "listed"
                more.outlets[place.outlet_id] = more.outlets.get(place.outlet_id, 0) + 1
            last[known.id] = number = last.get(known.id, 0) + 1
            title, text, byline = storable(entry.title.strip()), storable(entry.text), storable(entry.byline)
            seen = self.at
            published = claimed_time(entry.published, seen)[0]
            update.append((
                title, lead(text), byline, published, published, published, hashed, language, self.next_document,
                "fetch" if entry.want_page else "read", self.at, known.id,
            ))  # fmt: skip
            self.document(known.id, number, entry)
            topics = spaced("\n".join(map(storable, entry.topics)))
            more.texts.append((known.id, spaced(title), spaced(text), spaced(byline), spaced(place.outlet), topics))
        more.write(self.at)
        many(
            "UPDATE article SET title = %s, lead = %s, byline = %s, published = COALESCE(%s, published),"
            " at = CASE WHEN %s < seen THEN %s ELSE seen END, entry_hash = %s,"
            " state = CASE state WHEN 'unread' THEN 'listed' ELSE state END, language = COALESCE(language, %s),"
            " document_id = %s, step = %s, due = %s, claim = NULL, attempts = 0"
            " WHERE id = %s",
            update,
        )
