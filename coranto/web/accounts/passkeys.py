"""Passkeys: where they can be used, and the questions that the browser answers with one.

allauth checks the answers. Its own scripts are not used: `static/passkeys.js` asks in the browser's own words, and
asks the server by POST, so that looking at a page never sets a cookie.
"""

from __future__ import annotations

import struct
from functools import wraps

from allauth.account.decorators import reauthentication_required
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.webauthn.internal import auth
from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import JsonResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from coranto.web.proxies import address


class SecondFactor(DefaultMFAAdapter):
    """allauth's adapter, with this site's name and names for keys."""

    def _get_site_name(self):
        return settings.SITE_NAME

    def generate_authenticator_name(self, user, type):
        return gettext("Passkey")


def possible(request) -> bool:
    """Whether a browser would make a passkey here: over TLS or on localhost, and for a name, never for a bare
    address."""
    host = request.get_host().rpartition(":")[0] or request.get_host()
    named = address(host.strip("[]")) is None
    return named and (request.is_secure() or host == "localhost" or host.endswith(".localhost"))


def answered(view):
    """A view of allauth's that reads a passkey's answer, which anybody can write: one that makes no sense is a 400."""

    @wraps(view)
    def read(request, *given, **named):
        try:
            return view(request, *given, **named)
        except (LookupError, AttributeError, TypeError, ValueError, struct.error) as error:
            if request.method != "POST" or "credential" not in request.POST:
                raise
            raise BadRequest(gettext("This is no answer of a passkey.")) from error

    return read


@require_POST
@ratelimit.decorator(app="allauth.mfa", action="webauthn_login")
def sign_in_options(request):
    """What the browser is asked for when somebody wants to sign in with a passkey; the same for everybody."""
    return JsonResponse({"options": auth.begin_authentication(user=None)["publicKey"]})


@require_POST
@reauthentication_required(app="allauth.mfa")
def add_options(request):
    """What the browser is asked for when an account gets a new passkey."""
    return JsonResponse({"options": auth.begin_registration(request.user, True)["publicKey"]})
