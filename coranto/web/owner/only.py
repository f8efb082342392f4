"""Who may come in, and what every page here needs: the owner's name for the log, the words of a form, the way back."""

from __future__ import annotations

from functools import wraps
from urllib.parse import urlsplit

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from coranto.web import addresses, shell
from coranto.web.rights import reader_account


def owner_only(view):
    """A view for the people who run the site: 403 for everybody else, and never kept in between."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        account = reader_account(request)
        if account is None or not account.is_staff:
            raise PermissionDenied
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        return response

    return guarded


def owners_page(view):
    """A page of the owner's: asked for, never changing anything."""
    return require_safe(owner_only(view))


def owners_act(view):
    """A change that the owner makes: the next page is made of what holds from then on."""

    @wraps(view)
    def acted(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        finally:
            shell.kept.forget()

    return require_POST(owner_only(acted))


def by(request) -> str:
    """The name that the log keeps."""
    return reader_account(request).get_username()


def given(request, name: str, most: int = 500) -> str:
    """A field of the form, without blanks around and NUL within, cut at `most` letters."""
    return request.POST.get(name, "").replace("\0", "").strip()[:most]


def ticked(request, name: str) -> bool:
    """Whether a box of the form was ticked."""
    return bool(request.POST.get(name))


def readable(address: str) -> bool:
    """Whether a source may be read at an address: on the web, and without a password in it, for others see it."""
    if addresses.web(address) is None:
        return False
    parts = urlsplit(address)
    return not (parts.username or parts.password)


def done(request, words: str, address: str) -> HttpResponseRedirect:
    """Back to a page, which says what was done."""
    messages.success(request, words)
    return HttpResponseRedirect(address)


def shown(request, template: str, status: int = 200, **context):
    """A page of the owner's; `here` names its place in the row of pages."""
    return render(request, template, {"current": "sources", "errors": {}, **context}, status=status, using="pages")
