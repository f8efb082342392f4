"""What comes in: entries of feeds, fetched or imported documents, links of sitemaps and lists.

Each call is one transaction. Entries come by the thousand: few statements, no object per row, so that 15,000 are
stored and searchable in about two seconds. How entries become rows is the business of `entries`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from coranto.articles import Document
from coranto.store import originals
from coranto.store.database import allocate, many, row, rows, run, storable, value, writing
from coranto.store.entries import ADDRESS, ARTICLE, DOCUMENT, Place, Rows, Taking, key_number, known_by, places
from coranto.store.outlets import add_outlet, outlet_of, section_id
from coranto.store.source_values import IncomingEntry, SourceRow, Stored
from coranto.store.times import claimed_time, now, stamp

__all__ = ["store_document", "store_entries", "store_links"]


def store_entries(
    batch: Sequence[tuple[SourceRow, str | None, Sequence[IncomingEntry]]], fetched: datetime
) -> list[Stored]:
    """Store what feeds gave; for each of the batch what became of its entries. All or nothing."""
    at = stamp(fetched)
    with writing():
        where = places(source.id for source, _, _ in batch)
        keyed = []
        for source, language, entries in batch:
            place = where.get(source.id)
            if place is not None:
                numbered = [
                    [key_number(key, place.outlet_id, place.private_to) for key in e.address_keys] for e in entries
                ]
                keyed.append((source, place, language or place.language, list(zip(entries, numbered, strict=True))))
            else:
                keyed.append((source, None, None, []))
        count = sum(len(entries) for _, _, _, entries in keyed)
        first = allocate("article", 0)  # takes the lock: what is known cannot change below us
        known = known_by({key for _, _, _, entries in keyed for _, keys in entries for key in keys})
        batch_rows = Rows()
        taking = Taking(at, known, first, batch_rows, documents=allocate("document", count) if count else 0)
        stored = [taking.source(source.id, place, language, entries) for source, place, language, entries in keyed]
        if taking.next_article > first:
            allocate("article", taking.next_article - first)
        batch_rows.write(at)
        taking.write_changes()
    return stored


def store_links(
    source: SourceRow, links: Iterable[tuple[str, str | None, date | datetime | None, Sequence[str]]]
) -> Stored:
    """Store what a sitemap or a list leads to: (url, title, published, keys) each. An article known by its address
    alone waits to be fetched and stands on no list until it was read."""
    at, seen = now(), set()
    new, known_count, refused, ids, addresses, articles = 0, 0, 0, [], [], []
    with writing():
        place = places([source.id]).get(source.id)
        if place is None:
            return Stored()
        first = allocate("article", 0)
        numbered = [(link, [key_number(key, place.outlet_id, place.private_to) for key in link[3]]) for link in links]
        known = known_by({key for _, keys in numbered for key in keys})
        for (url, title, published, _), keys in numbered:
            hit = next((known[key] for key in keys if key in known), None)
            if hit is not None or not keys or seen.intersection(keys):
                refused += hit is not None and hit.state == "withdrawn"
                known_count += not (hit is not None and hit.state == "withdrawn")
                continue
            seen.update(keys)
            article = first + new
            claimed, order = claimed_time(published, at)
            articles.append((
                article, place.outlet_id, source.id, place.section_id, "unread", storable(title or ""), "", "", url,
                order,
                at, claimed, None, place.language, False, None, None, False, "fetch", at,
            ))  # fmt: skip
            addresses += [(key, article) for key in keys]
            ids.append(article)
            new += 1
        if new:
            allocate("article", new)
            many(ARTICLE, articles)
            many(ADDRESS, addresses)
    return Stored(new, 0, known_count, refused, tuple(ids))


def store_document(
    document: Document,
    *,
    source_id: int | None = None,
    outlet_hint: int | str | tuple[str, str | None] | None = None,
    section: str | None = None,
    via: str = "page",
    article_id: int | None = None,
    keys: Sequence[str] = (),
) -> Stored:
    """Store a fetched page for the article that asked for it (`article_id`), or a page by itself, such as an imported
    one.

    A page by itself belongs to the source's outlet, else to `outlet_hint`: an outlet's id, its name, or its name and
    home page. The same bytes again are nothing new. The article waits to be read; only then is it on lists.
    """
    with writing():
        allocate("document", 0)
        place = destination(source_id, outlet_hint, section)
        article = None
        if article_id is not None:
            article = row("SELECT id, state, outlet_id FROM article WHERE id = %s", (article_id,))
            place = place or outlet_place(article[2]) if article else place
        if place is None:
            raise ValueError("a document needs its article, its source or its outlet")
        numbered = [key_number(key, place.outlet_id, place.private_to) for key in keys]
        known = known_by(numbered)
        if article is None and known:
            hit = next(known[key] for key in numbered if key in known)
            article = (hit.id, hit.state, hit.outlet_id)
        if article is not None and (article[1] in ("withdrawn", "merged") or article[2] != place.outlet_id):
            refused = article[1] == "withdrawn"
            return Stored(known=not refused, refused=refused, article_ids=(article[0],))
        made = article is None
        if made and not numbered:
            numbered = [key_number(f"content {originals.digest_of(document.body)}", place.outlet_id, place.private_to)]
            if hit := known_by(numbered):
                return Stored(known=1, article_ids=(hit[numbered[0]].id,))
        ident = add_page(document, place, source_id) if made else article[0]
        added = add_document(document, ident, via)
        many(ADDRESS, [(key, ident) for key in numbered])
        return Stored(new=made, changed=added and not made, known=not added and not made, article_ids=(ident,))


def destination(source_id: int | None, hint: int | str | tuple | None, section: str | None) -> Place | None:
    """Where a page by itself belongs."""
    place = places([source_id]).get(source_id) if source_id is not None else None
    if place is None and hint is not None:
        if isinstance(hint, int):
            place = outlet_place(hint)
        else:
            name, home = (hint, None) if isinstance(hint, str) else hint
            place = outlet_place(add_outlet(name, home).id)
    if place is not None and section:
        place.section_id = section_id(section)
    return place


def outlet_place(outlet_id: int) -> Place | None:
    found = outlet_of(outlet_id)
    if found is None:
        return None
    own = value("SELECT section_id FROM outlet WHERE id = %s", (outlet_id,))
    return Place(found.id, found.name, own, found.private_to, found.language)


def add_page(document: Document, place: Place, source_id: int | None) -> int:
    """A new article for a page that nobody has read yet."""
    ident, seen = allocate("article", 1), stamp(document.fetched)
    many(ARTICLE, [(
        ident, place.outlet_id, source_id, place.section_id, "unread", "", "", "", document.url, seen, seen, None, None,
        place.language, False, None, None, False, "read", seen,
    )])  # fmt: skip
    return ident


def add_document(document: Document, article_id: int, via: str) -> bool:
    """Add a version unless the last one of this kind has the same bytes; either way the article goes on to be read.
    Saved pages have no order of their own, so of those any with the same bytes will do."""
    digest = originals.digest_of(document.body)
    sql = "SELECT digest FROM document WHERE article_id = %s AND via = %s ORDER BY number DESC"
    before = [known for (known,) in rows(sql, (article_id, via))]
    new = digest not in (before if via == "import" else before[:1])
    if new:
        number = value("SELECT COALESCE(max(number), 0) + 1 FROM document WHERE article_id = %s", (article_id,))
        many(DOCUMENT, [(
            allocate("document", 1), article_id, number, via, document.url, digest, document.media_type,
            document.charset,
            json.dumps(document.headers), stamp(document.fetched),
            stamp(document.captured) if document.captured else None, True,
        )])  # fmt: skip
        originals.keep([(digest, document.body)], stamp(document.fetched), level=6)
    run(
        "UPDATE article SET step = 'read', due = %s, claim = NULL, attempts = 0, failure = NULL WHERE id = %s",
        (now(), article_id),
    )
    return new
