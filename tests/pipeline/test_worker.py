"""What a worker does when the store is in trouble: it waits and goes on, wherever in a round the trouble came up."""

from __future__ import annotations

import asyncio

import pytest

from coranto.pipeline import worker
from coranto.store import StoreError

LOCKED = StoreError("The database is locked.", "Wait.")


async def alone():
    raise LOCKED


async def among_tasks():
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(alone())
        tasks.create_task(alone())


@pytest.mark.parametrize("fails", [alone, among_tasks])
@pytest.mark.parametrize("until_idle", [False, True])
def test_a_store_in_trouble_is_waited_for(stored, monkeypatch, fails, until_idle):
    monkeypatch.setattr(worker, "TROUBLE_WAIT", 0.01)
    at_work, tries = worker.Worker(stored.settings, until_idle), []

    async def work_round():
        tries.append(1)
        if len(tries) == 1:
            await fails()
        at_work.stopping.set()
        return False

    if until_idle:
        with pytest.raises(StoreError, match="locked"):
            asyncio.run(at_work.keep_on("pages", work_round))
    else:
        asyncio.run(at_work.keep_on("pages", work_round))
        assert len(tries) == 2


def test_another_fault_among_tasks_is_not_taken_for_the_stores():
    assert worker.trouble_of(ExceptionGroup("round", [LOCKED, ValueError("else")])) is None
    assert worker.trouble_of(ExceptionGroup("round", [ExceptionGroup("inner", [LOCKED])])) is LOCKED
