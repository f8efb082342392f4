"""The pages for what went wrong: 400, 403, 404, 410, 429, 500 and 503; each a plain sentence and a way on.

A fault is logged under a number that the reader can quote. These pages never ask the store for more than the masthead,
and do without it where the store is what failed.
"""

from __future__ import annotations

import logging
import re
import secrets
from urllib.parse import unquote

from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from coranto.store import StoreError

log = logging.getLogger("coranto.web")

TEMPLATE = "error.html"
RETRY_AFTER = "60"


def page(request, status: int, title: str, says: str, **more) -> HttpResponse:
    """An error page: `title` is its headline, `says` the sentence under it."""
    context = {"title": title, "says": says, "current": None, **more}
    response = render(request, TEMPLATE, context, status=status, using="pages")
    response["Cache-Control"] = "no-store"
    return response


def unknown_host(request) -> HttpResponse:
    """400: this site does not answer to the name it was called by."""
    host = request.META.get("HTTP_HOST", "")[:200]
    log.warning("refused the unknown Host %r: add it to ALLOWED_HOSTS or set SITE_URL", host)
    says = gettext(
        "This site does not know the name %(host)s. If you run it, set SITE_URL to the address that readers use, "
        "or add the name to ALLOWED_HOSTS, in the environment or in settings.env; then start it again."
    ) % {"host": host}
    return page(request, 400, gettext("This name is not known here"), says, bare=True)


def foreign_form(request) -> HttpResponse:
    """403: a change that did not come from one of this site's own pages."""
    says = gettext(
        "A form is taken only from a page of this site, and the browser did not say that this one was. "
        "Go back to the page, load it again and send the form once more."
    )
    return page(request, 403, gettext("This form was not taken"), says)


def bad_request(request, exception=None) -> HttpResponse:
    """400: an address or form whose parts make no sense."""
    said = str(exception) if isinstance(exception, BadRequest) else ""
    says = said or gettext("The address or the form holds something that cannot be read.")
    return page(request, 400, gettext("This was not understood"), says)


def forbidden(request, exception=None) -> HttpResponse:
    """403: not for this account."""
    says = gettext("This page is open to the people who run this site.")
    return page(request, 403, gettext("Not for this account"), says, sign_in=True)


def not_found(request, exception=None) -> HttpResponse:
    """404, with a search for the words of the address."""
    says = gettext("The article may have been moved by its outlet, or the address is cut short.")
    return page(request, 404, gettext("Nothing is at this address"), says, seek=words_of(request.path))


def too_many(request, exception=None) -> HttpResponse:
    """429: more tries than are taken from one place."""
    says = gettext("More was asked from your address than is taken at once. Wait a minute; reading goes on without it.")
    response = page(request, 429, gettext("Too many tries"), says)
    response["Retry-After"] = RETRY_AFTER
    return response


def gone(request, value) -> HttpResponse:
    """410: what was withdrawn, when, and why."""
    title = gettext("This article was withdrawn")
    return page(request, 410, title, gettext("Its text is no longer shown here."), gone=value, seek="")


def broken(request) -> HttpResponse:
    """500, with a number to quote."""
    number = fault_number()
    log.error("fault %s at %s", number, request.path, exc_info=True)
    says = gettext(
        "Something broke while this page was made. It is noted under number %(number)s; quote it if you write "
        "to the people who run this site. Trying again in a minute often helps."
    ) % {"number": number}
    return page(request, 500, gettext("Our fault"), says, bare=True)


def unready(request, error: StoreError) -> HttpResponse:
    """503: the store cannot answer now."""
    log.error("the store cannot answer: %s", error)
    says = gettext(
        "The site is being brought up to date, or its store does not answer. Come again in a minute; nothing is missed."
    )
    response = page(request, 503, gettext("Back in a minute"), says, bare=True)
    response["Retry-After"] = RETRY_AFTER
    return response


def fault_number() -> str:
    """A short number to quote, as '7K2-0419'."""
    letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    head = "".join(secrets.choice(letters) for _ in range(3))
    return f"{head}-{secrets.randbelow(10_000):04d}"


def words_of(path: str) -> str:
    """The words of an address, for a search: '/article/7/kerrin-bridge' gives 'kerrin bridge'."""
    last = [part for part in unquote(path).split("/") if part][-1:]
    words = re.findall(r"[^\W\d_]{2,}", " ".join(last), re.UNICODE)
    return " ".join(words[:8])


class Explained:
    """Turns exceptions of a view into these pages, in every mode; the store's own trouble becomes a 503."""

    ANSWERS = (
        (Http404, not_found),
        (PermissionDenied, forbidden),
        (BadRequest, bad_request),
        (SuspiciousOperation, bad_request),
    )

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        """The page for an exception that a view let out."""
        if isinstance(exception, StoreError):
            return unready(request, exception)
        for kind, answer in self.ANSWERS:
            if isinstance(exception, kind):
                return answer(request, exception)
        return broken(request)
