"""Asking the sources, and the pages behind their entries: many at once, politely, and each answer stored as it comes.

While one answer is on its way another is read (`preparing`, in a process of its own when many are due) and a third is
stored. What is not stored was not fetched: it is due again when its claim ends. How to ask is the fetcher's business.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

from coranto.settings import Settings
from coranto.sources.answers import Answer, FetchError, Request
from coranto.store import sources
from coranto.store.claims import worker_name
from coranto.store.source_values import Fetched, SourceRow

MANY = 24
"""Sources from which on answers are read in a process of their own."""
TOGETHER = 40
"""Answers that are stored in one transaction."""
ACCEPT_FEED = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.8"
MOST_MAPS = 25
"""Sitemaps of one index that are read in one visit."""
MOST_LINKS = 200
"""Articles taken from a sitemap in one visit, the newest first."""

Report = Callable[[int, int | None, str], None]
"""Told how many are done, of how many, and a note."""


@dataclass(slots=True)
class Tally:
    """What a fetch did. `failures` holds one sentence for each of the `failed` sources."""

    sources: int = 0
    unchanged: int = 0
    new: int = 0
    changed: int = 0
    pages: int = 0
    pages_failed: int = 0
    failed: int = 0
    failures: list[str] = field(default_factory=list)

    def sentence(self) -> str:
        if not self.sources and not self.pages:
            return "Nothing was due"
        words = f"{self.sources:,} sources asked, {self.unchanged:,} unchanged"
        words += f": {self.new:,} new articles, {self.changed:,} changed"
        if self.pages or self.pages_failed:
            words += f"; {self.pages:,} pages fetched" + (f", {self.pages_failed:,} not" if self.pages_failed else "")
        return words + (f"; {self.failed:,} sources failed" if self.failed else "")


@dataclass(slots=True)
class Visit:
    """What came of asking one source: entries, links, a page, nothing new, or a failure."""

    row: SourceRow
    told: Fetched | None = None
    language: str | None = None
    entries: tuple = ()
    links: tuple = ()
    page: Any = None
    failure: FetchError | None = None
    gone: str = ""


def prepare(name: str, *arguments: Any) -> Any:
    """Call a function of `preparing`; here, so that a process that reads nothing need not load it."""
    from coranto.pipeline import preparing

    return getattr(preparing, name)(*arguments)


class Fetching:
    """The means of fetching, as an async context manager: the fetcher, a thread that stores, hands that prepare."""

    def __init__(self, settings: Settings, many: bool = False):
        self.settings = settings
        self.tally = Tally()
        # Forked before there are threads: a child then starts in milliseconds, with what is loaded here.
        self.hands: Executor = reading_processes() if many else ThreadPoolExecutor(1, "preparing")
        self.keeper = ThreadPoolExecutor(1, "storing")

    async def __aenter__(self) -> Fetching:
        from coranto.pipeline.visiting import load_robots, save_robots
        from coranto.sources.fetcher import Fetcher

        settings = self.settings
        self.fetcher = Fetcher(
            settings.user_agent,
            contact="",
            concurrency=settings.fetch_concurrency,
            spacing=settings.fetch_spacing,
            timeout=settings.fetch_timeout or 30.0,
            load_robots=lambda origin: self.store(load_robots, origin),
            save_robots=lambda origin, copy: self.store(save_robots, origin, copy),
        )
        await self.fetcher.__aenter__()
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.fetcher.__aexit__(*error)
        self.hands.shutdown(cancel_futures=True)
        self.keeper.shutdown(cancel_futures=True)

    async def store(self, action: Callable, *arguments: Any) -> Any:
        """Call into the store, in the one thread that holds its connection."""
        return await asyncio.get_running_loop().run_in_executor(self.keeper, action, *arguments)

    async def prepared(self, name: str, *arguments: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self.hands, prepare, name, *arguments)

    async def refresh(self, rows: list[SourceRow], report: Report | None = None) -> None:
        """Ask these sources, which the caller has claimed, and store what they say. Failures are kept on the source."""
        waiting: asyncio.Queue[Visit | None] = asyncio.Queue(TOGETHER * 2)
        left = iter(rows)
        done = 0

        async def ask_on() -> None:
            for row in left:
                await waiting.put(await self.visit(row))

        async def keep_on() -> None:
            nonlocal done
            while (visits := await taken(waiting)) is not None:
                await self.store(keep, visits, self.tally)
                done += len(visits)
                if report:
                    report(done, len(rows), f"{self.tally.new:,} new articles")

        async with asyncio.TaskGroup() as tasks:
            keeping = tasks.create_task(keep_on())
            askers = [tasks.create_task(ask_on()) for _ in range(min(len(rows), self.settings.fetch_concurrency * 2))]
            await asyncio.gather(*askers)
            await waiting.put(None)
            await keeping

    async def visit(self, row: SourceRow) -> Visit:
        """Ask one source. Never raises for what the source does."""
        try:
            answer = await self.fetcher.fetch(request_for(row))
            if answer.gone:
                return Visit(row, gone=f"{row.url} answered 410: it is gone for good.")
            told = Fetched(
                row.id,
                etag=answer.headers.get("etag"),
                last_modified=answer.headers.get("last-modified"),
                ttl=freshness(answer.headers),
                moved_to=answer.moved_to,
                not_modified=answer.not_modified,
            )
            if answer.not_modified:
                return Visit(row, told)
            return await self.read_answer(row, answer, told)
        except FetchError as failure:
            return Visit(row, failure=failure)

    async def read_answer(self, row: SourceRow, answer: Answer, told: Fetched) -> Visit:
        if row.kind == "feed":
            found = await self.prepared("prepare_feed", answer.body, answer.url, answer.headers, row.reading)
            if found.error:
                raise FetchError(
                    "not-a-feed", f"{row.url}: {found.error}", "Look for the outlet's present feed on its home page."
                )
            told = replaced(told, ttl=max(told.ttl or 0, found.ttl or 0) or None)
            return Visit(row, told, found.language, entries=found.entries)
        if row.kind == "sitemap":
            return Visit(row, told, links=await self.sitemap(row, answer))
        if row.kind == "listing":
            return Visit(row, told, links=await self.listing(row, answer))
        from coranto.sources.answers import document_of

        return Visit(row, told, page=document_of(answer))

    async def sitemap(self, row: SourceRow, answer: Answer) -> tuple:
        """The newest links of a sitemap, and of the newest sitemaps that it lists where it is an index."""
        found = await self.prepared("prepare_sitemap", answer.body, answer.url, answer.headers)
        if found.error:
            raise FetchError(
                "not-a-sitemap", f"{row.url}: {found.error}", "Look for the outlet's sitemap in its robots.txt."
            )
        links, maps = list(found.links), list(found.maps[:MOST_MAPS])
        for url in maps:
            try:
                child = await self.fetcher.fetch(request_for(row, url))
            except FetchError:
                continue
            below = await self.prepared("prepare_sitemap", child.body, child.url, child.headers)
            links += below.links
            maps += below.maps[: MOST_MAPS - len(maps)]
            if len(links) >= MOST_LINKS:
                break
        return tuple(links[:MOST_LINKS])

    async def listing(self, row: SourceRow, answer: Answer) -> tuple:
        found = await self.prepared("prepare_listing", answer.body, answer.url, answer.headers)
        if found.error:
            raise FetchError("not-a-list", f"{row.url}: {found.error}", "Add the outlet's feed or sitemap instead.")
        return found.links

    async def pages(self, report: Report | None = None) -> None:
        """Fetch the pages that articles wait for, and read them, so that they are searchable."""
        from coranto.pipeline import reading, visiting

        visited = await visiting.fetch_pages(self, report)
        self.tally.pages += len(visited.came)
        self.tally.pages_failed += visited.failed
        for start in range(0, len(visited.came), reading.BATCH):
            await self.store(reading.read_batch, reading.BATCH, visited.came[start : start + reading.BATCH])


def request_for(row: SourceRow, url: str | None = None) -> Request:
    """How to ask a source. A feed that a person entered is a subscription: robots.txt does not speak of it."""
    return Request(
        url or row.url,
        etag=None if url else row.etag,
        last_modified=None if url else row.last_modified,
        allow_private=row.allow_private,
        spacing=row.spacing,
        credential=row.credential,
        user_agent=row.user_agent,
        accept=ACCEPT_FEED if row.kind == "feed" else None,
        obey_robots=row.kind != "feed",
        max_bytes=50 * 1024 * 1024 if row.kind == "sitemap" else None,
    )


async def taken(waiting: asyncio.Queue) -> list[Visit] | None:
    """What waits, at least one and at most `TOGETHER`; None at the end."""
    first = await waiting.get()
    if first is None:
        return None
    visits = [first]
    while len(visits) < TOGETHER and not waiting.empty():
        following = waiting.get_nowait()
        if following is None:
            waiting.put_nowait(None)
            break
        visits.append(following)
    return visits


def keep(visits: list[Visit], tally: Tally) -> None:
    """Store what visits brought, and only then that they took place: a kill in between means asking again, no more."""
    from coranto.store import intake

    now = datetime.now(UTC)
    told: list[Fetched] = [visit.told for visit in visits if visit.told and visit.told.not_modified]
    tally.unchanged += len(told)
    with_entries = [visit for visit in visits if visit.entries]
    if with_entries:
        stored = intake.store_entries([(visit.row, visit.language, visit.entries) for visit in with_entries], now)
        told += counted(zip(with_entries, stored, strict=True), tally)
    for visit in visits:
        if visit.links:
            told += counted([(visit, intake.store_links(visit.row, visit.links))], tally)
        elif visit.page is not None:
            told += counted([(visit, store_page(visit))], tally)
        elif visit.told and not visit.entries and not visit.told.not_modified:
            told.append(visit.told)
    sources.fetched_many(told)
    for visit in visits:
        if visit.gone:
            sources.gone(visit.row.id, visit.gone, "Look for the outlet's present feed on its home page.")
        elif visit.failure:
            told_failure(visit.row, visit.failure, tally)
    tally.sources += len(visits)


def counted(pairs: Iterable, tally: Tally) -> Iterator[Fetched]:
    for visit, stored in pairs:
        tally.new += stored.new
        tally.changed += stored.changed
        yield replaced(visit.told, new=stored.new, changed=stored.changed)


def store_page(visit: Visit):
    from coranto.pipeline.keys import keys_of
    from coranto.store import intake

    return intake.store_document(
        visit.page, source_id=visit.row.id, keys=keys_of(visit.row.url) + keys_of(visit.page.url)
    )


def told_failure(row: SourceRow, failure: FetchError, tally: Tally) -> None:
    sources.failed(row.id, failure.kind, failure.message, failure.remedy, failure.retry_after)
    tally.failed += 1
    tally.failures.append(f"{row.outlet}: {failure.message} {failure.remedy}")


def replaced(told: Fetched, **changes: Any) -> Fetched:
    from dataclasses import replace

    return replace(told, **changes)


def freshness(headers: dict[str, str]) -> float | None:
    """Seconds that the outlet asks to wait, by Cache-Control's max-age; None where it says nothing or 'at once'."""
    for part in headers.get("cache-control", "").lower().split(","):
        name, _, value = part.strip().partition("=")
        if name == "max-age" and value.strip('" ').isdecimal():
            return min(float(value.strip('" ')), 31_536_000.0) or None
    return None


