"""Reading ahead: a process of its own reads the next batch, and nothing is lost or done twice by it."""

from __future__ import annotations

import os

import pytest
from newsroom import Newsroom, entry

from coranto.articles import Article
from coranto.pipeline import reading
from coranto.store import steps
from coranto.store.database import rows, value
from coranto.stories import trace

DEADLY = b"deadly"


def read_by(document, *known):
    """Says which process read it; one document ends the process that reads it."""
    if document.body == DEADLY:
        os._exit(7)
    return Article(title=f"Read by {os.getpid()}", text="Words enough.", html="<p>Words enough.</p>")


def read_and_trace_by(given):
    article = read_by(*given)
    return article, trace(article.title, article.text)


@pytest.fixture
def ahead(stored, monkeypatch):
    monkeypatch.setattr(reading, "BATCH", 10)
    monkeypatch.setattr(reading, "read_safely", read_by)
    monkeypatch.setattr(reading, "read_and_trace", read_and_trace_by)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    made = reading.Ahead(lambda article, traced: noted.append((article.title, traced)))
    made.noted = noted = []
    yield made
    made.close()


def fill(count: int, **changes) -> None:
    room = Newsroom()
    room.take(room.source(), *(entry(n) for n in range(count)), entry(count, **changes))


def test_a_backlog_is_read_by_another_process_and_the_rest_here(ahead):
    fill(24)
    while ahead.batch():
        pass
    readers = [int(title.rsplit(" ", 1)[1]) for (title,) in rows("SELECT title FROM article ORDER BY id")]
    assert len(readers) == 25 and set(readers[:20]).isdisjoint({os.getpid()}) and len(set(readers[:20])) == 1
    assert set(readers[20:]) == {os.getpid()}
    assert ahead.crew.pool is None
    assert value("SELECT count(*) FROM document WHERE pending") == 0
    # Its process made the traces too.
    assert ahead.noted == [(f"Read by {pid}", trace(f"Read by {pid}", "Words enough.")) for pid in readers[:20]]


def test_a_document_that_ends_its_reader_costs_only_itself(ahead):
    fill(9, original=DEADLY)
    while ahead.batch():
        pass
    assert value("SELECT count(*) FROM reading") == 9
    (failed,) = steps.failed()
    assert "died of this document" in failed.message


def test_what_is_under_way_at_the_end_is_let_go(ahead):
    fill(10)
    assert ahead.batch()
    ahead.close()
    assert value("SELECT count(*) FROM reading") == 0
    assert value("SELECT count(*) FROM document WHERE pending") == 11
