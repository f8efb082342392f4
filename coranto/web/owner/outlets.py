"""One outlet: what is kept of it and how its sources are read; asking, pausing, editing, moving and deleting."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from coranto import settings as options
from coranto.pipeline import looking
from coranto.pipeline.adding import AddError, Wish
from coranto.pipeline.fetching import Tally
from coranto.sources.answers import FetchError
from coranto.store import editing, lists
from coranto.store import sources as store_sources
from coranto.store.source_values import SourceRow
from coranto.store.values import OutletValue
from coranto.web import addresses, times
from coranto.web import sources as listed
from coranto.web.asking import account_id, found_or_404
from coranto.web.owner.adding import interval_of, sentence, spans
from coranto.web.owner.only import by, done, given, owners_act, owners_page, readable, shown, ticked

READINGS = ("auto", "feed", "page")
SLOWEST_STEP = 1800.0


def outlet_or_404(request, number: int) -> OutletValue:
    """An outlet that this owner may see: private ones of other accounts are theirs alone."""
    outlet = found_or_404(store_sources.outlet_of(number))
    return found_or_404(outlet if outlet.private_to in (None, account_id(request)) else None)


def source_or_404(request, number: int) -> SourceRow:
    source = found_or_404(store_sources.get(number))
    return found_or_404(source if source.private_to in (None, account_id(request)) else None)


def sources_of(request, outlet: OutletValue) -> list[SourceRow]:
    return [row for row in store_sources.listed(account_id(request)) if row.outlet_id == outlet.id]


@owners_page
def page(request, number: int):
    """What can be changed of an outlet."""
    return shown_outlet(request, outlet_or_404(request, number))


def shown_outlet(request, outlet: OutletValue, status: int = 200, **more):
    """The page of an outlet; `more` may hold `errors` and what was `typed` when a form was refused."""
    rows = sources_of(request, outlet)
    context = {
        "here": None,
        "outlet": outlet,
        "fields": editing.outlet_fields(outlet.id),
        "sources": [(row, editing.source_fields(row.id), listed.state(row, timezone.now())) for row in rows],
        "spans": spans,
        "sections": tuple(lists.sections()),
        "typed": {},
        "own": outlet.private_to is not None,
        **more,
    }
    return shown(request, "owner_outlet.html", status, **context)


@owners_act
def save(request, number: int):
    """Change the outlet and its sources, as the form has them; nothing is changed where one field is wrong."""
    outlet = outlet_or_404(request, number)
    fields = {
        "name": given(request, "name", 200),
        "home_url": given(request, "home_url", 2000) or None,
        "tagline": given(request, "tagline", 500) or None,
        "publisher": given(request, "publisher", 200) or None,
        "section": given(request, "section", 80) or None,
        "republish": ticked(request, "republish"),
    }
    errors = {}
    if not fields["name"]:
        errors["name"] = gettext("Enter a name.")
    if fields["home_url"] and addresses.web(fields["home_url"]) is None:
        errors["home_url"] = gettext("Enter an address that begins with http:// or https://.")
    rows = sources_of(request, outlet)
    wanted = {row.id: source_form(request, row, errors) for row in rows}
    if errors:
        return shown_outlet(request, outlet, 422, errors=errors, typed=request.POST)
    who = by(request)
    editing.edit_outlet(number, who, **fields)
    for row in rows:
        try:
            editing.edit_source(row.id, who, **wanted[row.id])
        except ValueError:
            errors[f"s{row.id}-url"] = gettext("Another source of this outlet is read at this address.")
            return shown_outlet(request, outlet, 422, errors=errors, typed=request.POST)
    if "test" in request.POST and rows:
        return tested(request, rows[0].id, addresses.run("outlet", number))
    return done(request, gettext("Saved."), addresses.run("outlet", number))


def source_form(request, row: SourceRow, errors: dict) -> dict:
    """The fields of one source; what is wrong is put into `errors`."""
    name = f"s{row.id}-"
    url, spacing = given(request, name + "url", 2000), given(request, name + "spacing", 12)
    reading = given(request, name + "reading", 5)
    fields = {
        "url": url,
        "reading": reading if reading in READINGS else row.reading,
        "interval": interval_of(given(request, name + "interval", 10)),
        "user_agent": given(request, name + "agent", 300) or None,
        "allow_private": ticked(request, name + "private"),
        "spacing": None,
    }
    if not readable(url):
        errors[name + "url"] = gettext("Enter an address that begins with http:// or https://.")
    if spacing:
        try:
            fields["spacing"] = options.amount(spacing)
        except ValueError:
            errors[name + "spacing"] = gettext("Enter a number of seconds, 0 or more.")
    fields |= credential_form(request, row, name, errors)
    return fields


def credential_form(request, row: SourceRow, name: str, errors: dict) -> dict:
    """The credential where it was set, replaced or taken away; nothing where it stays. One that is stored never leaves
    the store."""
    if row.private_to is None:
        return {}
    if ticked(request, name + "forget"):
        return {"credential": None}
    user, password = given(request, name + "user", 200), request.POST.get(name + "password", "")[:500]
    kind = "header" if given(request, name + "kind", 10) == "header" else "basic"
    if not password:
        return {}
    if not user or any(ord(letter) < 32 for letter in user + password):
        errors[name + "user"] = gettext("Enter a user name or the name of a header, without line ends.")
        return {}
    return {"credential": (kind, user, password)}


@owners_act
def pause(request, number: int):
    """Ask a source no more."""
    row = source_or_404(request, number)
    editing.pause(number, by(request), given(request, "why", 200))
    return done(request, gettext("%(outlet)s is paused. Its articles stay.") % {"outlet": row.outlet}, back(request))


@owners_act
def resume(request, number: int):
    """Ask a source again."""
    row = source_or_404(request, number)
    editing.resume(number, by(request))
    return done(request, gettext("%(outlet)s is asked again.") % {"outlet": row.outlet}, back(request))


@owners_act
def test(request, number: int):
    """Ask a source once, now, and say what came."""
    source_or_404(request, number)
    return tested(request, number, back(request))


def tested(request, number: int, address: str) -> HttpResponseRedirect:
    row = source_or_404(request, number)
    try:
        tally = looking.ask(options.load(), number)
    except looking.Busy:
        messages.warning(request, gettext("Another address is being looked at. Try again in ten seconds."))
    except LookupError:
        told = gettext("%(outlet)s cannot be asked now: it is paused, or it is being asked already.")
        messages.warning(request, told % {"outlet": row.outlet})
    except FetchError as fault:
        messages.warning(request, f"{row.outlet}: {fault.message} {fault.remedy}")
    else:
        messages.success(request, came(row, tally))
    return HttpResponseRedirect(address)


def came(row: SourceRow, tally: Tally) -> str:
    """What one question brought, in words."""
    outlet = {"outlet": row.outlet}
    if tally.failures:
        return tally.failures[0]
    if tally.unchanged:
        return gettext("%(outlet)s was asked again: nothing has changed since the last time.") % outlet
    if not tally.new and not tally.changed:
        return gettext("%(outlet)s was asked again: it answers, and all that it lists is here already.") % outlet
    told = ngettext(
        "%(outlet)s was asked again: %(num)s new article.",
        "%(outlet)s was asked again: %(num)s new articles.",
        tally.new,
    )
    return told % {**outlet, "num": tally.new}


@owners_act
def find(request, number: int):
    """Look on an outlet's front page for the address where its articles are found now."""
    row = source_or_404(request, number)
    outlet = outlet_or_404(request, row.outlet_id)
    home = outlet.home_url or addresses.front(row.url)
    try:
        found = looking.look(options.load(), home, Wish(allow_private=row.allow_private, user_agent=row.user_agent))
    except (AddError, FetchError, looking.Busy) as fault:
        return done(request, sentence(fault), back(request))
    if found.door.url == row.url:
        told = gettext("The front page still names the address that %(outlet)s is read at.") % {"outlet": row.outlet}
        return done(request, told, back(request))
    context = {"here": None, "source": row, "outlet": outlet, "found": found}
    return shown(request, "owner_found.html", **context)


