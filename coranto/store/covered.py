"""What grouping compares: articles with their readings, and who belongs to a story. Values only; `grouping` saves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from coranto.articles import Article
from coranto.store import packing
from coranto.store.database import numbers, rows
from coranto.store.times import moment


@dataclass(frozen=True, slots=True)
class Covered:
    """A listed article, its outlet, and what the reader made of the document it shows."""

    article_id: int
    outlet: str
    publisher: str | None
    url: str | None
    seen: datetime
    captured: datetime | None
    published: datetime | None
    reading: Article


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
        "SELECT a.id, o.name, o.publisher, a.url, a.seen, d.captured, a.published, r.body FROM article a"
        " JOIN outlet o ON o.id = a.outlet_id JOIN document d ON d.id = a.document_id"
        f" JOIN reading r ON r.document_id = a.document_id WHERE a.id IN ({numbers(ids)}) AND a.state = 'listed'"
    )
    return {
        each[0]: Covered(*each[:4], moment(each[4]), moment(each[5]), moment(each[6]), packing.unpack(each[7]))
        for each in found
    }


def members(story_ids: Iterable[int]) -> list[Member]:
    """The listed articles of these stories, in order of storing."""
    sql = (
        "SELECT a.id, a.story_id, o.name, a.copy_of, a.role FROM article a JOIN outlet o ON o.id = a.outlet_id"
        f" WHERE a.story_id IN ({numbers(story_ids)}) AND a.state = 'listed' ORDER BY a.id"
    )
    return [Member(*found) for found in rows(sql)]
