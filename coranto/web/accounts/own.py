"""The reader's own page: how they are named and reached, their clock and keys, how they sign in, what is kept, and the
end of it all.
"""

from __future__ import annotations

import re

from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coranto.store import StoreError, accounts, sign_ins
from coranto.web import addresses, clock, errors, rights
from coranto.web.accounts import passkeys

BROWSERS = ("Edg", "OPR", "Vivaldi", "Firefox", "Chrome", "Safari")
NAMES = {"Edg": "Edge", "OPR": "Opera"}
SYSTEMS = ("iPhone", "iPad", "Android", "Windows", "Mac OS X", "CrOS", "Linux")


@never_cache
@login_required
@require_safe
def page(request):
    """Everything about the account on one page."""
    user = request.user
    context = {
        "current": None,
        "email": user.email,
        "wants": rights.present(),
        "zones": clock.zones(),
        "site_zone": settings.TIME_ZONE,
        "factors": sign_ins.factors(user.pk),
        "passkeys_possible": passkeys.possible(request),
        "sessions": sign_ins.sessions(user.pk, request.session.session_key),
        "browser": browser,
        "last_owner": accounts.is_last_owner(user.get_username()),
    }
    return render(request, "account.html", context, using="pages")


@login_required
@require_POST
def save(request):
    """E-mail, time zone, keyboard and copies."""
    zone = request.POST.get("time_zone", "")
    if zone and zone not in clock.zones():
        messages.error(request, gettext("There is no such time zone."))
        return HttpResponseRedirect(addresses.ACCOUNT)
    try:
        accounts.set_email(request.user.pk, request.POST.get("email", "").strip())
    except StoreError:
        messages.error(request, gettext("This is no e-mail address, so nothing was saved."))
        return HttpResponseRedirect(addresses.ACCOUNT)
    wants = {name: name in request.POST for name in ("shortcuts", "without_copies")}
    accounts.set_access(request.user.pk, time_zone=zone, **wants)
    messages.success(request, gettext("Saved."))
    return HttpResponseRedirect(addresses.ACCOUNT)


@login_required
@require_POST
def end_session(request):
    """Sign out where one session is."""
    number = request.POST.get("session", "")
    if number.isdecimal() and len(number) < 19 and sign_ins.end(request.user.pk, int(number)):
        messages.success(request, gettext("Signed out there."))
    return HttpResponseRedirect(addresses.ACCOUNT)


@login_required
@require_POST
def end_other_sessions(request):
    """Sign out everywhere but here."""
    ended = sign_ins.end_others(request.user.pk, request.session.session_key)
    said = ngettext("Signed out on %(num)s other device.", "Signed out on %(num)s other devices.", ended)
    messages.success(request, said % {"num": ended})
    return HttpResponseRedirect(addresses.ACCOUNT)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request):
    """The account goes with all that is its own, after its password was given once more."""
    user = request.user
    name = user.get_username()
    context = {"current": None, "fault": "", "last_owner": accounts.is_last_owner(name)}
    if request.method != "POST" or context["last_owner"]:
        return render(request, "account_delete.html", context, using="pages")
    if not ratelimit.consume(request, app="allauth.account", action="reauthenticate"):
        return errors.too_many(request)
    if not user.check_password(request.POST.get("password", "")):
        context["fault"] = gettext("This is not your password.")
        return render(request, "account_delete.html", context, using="pages")
    logout(request)
    accounts.remove(name)
    says = gettext("With it went what it read, kept and said here. In backups it stays until those are deleted.")
    return errors.page(request, 200, gettext("Your account is gone"), says)


@require_safe
def forgotten(request):
    """What to do about a forgotten password: this site sends no mail, so a person helps."""
    context = {"current": None, "contact": settings.CONTACT}
    return render(request, "forgotten.html", context, using="pages")


def browser(agent: str) -> str:
    """'Firefox, Linux': what a person recognises in a user agent; its beginning where nothing is."""
    name = next((name for name in BROWSERS if re.search(rf"\b{name}\w*/", agent)), None)
    system = next((system for system in SYSTEMS if system in agent), None)
    words = [NAMES.get(name, name), system.removesuffix(" OS X") if system else None]
    return ", ".join(word for word in words if word) or agent[:40]
