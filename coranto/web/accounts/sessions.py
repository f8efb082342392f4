"""Who is signed in: sessions and accounts in Django's own tables, each looked up by one plain statement.

Every page of a signed-in reader asks, and Django takes longer to put its question together than the database to answer.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.sessions.backends import base, db
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from coranto.store import accounts, sign_ins


class SessionStore(db.SessionStore):
    """A session, as Django's `db` keeps it."""

    def load(self) -> dict:
        """What the session holds; nothing, and no key, where it is over or never was. A key that no session can have
        is not asked for: a cookie may hold what the database refuses, such as NUL."""
        may_be = set(self.session_key) <= set(base.VALID_KEY_CHARS)
        held = sign_ins.held_in(self.session_key) if may_be else None
        if held is None:
            self._session_key = None
            return {}
        return self.decode(held)


class SignedIn(AuthenticationMiddleware):
    """Middleware: gives each request its user, asked for when it is first needed."""

    def process_request(self, request) -> None:
        """As Django's."""
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: user_of(request))


def user_of(request):
    """The active user whom the session names and whose password it was begun with. Whatever else a session may hold is
    for Django to judge."""
    session = request.session
    known = str(session.get(auth.SESSION_KEY, ""))
    found = accounts.known_by(int(known)) if known.isdecimal() and len(known) < 19 else None
    if found and session.get(auth.BACKEND_SESSION_KEY) in settings.AUTHENTICATION_BACKENDS:
        user = auth.get_user_model().from_db("default", tuple(found), tuple(found.values()))
        begun_with = session.get(auth.HASH_SESSION_KEY, "")
        if user.is_active and constant_time_compare(begun_with, user.get_session_auth_hash()):
            return user
    return auth.get_user(request)
