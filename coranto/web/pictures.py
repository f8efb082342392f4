"""Pictures of articles: the address that answers with one, and what a page needs to show those that are kept.

No page waits for a picture. What a page would have shown and has not is noted, and fetched by the background work; one
thread writes the notes.
"""

from __future__ import annotations

import atexit
import logging
import threading
import time
from collections.abc import Iterable

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from coranto.articles import Picture
from coranto.pictures import KeptPicture
from coranto.store import StoreError, picture_files, pictures
from coranto.store.values import Card
from coranto.web import readers, rights

log = logging.getLogger("coranto.web")

A_YEAR = 365 * 86400
EVERY = 5.0
AT_MOST = 5_000
REMEMBERED = 3600.0
"""Seconds for which a note is not written again."""
BIGGEST_KEY = 2**63 - 1


@require_safe
def picture(request, key: str, slot: str):
    """A picture that is kept, if an article shows it that this visitor may have the whole of."""
    number, visitor = int(key, 16), rights.present()
    if number > BIGGEST_KEY or not pictures.may_be_shown(number, visitor.user, visitor.full):
        raise Http404
    try:
        body = picture_files.file_of(number, int(slot)).read_bytes()
    except FileNotFoundError:
        raise Http404 from None
    answer = HttpResponse(body, content_type="image/webp")
    # What a visitor may have is the visitor's: no cache that others share keeps it.
    answer["Cache-Control"] = f"private, max-age={A_YEAR}, immutable"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def shown(request, wanted: Iterable[Picture | None]) -> dict[str, KeptPicture]:
    """Those of these pictures that are kept, by address. A person's browser that asks for the page has the others
    fetched for the next time."""
    urls = list(dict.fromkeys(picture.url for picture in wanted if picture))
    if not urls:
        return {}
    found = pictures.kept(urls)
    if readers.is_reading(request):
        notes.add(urls)
    return found


def of_cards(request, cards: Iterable[Card]) -> dict[str, KeptPicture]:
    """The kept pictures of these cards, by address."""
    return shown(request, (card.image for card in cards))


class Notes:
    """Addresses of pictures that pages showed or missed, until they are written. Each is noted once an hour."""

    def __init__(self):
        self._noted: dict[str, float] = {}
        self._waiting: set[str] = set()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def add(self, urls: Iterable[str]) -> None:
        """Take addresses in; writing follows within `EVERY` seconds. When too many wait, new ones are let go."""
        now = time.monotonic()
        with self._lock:
            fresh = [url for url in urls if now - self._noted.get(url, -REMEMBERED) >= REMEMBERED]
            if len(self._waiting) + len(fresh) > AT_MOST:
                return
            if len(self._noted) > AT_MOST:
                self._noted.clear()
            self._noted.update(dict.fromkeys(fresh, now))
            self._waiting.update(fresh)
            if fresh and self._thread is None:
                self._thread = self._start()

    def flush(self) -> None:
        """Write what waits. What cannot be written is noted again by a later page."""
        with self._lock:
            taken, self._waiting = self._waiting, set()
        if not taken:
            return
        try:
            pictures.wish(sorted(taken))
        except StoreError as error:
            log.warning("pictures are not asked for, the store does not take it: %s", error)
            with self._lock:
                for url in taken:
                    self._noted.pop(url, None)

    def _start(self) -> threading.Thread:
        thread = threading.Thread(target=self._run, name="pictures", daemon=True)
        thread.start()
        atexit.register(self.flush)
        return thread

    def _run(self) -> None:
        while True:
            time.sleep(EVERY)
            try:
                self.flush()
            except Exception:
                log.exception("pictures were not asked for")


notes = Notes()
