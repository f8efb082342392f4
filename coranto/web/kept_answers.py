"""Pages that are the same for everybody, made once for many visitors: kept for a few seconds before Django is asked.

Only GET and HEAD without cookie or credentials are looked up, and only a page or feed that answered 200, sets no cookie
and does not say `no-store` is kept: under host, address, the rights that `visitor` finds in the request, and the
request headers of `VARIES`; one whose `Vary` names others is not. The newest `MOST_BYTES` stay, each for `SECONDS`.
What the people who run the site do (withdraw, hide, edit) empties it: `acts` says how much was done so far and is asked
once a second, and `emptied` is told, so that no new answer is made of what was kept elsewhere. A kept answer is still a
read: `given` is told of it. What outside caches may do is said by `caching`.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass

MOST_BYTES = 8 * 1024 * 1024
LARGEST = 512 * 1024
SECONDS = 20.0
ASK_EVERY = 1.0
KINDS = ("text/html", "application/atom+xml")
NEVER_KEPT = frozenset(("connection", "date", "transfer-encoding"))
VARIES = ("save-data",)
WITHOUT = frozenset(("cookie", "authorization"))
"""Headers that a request which is looked up does not have, so that `Vary` may name them."""

Environ = dict
Application = Callable[[Environ, Callable], Iterable[bytes]]


@dataclass(frozen=True, slots=True)
class Answer:
    """A kept answer, made at `made` on the monotonic clock."""

    headers: tuple[tuple[str, str], ...]
    body: bytes
    etag: str
    made: float


class KeptAnswers:
    """A WSGI application around another."""

    def __init__(
        self,
        site: Application,
        visitor: Callable[[Environ], Hashable] = lambda environ: None,
        acts: Callable[[], object] = lambda: None,
        given: Callable[[Environ], None] = lambda environ: None,
        clock: Callable[[], float] = time.monotonic,
        emptied: Callable[[], None] = lambda: None,
    ):
        self.site, self.visitor, self.acts, self.given, self.clock = site, visitor, acts, given, clock
        self.emptied = emptied
        self._answers: OrderedDict[tuple, Answer] = OrderedDict()
        self._bytes = 0
        self._done: object = None
        self._asked = float("-inf")
        self._lock = threading.Lock()

    def __call__(self, environ: Environ, start_response: Callable) -> Iterable[bytes]:
        now = self.clock()
        self._heed_acts(now)
        if not may_be_shared(environ):
            return self.site(environ, start_response)
        address = (self.visitor(environ), *address_of(environ))
        with self._lock:
            kept = self._answers.get(address)
        if kept is not None and now - kept.made < SECONDS:
            self.given(environ)
            return answered(kept, environ, start_response)
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
        if not same_for_all(told[1]):
            return parts
        try:
            body = b"".join(parts)
        finally:
            if hasattr(parts, "close"):
                parts.close()
        if len(body) <= LARGEST and done == self._done:
            self._keep(address, told[1], body, now)
        return [body]

    def _keep(self, address: tuple, headers: list, body: bytes, now: float) -> None:
        named = {name.lower(): value for name, value in headers}
        kept = tuple((name, value) for name, value in headers if name.lower() not in NEVER_KEPT)
        answer = Answer(kept, body, named.get("etag", ""), now)
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
            self.emptied()


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


def same_for_all(headers: Iterable[tuple[str, str]]) -> bool:
    """Whether an answer may be given to others like the one who asked, by its own headers."""
    named = {name.lower(): value for name, value in headers}
    varies = {part.strip().lower() for part in named.get("vary", "").split(",") if part.strip()}
    return (
        "set-cookie" not in named
        and "no-store" not in named.get("cache-control", "")
        and named.get("content-type", "").startswith(KINDS)
        and not varies - WITHOUT - {*VARIES}
    )


def answered(kept: Answer, environ: Environ, start_response: Callable) -> list[bytes]:
    """A kept answer as it goes out: as 304 where the browser has it already, without body to a HEAD."""
    if kept.etag and kept.etag in environ.get("HTTP_IF_NONE_MATCH", ""):
        told = ("cache-control", "content-location", "etag", "expires", "vary")
        start_response("304 Not Modified", [pair for pair in kept.headers if pair[0].lower() in told])
        return []
    start_response("200 OK", list(kept.headers))
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [kept.body]
