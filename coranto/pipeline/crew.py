"""Processes that read documents side by side, in order, with a bound on what is under way.

A document that kills its process, or that takes far too long, costs only itself: the crew is replaced and goes on.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from typing import TypeVar

LONGEST = 120.0
"""Seconds that one document may take."""
UNDER_WAY = 6
"""Documents under way for each process."""

Given = TypeVar("Given")
Made = TypeVar("Made")


class Crew:
    """`jobs` processes, as a context manager; with one job everything happens in this process, unless it is to be
    done `apart`: beside other threads, whose locks a forked process would take along as they stand."""

    def __init__(self, jobs: int, apart: bool = False):
        self.jobs = jobs
        self.apart = apart
        self.pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *_: object) -> None:
        self.disband()

    def map(
        self, work: Callable[[Given], Made], items: Iterable[tuple[object, Given]]
    ) -> Iterator[tuple[object, Made | str]]:
        """(label, work(item)) for each (label, item), in order. `work` is a module's function that does not raise;
        where its process died or it took too long, a sentence that says so stands in for what it would have made."""
        if self.jobs == 1 and not self.apart:
            yield from ((label, work(item)) for label, item in items)
            return
        under_way: deque[tuple[object, Given, Future]] = deque()
        for label, item in items:
            under_way.append((label, item, self.submit(work, item)))
            if len(under_way) >= self.jobs * UNDER_WAY:
                yield self.first(work, under_way)
        while under_way:
            yield self.first(work, under_way)

    def submit(self, work: Callable, item: object) -> Future:
        if self.pool is None:
            self.pool = processes(self.jobs, forked=not self.apart)
        return self.pool.submit(work, item)

    def first(self, work: Callable, under_way: deque) -> tuple[object, object]:
        label, item, future = under_way.popleft()
        try:
            return label, future.result(LONGEST)
        except (BrokenExecutor, TimeoutError):
            return label, self.again(work, item, under_way)

    def again(self, work: Callable, item: object, under_way: deque) -> object:
        """The item once more, alone, to learn whether it is the one; the others under way are handed to a new crew."""
        self.disband(kill=True)
        try:
            made = self.submit(work, item).result(LONGEST)
        except TimeoutError:
            made = f"The reader was still at it after {LONGEST:.0f} seconds"
            self.disband(kill=True)
        except BrokenExecutor:
            made = "The reader's process died of this document"
            self.disband(kill=True)
        for place, (label, given, _) in enumerate(under_way):
            under_way[place] = (label, given, self.submit(work, given))
        return made

    def disband(self, kill: bool = False) -> None:
        if self.pool is None:
            return
        pool, self.pool = self.pool, None
        if kill:
            for process in list((pool._processes or {}).values()):
                process.kill()
        pool.shutdown(wait=not kill, cancel_futures=True)


def processes(count: int, forked: bool = True) -> ProcessPoolExecutor:
    """A pool of processes that end with this one, however it ends. Forked ones start at once, which is safe only while
    this process has no other threads."""
    context = multiprocessing.get_context("fork" if forked and sys.platform == "linux" else "spawn")
    return ProcessPoolExecutor(count, context, initializer=stand_behind, initargs=(os.getpid(),))


def stand_behind(parent: int) -> None:
    """In a process of the pool: leave interrupts to `parent`, and end when it is gone. A pool's processes wait on pipes
    that they hold open themselves, so a parent that was killed would never be noticed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1.0)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
