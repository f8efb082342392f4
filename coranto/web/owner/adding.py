"""Adding an outlet by its address: what was found there, how it would appear, and only then adding it.

The look is made while the owner waits, for ten seconds at most and one at a time, so that it never holds more than one
of a site worker's threads; a queue for the background work would answer an impatient question a minute later. Adding
itself asks nobody: it stores what was looked at.
"""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.utils.translation import gettext, ngettext

from coranto import settings as options
from coranto.pipeline import adding, looking
from coranto.pipeline.adding import AddError, Door, Wish
from coranto.pipeline.preparing import FULL
from coranto.sources import discover
from coranto.sources.answers import FetchError
from coranto.store import editing, lists
from coranto.web import addresses, times
from coranto.web.owner.only import by, done, given, owners_act, owners_page, readable, shown, ticked
from coranto.web.rights import reader_account

KINDS = ("feed", "sitemap", "listing", "page")
LARGEST_LIST = 2 * 1024 * 1024
INTERVALS = (300, 900, 1800, 3600, 3 * 3600, 12 * 3600, 86400)


@owners_page
def page(request):
    """The field for an address, and one for a list of feeds."""
    return shown_form(request)


def shown_form(request, status: int = 200, **more):
    context = {
        "here": "add",
        "address": "",
        "found": None,
        "private": False,
        "user": "",
        "spans": spans(),
        "sections": tuple(lists.sections()),
        **more,
    }
    return shown(request, "owner_add.html", status, **context)


@owners_act
def look(request):
    """What stands at an address. Nothing is kept."""
    url, private = given(request, "address", 2000), ticked(request, "private")
    user, password = given(request, "user", 200), request.POST.get("password", "")[:500]
    told = {"address": url, "private": private, "user": user}
    if not url:
        return shown_form(request, 422, errors={"address": gettext("Enter an address.")}, **told)
    wish = Wish(allow_private=private, credential=("basic", user, password) if user else None)
    try:
        found = looking.look(options.load(), url, wish)
    except (AddError, FetchError, looking.Busy) as fault:
        return shown_form(request, 422, errors={"address": sentence(fault)}, **told)
    return shown_form(request, found=found, words=words(found), host=addresses.host(found.door.url), **told)


def sentence(fault: Exception) -> str:
    """Why an address could not be looked at, and what to do."""
    if isinstance(fault, looking.Busy):
        return gettext("Another address is being looked at. Try again in ten seconds.")
    if getattr(fault, "kind", "") == "private":
        return gettext("%(fault)s If it is your own, tick the box below that allows it.") % {"fault": fault.message}
    return f"{fault.message} {fault.remedy}".strip()


def words(found: looking.Look) -> dict[str, str]:
    """What was found, as sentences."""
    what = {
        "feed": gettext("The address is a feed."),
        "sitemap": gettext("The address is a site map."),
        "listing": gettext("The address is a page that lists articles."),
        "article": gettext("The address is an article."),
    }
    told = {
        "kind": what.get(found.kind, gettext("The address is a page.")),
        "way": {
            "feed": gettext("Read by its feed."),
            "sitemap": gettext("Read by its site map; pages are fetched."),
            "listing": gettext("Read by the page that lists its articles; no feed was found."),
            "page": gettext("A single article: kept, and looked at again for changes."),
        }[found.door.kind],
        "count": ngettext("%(num)s article is listed now", "%(num)s articles are listed now", found.count)
        % {"num": found.count},
    }
    told |= {"known": "", "delay": "", "text": ""}
    if found.known:
        told["known"] = ngettext("%(num)s of them is here already", "%(num)s of them are here already", found.known) % {
            "num": found.known
        }
    if found.delay:
        told["delay"] = ngettext(
            "The outlet asks for %(num)s second between requests; that is kept to.",
            "The outlet asks for %(num)s seconds between requests; that is kept to.",
            round(found.delay),
        ) % {"num": round(found.delay)}
    if found.door.kind == "feed" and found.count:
        told["text"] = text_words(found.letters)
    return told


