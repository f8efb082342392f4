"""Two articles that turn out to be one: the older id survives, the address of the other leads to it for ever."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from coranto.articles import Article
from coranto.ranking import together
from coranto.store.database import many, numbers, row, rows, run
from coranto.store.entries import ADDRESS, key_number, known_by
from coranto.store.erase import recount_copies, uncount_outlets, uncount_topics
from coranto.store.index import drop_texts
from coranto.store.outlets import host_of
from coranto.store.story_rows import refresh_stories
from coranto.store.times import now

if TYPE_CHECKING:
    from coranto.store.readings import Standing


GONE_OVER = {
    "mark": "user_id, read, kept, paragraph, at",
    "reaction": "reader_id, kind, at",
    "record_note": "finding, hidden, note, by, at",
    "event": "reader_id, kind, day, at, place, position, dwell",
    "read": "day, visitor, at",
}
"""What people did with an article, which goes over to the survivor where that has nothing in its place."""


def join_by_address(shown: Sequence[tuple[Standing, Article]], keys_of: Callable[[str], Sequence[str]]) -> None:
    """Make articles known by the canonical address their page names, and merge those that were stored under it
    already.

    Only within one outlet: a page that names another site's address as its own may be an honest copy, or may lie.
    """
    wanted: list[tuple[Standing, list[int]]] = []
    for article, reading in shown:
        if reading.canonical_url and same_site(reading.canonical_url, article.url or article.home):
            keys = keys_of(reading.canonical_url)
            wanted.append((article, [key_number(key, article.outlet_id, article.private_to) for key in keys]))
    known = known_by({key for _, keys in wanted for key in keys})
    moved: dict[int, int] = {}
    for article, keys in wanted:
        for key in keys:
            other = known.get(key)
            if other is None:
                many(ADDRESS, [(key, article.id)])
                continue
            here, there = moved.get(article.id, article.id), moved.get(other.id, other.id)
            if here != there and other.outlet_id == article.outlet_id and other.state not in ("withdrawn", "merged"):
                merge(max(here, there), min(here, there))
                moved[max(here, there)] = min(here, there)


def same_site(url: str, other: str | None) -> bool:
    """Whether two addresses lie on one host, or one host below the other (m.example.org, example.org)."""
    first, second = host_of(url), host_of(other)
    return (
        bool(first) and (first == second or first.endswith("." + second) or second.endswith("." + first))
        if second
        else False
    )


def merge(gone: int, survivor: int) -> None:
    """Fold an article into an older one: its documents become versions of that, its addresses lead there.

    Called inside a transaction.
    """
    stories = {story for (story,) in rows(f"SELECT story_id FROM article WHERE id IN ({gone}, {survivor})")}
    these = numbers((gone,))
    state = row("SELECT state FROM article WHERE id = %s", (survivor,))
    uncount_topics(these)
    uncount_outlets(these)
    drop_texts((gone,))
    last = row("SELECT COALESCE(max(number), 0) FROM document WHERE article_id = %s", (survivor,))[0]
    run(
        "UPDATE document SET article_id = %s, number = number + %s, pending = %s WHERE article_id = %s",
        (survivor, last, True, gone),
    )
    run("UPDATE address SET article_id = %s WHERE article_id = %s", (survivor, gone))
    run("UPDATE article SET merged_into = %s WHERE merged_into = %s", (survivor, gone))
    run("UPDATE article SET copy_of = %s WHERE copy_of = %s AND id <> %s", (survivor, gone, survivor))
    run("UPDATE article SET copy_of = NULL WHERE id = %s AND copy_of = %s", (survivor, gone))
    (reads, *levels), (more, *others) = (
        row("SELECT reads, heat, warmth, talk FROM article WHERE id = %s", (each,)) for each in (survivor, gone)
    )
    run(
        "UPDATE article SET reads = %s, heat = %s, warmth = %s, talk = %s WHERE id = %s",
        (reads + more, *map(together, levels, others), survivor),
    )
    run(
        "INSERT INTO tally (article_id, hours, slot, readers) SELECT %s, hours, slot, readers FROM tally"
        " WHERE article_id = %s ON CONFLICT (article_id, hours, slot) DO UPDATE SET readers = tally.readers +"
        " excluded.readers",
        (survivor, gone),
    )
    run(
        "UPDATE article SET reserved = (reserved OR (SELECT g.reserved FROM article g WHERE g.id = %s)), nosnippet ="
        " (nosnippet OR (SELECT g.nosnippet FROM article g WHERE g.id = %s)) WHERE id = %s",
        (gone, gone, survivor),
    )
    for table, fields in GONE_OVER.items():
        run(
            f"INSERT INTO {table} (article_id, {fields}) SELECT %s, {fields} FROM {table} WHERE article_id = %s"
            " ON CONFLICT DO NOTHING",
            (survivor, gone),
        )
    for table in ("article_topic", "article_author", "picture", "trace", "related", "tally", *GONE_OVER):
        run(f"DELETE FROM {table} WHERE article_id = %s", (gone,))
    run("DELETE FROM related WHERE other_id = %s", (gone,))
    run(
        "UPDATE article SET state = 'merged', merged_into = %s, gone_at = %s, title = '', lead = '', byline = '',"
        " image = NULL,"
        " document_id = NULL, story_id = NULL, copy_of = NULL, taken_from = NULL, named_source = NULL,"
        " copies = 0, step = NULL, due = NULL, claim = NULL,"
        " heat = 0, warmth = 0, talk = 0"
        " WHERE id = %s",
        (survivor, now(), gone),
    )
    if state and state[0] != "withdrawn":
        run("UPDATE article SET step = 'read', due = %s, claim = NULL, attempts = 0 WHERE id = %s", (now(), survivor))
    recount_copies({survivor})
    refresh_stories(stories)
