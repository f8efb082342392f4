"""The background work: fetching, pages, pictures, reading, grouping, tidying, each in its rhythm until told to stop.

What is due stands in the rows; the loops only ask for it. Several workers may run, also on other hosts: claims keep
them apart. The event loop fetches, one thread reads and groups, one stores what was fetched.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
import sys
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from coranto.pipeline import picturing, reading, visiting
from coranto.pipeline.embedding import Embedder
from coranto.pipeline.fetching import Fetching, Tally, counts_of
from coranto.pipeline.grouping import Grouper
from coranto.settings import Settings
from coranto.store import StoreError, claims, growth, keep, pictures, runs, sources, steps

IDLE = 5.0
"""Seconds between two looks for work when there was none."""
TIDY_EVERY = 3600.0
SOURCES_AT_ONCE = 100
TROUBLE_WAIT = 30.0
"""Seconds to wait when the database or the disk cannot be used at the moment."""

log = logging.getLogger("coranto.work")


def work(settings: Settings, until_idle: bool = False) -> None:
    """Work until SIGINT or SIGTERM, or, with `until_idle`, until nothing is due any more."""
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(asctime)s %(name)s: %(message)s")
    claims.free_dead()
    # The window of articles lies in memory as some millions of objects: looking through them for rings of garbage at
    # Python's usual pace takes two hundredths of the time, and there are next to none.
    gc.set_threshold(50_000, 20, 100)
    asyncio.run(Worker(settings, until_idle).run())


class Worker:
    """One worker: its loops, and what they share."""

    def __init__(self, settings: Settings, until_idle: bool):
        self.settings = settings
        self.until_idle = until_idle
        self.stopping = asyncio.Event()
        self.grouper = Grouper(settings)
        self.ahead = reading.Ahead(self.grouper.expect)
        self.reader = ThreadPoolExecutor(1, "reading")
        self.embedder = Embedder(self.grouper.embedding.file)
        self.busy: dict[str, bool] = {}

    async def run(self) -> None:
        loop = asyncio.get_running_loop()
        for name in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(name, self.stopping.set)
        async with Fetching(self.settings) as fetching:
            rounds = {
                "fetch": lambda: self.fetch_round(fetching),
                "pages": lambda: self.pages_round(fetching),
                "read": self.read_round,
                "tidy": self.tidy_round,
            }
            if self.settings.pictures == "on":
                rounds["pictures"] = lambda: picturing.fetch_pictures(fetching)
            if self.grouper.embedding.on and not self.until_idle:
                rounds["embed"] = self.embed_round
            self.busy = dict.fromkeys(rounds, True)
            loops = [asyncio.create_task(self.keep_on(name, each)) for name, each in rounds.items()]
            stopped = asyncio.create_task(self.stopping.wait())
            await asyncio.wait([*loops, stopped], return_when=asyncio.FIRST_COMPLETED)
            self.stopping.set()
            for task in loops:
                task.cancel()
            ended = await asyncio.gather(*loops, return_exceptions=True)
            stopped.cancel()
            await self.embedder.end()
            await loop.run_in_executor(self.reader, self.put_down)
        self.reader.shutdown()
        for fault in ended:
            if isinstance(fault, Exception):
                raise fault

    async def keep_on(self, name: str, work_round: Callable[[], Awaitable[bool]]) -> None:
        """Do rounds: the next at once where there was something to do, else after a while."""
        while not self.stopping.is_set():
            self.busy[name] = True
            try:
                found = await work_round()
            except (StoreError, ExceptionGroup) as fault:
                trouble = trouble_of(fault)
                if trouble is None:
                    raise
                if self.until_idle:
                    raise trouble from fault
                log.warning("%s: %s %s", name, trouble.message, trouble.remedy)
                await self.pause(TROUBLE_WAIT)
                continue
            self.busy[name] = found
            if found:
                continue
            if self.until_idle and await self.all_idle():
                self.stopping.set()
                return
            await self.pause(0.2 if self.until_idle else IDLE)

    async def pause(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self.stopping.wait()
        except TimeoutError:
            return

    async def all_idle(self) -> bool:
        """Whether no loop is at work and nothing that this worker may do is due."""
        if any(self.busy.values()):
            return False
        return await asyncio.get_running_loop().run_in_executor(self.reader, nothing_due)

    async def fetch_round(self, fetching: Fetching) -> bool:
        rows = await fetching.store(sources.claim_due, claims.worker_name(), SOURCES_AT_ONCE)
        if not rows:
            return False
        fetching.tally = Tally()
        run = await fetching.store(runs.begin, "fetch")
        await fetching.refresh(rows)
        await fetching.store(runs.end, run, True, counts_of(fetching.tally))
        return True

    async def pages_round(self, fetching: Fetching) -> bool:
        visited = await visiting.fetch_pages(fetching)
        return bool(visited.came or visited.failed)

    async def read_round(self) -> bool:
        return await asyncio.get_running_loop().run_in_executor(self.reader, self.read_and_group)

    def read_and_group(self) -> bool:
        read = self.ahead.batch()
        grouped = self.grouper.batch()
        return bool(read or grouped)

    async def embed_round(self) -> bool:
        """Some vectors, while nothing waits to be read or grouped."""
        here, texts = asyncio.get_running_loop(), None
        if not self.busy["read"]:
            texts = await here.run_in_executor(self.reader, self.grouper.to_embed)
        if texts is None:
            await self.embedder.end()
            return False
        if texts:
            await self.embedder.embed(texts.values())
            await here.run_in_executor(self.reader, self.grouper.embedded, texts)
        return True

    def put_down(self) -> None:
        """Let go of everything that is held, for whoever comes next."""
        self.ahead.close()
        self.grouper.close()
        claims.free(claims.worker_name(), began=False)

    async def tidy_round(self) -> bool:
        """Retention, once an hour."""
        last = getattr(self, "tidied", None)
        if last is None or time.monotonic() - last >= TIDY_EVERY:
            self.tidied = time.monotonic()
            await asyncio.get_running_loop().run_in_executor(self.reader, tidy)
        return False


def trouble_of(fault: Exception) -> StoreError | None:
    """The store's trouble behind a round's failure, also where several tasks of the round ran into it together; None
    where anything else went wrong."""
    if isinstance(fault, StoreError):
        return fault
    troubles, others = fault.split(StoreError)
    if troubles is None or others is not None:
        return None
    while isinstance(troubles, ExceptionGroup):
        troubles = troubles.exceptions[0]
    return troubles


def tidy() -> None:
    run = runs.begin("retention")
    keep.retention(datetime.now(UTC))
    runs.end(run, True, growth.sizes())


def nothing_due() -> bool:
    return not pictures.waits() and not any(steps.waiting()[step] for step in ("read", "group"))
