"""What the reader made of documents, on its way into rows: readings, versions, the article's columns and words.

A reading replaces the one before it and never makes a version. A document that says the same as the one before it,
read by the same version of the reader, is no version either and goes. The article shows its page where that holds the
article, else what its feed gave. Links to authors, topics and pictures are made by `links`, merges by `merging`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from coranto.articles import ENTRY_TYPE, Article, lead
from coranto.sections import section_of
from coranto.store import originals, packing, ways
from coranto.store.database import allocate, many, numbers, rows, run, storable, writing
from coranto.store.index import put_texts
from coranto.store.links import lead_picture, link
from coranto.store.merging import join_by_address
from coranto.store.outlets import section_id
from coranto.store.source_values import Work
from coranto.store.story_rows import refresh_stories
from coranto.store.times import claimed_time, now, placed, stamp, zone_showing
from coranto.store.words import spaced

STANDING = {"article": 3, "live": 3, "gallery": 3, "video": 3, "paywall": 2, "listing": 1, "error": 0, "none": 0}
LISTED_FROM = 2
RESERVING = frozenset(("noarchive", "tdm-reservation"))
LONGEST_BODY = 1_000_000

KeysOf = Callable[[str], Sequence[str]]


@dataclass(slots=True)
class Standing:
    """An article as it stands before its readings are saved."""

    id: int
    claim: str | None
    state: str
    document_id: int | None
    seen: int
    published: int | None
    outlet_id: int
    outlet: str
    private_to: int | None
    url: str | None
    home: str | None
    story_id: int | None
    language: str | None


@dataclass(slots=True)
class Version:
    """A document of an article and how it was read."""

    id: int
    article: int
    number: int
    via: str
    pending: bool
    digest: str
    reader: int | None
    title: str | None
    published: str | None
    text_hash: int | None
    size: int
    standing: int

    def says(self) -> tuple:
        return self.reader, self.title, self.published, self.text_hash


def save_readings(
    readings: Iterable[tuple[Work, Article]], version: int | None = None, keys_of: KeysOf | None = None
) -> None:
    """Save what the reader (of `version`) made of claimed documents, in one transaction; what lost its claim is
    passed over. `keys_of` gives the address keys of a canonical address; without it `coranto.sources` is asked."""
    readings = list(readings)
    if version is None:
        from coranto.extract import READER_VERSION as version
    if keys_of is None:
        from coranto.sources.addresses import address_key

        def keys_of(url: str) -> Sequence[str]:
            return ["https://" + key] if (key := address_key(url)) else []

    with writing():
        allocate("article", 0)
        articles = claimed(work for work, _ in readings)
        readings = [(work, reading) for work, reading in readings if work.article_id in articles]
        put_readings(readings, version)
        fresh = {work.document_id: reading for work, reading in readings}
        chosen, unread, told = choose(articles)
        heed(readings)
        settle(articles, chosen, unread, fresh, keys_of, told)


def claimed(works: Iterable[Work]) -> dict[int, Standing]:
    """The articles of these works whose claim still holds."""
    claims = {work.article_id: work.claim for work in works}
    found = rows(
        "SELECT a.id, a.claim, a.state, a.document_id, a.seen, a.published, a.outlet_id, o.name, o.private_to_id,"
        " a.url,"
        " o.home_url, a.story_id, a.language FROM article a JOIN outlet o ON o.id = a.outlet_id"
        f" WHERE a.id IN ({numbers(claims)})"
    )
    articles = (Standing(*each) for each in found)
    return {
        each.id: each
        for each in articles
        if each.claim == claims[each.id] and each.state not in ("withdrawn", "merged")
    }


def stored(documents: Iterable[int]) -> dict[int, Article]:
    """What the reader made of these documents so far, by their ids."""
    found = rows(f"SELECT document_id, body FROM reading WHERE document_id IN ({numbers(documents)})")
    return {document: packing.unpack(body) for document, body in found}


def number_for(text: str) -> int:
    """A number for a body, whatever its blanks."""
    return (
        int.from_bytes(blake2b(" ".join(text.split()).encode("utf-8", "replace"), digest_size=8).digest(), "big") >> 1
    )


def put_readings(readings: Sequence[tuple[Work, Article]], version: int) -> None:
    at = now()
    many(
        "INSERT INTO reading (document_id, reader_version, title, published, text_hash, size, standing, ways, read,"
        " body) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT (document_id) DO UPDATE SET"
        " reader_version = excluded.reader_version, title = excluded.title, published = excluded.published,"
        " text_hash = excluded.text_hash, size = excluded.size, standing = excluded.standing, ways = excluded.ways,"
        " read = excluded.read, body = excluded.body",
        [
            (
                work.document_id, version, storable(reading.title or ""),
                reading.published.isoformat() if reading.published else None, number_for(reading.text),
                len(reading.text),
                STANDING.get(reading.kind, 0), ways.number(work, reading), at, packing.pack(reading),
            )
            for work, reading in readings
        ],
    )  # fmt: skip
    run(f"UPDATE document SET pending = %s WHERE id IN ({numbers(work.document_id for work, _ in readings)})", (False,))


def is_listed(reading: Article) -> bool:
    """Whether a reading is an article with a text, and so stands in lists."""
    return STANDING.get(reading.kind, 0) >= LISTED_FROM and bool(reading.text)


def heed(readings: Sequence[tuple[Work, Article]]) -> None:
    """Keep what the articles' pages ask of collectors, also where the feed's entry is what is shown. An entry, or a
    page that holds nothing, takes back no wish."""
    asked: dict[int, set[str]] = {}
    for work, reading in readings:
        is_entry = work.document is not None and work.document.media_type == ENTRY_TYPE
        if reading.robots or (STANDING.get(reading.kind, 0) and not is_entry):
            asked.setdefault(work.article_id, set()).update(reading.robots)
    many(
        "UPDATE article SET reserved = %s, nosnippet = %s WHERE id = %s",
        [(bool(RESERVING & wishes), "nosnippet" in wishes, ident) for ident, wishes in asked.items()],
    )
    originals.keep_shorter({work.article_id for work, _ in readings}, now())


def choose(articles: dict[int, Standing]) -> tuple[dict[int, Version], set[int], dict[int, int | None]]:
    """For each article the document it shows, after documents that say nothing new are gone; the articles that have
    documents left to read; and the instant that each article's entry or link gives."""
    versions: dict[int, list[Version]] = {}
    for each in rows(
        "SELECT d.id, d.article_id, d.number, d.via, d.pending, d.digest, r.reader_version, r.title, r.published,"
        " r.text_hash, COALESCE(r.size, 0), COALESCE(r.standing, 0) FROM document d LEFT JOIN reading r"
        f" ON r.document_id = d.id WHERE d.article_id IN ({numbers(articles)}) ORDER BY d.article_id, d.number"
    ):
        versions.setdefault(each[1], []).append(Version(*each))
    chosen, unread, repeated, told = {}, set(), [], {}
    for ident, found in versions.items():
        last: dict[str, Version] = {}
        for version in found:
            before = last.get(version.via)
            if version.reader is not None and before is not None and before.says() == version.says():
                repeated.append(version)
            elif version.reader is not None and (version.standing or not (before and before.standing)):
                last[version.via] = version
        if any(version.pending for version in found):
            unread.add(ident)
        if last:
            chosen[ident] = best(last)
            told[ident] = told_instant(articles[ident], last.get("feed"), chosen[ident], found)
    forget(repeated)
    return chosen, unread, told


