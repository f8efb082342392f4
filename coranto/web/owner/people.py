"""Accounts: who has one, who may read whole texts, invitations, and taking an account away."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext

from coranto.store import StoreError, accounts, editing, invitations
from coranto.web import addresses
from coranto.web.asking import found_or_404
from coranto.web.owner.only import by, done, given, owners_act, owners_page, shown, ticked
from coranto.web.rights import reader_account


@owners_page
def page(request):
    """All accounts and the invitations that are open."""
    return shown_people(request)


def shown_people(request, link: str = "", errors: dict | None = None, status: int = 200):
    """The page; `link` is a new invitation's, which is shown this once."""
    people = [(one, accounts.access(one.id), accounts.is_last_owner(one.name)) for one in accounts.listed()]
    context = {
        "here": "accounts",
        "people": people,
        "invitations": [one for one in invitations.listed() if one.is_open],
        "link": link,
        "me": reader_account(request).pk,
        "errors": errors or {},
    }
    return shown(request, "owner_people.html", status, **context)


@owners_act
def invite(request):
    """Make an invitation; its link stands on the answer and nowhere else."""
    note = given(request, "note", 200)
    secret = invitations.invite(by(request), note)
    editing.written_down("invite", by(request), note=note)
    return shown_people(request, link=settings.SITE_URL + addresses.invited(secret))


@owners_act
def revoke(request):
    """End an open invitation."""
    if not invitations.revoke(given(request, "invitation", 64)):
        return done(request, gettext("This invitation is not open any more."), addresses.PEOPLE)
    editing.written_down("revoke", by(request))
    return done(request, gettext("The invitation is no longer open."), addresses.PEOPLE)


def account_or_404(number: int) -> accounts.Account:
    return found_or_404(next((one for one in accounts.listed() if one.id == number), None))


@owners_act
def full_text(request, number: int):
    """Give an account the right to whole texts, or take it."""
    account, may = account_or_404(number), ticked(request, "may")
    accounts.set_access(number, full_text=may)
    editing.written_down("full text", by(request), account=account.name, may=may)
    if may:
        return done(request, gettext("%(name)s may read whole texts.") % {"name": account.name}, addresses.PEOPLE)
    told = gettext("%(name)s reads headlines, leads and links from now on.")
    return done(request, told % {"name": account.name}, addresses.PEOPLE)


@owners_act
def remove(request, number: int):
    """Take an account away with all that is its own; its name must be typed."""
    account = account_or_404(number)
    if given(request, "confirm", 150) != account.name:
        wrong = {f"confirm-{number}": gettext("Type the name as it stands here, to be sure that it is this one.")}
        return shown_people(request, errors=wrong, status=422)
    try:
        accounts.remove(account.name)
    except StoreError as fault:
        return done(request, fault.message, addresses.PEOPLE)
    editing.written_down("remove account", by(request), account=account.name)
    told = gettext("The account %(name)s is gone, with what it read, kept and followed.")
    return done(request, told % {"name": account.name}, addresses.PEOPLE)
