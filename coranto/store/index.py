"""The words of articles as they are searched: kept beside the article, one row each."""

from __future__ import annotations

from collections.abc import Sequence

from coranto.store.database import many, postgresql
from coranto.store.words import tokens

KEEP = (
    "INSERT INTO article_text (article_id, title, body, byline, outlet, topics) VALUES (%s, %s, %s, %s, %s, %s)"
    " ON CONFLICT (article_id) DO UPDATE SET title = excluded.title, body = excluded.body, byline = excluded.byline,"
    " outlet = excluded.outlet, topics = excluded.topics"
)
VECTOR = (
    "UPDATE article_text SET words = setweight(to_tsvector('simple', %s), 'A') || setweight(to_tsvector('simple', %s), 'B')"
    " || setweight(to_tsvector('simple', %s), 'C') || setweight(to_tsvector('simple', %s), 'D') WHERE article_id = %s"
)
LONGEST = 400_000  # letters of one vector: PostgreSQL takes 1 MB of words


def put_texts(texts: Sequence[tuple[int, str, str, str, str, str]]) -> None:
    """Keep (article, title, body, byline, outlet, topics) and index it; texts are `spaced`."""
    many(KEEP, texts)
    if postgresql():
        many(VECTOR, [vector(*each) for each in texts])


def vector(article: int, title: str, body: str, byline: str, outlet: str, topics: str) -> tuple:
    parts = (title, byline, topics, f"{body} {outlet}")
    return (*(" ".join(tokens(part))[:LONGEST] for part in parts), article)
