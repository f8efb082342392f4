"""Reads, counted on the server when an article's page is answered: no script, no cookie, no log of addresses.

A visitor of a day is a keyed hash of network and agent; the key lies in the data folder, is shared by all processes,
and is replaced and deleted each day, at the next start or tidying where nobody reads. Counts wait in memory and are
written by one thread, so that no page waits for the database. A profile is kept only for a signed-in reader, and for a
device after its own press of a button.
"""

from __future__ import annotations

import atexit
import logging
import os
import re
import secrets
import threading
import time
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from hashlib import blake2b
from ipaddress import ip_address, ip_network
from pathlib import Path

from django.conf import settings
from django.core import signing
from django.core.handlers.wsgi import WSGIRequest
from django.utils import timezone

from coranto.store import StoreError, events, profiles, reads
from coranto.store.counting import NETWORK
from coranto.store.reader_values import Place, Visit
from coranto.store.reads import drop_keys
from coranto.store.values import ListedCard
from coranto.web import saying
from coranto.web.rights import reader_account

log = logging.getLogger("coranto.web")

COOKIE = "reader"
COOKIE_AGE = 400 * 86400
PLACE = "in"
"""In the address of an article: the list and the place in it where a remembered reader opened it, as 'related.3'."""
PLACED = re.compile(r"([a-z-]{1,12})\.(\d{1,3})")
ARTICLE = re.compile(r"/article/(\d{1,19})/")
EVERY, GATHER = 5.0, 0.05
"""Seconds between two writings, and for which those who read at the same moment are waited for."""
AT_MOST = 10_000
MACHINES = re.compile(
    r"bot|crawl|spider|slurp|fetch|scan|monitor|preview|archive|http|curl|wget|python|java/|libwww|feed|rss|axios|go-",
    re.I,
)
AHEAD = re.compile("prefetch|prerender|preview", re.I)


def is_browser(request) -> bool:
    """True for what says that it is a person's browser."""
    agent = request.headers.get("User-Agent", "")
    return agent.startswith("Mozilla/") and not MACHINES.search(agent)


