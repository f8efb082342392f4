"""Many pages one after another, in this process or in several, in order and with bounded memory."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from coranto.articles import Article, OutletProfile, Rule

from .reader import extract

Page = str | bytes | tuple[str | bytes, str | None]
"""A page's HTML, alone or with its address."""

_BATCH = 8
_AHEAD = 3


def extract_all(
    pages: Iterable[Page],
    processes: int = 1,
    *,
    headers: Mapping[str, str] | None = None,
    charset: str | None = None,
    rules: Iterable[Rule] = (),
    profile: OutletProfile | None = None,
    siblings: Iterable[str | bytes] = (),
) -> Iterator[Article]:
    """Read each of `pages`, as `extract` reads it with the same arguments; the articles come in the order of the pages.

    An item is the page (text or bytes) or a pair of page and address. `pages` may be a generator without end: no more
    than 32 pages a process are taken ahead of the article that is asked for. With `processes` above 1 they are read in
    that many processes, started afresh; the script that calls must then guard its own start by `if __name__ ==
    "__main__"`. Raises TypeError at a page of a wrong type, when its turn comes, or for what `extract` refuses, and
    ValueError unless `processes` is at least 1.
    """
    if processes < 1:
        raise ValueError(f"processes must be at least 1, not {processes}")
    if isinstance(siblings, str | bytes):
        raise TypeError("siblings are several pages, not one")
    given = {
        "headers": headers, "charset": charset, "rules": tuple(rules), "profile": profile, "siblings": tuple(siblings),
    }  # fmt: skip
    return _one_by_one(pages, given) if processes == 1 else _side_by_side(pages, processes, given)


def _one_by_one(pages: Iterable[Page], given: dict) -> Iterator[Article]:
    for page in pages:
        yield _read(page, given)


def _side_by_side(pages: Iterable[Page], processes: int, given: dict) -> Iterator[Article]:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    waiting = iter(pages)
    with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
        running: deque = deque()
        try:
            while True:
                while len(running) <= _AHEAD * processes and (batch := list(islice(waiting, _BATCH))):
                    running.append(pool.submit(_read_batch, batch, given))
                if not running:
                    return
                for result in running.popleft().result():
                    if isinstance(result, TypeError):
                        raise result
                    yield result
        finally:
            for future in running:
                future.cancel()


def _read(page: Page, given: dict) -> Article:
    return extract(*page, **given) if isinstance(page, tuple) else extract(page, **given)


def _read_batch(batch: list[Page], given: dict) -> list[Article | TypeError]:
    """The articles of a batch; a page of a wrong type is a TypeError in its place, so that those before it are kept."""
    found: list[Article | TypeError] = []
    for page in batch:
        try:
            found.append(_read(page, given))
        except TypeError as error:
            found.append(error)
    return found
