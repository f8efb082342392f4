"""The polite, guarded fetcher: one request in, one answer or one explained failure out.

Each hop of a redirect is a request of its own: it is parsed, passed by the guard, by robots.txt where that is to be
obeyed, and by the manners towards its host. What a person allowed or entrusted to one source stays there: an
allowance for private addresses covers the host and port of the source's own address, a credential its origin.

What it leaves to others: what an answer means (`feeds`, `sitemaps` and so on), when to ask again, and storing.
"""

from __future__ import annotations

import asyncio
import time
from base64 import b64encode
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import aiohttp
from yarl import URL

from coranto.sources import codings, failures
from coranto.sources.answers import Answer, FetchError, Request, bounded_headers
from coranto.sources.guard import Allow, Guard, Lookup, Target, is_any, is_public, look_up, parse
from coranto.sources.robots import Load, Robots, Rules, Save
from coranto.sources.turns import LONGEST_REST, Resting, Turns

__all__ = ["Answer", "FetchError", "Fetcher", "Request"]

MOST_REDIRECTS = 5
CONNECT_WITHIN = 10.0
SMALL_BODY = 16 * 1024
"""A redirect's body up to this size is read, so that the connection can be used again."""
REST_AFTER_429 = 60.0
"""Seconds, where the site names none."""
ROBOTS_BYTES = 4 * 1024 * 1024
ACCEPT = "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8"
REDIRECTS = frozenset((301, 302, 303, 307, 308))
PERMANENT = frozenset((301, 308))


@dataclass(slots=True)
class _Reply:
    """What one hop brought; `body` is empty unless the status is a success."""

    status: int
    reason: str | None
    headers: dict[str, str]
    body: bytes


@dataclass(slots=True)
class _Journey:
    """One fetch under way: the request, where it set out, and the seconds of network time left."""

    request: Request
    start: Target
    left: float

    def allowed_privately(self, target: Target) -> bool:
        return self.request.allow_private and target.host == self.start.host

    def carries_over(self, target: Target) -> bool:
        """Whether a permanent move to `target` may replace the source's address. A credential or an allowance is
        stored with that address and would go along to whomever it names."""
        entrusted = self.request.credential is not None or self.request.allow_private
        return not entrusted or target.origin == self.start.origin


