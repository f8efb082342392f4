"""robots.txt as RFC 9309 says: what a site lets a program read, kept for a day for each origin.

The rules themselves are matched by protego; reading the file over the network is handed in, so that it goes through
the same guard and the same manners as everything else.

What happens when the file cannot be had (RFC 9309, 2.3.1): after a 4xx answer, or more than five redirects,
everything is allowed. After a 5xx answer or no answer, the last copy goes on being obeyed until it is 30 days old;
without one nothing is allowed, and the file is asked for again after ten minutes or when the site said. A 429 counts
as no answer: the site is there and only wants to be asked later.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from protego import Protego

from coranto.sources.answers import FetchError

READER = "Coranto"
LARGEST = 500 * 1024
"""Bytes of the file that are read; the rest is ignored (RFC 9309, 2.5)."""
FRESH = timedelta(hours=24)
STALE = timedelta(days=30)
ASK_AGAIN = timedelta(minutes=10)
LONGEST_DELAY = 60.0
"""Seconds; a larger Crawl-delay is taken for this."""
MOST_ORIGINS = 2_000
LINE = re.compile(r"^[ \t]*(user-?agent|allow|disallow|crawl-delay|sitemap)[ \t]*:[ \t]*([^#\r\n]*)", re.I | re.M)
PRODUCT = re.compile(r"[a-z_-]+")
LARGE = 32 * 1024
"""Characters of rules above which they are parsed beside the event loop."""

NETWORK = frozenset(("dns", "refused", "timeout", "tls", "busy"))
"""Failures that say more about the host than about its robots.txt, and are reported as what they are."""


@dataclass(frozen=True, slots=True)
class RobotsCopy:
    """A robots.txt as it was found: its text ('' where the site has none) and when."""

    text: str
    fetched: datetime


Read = Callable[[], Awaitable[bytes]]
Load = Callable[[str], Awaitable[RobotsCopy | None]]
Save = Callable[[str, RobotsCopy], Awaitable[None]]


class Rules:
    """What one origin's robots.txt says to this reader. `crawl_delay` is in seconds, None where nothing is said."""

    def __init__(self, text: str = "") -> None:
        condensed = _condense(text, READER)
        self._rules = Protego.parse(condensed)
        self.sitemaps: tuple[str, ...] = tuple(dict.fromkeys(self._rules.sitemaps))
        delay = self._rules.crawl_delay(READER)
        self.crawl_delay = None if delay is None or not delay > 0 else min(float(delay), LONGEST_DELAY)

    def allows(self, url: str) -> bool:
        """Whether `url` (of this origin) may be read."""
        return self._rules.can_fetch(url, READER)


@dataclass(slots=True)
class _Known:
    """What is known of one origin: rules, or why there are none, until it is to be looked at again."""

    until: datetime
    rules: Rules | None = None
    copy: RobotsCopy | None = None
    failure: FetchError | None = None


class Robots:
    """The robots.txt of every origin asked for, read at most once a day each.

    `load` and `save` keep copies beyond this process (coroutines, keyed by origin, 'https://example.org').
    """

    def __init__(self, load: Load | None = None, save: Save | None = None) -> None:
        self._load = load
        self._save = save
        self._known: dict[str, _Known] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    async def rules(self, origin: str, read: Read) -> Rules:
        """The rules of `origin`; `read` is awaited where they have to be fetched, and gives the file's bytes.

        Raises FetchError where robots.txt cannot be had and hence nothing may be read: kind 'robots', or the kind
        of the network's failure.
        """
        known = self._known.get(origin)
        if known is None or known.until <= _now():
            lock = self._locks.setdefault(origin, asyncio.Lock())
            try:
                async with lock:
                    known = self._known.get(origin)
                    if known is None or known.until <= _now():
                        known = await self._renew(origin, known, read)
                        self._remember(origin, known)
            finally:
                if not lock.locked():
                    self._locks.pop(origin, None)
        if known.rules is None:
            raise _unreadable(origin, known)
        return known.rules

    async def _renew(self, origin: str, known: _Known | None, read: Read) -> _Known:
        copy = known.copy if known else None
        if copy is None and self._load is not None:
            copy = await self._load(origin)
            if copy is not None and copy.fetched + FRESH > _now():
                return _Known(copy.fetched + FRESH, await _parsed(copy.text), copy)
        try:
            text = (await read())[:LARGEST].decode("utf-8", "replace").removeprefix("\ufeff")
        except FetchError as failure:
            if failure.kind == "private":
                raise
            if not _means_absent(failure):
                return await self._without(copy, failure)
            text = ""
        copy = RobotsCopy(text, _now())
        if self._save is not None:
            await self._save(origin, copy)
        return _Known(copy.fetched + FRESH, await _parsed(text), copy)

    async def _without(self, copy: RobotsCopy | None, failure: FetchError) -> _Known:
        wait = ASK_AGAIN if failure.retry_after is None else timedelta(seconds=max(failure.retry_after, 1))
        until = _now() + min(wait, FRESH)
        if copy is not None and copy.fetched + STALE > _now():
            return _Known(until, await _parsed(copy.text), copy)
        return _Known(until, failure=failure)

    def _remember(self, origin: str, known: _Known) -> None:
        self._known.pop(origin, None)
        while len(self._known) >= MOST_ORIGINS:
            del self._known[next(iter(self._known))]
        self._known[origin] = known


def _means_absent(failure: FetchError) -> bool:
    if failure.kind == "redirects":
        return True
    return failure.status is not None and 400 <= failure.status < 500 and failure.status != 429


def _unreadable(origin: str, known: _Known) -> FetchError:
    failure = known.failure
    assert failure is not None
    wait = max((known.until - _now()).total_seconds(), 0.0)
    if failure.kind in NETWORK:
        return FetchError(failure.kind, failure.message, failure.remedy, status=failure.status, retry_after=wait)
    return FetchError(
        "robots",
        f"{origin}/robots.txt cannot be read, so nothing else may be: {failure.message}",
        "It is asked for again later; a feed that you enter is read without it.",
        retry_after=wait,
    )


async def _parsed(text: str) -> Rules:
    # Half a megabyte of rules takes a third of a second to parse.
    return await asyncio.to_thread(Rules, text) if len(text) > LARGE else Rules(text)


def _condense(text: str, token: str) -> str:
    """The lines of a robots.txt that speak to `token`, to everybody, or of sitemaps.

    A group is named by the product token that its User-agent line begins with, whole and in any case (RFC 9309,
    2.2.1). What is left cannot blow up: the time to parse thousands of groups with thousands of rules is their
    product.
    """
    token = token.lower()
    kept: list[str] = []
    naming, mine = False, False
    for field, value in LINE.findall(text):
        field, value = field.lower(), value.strip()
        if field == "sitemap":
            kept.append(f"Sitemap: {value}")
        elif field.startswith("user"):
            if not naming:
                naming, mine = True, False
            product = PRODUCT.match(value.lower())
            name = "*" if value.startswith("*") else product[0] if product else ""
            line = f"User-agent: {name}"
            if name in ("*", token) and not (mine and line in kept[-2:]):
                kept.append(line)
                mine = True
        else:
            naming = False
            if mine:
                kept.append(f"{field}: {value}")
    return "\n".join(kept)


def _now() -> datetime:
    return datetime.now(UTC)
