"""The site's own pages, for machines that list them: stories told more than once and topics, in parts of bounded size.

What only private outlets tell is left out. A part is named by its first id, so that any of them is one question.
"""

from __future__ import annotations

from datetime import datetime

from coranto.store.database import rows
from coranto.store.slugs import slug
from coranto.store.times import moment

PART = 5_000
STORIES = (
    "story s JOIN article a ON a.id = s.headline_id JOIN outlet o ON o.id = a.outlet_id"
    " WHERE s.moved_to IS NULL AND s.articles > 1 AND o.private_to_id IS NULL"
)
TOPICS = (
    "topic s WHERE s.articles > 0 AND EXISTS (SELECT 1 FROM article_topic l JOIN article a ON a.id = l.article_id"
    " JOIN outlet o ON o.id = a.outlet_id WHERE l.topic_id = s.id AND a.state = 'listed' AND o.private_to_id IS NULL)"
)


def story_parts(size: int = PART) -> list[int]:
    """The first story of each part."""
    return parts(STORIES, size)


def topic_parts(size: int = PART) -> list[int]:
    """The first topic of each part."""
    return parts(TOPICS, size)


def parts(what: str, size: int) -> list[int]:
    found = rows(
        f"SELECT id FROM (SELECT s.id AS id, row_number() OVER (ORDER BY s.id) AS place FROM {what}) AS placed"
        " WHERE place %% %s = %s ORDER BY id",
        (size, 1 % size),
    )
    return [ident for (ident,) in found]


def stories(first: int, size: int = PART) -> list[tuple[int, str, datetime | None]]:
    """(id, slug, time of the last article) of the stories of a part."""
    found = rows(
        f"SELECT s.id, s.title, s.latest_at FROM {STORIES} AND s.id >= %s ORDER BY s.id LIMIT %s", (first, size)
    )
    return [(ident, slug(title), moment(at)) for ident, title, at in found]


def topics(first: int, size: int = PART) -> list[str]:
    """The slugs of the topics of a part."""
    found = rows(f"SELECT s.slug FROM {TOPICS} AND s.id >= %s ORDER BY s.id LIMIT %s", (first, size))
    return [name for (name,) in found]