def text_words(letters: int) -> str:
    """What a feed gives of its articles' texts, and what follows from it."""
    if letters >= FULL:
        return gettext("The feed gives whole texts, so its pages need not be fetched; you can change that.")
    if letters:
        return gettext("The feed gives the opening only, so pages will be fetched; you can change that.")
    return gettext("The feed gives headlines only, so pages will be fetched.")


@owners_act
def keep(request):
    """Add the outlet that was looked at, by the way that was chosen."""
    url, kind = given(request, "feed", 2000), given(request, "kind", 20)
    if not readable(url) or kind not in KINDS:
        return shown_form(request, 422, errors={"address": gettext("Enter an address.")})
    user, password = given(request, "user", 200), request.POST.get("password", "")[:500]
    credential = ("basic", user, password) if user else None
    home = given(request, "home", 2000)
    name, language = given(request, "name", 200), given(request, "language", 20)
    door = Door(
        kind,
        url,
        name or addresses.host(url),
        addresses.web(home),
        language or None,
        tagline=given(request, "tagline", 500) or None,
    )
    wish = Wish(
        section=given(request, "section", 80) or None,
        interval=interval_of(given(request, "interval", 10)),
        reading=given(request, "reading", 5) if given(request, "reading", 5) in ("feed", "page") else None,
        allow_private=ticked(request, "private"),
        credential=credential,
        private_to=reader_account(request).pk if credential or ticked(request, "alone") else None,
    )
    added = adding.store([door], wish, url, None)
    if not added.fresh:
        return done(request, gettext("%(outlet)s is read at this address already.") % {"outlet": added.outlet},
                    addresses.SOURCES)  # fmt: skip
    editing.written_down("add outlet", by(request), name=added.outlet, url=url, source=added.sources[0],
                         private_to=wish.private_to)  # fmt: skip
    told = gettext("%(outlet)s was added. Its first articles come within a minute where the background work runs.")
    return done(request, told % {"outlet": added.outlet}, addresses.SOURCES)


def spans(fixed: float | None = None) -> list[tuple[str, str]]:
    """The choices for how often a source is asked; `fixed` is what holds now."""
    known = sorted({*INTERVALS, *((int(fixed),) if fixed else ())})
    return [("", gettext("As its news comes")), *((str(each), times.span(each)) for each in known)]


def interval_of(text: str) -> float | None:
    """Seconds out of a form's field; None for what is none, and for 'as the news comes'."""
    return float(text) if text.isdecimal() and 60 <= int(text) <= 30 * 86400 else None


@owners_act
def add_list(request):
    """Add all feeds of a list (OPML), as another reader exports it."""
    file = request.FILES.get("file")
    if file is None or file.size > LARGEST_LIST:
        wrong = gettext("Choose an OPML file of at most 2 MB.")
        return shown_form(request, 422, errors={"file": wrong})
    found = discover(file.read(), "file:///list.opml")
    if found.kind != "opml" or not found.subscriptions.items:
        wrong = gettext("This file is no list of feeds (OPML). Export it again from the reader it came from.")
        return shown_form(request, 422, errors={"file": wrong})
    usable = tuple(one for one in found.subscriptions.items if readable(one.url))
    if not usable:
        wrong = gettext("No feed of this list has an address that can be read.")
        return shown_form(request, 422, errors={"file": wrong})
    added = adding.from_subscriptions("OPML", replace(found.subscriptions, items=usable), Wish())
    editing.written_down("add list", by(request), feeds=added.fresh)
    left = len(found.subscriptions.items) - len(usable)
    told = ngettext("%(num)s feed was added.", "%(num)s feeds were added.", added.fresh) % {"num": added.fresh}
    if left:
        messages.warning(
            request,
            ngettext("%(num)s entry without a usable address was left out.",
                     "%(num)s entries without a usable address were left out.", left) % {"num": left},
        )  # fmt: skip
    return done(request, told, addresses.SOURCES)
