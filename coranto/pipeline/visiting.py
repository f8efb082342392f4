"""Fetching the pages that articles wait for, and what robots.txt said, kept between runs.

A page that cannot be had leaves its article to what the feed gave of it. Reading what was fetched is `reading`'s.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from coranto.sources.answers import Answer, FetchError, Request, document_of
from coranto.sources.robots import RobotsCopy
from coranto.store import intake, sources, steps
from coranto.store.claims import worker_name
from coranto.store.source_values import SourceRow, Work

if TYPE_CHECKING:
    from coranto.pipeline.fetching import Fetching, Report

AT_ONCE = 200
"""Pages claimed at once: enough for many hosts to be waited for side by side."""
LEASE = 3600.0
"""Seconds for which they are claimed: one host's pages may have to wait for their turns."""
PASSING = frozenset(("dns", "refused", "timeout", "busy", "broken"))
"""Failures that may be over the next time."""
MOST_TRIES = 4
FIRST_WAIT = 600.0


@dataclass(slots=True)
class Visited:
    """What a round of pages brought: the articles whose pages came, and how many did not."""

    came: list[int] = field(default_factory=list)
    failed: int = 0


async def fetch_pages(fetching: Fetching, report: Report | None = None) -> Visited:
    """Fetch the pages of all articles that wait for one now. More are claimed while some hosts take their time."""
    visited = Visited()
    under_way: set[asyncio.Task] = set()
    async with asyncio.TaskGroup() as tasks:
        while True:
            works = []
            if len(under_way) <= AT_ONCE // 2:
                works = await fetching.store(steps.claim, "fetch", worker_name(), AT_ONCE // 2, LEASE)
            for work in works:
                task = tasks.create_task(visit(fetching, work, visited))
                under_way.add(task)
                task.add_done_callback(under_way.discard)
            if not under_way:
                return visited
            await asyncio.wait(under_way, return_when=asyncio.FIRST_COMPLETED)
            if report:
                report(len(visited.came), None, "pages")


async def visit(fetching: Fetching, work: Work, visited: Visited) -> None:
    """Fetch one article's page and store it, or keep why it could not be had."""
    try:
        answer = await fetching.fetcher.fetch(page_request(work))
        if answer.gone:
            raise FetchError("gone", f"{work.url} answered 410: it is gone for good.", "")
        await fetching.store(keep_page, work, answer)
        visited.came.append(work.article_id)
    except FetchError as failure:
        again = None
        if (failure.kind in PASSING or (failure.status or 0) >= 500) and work.attempts < MOST_TRIES:
            again = max(failure.retry_after or 0, FIRST_WAIT * 4 ** (work.attempts - 1))
        await fetching.store(steps.release, work, f"{failure.message} {failure.remedy}".strip(), again)
        visited.failed += 1


def keep_page(work: Work, answer: Answer) -> None:
    intake.store_document(
        document_of(answer), article_id=work.article_id, source_id=work.source.id if work.source else None
    )


def page_request(work: Work) -> Request:
    """How to ask for a page. What was allowed or entrusted to a source (a private address, a password, its spacing)
    goes to pages of the source's own host and port alone: a feed may name any address."""
    source = work.source
    if source is None or not same_place(source, work.url or ""):
        return Request(work.url or "", user_agent=source.user_agent if source else None)
    return Request(
        work.url or "",
        allow_private=source.allow_private,
        spacing=source.spacing,
        credential=source.credential,
        user_agent=source.user_agent,
    )


def same_place(source: SourceRow, url: str) -> bool:
    try:
        ours, theirs = urlsplit(source.url), urlsplit(url)
        return (ours.scheme, ours.hostname, ours.port) == (theirs.scheme, theirs.hostname, theirs.port)
    except ValueError:
        return False


def load_robots(origin: str) -> RobotsCopy | None:
    """The robots.txt of an origin as it was last seen."""
    found = sources.robots([origin]).get(origin)
    return RobotsCopy(found[1], found[2]) if found else None


def save_robots(origin: str, copy: RobotsCopy) -> None:
    sources.keep_robots(origin, 200 if copy.text else 404, copy.text)