@owners_act
def move(request, number: int):
    """Read an outlet at another address from now on."""
    row, url = source_or_404(request, number), given(request, "url", 2000)
    kind = given(request, "kind", 20)
    if not readable(url) or kind not in ("feed", "sitemap", "listing"):
        return done(request, gettext("Enter an address that begins with http:// or https://."), back(request))
    private = row.allow_private and editing.same_place(row.url, url)
    try:
        editing.edit_source(number, by(request), url=url, kind=kind, allow_private=private)
    except ValueError:
        return done(request, gettext("Another source of this outlet is read at this address."), back(request))
    return tested(request, row.id, addresses.SOURCES)


@owners_act
def slower(request, number: int):
    """Ask a source half as often, and every half hour at most."""
    row = source_or_404(request, number)
    wait = max(SLOWEST_STEP, min(row.interval * 2, 86400.0))
    editing.edit_source(number, by(request), interval=wait)
    told = gettext("%(outlet)s is asked every %(interval)s from now on.")
    return done(request, told % {"outlet": row.outlet, "interval": times.span(wait)}, back(request))


@owners_act
def delete(request, number: int):
    """Take an outlet away, with its articles or without; its name must be typed."""
    outlet = outlet_or_404(request, number)
    if given(request, "confirm", 200).casefold() != outlet.name.casefold():
        wrong = {"confirm": gettext("Type the name as it stands above, to be sure that it is this one.")}
        return shown_outlet(request, outlet, 422, errors=wrong)
    whole = given(request, "articles", 10) == "delete"
    gone = editing.delete(number, whole, by(request))
    if whole:
        told = ngettext("%(outlet)s and its %(num)s article were deleted.",
                        "%(outlet)s and its %(num)s articles were deleted.", gone)  # fmt: skip
    else:
        told = gettext("%(outlet)s is read no longer. Its articles stay.")
    return done(request, told % {"outlet": outlet.name, "num": gone}, addresses.SOURCES)


@owners_act
def remove_demo(request):
    """Delete the invented outlets with their articles, by one press."""
    invented = [outlet for outlet in store_sources.outlets() if outlet.demo]
    for outlet in invented:
        editing.delete(outlet.id, True, by(request))
    told = ngettext(
        "%(num)s invented outlet and its articles were removed.",
        "%(num)s invented outlets and their articles were removed.",
        len(invented),
    )
    return done(request, told % {"num": len(invented)}, addresses.SOURCES)


def back(request) -> str:
    """The owner's page that a button stands on: the outlet's own, else the list."""
    place = given(request, "back", 40)
    return addresses.run("outlet", int(place)) if place.isdecimal() and len(place) < 19 else addresses.SOURCES
