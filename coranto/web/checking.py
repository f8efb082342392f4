"""Checking a page that a reader pastes: what it says of itself, where it differs from itself, who has its text.

For those who may read whole texts or have an account. What is pasted is read in memory, at most `LARGEST` of it, one
page at a time in each process, and is neither kept nor logged. Only who runs the site may have an address fetched.
"""

from __future__ import annotations

from threading import Lock

from django.http import JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from coranto import settings as options
from coranto.articles import Document
from coranto.extract import to_json
from coranto.pipeline import checking, looking, single
from coranto.sources.answers import FetchError
from coranto.stories.telling import to_record
from coranto.web import checked, rights
from coranto.web.owner.only import given, readable

LARGEST, LARGEST_TEXT = 2_000_000, 300_000
"""Bytes of a pasted page, and of one that is text without markup: more than an article needs, and read within two
seconds whatever they hold."""
WAIT = 1.0
"""Seconds that a page waits for the one before it."""
FORM = 20_000
"""Bytes of the form around it."""
MOST_READ, PIECE = 32_000_000, 65_536
LEFT_OUT = ("text", "html", "lists")
one_at_a_time = Lock()


class Refused(Exception):
    """A page is not checked: `field` of the form is wrong, `status` is the answer's."""

    def __init__(self, field: str, says: str, status: int = 422):
        super().__init__(says)
        self.field, self.says, self.status = field, says, status


@require_http_methods(["GET", "HEAD", "POST"])
def page(request):
    """The form, and under it the report on what was sent with it."""
    present = rights.present()
    if not present.full and present.user is None:
        return rights.sign_in_first(request)
    if request.method != "POST":
        return shown(request)
    try:
        document = sent(request)
        report = checked_alone(document, present.user)
    except Refused as refused:
        # A form that is too large is not opened, so its fields are empty again.
        typed = "" if refused.status == 413 else given(request, "address", 2000)
        return shown(request, refused.status, address=typed, errors={refused.field: refused.says})
    if request.POST.get("as") == "json":
        article = {name: value for name, value in to_json(report.article).items() if name not in LEFT_OUT}
        response = JsonResponse({"article": article, **checked.for_readers(to_record(report))})
    else:
        told = checked.told(report, pasted=bool(request.POST.get("page")))
        response = shown(request, address=given(request, "address", 2000), report=report, told=told)
    response["Cache-Control"] = "private, no-store"
    return response


def shown(request, status: int = 200, **more):
    context = {"current": None, "address": "", "errors": {}, "report": None, "told": None, **more}
    context["fetches"] = rights.present().owner
    return render(request, "check.html", context, status=status, using="pages")


def sent(request) -> Document:
    """The document that the form holds, or that lies at the address in it. Raises `Refused`."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST + FORM:
        read_away(request)
        raise Refused("page", too_large(), 413)
    pasted = request.POST.get("page", "").encode("utf-8", "replace")
    address = given(request, "address", 2000)
    if len(pasted) > LARGEST:
        raise Refused("page", too_large(), 413)
    if address and not readable(address):
        raise Refused("address", gettext("This is no address of a page. It begins with https:// or http://."))
    if pasted.strip():
        document = single.from_bytes(pasted, address or None)
        if document.media_type == "text/plain" and len(pasted) > LARGEST_TEXT:
            raise Refused("page", gettext("This text is longer than 300,000 letters. Paste the article alone."), 413)
        return document
    if not address:
        raise Refused("page", gettext("Paste a page, or its text."))
    if not rights.present().owner:
        raise Refused("page", gettext("Open that page yourself and paste it here: only who runs this site can have "
                                      "an address fetched."))  # fmt: skip
    try:
        return looking.waited_for(single.fetched(address, False, options.load()), address)
    except (FetchError, single.PageError, looking.Busy) as fault:
        raise Refused("address", not_had(fault)) from None


def not_had(fault: Exception) -> str:
    """Why the page at an address could not be had, and what to do."""
    if isinstance(fault, looking.Busy):
        return gettext("Another address is being looked at. Try again in ten seconds.")
    if getattr(fault, "kind", "") == "private":
        return gettext("Addresses of private networks are not fetched here. Paste the page.")
    return gettext("%(fault)s Or open the page yourself and paste it.") % {"fault": fault.message}


def read_away(request) -> None:
    """Take what the browser is still sending, up to `MOST_READ`: one that is answered before it has sent everything
    shows its own error instead of ours."""
    for _ in range(0, MOST_READ, PIECE):
        if not request.read(PIECE):
            return


def too_large() -> str:
    return gettext("This is more than 2 MB. Paste the article’s text instead of the page’s source.")


def checked_alone(document: Document, user: int | None):
    """The report, once no other page is being checked. Raises `Refused`."""
    if not one_at_a_time.acquire(timeout=WAIT):
        raise Refused("page", gettext("Another page is being checked. Send it again in ten seconds."), 429)
    try:
        return checking.check(document, with_store=True, user=user)
    finally:
        one_at_a_time.release()
