"""Documents into readings: what waits to be read is claimed, read, and saved in batches.

How a page is read is `coranto.extract`'s knowledge, and what a reading changes the store's. A document that the reader
fails on is set aside with its failure and holds up nothing.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from coranto.articles import Article, Document, OutletProfile, Rule
from coranto.pipeline import profiling
from coranto.pipeline.crew import Crew
from coranto.pipeline.keys import keys_of
from coranto.pipeline.single import read
from coranto.settings import Settings
from coranto.store import readings, steps
from coranto.store.claims import worker_name
from coranto.store.source_values import Work
from coranto.stories import trace

BATCH = 100
"""Documents read and saved at a time."""
LEASE = 600.0

log = logging.getLogger(__name__)


Rules = tuple[Rule, ...]
Given = tuple[Document, Rules, OutletProfile | None]
"""A document, and the rules and the profile of its outlet."""


def given(work: Work) -> Given:
    """What the reader needs of a work."""
    return work.document, work.rules, work.profile


def read_safely(document: Document, rules: Rules = (), profile: OutletProfile | None = None) -> Article | str:
    """`read`, or what went wrong in words: one odd page must not end the work on all others."""
    try:
        return read(document, rules, profile)
    except Exception as error:
        log.exception("reading %s failed", document.url)
        return f"The reader failed on this document: {type(error).__name__}: {error}"


def read_and_trace(known: Given) -> tuple[Article | str, bytes | None]:
    """`read_safely`, and what grouping needs of the reading."""
    article = read_safely(*known)
    return article, trace(article.title or "", article.text) if isinstance(article, Article) else None


def read_batch(limit: int = BATCH, only: list[int] | None = None) -> int:
    """Read up to `limit` of the articles that wait for it; how many documents."""
    works = steps.claim("read", worker_name(), limit, LEASE, only=only)
    if not works:
        return 0
    save([(work, read_safely(*given(work))) for work in works])
    return len(works)


class Ahead:
    """Reads batch after batch for somebody who has other work between them. While many documents wait, the next batch
    is read by a process of its own in the meantime; that process goes when they are done, with what it took. It makes
    the readings' traces as well, which `note` is given."""

    def __init__(self, note: Callable[[Article, bytes], None]) -> None:
        self.note = note
        self.crew = Crew(1, apart=True)
        self.waiter = ThreadPoolExecutor(1, "reading ahead")
        self.under_way: tuple[list[Work], Future] | None = None

    def batch(self) -> int:
        """Save what was read ahead and begin with the next, or read what little there is; how many were saved."""
        taken, self.under_way = self.under_way, None
        done = []
        if taken is not None:
            works, reading = taken
            for work, (_, made) in zip(works, reading.result(), strict=True):
                # Where the process died of a document the crew's sentence stands alone.
                article, traced = (made, None) if isinstance(made, str) else made
                done.append((work, article))
                if traced is not None:
                    self.note(article, traced)
        works = steps.claim("read", worker_name(), BATCH, LEASE)
        if len(works) == BATCH and (os.cpu_count() or 1) > 1:
            documents = [(work.article_id, given(work)) for work in works]
            self.under_way = works, self.waiter.submit(lambda: list(self.crew.map(read_and_trace, documents)))
        else:
            self.crew.disband()
            done += [(work, read_safely(*given(work))) for work in works]
        if done:
            save(done)
        return len(done) + (BATCH if self.under_way else 0)

    def close(self) -> None:
        """End the process; what it was reading is let go, for whoever claims it next."""
        self.crew.disband(kill=True)
        self.waiter.shutdown(cancel_futures=True)


def save(results: list[tuple[Work, Article | str]]) -> None:
    """Save readings in one transaction, put failures down, and see what the pages of their outlets share."""
    from coranto.extract import READER_VERSION

    read_well = [(work, result) for work, result in results if isinstance(result, Article)]
    if read_well:
        readings.save_readings(read_well, READER_VERSION, keys_of)
        profiling.renew(work for work, _ in read_well)
    for work, result in results:
        if isinstance(result, str):
            steps.release(work, failure=result)


def read_all(settings: Settings, report: Callable[[int], None] | None = None) -> int:
    """Read until nothing waits to be read; how many documents that were."""
    done = 0
    while count := read_batch():
        done += count
        if report:
            report(done)
    return done
