"""Killed between any two statements: what was there is whole, and doing the same again ends where it would have."""

from __future__ import annotations

import os

from newsroom import NOON, entry, read

from coranto.store import articles, database, intake
from coranto.store.database import rows, value


def killed_after(statements: int, stored, work) -> bool:
    """Do `work` in a process that is killed after so many statements; whether it was killed before the end."""
    from coranto import store

    store.close()
    child = os.fork()
    if child == 0:
        left = [statements]

        def counted(plain):
            def one(*given):
                if left[0] == 0:
                    os.kill(os.getpid(), 9)
                left[0] -= 1
                return plain(*given)

            return one

        try:
            database.ask, database.many = counted(database.ask), counted(database.many)
            for module in (intake, __import__("coranto.store.entries", fromlist=["many"])):
                module.many = database.many
            stored.reopen()
            work()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    stored.reopen()
    return os.WIFSIGNALED(status)


def whole() -> None:
    """Every article has its document, words and addresses, and the counts agree."""
    count = value("SELECT count(*) FROM article")
    assert (
        count == value("SELECT count(DISTINCT article_id) FROM document") == value("SELECT count(*) FROM article_text")
    )
    assert count == value("SELECT COALESCE(sum(articles), 0) FROM outlet") == value("SELECT count(*) FROM address") / 2
    assert count == value("SELECT value FROM counter WHERE name = 'article'")


def test_a_kill_while_entries_are_stored(newsroom, stored):
    source = newsroom.source()
    newsroom.take(source, entry(0))
    batch = [entry(0, title="Changed"), *(entry(n) for n in range(1, 9))]
    statements, killed = 0, True
    while killed:
        killed = killed_after(statements, stored, lambda: intake.store_entries([(source, "en", batch)], NOON))
        whole()
        statements += 1
    assert statements > 8 and value("SELECT count(*) FROM article") == 9
    assert newsroom.take(source, *batch).known == 9


def test_a_kill_while_readings_are_saved(newsroom, stored):
    newsroom.take(newsroom.source(), entry(1), entry(2))

    def reading() -> None:
        works = articles.claim("read", "test", 9)
        articles.save_readings([(work, read(work)) for work in works], 1, keys_of=lambda url: [url])

    for statements in range(2, 30, 3):
        killed_after(statements, stored, reading)
        whole()
        database.run("UPDATE article SET due = 0, attempts = 0 WHERE step = 'read'")
    newsroom.read()
    assert rows("SELECT step, count(*) FROM article GROUP BY step") == [("group", 2)]
    assert value("SELECT count(*) FROM reading") == 2 and value("SELECT sum(articles) FROM topic") == 4


def test_processes_share_the_work(newsroom, stored):
    """Two processes claim what waits; each article is read by one of them."""
    newsroom.take(newsroom.source(), *(entry(n) for n in range(40)))
    from coranto import store

    store.close()
    children = []
    for _ in range(2):
        child = os.fork()
        if child == 0:
            try:
                stored.reopen()
                newsroom.read(version=os.getpid())
            finally:
                os._exit(0)
        children.append(child)
    for child in children:
        assert os.waitpid(child, 0)[1] == 0
    stored.reopen()
    assert value("SELECT count(*) FROM reading") == 40
    assert {reader for (reader,) in rows("SELECT DISTINCT reader_version FROM reading")} <= set(children)
