"""Making an account: by an invitation, or by oneself where SIGNUP is open.

Who signs up by themselves says the name they wish and gets it with four figures behind it, so that no answer tells
which names are taken. The name travels signed between the two steps; nothing is kept before there is an account.
"""

from __future__ import annotations

import re
import secrets

from allauth.account.utils import perform_login
from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core import signing
from django.core.exceptions import ValidationError
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from coranto.store import StoreError, accounts, invitations
from coranto.web import addresses, errors

WISH = re.compile(r"[\w.-]{2,30}")
WITHIN = 3600
SALT = "sign-up"


@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request):
    """Two steps on one address: the name that is wished, then the name that is given, with a password."""
    if settings.SIGNUP != "open":
        return closed(request)
    if request.method != "POST":
        return show(request, "wish")
    if not ratelimit.consume(request, app="allauth.account", action="signup"):
        return errors.too_many(request)
    if "name" not in request.POST:
        wish = request.POST.get("wish", "").strip()
        if not WISH.fullmatch(wish):
            return show(request, "wish", wish=wish, fault=("wish", ill_formed()))
        return show(request, "name", name=given_name(wish))
    try:
        name = signing.TimestampSigner(salt=SALT).unsign(request.POST["name"], max_age=WITHIN)
    except signing.BadSignature:
        return show(request, "wish", fault=("wish", gettext("That took longer than an hour. Begin again.")))
    return made(request, name, lambda password: accounts.add(name, password, full_text=False), step="name")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invited(request, secret: str):
    """Where the link of an invitation leads: a name and a password make the account, once."""
    if invitations.opened_by(secret) is None:
        says = gettext(
            "It was used, it is over, or its address is cut short. Ask the people who run this site for another."
        )
        return errors.page(request, 404, gettext("This invitation is not open"), says)
    if request.method != "POST":
        return show(request, "invited")
    name = request.POST.get("username", "").strip()
    return made(request, name, lambda password: invitations.accept(secret, name, password), step="invited")


def made(request, name: str, make, step: str):
    """The account, made by `make` from a password and signed in; or the form again with what is wrong."""
    password, again = request.POST.get("password", ""), request.POST.get("again", "")
    fault = wrong_name(name) if step == "invited" else None
    fault = fault or wrong_password(name, password, again)
    if fault:
        return show(request, step, name=name, fault=fault)
    try:
        account = make(password)
    except StoreError:
        return show(request, step, name=name, fault=("username", gettext("This did not work. Choose another name.")))
    user = get_user_model().objects.get(pk=account.id)
    return perform_login(request, user, redirect_url=addresses.ACCOUNT)


def wrong_name(name: str) -> tuple[str, str] | None:
    """What is wrong with a name that somebody invited chose."""
    if not WISH.fullmatch(name):
        return "username", ill_formed()
    if accounts.is_taken(name):
        return "username", gettext("This name is taken. Choose another.")
    return None


def ill_formed() -> str:
    return gettext("Use 2 to 30 letters, figures, dots or dashes.")


def wrong_password(name: str, password: str, again: str) -> tuple[str, str] | None:
    """What is wrong with a password that was typed twice."""
    if password != again:
        return "again", gettext("The two passwords differ.")
    try:
        validate_password(password, get_user_model()(username=name))
    except ValidationError as error:
        return "password", " ".join(error.messages)
    return None


def given_name(wish: str) -> str:
    """The wish with four figures behind it that nobody has."""
    while True:
        name = f"{wish}-{secrets.randbelow(10_000):04d}"
        if not accounts.is_taken(name):
            return name


def show(request, step: str, wish: str = "", name: str = "", fault: tuple[str, str] | None = None):
    """The form of a step; `fault` names a field and says what is wrong with it."""
    context = {
        "current": None, "step": step, "wish": wish, "name": name, "fault": fault,
        "signed": signing.TimestampSigner(salt=SALT).sign(name) if step == "name" else "",
    }  # fmt: skip
    return render(request, "join.html", context, using="pages")


def closed(request):
    """Where nobody signs up by themselves, the page says so and who gives accounts."""
    says = gettext("Accounts are given by the people who run this site. Ask them for an invitation.")
    return errors.page(request, 403, gettext("Nobody signs up here by themselves"), says)
