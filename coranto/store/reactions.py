"""Reactions: one word of a reader on an article, changeable and removable."""

from __future__ import annotations

from coranto.store import counting, events, times
from coranto.store.cards import seen_by
from coranto.store.database import row, rows, run, value, writing
from coranto.store.profiles import reader_row
from coranto.store.reader_values import Reactions

KINDS = ("useful", "thorough", "moving", "unclear")


def react(article: int, key: str, kind: str, user: int | None = None) -> str | None:
    """A reader says one of `KINDS` of an article, in the place of what they said before; the same word again takes it
    back. The word that holds now, '' where none does; None where there is no such word, or no article that `user` may
    see. A device that only reacts is not remembered otherwise."""
    if kind not in KINDS:
        return None
    with writing():
        there = f"SELECT 1 FROM article a WHERE a.id = %s AND a.state IN ('listed', 'unlisted'){seen_by(user)}"
        if value(there, (article,)) is None:
            return None
        reader = reader_row(key, times.now(), remembers=key.startswith("user:"))
        if reader is None:
            return None
        said, then = row(
            "SELECT kind, at FROM reaction WHERE article_id = %s AND reader_id = %s", (article, reader)
        ) or (None, None)
        if said == kind:
            run("DELETE FROM reaction WHERE article_id = %s AND reader_id = %s", (article, reader))
            events.said(key, article, "", KINDS)
            counting.speak(article, then, None)
            return ""
        at = times.now()
        run(
            "INSERT INTO reaction (article_id, reader_id, kind, at) VALUES (%s, %s, %s, %s)"
            " ON CONFLICT (article_id, reader_id) DO UPDATE SET kind = excluded.kind, at = excluded.at",
            (article, reader, kind, at),
        )
        events.said(key, article, kind, KINDS)
        counting.speak(article, then, at)
    return kind


def forget(reader: int, article: int | None = None) -> None:
    """Take back what a reader said, of one article or of all. Called inside a transaction."""
    one, params = ("", (reader,)) if article is None else (" AND article_id = %s", (reader, article))
    taken = rows(f"DELETE FROM reaction WHERE reader_id = %s{one} RETURNING article_id, at", params)
    # In the order in which visits are counted (`counting`), so that neither waits for the other.
    for said_of, at in sorted(taken):
        counting.speak(said_of, at, None)


def of(article: int, key: str | None = None) -> Reactions:
    """How often each word was said of an article, and which one this reader said."""
    if key is None:
        found = rows("SELECT kind, count(*), 0 FROM reaction WHERE article_id = %s GROUP BY kind", (article,))
    else:
        found = rows(
            "SELECT n.kind, count(*), max(CASE WHEN r.key = %s THEN 1 ELSE 0 END) FROM reaction n JOIN reader r"
            " ON r.id = n.reader_id WHERE n.article_id = %s GROUP BY n.kind",
            (key, article),
        )
    mine = next((kind for kind, _, own in found if own), None)
    return Reactions({kind: count for kind, count, _ in found if kind in KINDS}, mine)