def is_reading(request) -> bool:
    """True for a person's browser asking for the page itself: no prefetch, no part of another page, no machine; nor the
    page that comes back after one of its own forms, for that is no second reading."""
    headers = request.headers
    if request.method != "GET" or saying.NAME in request.GET or not is_browser(request):
        return False
    if any(AHEAD.search(headers.get(name, "")) for name in ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")):
        return False
    return headers.get("Sec-Fetch-Dest", "document") == "document"


class DayKey:
    """The day's key, made by the first process that needs it; the days before are deleted."""

    def __init__(self):
        self._day: date | None = None
        self._key = b""

    def get(self, day: date) -> bytes:
        """The key of `day`."""
        if day != self._day:
            folder = Path(settings.READ_KEYS)
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            path = folder / day.isoformat()
            drop_keys(folder, day)
            self._key, self._day = self._kept(path), day
        return self._key

    @staticmethod
    def _kept(path: Path) -> bytes:
        if not path.exists():
            aside = path.with_name(f"{path.name}.{os.getpid()}.{threading.get_ident()}")
            with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(secrets.token_bytes(32))
            try:
                os.link(aside, path)  # fails where another process was quicker, and then its key holds
            except FileExistsError:
                pass
            finally:
                aside.unlink()
        return path.read_bytes()


class Counter:
    """Reads waiting to be written, and lists that remembered readers were shown. The same visitor of the same article
    waits once."""

    def __init__(self):
        self._waiting: dict[tuple, tuple[datetime, Place | None]] = {}
        self._shown: list[tuple[str, str, Sequence[int], datetime]] = []
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._wake = threading.Event()
        self._thread: threading.Thread | None = None

    def add(self, article: int, visitor: str, reader: str | None, place: Place | None = None) -> None:
        """Take a read in; writing follows within `EVERY` seconds, for a reader with a key within `GATHER`, so that
        their lists know. When too many wait, new ones are let go."""
        with self._lock:
            if len(self._waiting) < AT_MOST:
                self._waiting.setdefault((article, visitor, reader), (timezone.now(), place))
        self._awaken(at_once=reader is not None)

    def show(self, reader: str, lists: Mapping[str, Sequence[int]]) -> None:
        """Take in which lists a reader was shown; writing follows as for their reads."""
        at = timezone.now()
        with self._lock:
            if len(self._shown) < AT_MOST:
                self._shown += [(reader, place, articles, at) for place, articles in lists.items() if articles]
        self._awaken(at_once=True)

    def _awaken(self, at_once: bool) -> None:
        with self._lock:
            if self._thread is None:
                self._thread = self._start()
        if at_once:
            self._wake.set()

    def flush(self) -> None:
        """Write what waits; what another thread was writing is written by then, too. What cannot be written now
        is tried again with the next ones."""
        with self._writing:
            self._write()

    def _write(self) -> None:
        with self._lock:
            taken, self._waiting = self._waiting, {}
            shown, self._shown = self._shown, []
        try:
            if shown:
                events.show_many(shown)
                shown = []
            if taken:
                reads.record_many([Visit(*who, *when) for who, when in taken.items()])
        except StoreError as error:
            log.warning("reads wait, the store does not take them: %s", error)
            with self._lock:
                self._waiting = {**taken, **self._waiting}
                self._shown = shown + self._shown

    def _start(self) -> threading.Thread:
        thread = threading.Thread(target=self._run, name="reads", daemon=True)
        thread.start()
        atexit.register(self.flush)
        return thread

    def _run(self) -> None:
        while True:
            if self._wake.wait(EVERY):
                time.sleep(GATHER)
            self._wake.clear()
            try:
                self.flush()
            except Exception:
                log.exception("reads were lost")


day_key = DayKey()
counter = Counter()


def count(request, article: int) -> None:
    """Count this request as a read of the article, if it is one."""
    if not is_reading(request):
        return
    counter.add(article, visitor(request), profile_key(request), place_of(request))


def count_shown(request, article: int) -> None:
    """Count a page that its browser had fetched ahead and shows now."""
    if is_browser(request):
        counter.add(article, visitor(request), profile_key(request), place_of(request))


def place_of(request) -> Place | None:
    """The list, and the place in it, that the address of an article names."""
    found = PLACED.fullmatch(request.GET.get(PLACE, ""))
    if found is None or found[1] not in events.PLACES or not 0 < int(found[2]) <= events.FURTHEST:
        return None
    return found[1], int(found[2])


def listed(request, key: str | None, lists: Mapping[str, Sequence[ListedCard]]) -> bool:
    """Note the lists of a page for a remembered reader; whether that is what they are."""
    if not profiles.is_remembered(key):
        return False
    if is_reading(request):
        counter.show(key, {place: [entry.card.id for entry in entries] for place, entries in lists.items()})
    return True


def visitor(request) -> str:
    """The day's keyed hash of network and agent, that of the network first. An account is one visitor wherever it
    comes from."""
    account = reader_account(request)
    network = f"account {account.pk}" if account else network_of(request.META.get("REMOTE_ADDR", ""))
    agent = "" if account else request.headers.get("User-Agent", "")
    key = day_key.get(today())
    return "".join(
        blake2b(who.encode(), key=key, digest_size=NETWORK // 2).hexdigest() for who in (network, f"{network}\n{agent}")
    )


def today() -> date:
    """The day at the site."""
    return timezone.localdate(timezone=timezone.get_default_timezone())


def network_of(address: str) -> str:
    """What one household has: an address, of IPv6 the prefix that is given out."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    # A socket for both kinds gives an address of IPv4 as one of IPv6.
    known = getattr(known, "ipv4_mapped", None) or known
    return str(known) if known.version == 4 else str(ip_network((int(known) >> 72 << 72, 56)))


def count_given(environ: dict) -> None:
    """Count an article's page that was given as it was made for another visitor."""
    found = ARTICLE.match(environ.get("PATH_INFO", ""))
    if found:
        count(WSGIRequest(environ), int(found[1]))


def profile_key(request) -> str | None:
    """The key of the reader's profile: the account's, the device's after its own wish, or None."""
    account = reader_account(request)
    if account:
        return f"user:{account.pk}"
    return device_key(request.COOKIES.get(COOKIE, ""))


def device_key(cookie: str) -> str | None:
    """The key in a device's cookie, if this site signed it."""
    if not cookie:
        return None
    try:
        return "device:" + signing.Signer(salt="reader").unsign(cookie)
    except signing.BadSignature:
        return None


def new_cookie() -> str:
    """A fresh device's cookie."""
    return signing.Signer(salt="reader").sign(secrets.token_urlsafe(12))


def key_given(request, answer) -> str:
    """The key of who asks; a device that has none gets its cookie with `answer`."""
    key = profile_key(request)
    if key is not None:
        return key
    cookie = new_cookie()
    answer.set_cookie(COOKIE, cookie, max_age=COOKIE_AGE, httponly=True, samesite="Lax", secure=settings.OVER_TLS)
    return device_key(cookie)
