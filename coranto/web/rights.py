"""What a visitor may have, in one place: everything, the opening of each article, or the way to sign in.

The right to whole texts have accounts that the owner made or invited, and whoever sits at the machine of a private site
that nobody else can reach. `Entrance` works it out once a request; `coranto.web.door` cuts the store's answers down by
it, so that a new page, feed or picture shows no more than it may without asking.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponseRedirect

from coranto.settings import is_loopback
from coranto.store import accounts
from coranto.web import addresses

FORWARDED = ("HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_VIA")
OPEN = ("/account/", "/robots.txt", "/manifest.webmanifest")
"""Where a visitor gets who may not enter: signing in, and what machines ask first. Static files never come here."""
LONGEST_WAY = 2000
"""Letters of a way back: nginx takes 4,096 for all headers of an answer, unless it is told otherwise."""


@dataclass(frozen=True, slots=True)
class Rights:
    """A visitor's rights. `user` is the account's id, `owner` runs the site, `full` may read whole texts, `enters` may
    see more than the way to sign in. `time_zone` ('' is the site's), `shortcuts` and `without_copies` are what an
    account wants."""

    user: int | None = None
    owner: bool = False
    full: bool = False
    enters: bool = False
    time_zone: str = ""
    shortcuts: bool = True
    without_copies: bool = False

    def may_read(self, article) -> bool:
        """Whether the whole of an article (its card or its page) may be shown: its text, and its picture."""
        return self.full or getattr(article, "card", article).free


NOBODY = Rights()
_present: ContextVar[Rights] = ContextVar("rights", default=NOBODY)


def present() -> Rights:
    """The rights of the visitor whose request is being answered; nobody's outside of one."""
    return _present.get()


def reader_account(request):
    """The signed-in account, or None. Without a session cookie nothing is asked."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not hasattr(request, "user"):
        return None
    return request.user if request.user.is_authenticated else None


def of(request) -> Rights:
    """A request's rights; for visitors without a session the store is not asked."""
    account = reader_account(request)
    if account:
        owner, access = bool(account.is_staff), accounts.access(account.pk)
        full = owner or access.full_text
        return Rights(account.pk, owner, full, True, access.time_zone, access.shortcuts, access.without_copies)
    return of_visitor(request.META)


def of_visitor(environ: Mapping[str, object]) -> Rights:
    """The rights of somebody without an account, by the WSGI environment of their request."""
    if settings.ACCESS == "public":
        return Rights(enters=True)
    here = settings.LOOPBACK_ONLY and is_from_here(environ)
    return Rights(full=here, enters=here)


def is_from_here(environ: Mapping[str, object]) -> bool:
    """True where the request was made on this machine and no proxy handed it on."""
    return is_loopback(str(environ.get("REMOTE_ADDR", ""))) and not any(name in environ for name in FORWARDED)


class Entrance:
    """Middleware: gives each request its rights, and sends visitors who may not enter to the sign-in page."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        rights = of(request)
        if not rights.enters and not request.path.startswith(OPEN):
            return sign_in_first(request)
        held = _present.set(rights)
        try:
            return self.get_response(request)
        finally:
            _present.reset(held)


def sign_in_first(request) -> HttpResponseRedirect:
    """To the sign-in page, which leads back to the page that was asked for, unless its address is very long."""
    asked = f"?{urlencode({'next': request.get_full_path()})}" if request.method in ("GET", "HEAD") else ""
    answer = HttpResponseRedirect(addresses.SIGN_IN + (asked if len(asked) <= LONGEST_WAY else ""))
    answer["Cache-Control"] = "no-store"
    return answer
