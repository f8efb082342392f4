"""How a view asks: for whom, from which place in a list, and what it answers where the store found nothing."""

from __future__ import annotations

from django.http import Http404

from coranto.store import sources
from coranto.web import shell
from coranto.web.rights import present, reader_account

BIGGEST, DIGITS = 2**63 - 1, 19


def account_id(request) -> int | None:
    """The signed-in account's id, or None."""
    account = reader_account(request)
    return account.pk if account else None


def whose(request) -> dict:
    """For lists that keep to what a reader follows: the account's id and the outlets it chose, None for all."""
    user = account_id(request)
    return {"user": user, "follows": sources.followed(user) if user else None}


def unread(request) -> dict:
    """For lists that a signed-in reader may narrow to what is unread: `unread` where the address asks for it."""
    return {"unread": True} if "unread" in request.GET and account_id(request) is not None else {}


def without_copies(request) -> bool:
    """Whether the reader wants no copies in lists: an account by its own wish, others by this device's cookie."""
    if account_id(request) is not None:
        return present().without_copies
    return shell.Look.read(request.COOKIES.get(shell.LOOK_COOKIE, "")).without_copies


def narrowed(request) -> dict:
    """For lists in which copies stand: what of them the reader does not want to see."""
    return unread(request) | ({"own": True} if without_copies(request) else {})


def cursor(request) -> str | None:
    """The place in a list that the address names; the store refuses one that it did not make."""
    return request.GET.get("from") or None


def found_or_404(value):
    """`value`, unless the store found nothing."""
    if value is None:
        raise Http404
    return value


def known_number(number: str) -> int:
    """A number of an address; one that no row can bear is nowhere."""
    if len(number) > DIGITS or not 0 < int(number) <= BIGGEST:
        raise Http404
    return int(number)
