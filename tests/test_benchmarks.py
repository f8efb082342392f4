"""The measuring scripts still work: a small store is made by the one that the others measure on."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).resolve().parent.parent / "benchmarks"
sys.path.append(str(BENCHMARKS))

import instruments  # noqa: E402
import large_store  # noqa: E402
import pages  # noqa: E402

from coranto import store  # noqa: E402
from coranto.settings import load  # noqa: E402
from coranto.store import lists, search, steps  # noqa: E402
from coranto.store.values import Query  # noqa: E402

COUNT = 300
UNTIL = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    corpora = instruments.shared() / "corpora"
    if not corpora.is_dir():
        pytest.skip(f"there are no corpora at {corpora}; CORANTO_SHARED names another folder")
    folder = tmp_path_factory.mktemp("large") / "data"
    # A process of its own, as it is run: this one's Django may speak to another test's database already.
    wish = ["--articles", str(COUNT), "--outlets", "20", "--days", "30", "--seed", "1", "--until", UNTIL.isoformat()]
    subprocess.run([sys.executable, BENCHMARKS / "large_store.py", folder, *wish], check=True, capture_output=True)
    store.close()
    store.open(load(folder))
    yield folder
    store.close()


def test_the_store_holds_what_was_planned(filled):
    status = lists.status()
    assert (status.outlets, status.articles) == (20, COUNT)
    assert not any(steps.waiting().values())
    home = lists.home(now=UNTIL)
    assert home.lead is not None and len(home.latest.cards) == 20 and home.sections
    everything = search.search(Query(since=(UNTIL - timedelta(days=40)).date()), per=COUNT)
    cards = [hit.card for hit in everything.hits]
    assert len(cards) == COUNT
    assert sum(card.copy_of is not None for card in cards) == COUNT // 10
    assert len({card.story_id for card in cards}) < COUNT


def test_pages_asks_for_addresses_that_exist(filled, monkeypatch):
    monkeypatch.setattr(pages, "ADDRESSES", 20)
    monkeypatch.setattr(pages, "RARE", (0.003, 0.1))
    found = pages.kinds(filled, seed=1)
    assert all(found.values()), {name: len(paths) for name, paths in found.items()}
    assert all(path.startswith("/") for paths in found.values() for path in paths)


def test_the_same_seed_gives_the_same_texts():
    corpora = instruments.shared() / "corpora"
    if not corpora.is_dir():
        pytest.skip(f"there are no corpora at {corpora}; CORANTO_SHARED names another folder")
    made = []
    for _ in range(2):
        sentences = large_store.Sentences(corpora)
        papers = large_store.papers(5, 3, list(sentences.by_language))
        reports = large_store.plan(40, papers, UNTIL, 3)
        writer = large_store.Writer(sentences, 3)
        made.append([(report.seen, report.paper.name, writer.write(report)) for report in reports])
    assert made[0] == made[1]
