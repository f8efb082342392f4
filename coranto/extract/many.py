"""Many pages one after another, in this process or in several, in order and with bounded memory."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice

from coranto.articles import Article

from .reader import extract

Page = str | bytes | tuple[str | bytes, str | None]
"""A page's HTML, alone or with its address."""

_BATCH = 8
_AHEAD = 3


def extract_all(pages: Iterable[Page], processes: int = 1) -> Iterator[Article]:
    """Read each of `pages`, as `extract` reads it; the articles come in the order of the pages.

    An item is the page (text or bytes) or a pair of page and address. `pages` may be a generator without end: no more
    than 32 pages a process are taken ahead of the article that is asked for. With `processes` above 1 they are read in
    that many processes, started afresh; the script that calls must then guard its own start by `if __name__ ==
    "__main__"`. Raises TypeError at a page of a wrong type, when its turn comes, and ValueError unless `processes` is
    at least 1.
    """
    if processes < 1:
        raise ValueError(f"processes must be at least 1, not {processes}")
    return _one_by_one(pages) if processes == 1 else _side_by_side(pages, processes)


def _one_by_one(pages: Iterable[Page]) -> Iterator[Article]:
    for page in pages:
        yield _read(page)


def _side_by_side(pages: Iterable[Page], processes: int) -> Iterator[Article]:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    waiting = iter(pages)
    with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
        running: deque = deque()
        try:
            while True:
                while len(running) <= _AHEAD * processes and (batch := list(islice(waiting, _BATCH))):
                    running.append(pool.submit(_read_batch, batch))
                if not running:
                    return
                for result in running.popleft().result():
                    if isinstance(result, TypeError):
                        raise result
                    yield result
        finally:
            for future in running:
                future.cancel()


def _read(page: Page) -> Article:
    return extract(*page) if isinstance(page, tuple) else extract(page)


def _read_batch(batch: list[Page]) -> list[Article | TypeError]:
    """The articles of a batch; a page of a wrong type is a TypeError in its place, so that those before it are kept."""
    found: list[Article | TypeError] = []
    for page in batch:
        try:
            found.append(_read(page))
        except TypeError as error:
            found.append(error)
    return found
