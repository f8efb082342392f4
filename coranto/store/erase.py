"""Taking articles out: every row that holds a word of them, with the originals nobody else needs."""

from __future__ import annotations

from collections.abc import Sequence

from coranto.store import joins, originals, picture_files
from coranto.store.database import number_of, numbers, rows, run
from coranto.store.index import drop_texts
from coranto.store.story_rows import refresh_stories

OWN_ROWS = (
    "article_topic", "article_author", "picture", "trace", "related", "reaction", "mark", "record_note", "event",
    "tally",
)  # fmt: skip


def erase_articles(ids: Sequence[int], leave_tombstones: bool) -> tuple[str, ...]:
    """Delete texts, versions, readings, originals, links and index of articles, and the pictures that no other
    article shows; the addresses of those pictures. With tombstones the rows and their addresses stay, so that nothing
    brings the articles back.
    Called inside a transaction."""
    unshown: list[str] = []
    for start in range(0, len(ids), 1000):
        unshown += erase_some(ids[start : start + 1000], leave_tombstones)
    picture_files.forget(number_of(url) for url in unshown)
    return tuple(dict.fromkeys(unshown))


def erase_some(ids: Sequence[int], leave_tombstones: bool) -> list[str]:
    these = numbers(ids)
    stories = {
        s for (s,) in rows(f"SELECT DISTINCT story_id FROM article WHERE id IN ({these}) AND story_id IS NOT NULL")
    }
    originals_of = {
        c for (c,) in rows(f"SELECT DISTINCT copy_of FROM article WHERE id IN ({these}) AND copy_of IS NOT NULL")
    }
    digests = [digest for (digest,) in rows(f"SELECT DISTINCT digest FROM document WHERE article_id IN ({these})")]
    unshown = rows(
        f"SELECT DISTINCT p.url FROM picture p WHERE p.article_id IN ({these}) AND NOT EXISTS"
        f" (SELECT 1 FROM picture q WHERE q.key = p.key AND q.article_id NOT IN ({these}))"
    )
    topics = {topic for (topic,) in rows(f"SELECT DISTINCT topic_id FROM article_topic WHERE article_id IN ({these})")}
    authors = {
        author for (author,) in rows(f"SELECT DISTINCT author_id FROM article_author WHERE article_id IN ({these})")
    }
    uncount_topics(these)
    uncount_outlets(these)
    run(f"DELETE FROM reading WHERE document_id IN (SELECT id FROM document WHERE article_id IN ({these}))")
    run(f"DELETE FROM document WHERE article_id IN ({these})")
    drop_texts(ids)
    for table in OWN_ROWS:
        run(f"DELETE FROM {table} WHERE article_id IN ({these})")
    drop_unused(topics, authors)
    run(f"DELETE FROM related WHERE other_id IN ({these})")
    run(f"DELETE FROM read WHERE article_id IN ({these})")
    run(f"UPDATE article SET copy_of = NULL, role = NULL, share = NULL, step = 'group', due = 0"
        f" WHERE copy_of IN ({these})"
        f" AND id NOT IN ({these}) AND state = 'listed'")  # fmt: skip
    originals.drop_unshared(digests)
    if leave_tombstones:
        run(
            "UPDATE article SET title = '', lead = '', byline = '', image = NULL, language = NULL, document_id = NULL,"
            " entry_hash = NULL, reads = 0, heat = 0, warmth = 0, talk = 0, story_id = NULL, copy_of = NULL,"
            " taken_from = NULL, named_source = NULL, role = NULL, share = NULL,"
            " copies = 0,"
            f" step = NULL, due = NULL, claim = NULL, failure = NULL WHERE id IN ({these})"
        )
    else:
        run(f"DELETE FROM address WHERE article_id IN ({these})")
        run(f"DELETE FROM address WHERE article_id IN (SELECT id FROM article WHERE merged_into IN ({these}))")
        run(f"DELETE FROM article WHERE merged_into IN ({these})")
        run(f"DELETE FROM article WHERE id IN ({these})")
    recount_copies(originals_of)
    refresh_stories(stories)
    return [url for (url,) in unshown]


def drop_unused(topics: set[int], authors: set[int]) -> None:
    """Forget topics and authors that no article bears any longer."""
    none = "NOT EXISTS (SELECT 1 FROM {0} WHERE {0}.{1}_id = {1}.id)"
    run(f"DELETE FROM topic WHERE id IN ({numbers(topics)}) AND {none.format('article_topic', 'topic')}")
    drop_authors(f"id IN ({numbers(authors)}) AND {none.format('article_author', 'author')}")


def drop_authors(where: str) -> None:
    """Forget the authors of a condition, whoever was joined with them."""
    gone = [ident for (ident,) in rows(f"SELECT id FROM author WHERE {where}")]
    joins.leave(gone)
    run(f"DELETE FROM author WHERE id IN ({numbers(gone)})")


def uncount_topics(these: str) -> None:
    found = rows(f"SELECT topic_id, count(*) FROM article_topic WHERE article_id IN ({these}) GROUP BY topic_id")
    for topic, count in found:
        run("UPDATE topic SET articles = articles - %s WHERE id = %s", (count, topic))


def uncount_outlets(these: str) -> None:
    found = rows(
        f"SELECT outlet_id, count(*) FROM article WHERE id IN ({these}) AND state = 'listed' GROUP BY outlet_id"
    )
    for outlet, count in found:
        run("UPDATE outlet SET articles = articles - %s WHERE id = %s", (count, outlet))


def recount_copies(ids: set[int]) -> None:
    """Count the copies of these articles anew; those of private outlets are not told of."""
    if ids:
        run(
            "UPDATE article SET copies = (SELECT count(*) FROM article c JOIN outlet o ON o.id = c.outlet_id WHERE"
            " c.copy_of = article.id AND c.state = 'listed' AND o.private_to_id IS NULL)"
            f" WHERE id IN ({numbers(ids)})"
        )
