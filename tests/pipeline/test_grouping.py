"""The grouper and traces that were made before it asks."""

from __future__ import annotations

import pytest
from newsroom import Newsroom, entry

from coranto.articles import Article
from coranto.pipeline import grouping
from coranto.store.database import rows
from coranto.stories import trace

TEXT = "The bridge over the Kerrin was closed on day {n}.\n\nMore follows."


@pytest.fixture
def grouper(stored):
    made = grouping.Grouper(stored.settings)
    yield made
    made.close()


def test_a_trace_made_before_serves_for_the_words_it_was_made_of_and_no_others(grouper, monkeypatch):
    room, made = Newsroom(), []

    def counted(title: str, text: str) -> bytes:
        made.append(title)
        return trace(title, text)

    monkeypatch.setattr(grouping, "trace", counted)
    room.take(room.source(), *(entry(n) for n in range(3)))
    room.read()
    for n, text in ((0, TEXT), (1, TEXT + " And more.")):
        article = Article(title=f"Bridge {n} closes", text=text.format(n=n), html="")
        grouper.expect(article, trace(article.title, article.text))
    assert grouper.batch() == 3
    assert made == ["Bridge 1 closes", "Bridge 2 closes"]
    kept = {title: bytes(signature) for title, signature in rows(
        "SELECT a.title, t.signature FROM article a JOIN trace t ON t.article_id = a.id"
    )}  # fmt: skip
    assert kept == {f"Bridge {n} closes": trace(f"Bridge {n} closes", TEXT.format(n=n)) for n in range(3)}


def test_traces_that_nobody_asks_for_are_dropped(grouper, monkeypatch):
    monkeypatch.setattr(grouping, "EXPECTED", 2)
    for n in range(5):
        grouper.expect(Article(title=str(n), text="", html=""), b"")
    assert len(grouper.traces) == 2
