"""What grouping compares: articles with their readings, and who belongs to a story. Values only; `grouping` saves."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import unescape

from coranto.articles import Article
from coranto.store import packing
from coranto.store.database import numbers, rows
from coranto.store.entries import key_number
from coranto.store.times import moment, stamp
from coranto.store.words import unspaced

HREF, MOST_LINKS = re.compile(r'<a [^>]*?href="(https?://[^"]+)"'), 100


@dataclass(frozen=True, slots=True)
class Covered:
    """A listed article, its outlet, and what the reader made of the document it shows; the story it stands in, and what
    an editor decided that put it there."""

    article_id: int
    outlet: str
    publisher: str | None
    url: str | None
    seen: datetime
    captured: datetime | None
    published: datetime | None
    reading: Article
    trace: bytes | None = None
    story_id: int | None = None
    decided: str | None = None
    private: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """An article's place in its story."""

    article_id: int
    story_id: int
    outlet: str
    copy_of: int | None
    role: str | None


def covered(ids: Iterable[int]) -> dict[int, Covered]:
    """The listed and read articles among these, by id."""
    found = rows(
        "SELECT a.id, o.name, o.publisher, a.url, a.seen, d.captured, a.published, r.body, t.signature,"
        " a.story_id, a.decided, o.private_to_id IS NOT NULL FROM article a"
        " JOIN outlet o ON o.id = a.outlet_id JOIN document d ON d.id = a.document_id"
        " JOIN reading r ON r.document_id = a.document_id LEFT JOIN trace t ON t.article_id = a.id"
        f" WHERE a.id IN ({numbers(ids)}) AND a.state = 'listed'"
    )
    return {
        each[0]: Covered(
            *each[:4], *map(moment, each[4:7]), packing.unpack(each[7]), each[8] and bytes(each[8]), *each[9:11],
            bool(each[11]),
        )
        for each in found
    }


def carriers(originals: Iterable[int], most: int) -> dict[int, list[int]]:
    """The `most` listed articles first seen with the text of each of these, itself among them, where more than one
    copies it. Private outlets are left out."""
    found: dict[int, list[int]] = {}
    for ident, original in rows(
        "SELECT a.id, a.copy_of FROM article a JOIN outlet o ON o.id = a.outlet_id WHERE a.state = 'listed'"
        f" AND a.copy_of IN ({numbers(originals)}) AND o.private_to_id IS NULL ORDER BY a.seen, a.id"
    ):
        found.setdefault(original, [original]).append(ident)
    return {original: ids[:most] for original, ids in found.items() if len(ids) > 2}


def members(story_ids: Iterable[int]) -> list[Member]:
    """The listed articles of these stories, in order of storing."""
    sql = (
        "SELECT a.id, a.story_id, o.name, a.copy_of, a.role FROM article a JOIN outlet o ON o.id = a.outlet_id"
        f" WHERE a.story_id IN ({numbers(story_ids)}) AND a.state = 'listed' ORDER BY a.id"
    )
    return [Member(*found) for found in rows(sql)]


@dataclass(frozen=True, slots=True)
class Opening:
    """A listed article by its words: headline, topics and the opening of its text, with what grouping keeps of it."""

    article_id: int
    title: str
    text: str
    topics: tuple[str, ...]
    outlet: str
    section: str | None
    language: str | None
    published: datetime | None
    story_id: int | None
    copy_of: int | None
    trace: bytes | None


OPENING = (
    "SELECT a.id, x.title, substr(x.body, 1, %s), x.topics, o.name, s.name, a.language, a.published, a.story_id,"
    " a.copy_of, t.signature FROM article a JOIN article_text x ON x.article_id = a.id"
    " JOIN outlet o ON o.id = a.outlet_id LEFT JOIN section s ON s.id = a.section_id"
    " LEFT JOIN trace t ON t.article_id = a.id WHERE a.state = 'listed'"
)


def openings(ids: Iterable[int], characters: int) -> list[Opening]:
    """The listed articles among these, in order of storing."""
    return list(map(opening, rows(f"{OPENING} AND a.id IN ({numbers(ids)}) ORDER BY a.id", (characters,))))


def linked(ids: Iterable[int], keys_of: Callable[[str], Sequence[str]]) -> dict[int, tuple[int, ...]]:
    """For each of these articles the other public ones that its text links to; `keys_of` says under which keys an
    address is known."""
    wanted: dict[int, set[int]] = {}
    for article, outlet, body in rows(
        "SELECT a.id, a.outlet_id, r.body FROM article a JOIN reading r ON r.document_id = a.document_id"
        f" WHERE a.id IN ({numbers(ids)}) AND a.state = 'listed'"
    ):
        links = HREF.findall(packing.unpack(body).html)[:MOST_LINKS]
        keys = {key_number(key, outlet, None) for url in links for key in keys_of(unescape(url))}
        if keys:
            wanted[article] = keys
    known = dict(rows(
        "SELECT d.key, d.article_id FROM address d JOIN article a ON a.id = d.article_id WHERE a.state = 'listed'"
        f" AND d.key IN ({numbers({key for keys in wanted.values() for key in keys})})"
    ))  # fmt: skip
    found = {
        article: tuple(sorted({known[key] for key in keys if key in known} - {article}))
        for article, keys in wanted.items()
    }
    return {article: others for article, others in found.items() if others}


def latest_grouped(most: int) -> list[int]:
    """The `most` listed articles that were grouped and stored last, in order of storing."""
    sql = "SELECT id FROM article WHERE state = 'listed' AND story_id IS NOT NULL ORDER BY id DESC LIMIT %s"
    return [found for (found,) in reversed(rows(sql, (most,)))]


def opening(found: tuple) -> Opening:
    title, text, topics = (unspaced(part) for part in found[1:4])
    listed = tuple(sys.intern(topic) for topic in topics.split("\n") if topic)  # most stand in many articles
    trace = found[10] and bytes(found[10])
    return Opening(found[0], title, text, listed, *found[4:7], moment(found[7]), *found[8:10], trace)


def unrelated(since: datetime, most: int) -> list[int]:
    """Grouped articles seen since then that nothing was found to stand beside yet, the newest first."""
    sql = (
        "SELECT a.id FROM article a WHERE a.state = 'listed' AND a.story_id IS NOT NULL AND a.at >= %s AND NOT EXISTS"
        " (SELECT 1 FROM related l WHERE l.article_id = a.id) ORDER BY a.at DESC LIMIT %s"
    )
    return [found for (found,) in rows(sql, (stamp(since), most))]
