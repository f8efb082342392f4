"""How long answers may be kept, and by whom: headers for every page, and 304 for who has it already.

A page without cookie is the same for all, so that a cache in front may hold it for a moment; browsers always ask, which
costs them a 304. A page made for a cookie is its reader's own. It is not forbidden to keep, so that going back in a
browser stays at once.
"""

from __future__ import annotations

from django.conf import settings
from django.utils.cache import get_conditional_response, patch_vary_headers, set_response_etag
from django.utils.http import parse_http_date_safe

from coranto.web import addresses

HELD = 30
"""Seconds that a cache in front of a public site may hold a page; counts of readers are never older than a minute."""


class Caching:
    """Middleware: `Cache-Control`, `Vary`, `ETag` and `Speculation-Rules` of what pages and feeds answer."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.method not in ("GET", "HEAD") or response.streaming:
            return response
        patch_vary_headers(response, ("Cookie",))
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = keeping(request, response)
        response["Content-Length"] = str(len(response.content))
        if response.status_code != 200 or "no-store" in response["Cache-Control"]:
            return response
        if response["Content-Type"].startswith("text/html"):
            patch_vary_headers(response, ("Save-Data",))
            if request.headers.get("Save-Data", "").lower() != "on":
                response["Speculation-Rules"] = f'"{addresses.SPECULATION}"'
        if not response.has_header("ETag"):
            set_response_etag(response)
        changed = parse_http_date_safe(response.get("Last-Modified", ""))
        return get_conditional_response(request, response["ETag"], changed, response) or response


def keeping(request, response) -> str:
    """Who may keep an answer, and how long."""
    if request.COOKIES or response.cookies:
        return "private, no-cache"
    if settings.ACCESS == "public":
        return f"public, max-age=0, s-maxage={HELD}"
    return "private, no-cache"