def told_instant(article: Standing, entry: Version | None, shown: Version, found: Sequence[Version]) -> int | None:
    """The instant that the outlet gave for an article beside its page: the entry's own, or what came with its link.

    What the article already says counts as long as no other page than the `shown` one had a say in it."""
    if entry is not None and entry.published:
        given = packing.moment_of(entry.published)
        return stamp(given) if isinstance(given, datetime) and given.tzinfo else None
    before = next((version for version in found if version.id == article.document_id), None)
    return article.published if before is None or before.via == "feed" or before is shown else None


def best(last: dict[str, Version]) -> Version:
    """The page where it holds the article; what the feed gave where the page is none, or holds much less."""
    pages = [version for via, version in last.items() if via != "feed"]
    page = max(pages, key=lambda version: (version.standing, version.number), default=None)
    feed = last.get("feed")
    if page is None or feed is None:
        return page or feed
    if not feed.size and page.standing >= LISTED_FROM:
        return page
    if page.standing != feed.standing:
        return max(page, feed, key=lambda version: version.standing)
    return page if page.size >= feed.size * 0.6 else feed


def forget(repeated: Sequence[Version]) -> None:
    if repeated:
        these = numbers(version.id for version in repeated)
        run(f"DELETE FROM reading WHERE document_id IN ({these})")
        run(f"DELETE FROM document WHERE id IN ({these})")
        originals.drop_unshared([version.digest for version in repeated])


