"""Two guards before every page: the Host must be known, and what changes something must come from this site's own page.

The second stands in for a token in each form: a browser says by itself where a request comes from (`Sec-Fetch-Site`,
`Origin`), so pages stay equal for everybody and set no cookie. Leaves rights of accounts to the views.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from django.core.exceptions import DisallowedHost

from coranto.web import errors

SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")


class KnownHost:
    """Answers 400 to a Host that is not in ALLOWED_HOSTS, with the setting that would allow it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        try:
            request.get_host()
        except DisallowedHost:
            return errors.unknown_host(request)
        return self.get_response(request)


class SameOrigin:
    """Answers 403 to a change that another site's page sent, or that does not say where it comes from."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method not in SAFE and not from_here(request):
            return errors.foreign_form(request)
        return self.get_response(request)


def from_here(request) -> bool:
    """True when the browser says that this site's own page sent the request.

    `Sec-Fetch-Site` cannot be set by a page's script and decides where it is given; else `Origin`, else `Referer`,
    must name this host.
    """
    fetch_site = request.headers.get("Sec-Fetch-Site")
    if fetch_site:
        return fetch_site == "same-origin"
    told = request.headers.get("Origin") or request.headers.get("Referer")
    if not told:
        return False
    try:
        return urlsplit(told).netloc.lower() == request.get_host().lower()
    except ValueError:
        return False
