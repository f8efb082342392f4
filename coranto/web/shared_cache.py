"""A shared cache (RFC 9111) before the site: an answer that says it is the same for everybody is kept for as long as it
says, and given to the next visitor without asking Django.

Only GET and HEAD without cookie or credentials are looked up, only a 200 with `Cache-Control: public, max-age=N` and
without `Set-Cookie` is kept, under host, address, the rights that `visitor` finds in the request, and the request
headers of `VARIES`; one whose `Vary` names others is not. The newest `MOST_BYTES` stay. What the people who run the
site do (withdraw, hide, edit) empties it: `acts` says how much was done so far and is asked once a second. A kept
answer is still a read: `given` is told of it.
"""

from __future__ import annotations

import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass

MOST_BYTES = 16 * 1024 * 1024
LARGEST = 512 * 1024
ASK_EVERY = 1.0
MAX_AGE = re.compile(r"(?:^|[\s,])max-age=(\d{1,6})(?:$|[\s,])")
NEVER_KEPT = frozenset(("connection", "date", "transfer-encoding"))
VARIES = ("save-data",)
WITHOUT = frozenset(("cookie", "authorization"))
"""Headers that a request which is looked up does not have, so that `Vary` may name them."""

Environ = dict
Application = Callable[[Environ, Callable], Iterable[bytes]]


@dataclass(frozen=True, slots=True)
class Answer:
    """A kept answer: fresh until `until` on the monotonic clock, made at `made`."""

    headers: tuple[tuple[str, str], ...]
    body: bytes
    etag: str
    made: float
    until: float


class SharedCache:
    """A WSGI application around another."""

    def __init__(
        self,
        site: Application,
        visitor: Callable[[Environ], Hashable] = lambda environ: None,
        acts: Callable[[], object] = lambda: None,
        given: Callable[[Environ], None] = lambda environ: None,
        clock: Callable[[], float] = time.monotonic,
    ):
        self.site, self.visitor, self.acts, self.given, self.clock = site, visitor, acts, given, clock
        self._answers: OrderedDict[tuple, Answer] = OrderedDict()
        self._bytes = 0
        self._done: object = None
        self._asked = float("-inf")
        self._lock = threading.Lock()

    def __call__(self, environ: Environ, start_response: Callable) -> Iterable[bytes]:
        if not may_be_shared(environ):
            return self.site(environ, start_response)
        now = self.clock()
        self._heed_acts(now)
        address = (self.visitor(environ), *address_of(environ))
        with self._lock:
            kept = self._answers.get(address)
        if kept is not None and now < kept.until:
            self.given(environ)
            return answered(kept, environ, start_response, now)
        return self._asked_anew(environ, start_response, address, now)

    def _asked_anew(self, environ: Environ, start_response: Callable, address: tuple, now: float) -> Iterable[bytes]:
        """The site's own answer, kept on its way out where it may be."""
        told: list = []

        def noted(status, headers, fault=None):
            told[:] = [status, headers]
            return start_response(status, headers, fault) if fault else start_response(status, headers)

        done = self._done
        parts = self.site(environ, noted)
        if environ["REQUEST_METHOD"] != "GET" or not told or not told[0].startswith("200"):
            return parts
        seconds = shared_seconds(told[1])
        if not seconds:
            return parts
        try:
            body = b"".join(parts)
        finally:
            if hasattr(parts, "close"):
                parts.close()
        if len(body) <= LARGEST and done == self._done:
            self._keep(address, told[1], body, now, seconds)
        return [body]

    def _keep(self, address: tuple, headers: list, body: bytes, now: float, seconds: int) -> None:
        named = {name.lower(): value for name, value in headers}
        kept = tuple((name, value) for name, value in headers if name.lower() not in NEVER_KEPT)
        answer = Answer(kept, body, named.get("etag", ""), now, now + seconds)
        with self._lock:
            self._drop(address)
            self._answers[address] = answer
            self._bytes += len(body)
            while self._bytes > MOST_BYTES:
                self._drop(next(iter(self._answers)))

    def _drop(self, address: tuple) -> None:
        gone = self._answers.pop(address, None)
        if gone is not None:
            self._bytes -= len(gone.body)

    def _heed_acts(self, now: float) -> None:
        """Forget everything where somebody who runs the site did something since."""
        if now - self._asked < ASK_EVERY:
            return
        self._asked = now
        done = self.acts()
        if done != self._done:
            with self._lock:
                self._answers.clear()
                self._bytes, self._done = 0, done


def may_be_shared(environ: Environ) -> bool:
    """Whether the request carries nothing that could make its answer somebody's own."""
    return (
        environ["REQUEST_METHOD"] in ("GET", "HEAD")
        and not environ.get("HTTP_COOKIE")
        and not environ.get("HTTP_AUTHORIZATION")
    )


def address_of(environ: Environ) -> tuple[str, ...]:
    """What an answer is kept under."""
    named = (environ.get("HTTP_" + name.upper().replace("-", "_"), "") for name in VARIES)
    place = ("wsgi.url_scheme", "HTTP_HOST", "PATH_INFO", "QUERY_STRING")
    return (*(environ.get(part, "") for part in place), *named)


def shared_seconds(headers: Iterable[tuple[str, str]]) -> int:
    """How long an answer may be given to others, by its own headers; 0 for not at all."""
    seconds = 0
    for name, value in headers:
        name = name.lower()
        if name == "set-cookie":
            return 0
        if name == "vary" and {part.strip().lower() for part in value.split(",")} - WITHOUT - {*VARIES}:
            return 0
        if name == "cache-control" and "public" in value:
            found = MAX_AGE.search(value)
            seconds = int(found[1]) if found else 0
    return seconds


def answered(kept: Answer, environ: Environ, start_response: Callable, now: float) -> list[bytes]:
    """A kept answer as it goes out: with its age, as 304 where the browser has it already, without body to a HEAD."""
    age = [("Age", str(int(now - kept.made)))]
    if kept.etag and kept.etag in environ.get("HTTP_IF_NONE_MATCH", ""):
        told = ("cache-control", "content-location", "etag", "expires", "vary")
        start_response("304 Not Modified", [pair for pair in kept.headers if pair[0].lower() in told] + age)
        return []
    start_response("200 OK", [*kept.headers, *age])
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [kept.body]