def settle(
    articles: dict[int, Standing],
    chosen: dict[int, Version],
    unread: set[int],
    fresh: dict[int, Article],
    keys_of: KeysOf,
    told: dict[int, int | None],
) -> None:
    """Bring the articles' rows to what their chosen documents say, and send them on their way."""
    shown: dict[int, Article] = {}
    missing = [
        version.id
        for ident, version in chosen.items()
        if version.id not in fresh and version.id != articles[ident].document_id
    ]
    fresh = fresh | (stored(missing) if missing else {})
    for ident, version in chosen.items():
        if version.id in fresh:
            shown[ident] = fresh[version.id]
    states = {
        ident: "listed" if is_listed(r) else "unlisted"
        for ident, r in shown.items()
    }
    write_columns(articles, shown, states, {ident: chosen[ident].id for ident in shown}, told)
    write_texts(articles, shown)
    place(shown)
    listed = [ident for ident, state in states.items() if state == "listed"]
    link(shown, {ident: articles[ident].outlet_id for ident in shown}, listed)
    at = now()
    onward = []
    for ident, article in articles.items():
        state = states.get(ident, article.state)
        step = "read" if ident in unread else "group" if state == "listed" else None
        onward.append((step, at if step else None, ident))
    many("UPDATE article SET step = %s, due = %s, claim = NULL, attempts = 0, failure = NULL WHERE id = %s", onward)
    count_outlets(articles, states)
    leave = [ident for ident, state in states.items() if state == "unlisted" and articles[ident].story_id]
    run(f"UPDATE article SET story_id = NULL, decided = NULL WHERE id IN ({numbers(leave)})")
    refresh_stories(articles[ident].story_id for ident in shown)
    join_by_address([(articles[ident], reading) for ident, reading in shown.items()], keys_of)


def opening(reading: Article) -> str:
    """The lead of an article, without the place it opens with: that stands above the text."""
    text, place = reading.text, reading.dateline
    if place and text.startswith(place):
        text = text[len(place) :].lstrip(" -–—:,")
    return lead(storable(text))


def write_columns(
    articles: dict[int, Standing],
    shown: dict[int, Article],
    states: dict[int, str],
    documents: dict[int, int],
    told: dict[int, int | None],
) -> None:
    changes = []
    for ident, reading in shown.items():
        article = articles[ident]
        zone = zone_showing(reading.published, told.get(ident))
        published, at = claimed_time(placed(reading.published, zone), article.seen)
        if published is None and article.published is not None:
            published, at = article.published, min(article.published, article.seen)
        picture = lead_picture(reading)
        changes.append((
            states[ident], storable(" ".join((reading.title or "").split()))[:1000], opening(reading),
            storable(", ".join(reading.authors))[:500], article.url or reading.canonical_url, published, at,
            claimed_time(placed(reading.modified, zone), article.seen)[0],
            reading.language or article.language, reading.kind,
            storable(json.dumps(packing.plain(picture), ensure_ascii=False)) if picture else None, documents[ident],
            ident,
        ))  # fmt: skip
    many(
        "UPDATE article SET state = %s, title = %s, lead = %s, byline = %s, url = %s, published = %s, at = %s,"
        " modified = %s,"
        " language = %s, kind = %s, image = %s, document_id = %s WHERE id = %s",
        changes,
    )


def place(shown: dict[int, Article]) -> None:
    """Put articles into sections: the one their source was added for, else the one their own labels mean, else the
    outlet's."""
    found = rows(
        "SELECT a.id, a.section_id, s.section_id, o.section_id FROM article a JOIN outlet o ON o.id = a.outlet_id"
        f" LEFT JOIN source s ON s.id = a.source_id WHERE a.id IN ({numbers(shown)})"
    )
    ids: dict[str, int | None] = {}
    changes = []
    for ident, present, wished, usual in found:
        reading = shown[ident]
        name = section_of((reading.section, *reversed(reading.breadcrumb), *reading.tags))
        if name and name not in ids:
            ids[name] = section_id(name)
        section = wished or (ids[name] if name else None) or usual
        if section != present:
            changes.append((section, ident))
    many("UPDATE article SET section_id = %s WHERE id = %s", changes)


def write_texts(articles: dict[int, Standing], shown: dict[int, Article]) -> None:
    """Keep the words of articles, where they are others than before."""
    present = {
        each[0]: each
        for each in rows(
            "SELECT article_id, title, body, byline, outlet, topics FROM article_text"
            f" WHERE article_id IN ({numbers(shown)})"
        )
    }
    texts = []
    for ident, reading in shown.items():
        parts = (
            " ".join((reading.title or "").split())[:1000], reading.text[:LONGEST_BODY],
            ", ".join(reading.authors)[:500],
            articles[ident].outlet, "\n".join(reading.tags)[:2000],
        )  # fmt: skip
        text = (ident, *(spaced(storable(part)) for part in parts))
        if present.get(ident) != text:
            texts.append(text)
    if texts:
        put_texts(texts)


def count_outlets(articles: dict[int, Standing], states: dict[int, str]) -> None:
    changes: dict[int, int] = {}
    for ident, state in states.items():
        article = articles[ident]
        change = (state == "listed") - (article.state == "listed")
        changes[article.outlet_id] = changes.get(article.outlet_id, 0) + change
    many(
        "UPDATE outlet SET articles = articles + %s WHERE id = %s", [(n, outlet) for outlet, n in changes.items() if n]
    )
