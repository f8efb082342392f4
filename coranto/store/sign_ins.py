"""How an account signs in: its sessions on other devices, its second factor and its passkeys; all kept by Django and
allauth in their own tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from coranto.store import database
from coranto.store.database import run, value
from coranto.store.times import moment, now


@dataclass(frozen=True, slots=True)
class Session:
    """A browser that is signed in. `network` is the shortened address it signed in from, `agent` what it says of
    itself."""

    id: int
    began: datetime
    network: str
    agent: str
    current: bool


@dataclass(frozen=True, slots=True)
class Passkey:
    id: int
    name: str
    made: datetime
    used: datetime | None


@dataclass(frozen=True, slots=True)
class Factors:
    """What an account has beside its password. `codes`: recovery codes left, None where it has none."""

    app: bool = False
    codes: int | None = None
    passkeys: tuple[Passkey, ...] = ()


def sessions(user: int, current: str | None) -> list[Session]:
    """The account's sessions that still hold, the newest first; `current` is the key of the one that asks."""
    held = kept(user)
    return [
        Session(each.pk, each.created_at, each.ip, each.user_agent, each.session_key == current)
        for each in sorted(held, key=lambda each: each.created_at, reverse=True)
    ]


def end(user: int, session: int) -> bool:
    """Sign the account out where this session is; False where it has no such session."""
    held = [each for each in kept(user) if each.pk == session]
    for each in held:
        each.end()
    return bool(held)


def end_others(user: int, current: str | None) -> int:
    """Sign the account out everywhere but in the session of this key; how many ended."""
    held = [each for each in kept(user) if each.session_key != current]
    for each in held:
        each.end()
    return len(held)


def end_all(user: int) -> int:
    """Sign the account out everywhere."""
    return end_others(user, None)


def kept(user: int) -> list:
    from allauth.usersessions.models import UserSession
    from django.contrib.auth import get_user_model

    return UserSession.objects.purge_and_list(get_user_model()(pk=user))


def held_in(key: str) -> str | None:
    """What Django keeps in the session of this key, signed by it; None where there is none, or its time is over."""
    sql = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"
    return value(sql, (key, django_time(now())))


def factors(user: int) -> Factors:
    """What the account has beside its password."""
    from allauth.mfa.models import Authenticator

    app, codes, passkeys = False, None, []
    for each in Authenticator.objects.filter(user_id=user).order_by("created_at", "pk"):
        if each.type == Authenticator.Type.TOTP:
            app = True
        elif each.type == Authenticator.Type.RECOVERY_CODES:
            codes = len(each.wrap().get_unused_codes())
        else:
            passkeys.append(Passkey(each.pk, each.wrap().name, each.created_at, each.last_used_at))
    return Factors(app, codes, tuple(passkeys))


def drop_factors(user: int) -> int:
    """Let the account sign in by its password alone, and sign it out everywhere; how many apps and passkeys went."""
    from allauth.mfa.models import Authenticator

    known = factors(user)
    with scrubbing_django():
        Authenticator.objects.filter(user_id=user).delete()
        end_all(user)
    return known.app + len(known.passkeys)


def drop_over(at: int) -> int:
    """Forget sessions whose time is over, and counts of tries; how many sessions went. `at` in microseconds."""
    over = django_time(at)
    gone = run("DELETE FROM django_session WHERE expire_date < %s", (over,))
    run(
        "DELETE FROM usersessions_usersession WHERE NOT EXISTS (SELECT 1 FROM django_session s WHERE s.session_key ="
        " usersessions_usersession.session_key)"
    )
    run("DELETE FROM sign_in_limit WHERE expires < %s", (over,))
    return gone


def django_time(at: int) -> str:
    """A time in microseconds as it compares with those in Django's tables, to the second."""
    return f"{moment(at):%Y-%m-%d %H:%M:%S}+00"


@contextmanager
def scrubbing_django() -> Iterator[None]:
    """As `database.scrubbing`, for what Django deletes by its own connection."""
    from django.db import connection

    if database.postgresql():
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete = ON")
        try:
            yield
        finally:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute("PRAGMA secure_delete = OFF")
