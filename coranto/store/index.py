"""The words of articles as they are searched: a row of text each, and the index over it.

SQLite's index holds no text of its own: a row is taken out of it with the words that went in, so whatever changes
`article_text` goes through here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from coranto.store.database import many, numbers, postgresql, rows, run
from coranto.store.words import tokens

COLUMNS = "title, body, byline, outlet, topics"
KEEP = f"INSERT INTO article_text (article_id, {COLUMNS}) VALUES (%s, %s, %s, %s, %s, %s)"
INDEX = f"INSERT INTO article_words (rowid, {COLUMNS}) VALUES (%s, %s, %s, %s, %s, %s)"
UNINDEX = (
    f"INSERT INTO article_words (article_words, rowid, {COLUMNS})"
    f" SELECT 'delete', article_id, {COLUMNS} FROM article_text WHERE article_id IN "
)
WORDS = (
    "setweight(to_tsvector('simple', %s), 'A') || setweight(to_tsvector('simple', %s), 'B')"
    " || setweight(to_tsvector('simple', %s), 'C') || setweight(to_tsvector('simple', %s), 'D')"
)
KEEP_WITH_WORDS = f"INSERT INTO article_text (words, article_id, {COLUMNS}) VALUES ({WORDS}, %s, %s, %s, %s, %s, %s)"
LONGEST = 400_000  # letters of one vector: PostgreSQL takes 1 MB of words

Text = tuple[int, str, str, str, str, str]


def add_texts(texts: Sequence[Text]) -> None:
    """Keep and index (article, title, body, byline, outlet, topics) of articles that have no text yet; all `spaced`."""
    if postgresql():
        many(KEEP_WITH_WORDS, [(*vector(*each), *each) for each in texts])
    else:
        many(KEEP, texts)
        many(INDEX, texts)


def put_texts(texts: Sequence[Text]) -> None:
    """Keep and index texts in the place of those that are there."""
    drop_texts(each[0] for each in texts)
    add_texts(texts)


def drop_texts(articles: Iterable[int]) -> None:
    """Forget the texts of articles."""
    these = numbers(articles)
    if not postgresql():
        run(f"{UNINDEX}({these})")
    run(f"DELETE FROM article_text WHERE article_id IN ({these})")


def rename_outlet(outlet_id: int, name: str) -> None:
    """Let the articles of an outlet be found by its new name."""
    found = rows(
        "SELECT article_id, t.title, t.body, t.byline, t.topics FROM article_text t JOIN article a ON a.id ="
        " t.article_id"
        " WHERE a.outlet_id = %s",
        (outlet_id,),
    )
    put_texts([(article, title, body, byline, name, topics) for article, title, body, byline, topics in found])


def index_all() -> None:
    """Build the index anew from the texts."""
    if postgresql():
        last = 0
        while found := rows(
            f"SELECT article_id, {COLUMNS} FROM article_text WHERE article_id > %s ORDER BY article_id LIMIT 500",
            (last,),
        ):
            many(
                f"UPDATE article_text SET words = {WORDS} WHERE article_id = %s",
                [(*vector(*each), each[0]) for each in found],
            )
            last = found[-1][0]
    else:
        run("INSERT INTO article_words (article_words) VALUES ('rebuild')")


def vector(article: int, title: str, body: str, byline: str, outlet: str, topics: str) -> tuple:
    parts = (title, byline, topics, f"{body} {outlet}")
    return tuple(" ".join(tokens(part))[:LONGEST] for part in parts)