def reading_processes() -> Executor:
    """Processes that prepare answers: one core is left to fetching and storing."""
    from coranto.pipeline.crew import processes

    pool = processes(max(1, min(4, (os.cpu_count() or 2) - 1)))
    pool.submit(int)
    return pool


def fetch(
    settings: Settings,
    only: list[int] | None = None,
    *,
    due_only: bool = False,
    pages: bool = True,
    report: Report | None = None,
) -> Tally:
    """Ask sources now: these, or all that may be asked, or (`due_only`) those whose time has come.

    Returns when what they brought is stored and searchable; with `pages`, also the pages fetched for it."""
    from coranto.store import claims, runs

    claims.free_dead()
    if only is None and not due_only:
        only = claims.askable()
    rows = sources.claim_due(worker_name(), limit=len(only) if only is not None else 100_000, lease=900, only=only)
    run = runs.begin("fetch")
    tally = asyncio.run(fetch_claimed(settings, rows, pages, report))
    runs.end(run, True, counts_of(tally))
    return tally


def counts_of(tally: Tally) -> dict[str, int]:
    return {name: value for name, value in asdict(tally).items() if isinstance(value, int)}


async def fetch_claimed(settings: Settings, rows: list[SourceRow], pages: bool, report: Report | None) -> Tally:
    async with Fetching(settings, many=len(rows) >= MANY) as fetching:
        await fetching.refresh(rows, report)
        if pages:
            await fetching.pages(report=report)
        return fetching.tally
