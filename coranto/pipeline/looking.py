"""Looking at an address, or asking a source, while somebody waits for the answer: within a few seconds or not at all.

A look stores nothing. What an address is and which way to its articles is best is `adding`'s to say; asking a source is
`fetching`'s. Here stand the time limit and what is shown of the articles found.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from dataclasses import dataclass, replace
from datetime import date, datetime
from statistics import median
from typing import TYPE_CHECKING, Any

from coranto.articles import lead
from coranto.pipeline import adding, fetching
from coranto.pipeline.adding import AddError, Door, Wish
from coranto.pipeline.keys import keys_of
from coranto.settings import Settings
from coranto.sources import Discovery, discover
from coranto.sources.answers import Answer, FetchError
from coranto.store import articles, claims, sources, times

if TYPE_CHECKING:
    from coranto.sources.fetcher import Fetcher  # only to fetch is it loaded: the site rarely does

SECONDS = 10.0
"""The most that somebody waits."""
SHOWN = 8
MOST_FEEDS = 6
LEAD = 160

_one_at_a_time = threading.Lock()


class Busy(Exception):
    """Somebody of this process waits for an address already."""


@dataclass(frozen=True, slots=True)
class Seen:
    """An article as it would appear: `lead` is what the source itself gives of its text."""

    title: str
    url: str | None
    at: datetime | date | None = None
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """What stands at an address. `kind` is what it is itself, `door` the way to its articles that is proposed, `feeds`
    (title, address) all that its page names. Of `count` articles the source lists now, `known` are here already;
    `letters` is the middle length of their texts in the source; `delay` the seconds that robots.txt asks for."""

    kind: str
    door: Door
    feeds: tuple[tuple[str, str], ...] = ()
    seen: tuple[Seen, ...] = ()
    count: int = 0
    known: int = 0
    letters: int = 0
    delay: float | None = None


def look(settings: Settings, url: str, wish: Wish) -> Look:
    """Look at an address as `adding.add` would. Raises `AddError`, `FetchError`, or `Busy`."""
    target = adding.address_of(url)
    if target is None:
        raise AddError(f"{url} is no address.", "Write it with https:// in front.")
    return waited_for(look_at(settings, target, wish), url)


def waited_for(work: Coroutine[Any, Any, Any], what: str) -> Any:
    """The outcome of `work`, one at a time and for `SECONDS` at most; raises `FetchError` after that."""
    if not _one_at_a_time.acquire(blocking=False):
        work.close()
        raise Busy
    try:
        return asyncio.run(limited(work))
    except TimeoutError:
        raise FetchError(
            "timeout", f"{what} gave no answer within {SECONDS:.0f} seconds.", "Try it again in a while."
        ) from None
    finally:
        _one_at_a_time.release()


async def limited(work: Coroutine[Any, Any, Any]) -> Any:
    async with asyncio.timeout(SECONDS):
        return await work


async def look_at(settings: Settings, url: str, wish: Wish) -> Look:
    from coranto.sources.fetcher import Fetcher

    async with Fetcher(settings.user_agent, contact="", timeout=SECONDS, spacing=0.2) as fetcher:
        adding.refuse_unfit(url)
        answer = await fetcher.fetch(adding.request(url, wish))
        if answer.gone:
            raise AddError(f"{url} answered 410: it is gone for good.", "Look for the outlet's present address.")
        found = discover(answer.body, answer.url, answer.headers)
        if found.kind == "opml":
            raise AddError(f"{url} is a list of feeds (OPML).", "Save it as a file and add that.")
        door, _ = await adding.door_of(fetcher, found, answer.moved_to or url, answer, wish)
        if door.url not in (url, answer.url, answer.moved_to):
            answer = await fetcher.fetch(adding.request_near(door.url, answer.url, wish))
        listed = discover(answer.body, answer.url, answer.headers)
        seen = seen_in(listed, answer)
        return Look(
            found.kind,
            door,
            tuple((feed.title or "", feed.url) for feed in found.feeds if not feed.comments)[:MOST_FEEDS],
            tuple(seen[:SHOWN]),
            len(seen),
            sum(1 for one in seen[:200] if any(articles.by_address(key) is not None for key in keys_of(one.url))),
            letters_of(listed),
            await delay(fetcher, door, wish),
        )


async def delay(fetcher: Fetcher, door: Door, wish: Wish) -> float | None:
    """Seconds between two requests that the outlet's robots.txt asks for."""
    try:
        return (await fetcher.rules(adding.request(door.url, wish))).crawl_delay
    except FetchError:
        return None


def seen_in(found: Discovery, answer: Answer) -> list[Seen]:
    """The articles that a document lists, newest first as far as it dates them."""
    if found.kind == "feed":
        seen = [of_entry(entry) for entry in found.feed.entries]
    elif found.kind == "sitemap":
        pages = found.sitemap.pages
        seen = [Seen(page.title or page.url, page.url, page.published or page.modified) for page in pages]
    elif found.kind == "article":
        from coranto.extract import extract

        read = extract(answer.body, answer.url)
        return [Seen(read.title or answer.url, answer.url, read.published, lead(read.text, LEAD))]
    else:
        return [Seen(title or url, url) for title, url in found.links]
    return sorted(seen, key=lambda one: times.stamp(one.at) if isinstance(one.at, datetime) else 0, reverse=True)


def of_entry(entry: Any) -> Seen:
    from coranto.extract import plain_text

    text = plain_text(entry.summary or entry.content or "")
    return Seen(plain_text(entry.title or "") or entry.link or "", entry.link, entry.published, lead(text, LEAD))


def letters_of(found: Discovery) -> int:
    """The middle length of the texts that a feed gives; 0 for what gives none."""
    from coranto.extract import plain_text

    entries = found.feed.entries[:50] if found.kind == "feed" else ()
    return int(median([len(plain_text(entry.content or entry.summary or "")) for entry in entries] or [0]))


def ask(settings: Settings, source_id: int) -> fetching.Tally:
    """Ask a source once, now, and store what it says. Raises `FetchError` where the time is over, which is then kept
    as the source's own failure, `Busy`, or `LookupError` where it is being asked already or paused."""
    rows = sources.claim_due(claims.worker_name(), limit=1, lease=SECONDS * 3, only=[source_id])
    if not rows:
        raise LookupError(f"source {source_id} cannot be asked now")
    quick = replace(settings, fetch_timeout=SECONDS - 1)
    try:
        return waited_for(fetching.fetch_claimed(quick, rows, False, None), rows[0].url)
    except FetchError as failure:
        sources.failed(source_id, failure.kind, failure.message, failure.remedy)
        raise
    except Busy:
        sources.let_go(source_id)
        raise