class Fetcher:
    """Fetches, as an async context manager that holds the connections.

    `user_agent` and `contact` (an address where a site's owner finds the person who runs this) are named to every
    site. `concurrency` bounds the requests at one time; `per_host` and `spacing` (seconds) are the manners towards
    one host, which is name and port: at most `per_host` requests at a time, begun `spacing` or the largest spacing
    asked for that host apart; where that is 0 the host may have all of `concurrency`. `timeout` is the seconds a
    fetch may spend on the network, redirects included and waiting for its turn not. `max_bytes` bounds a body before
    and after decompression, `max_header` one header line. `allow` replaces the guard's predicate and `lookup` the
    name service. `load_robots` and `save_robots` keep copies of robots.txt beyond this process.

    No cookie is kept, no proxy is taken from the environment.
    """

    def __init__(
        self,
        user_agent: str,
        *,
        contact: str,
        concurrency: int = 64,
        per_host: int = 2,
        spacing: float = 1.0,
        timeout: float = 30.0,
        max_bytes: int = 10 * 1024 * 1024,
        max_header: int = 16 * 1024,
        allow: Allow = is_public,
        lookup: Lookup = look_up,
        load_robots: Load | None = None,
        save_robots: Save | None = None,
    ) -> None:
        self._user_agent = f"{user_agent} (+{contact})" if contact else user_agent
        self._concurrency = concurrency
        self._spacing = spacing
        self._timeout = timeout
        self._max_bytes = max_bytes
        self._max_header = max_header
        self._allow = allow
        self._lookup = lookup
        self._turns = Turns(concurrency, per_host)
        self._robots = Robots(load_robots, save_robots)
        self._sessions: dict[bool, aiohttp.ClientSession] = {}
        self._guards: list[Guard] = []

    async def __aenter__(self) -> Fetcher:
        # Two pools: a connection that one source was allowed to make must not serve a request that was not.
        self._sessions = {False: self._session(self._allow), True: self._session(is_any)}
        return self

    async def __aexit__(self, *error: object) -> None:
        for session in self._sessions.values():
            await session.close()
        for guard in self._guards:
            await guard.close()
        self._sessions, self._guards = {}, []

    async def fetch(self, request: Request) -> Answer:
        """Fetch one document. Raises FetchError for everything but a success, "not modified" and "gone"."""
        start = _entered(request.url)
        journey = _Journey(request, start, self._timeout)
        target, moved, permanent, seen = start, None, True, {start.href}
        for _ in range(MOST_REDIRECTS + 1):
            reply = await self._hop(journey, target)
            if reply.status not in REDIRECTS:
                return self._answer(journey, target, reply, moved)
            permanent = permanent and reply.status in PERMANENT
            target = _next(target, reply)
            if target.href in seen:
                raise failures.circle(request.url, target.href)
            seen.add(target.href)
            if permanent and journey.carries_over(target):
                moved = target.href
        raise failures.too_many_redirects(request.url, MOST_REDIRECTS)

    async def rules(self, request: Request) -> Rules:
        """What robots.txt of the origin of `request` says: rules, crawl delay, sitemaps. Raises FetchError."""
        start = _entered(request.url)
        return await self._rules(_Journey(request, start, self._timeout), start)

    async def _rules(self, journey: _Journey, target: Target) -> Rules:
        request = Request(
            url=f"{target.origin}/robots.txt",
            allow_private=journey.allowed_privately(target),
            spacing=journey.request.spacing,
            user_agent=journey.request.user_agent,
            accept="text/plain, */*;q=0.5",
            obey_robots=False,
            max_bytes=ROBOTS_BYTES,
        )

        async def read() -> bytes:
            return (await self.fetch(request)).body

        try:
            return await self._robots.rules(target.origin, read)
        except FetchError as failure:
            raise failures.about_host(failure, request.url, target.href) from None

    async def _hop(self, journey: _Journey, target: Target) -> _Reply:
        request, spacing = journey.request, journey.request.spacing
        spacing = self._spacing if spacing is None else max(spacing, 0.0)
        private = journey.allowed_privately(target)
        if not private and target.literal is not None and not self._allow(target.literal):
            raise failures.private(target.href, target.name)
        if request.obey_robots:
            rules = await self._rules(journey, target)
            if not rules.allows(target.href):
                raise failures.closed_by_robots(target.href, target.origin)
            spacing = max(spacing, rules.crawl_delay or 0.0)
        try:
            async with self._turns.turn(target.host, spacing):
                return await self._within_time(journey, target, private)
        except Resting as rest:
            raise failures.resting(target.href, target.host, rest.seconds) from None

    async def _within_time(self, journey: _Journey, target: Target, private: bool) -> _Reply:
        began = time.monotonic()
        try:
            async with asyncio.timeout(max(journey.left, 0.001)):
                return await self._exchange(journey, target, private)
        except (aiohttp.ClientError, OSError, ValueError, codings.Broken, codings.TooLarge) as reason:
            limit = journey.request.max_bytes or self._max_bytes
            raise failures.explained(reason, target.href, target.name, limit) from None
        finally:
            journey.left -= time.monotonic() - began

    async def _exchange(self, journey: _Journey, target: Target, private: bool) -> _Reply:
        url, headers = URL(target.href, encoded=True), self._headers(journey, target)
        async with self._sessions[private].get(url, headers=headers, allow_redirects=False) as response:
            body = b""
            if 200 <= response.status < 300:
                body = await self._body(response, journey.request.max_bytes or self._max_bytes)
            elif response.status in REDIRECTS and (response.content_length or SMALL_BODY + 1) <= SMALL_BODY:
                await response.read()
            reply = _Reply(response.status, response.reason, bounded_headers(response.headers.items()), body)
        rest = _asked_rest(reply)
        if rest:
            self._turns.rest(target.host, rest)
        return reply

    async def _body(self, response: aiohttp.ClientResponse, limit: int) -> bytes:
        if (response.content_length or 0) > limit:
            raise codings.TooLarge
        decoder = codings.Decoder(",".join(response.headers.getall("Content-Encoding", ())), limit)
        chunks, received = [], 0
        async for chunk in response.content.iter_any():
            received += len(chunk)
            if received > limit:
                raise codings.TooLarge
            chunks.append(decoder.feed(chunk))
        chunks.append(decoder.finish())
        return b"".join(chunks)

    def _headers(self, journey: _Journey, target: Target) -> dict[str, str]:
        request = journey.request
        headers = {
            "User-Agent": request.user_agent or self._user_agent,
            "Accept": request.accept or ACCEPT,
            "Accept-Encoding": codings.ACCEPTED,
        }
        if request.etag:
            headers["If-None-Match"] = request.etag
        if request.last_modified:
            headers["If-Modified-Since"] = request.last_modified
        if request.credential is not None and target.origin == journey.start.origin:
            kind, name, secret = request.credential
            if kind == "basic":
                headers["Authorization"] = f"Basic {b64encode(f'{name}:{secret}'.encode()).decode()}"
            else:
                headers[name] = secret
        return headers

    def _answer(self, journey: _Journey, target: Target, reply: _Reply, moved: str | None) -> Answer:
        request = journey.request
        not_modified = reply.status == 304 and bool(request.etag or request.last_modified)
        if not (200 <= reply.status < 300 or not_modified or reply.status == 410):
            raise failures.status(target.href, reply.status, reply.reason, _asked_rest(reply))
        return Answer(
            url=target.href,
            status=reply.status,
            headers=reply.headers,
            body=reply.body,
            fetched=datetime.now(UTC),
            elapsed=self._timeout - journey.left,
            not_modified=not_modified,
            gone=reply.status == 410,
            moved_to=moved,
        )

    def _session(self, allow: Allow) -> aiohttp.ClientSession:
        guard = Guard(allow, self._lookup)
        self._guards.append(guard)
        connector = aiohttp.TCPConnector(
            limit=self._concurrency,
            resolver=guard,
            socket_factory=guard.socket,
            use_dns_cache=False,
        )
        return aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            trust_env=False,
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_WITHIN),
            max_line_size=self._max_header,
            max_field_size=self._max_header,
        )


def retry_after(value: str | None) -> float | None:
    """The seconds that a Retry-After header asks for, of its number or its date; at most a day, None if unreadable."""
    if not value:
        return None
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(min(int(value[:9]), LONGEST_REST))
    try:
        when = parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError):
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return min(max((when - datetime.now(UTC)).total_seconds(), 0.0), LONGEST_REST)


def _asked_rest(reply: _Reply) -> float | None:
    """The seconds for which an answer asks not to be bothered, where it does."""
    if reply.status not in (429, 503):
        return None
    asked = retry_after(reply.headers.get("retry-after"))
    return REST_AFTER_429 if asked is None and reply.status == 429 else asked


def _entered(url: str) -> Target:
    try:
        target = parse(url)
    except ValueError as reason:
        raise failures.not_an_address(str(reason)) from None
    if target.has_userinfo:
        raise failures.secret_in_address(target.href)
    return target


def _next(target: Target, reply: _Reply) -> Target:
    location = reply.headers.get("location")
    if not location:
        raise failures.redirect_to_nowhere(target.href, reply.status)
    try:
        return parse(location, target.href)
    except ValueError as reason:
        raise failures.bad_redirect(target.href, str(reason)) from None
