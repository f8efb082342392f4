"""What stands round every page: the date line, the sections, who is signed in, how the reader wants text and colours.

The masthead's two questions to the store are asked once in a while for all readers together, not for each page.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from django.conf import settings
from django.contrib.messages import get_messages
from django.template import engines
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from coranto.web import saying, times
from coranto.web.accounts import passkeys
from coranto.web.door import lists
from coranto.web.rights import present, reader_account

FRESH, MOST_KEPT = 20.0, 10_000_000
"""Seconds for which something is kept, and how much of it all is, in characters of markup."""
A_VALUE, A_NAME = 24_000, 2_000
"""What a value of the store counts for, and the name that something is kept under."""
LOOK_COOKIE = "look"
THEMES = ("light", "dark")
SIZES = ("90", "110", "125", "150")


@dataclass(frozen=True, slots=True)
class Look:
    """What a reader chose for this device under "Text and colours"; None where the default holds."""

    theme: str | None = None
    size: str | None = None
    system_face: bool = False
    without_copies: bool = False

    @classmethod
    def read(cls, cookie: str) -> Look:
        """The look a cookie tells of; words it should not hold are passed over."""
        words = cookie.split(".")[:4]
        return cls(
            next((word for word in words if word in THEMES), None),
            next((word for word in words if word in SIZES), None),
            "system" in words,
            "originals" in words,
        )

    def cookie(self) -> str:
        """What `read` understands; empty where nothing was chosen."""
        words = (self.theme, self.size, "system" * self.system_face, "originals" * self.without_copies)
        return ".".join(word for word in words if word)


class Kept:
    """What holds for a moment: answers of the store and pieces of pages, for all who are alike in all that their
    name holds. Each is made again after `FRESH` seconds; the newest `MOST_KEPT` stay."""

    def __init__(self):
        self._kept: OrderedDict[Hashable, tuple[float, object]] = OrderedDict()
        self._size = self._forgotten = 0
        self._lock = threading.Lock()

    def get(self, name: Hashable, ask: Callable[[], object]):
        """The kept answer of that name, or a new one."""
        kept = self._kept.get(name)
        if kept and time.monotonic() - kept[0] < FRESH:
            return kept[1]
        forgotten, value = self._forgotten, ask()
        with self._lock:
            if forgotten == self._forgotten:
                self._keep(name, value)
        return value

    def _keep(self, name: Hashable, value: object) -> None:
        now = time.monotonic()
        if name in self._kept:
            self._size -= size(self._kept.pop(name)[1])
        self._kept[name] = (now, value)
        self._size += size(value)
        while self._size > MOST_KEPT or (self._kept and now - next(iter(self._kept.values()))[0] > FRESH):
            self._size -= size(self._kept.popitem(last=False)[1][1])

    def forget(self) -> None:
        """Make everything again at the next page; what is being made just now is not kept."""
        with self._lock:
            self._kept.clear()
            self._size, self._forgotten = 0, self._forgotten + 1


def size(value: object) -> int:
    """How much of `MOST_KEPT` something takes with its name."""
    return A_NAME + (len(value) if isinstance(value, str) else A_VALUE)


kept = Kept()


def manner() -> tuple:
    """How things are told to who asks: the language, the clock, and whether of each text more than its opening."""
    return get_language(), times.own_zone.get(), present().full


def masthead() -> tuple:
    """(sections, status) as `lists.sections` and `lists.status` give them."""
    return kept.get("masthead", lambda: (tuple(lists.sections()), lists.status()))


def around(request) -> dict:
    """The context every page of ours gets."""
    account = reader_account(request)
    told = list(get_messages(request)) if settings.SESSION_COOKIE_NAME in request.COOKIES else []
    return {
        "now": timezone.now(),
        "account": account,
        "owner": present().owner,
        "rights": present(),
        "manner": manner(),
        "look": Look.read(request.COOKIES.get(LOOK_COOKIE, "")),
        "messages": told,
        "said": saying.sentence(request),
        "said_word": request.GET.get(saying.NAME, ""),
        "masthead": masthead,
        "path": request.get_full_path(),
        "site_url": settings.SITE_URL,
    }


def for_accounts(request) -> dict:
    """For allauth's Django templates: the top and the foot of a page, rendered by our own templates."""

    def part(name: str) -> str:
        return mark_safe(engines["pages"].get_template(name).render({"current": None}, request))  # noqa: S308 - autoescaped

    return {
        "page_top": part("account_top.html"),
        "page_foot": part("account_foot.html"),
        "passkeys_possible": passkeys.possible(request),
        "signup_open": settings.SIGNUP == "open",
        "look": Look.read(request.COOKIES.get(LOOK_COOKIE, "")),
        "site_name": settings.SITE_NAME,
    }
