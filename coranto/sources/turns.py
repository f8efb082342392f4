"""Manners towards one host: how many requests at a time, how far apart, and when to leave it alone.

A host is name and port, written 'name:port'. Nothing here knows what is fetched.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass
from math import inf

MOST_HOSTS = 1_000
"""Hosts remembered before those that nobody used lately are forgotten."""
FORGET_AFTER = 600.0
"""Seconds without a request after which a host may be forgotten, with the spacing once asked for it."""
LONGEST_REST = 86_400.0


class Resting(Exception):
    """The host asked to be left alone for another `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"{seconds:.0f} s")
        self.seconds = seconds


@dataclass(slots=True)
class _Host:
    places: asyncio.Semaphore
    spacing: float = 0.0
    started: float = -inf
    rests_until: float = 0.0
    used: float = 0.0
    users: int = 0

    @property
    def next_start(self) -> float:
        return self.started + self.spacing


class Turns:
    """Hands out turns: at most `concurrency` at a time in all, and `per_host` to one host.

    The spacing of a host is the largest that anybody asked for it. Requests to a host start at least that far apart.
    Where it is 0, nobody wants to spare that host (it is a reader's own, or a demo's), and `per_host` does not apply
    either: the host gets all of `concurrency`.
    """

    def __init__(self, concurrency: int, per_host: int) -> None:
        self._all = asyncio.Semaphore(concurrency)
        self._per_host = per_host
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def turn(self, name: str, spacing: float) -> AsyncIterator[None]:
        """Wait for a turn at host `name` and hold it. Raises Resting at once where the host is to be left alone."""
        host = self._host(name)
        host.spacing = max(host.spacing, spacing)
        host.users += 1
        try:
            async with host.places if host.spacing else nullcontext():
                await self._start(host)
                try:
                    yield
                finally:
                    self._all.release()
        finally:
            host.users -= 1
            host.used = _now()

    def rest(self, name: str, seconds: float) -> None:
        """Leave host `name` alone for `seconds` (at most a day); those who wait for a turn are told when it comes."""
        host = self._host(name)
        host.rests_until = max(host.rests_until, _now() + min(seconds, LONGEST_REST))

    async def _start(self, host: _Host) -> None:
        while True:
            now = _now()
            if host.rests_until > now:
                raise Resting(host.rests_until - now)
            if host.next_start > now:
                await asyncio.sleep(host.next_start - now)
                continue
            await self._all.acquire()
            # Others may have started while this one waited for a place among all.
            now = _now()
            if host.next_start <= now and host.rests_until <= now:
                host.started = now
                return
            self._all.release()

    def _host(self, name: str) -> _Host:
        host = self._hosts.get(name)
        if host is None:
            if len(self._hosts) >= MOST_HOSTS:
                self._forget()
            host = self._hosts[name] = _Host(asyncio.Semaphore(self._per_host), used=_now())
        return host

    def _forget(self) -> None:
        now = _now()
        for name, host in list(self._hosts.items()):
            latest = max(host.next_start, host.rests_until, host.used + FORGET_AFTER)
            if not host.users and latest < now:
                del self._hosts[name]


def _now() -> float:
    return asyncio.get_running_loop().time()
