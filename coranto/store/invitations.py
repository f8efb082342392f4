"""Invitations: a link by which one person makes an account with the right to whole texts.

The link holds a secret that is told once; the store keeps its BLAKE2b digest.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from coranto.store import accounts, times
from coranto.store.database import row, rows, run
from coranto.store.errors import StoreError
from coranto.store.times import DAY, moment

OPEN_DAYS = 14


@dataclass(frozen=True, slots=True)
class Invitation:
    """`id` names it to the owner and opens nothing. `used_by` is the account that was made with it."""

    id: str
    note: str
    by: str
    made: datetime
    until: datetime
    used_by: str | None
    is_open: bool


def invite(by: str, note: str = "") -> str:
    """Make an invitation in the name of the account `by`; its secret, which is told nowhere else."""
    secret = secrets.token_urlsafe(24)
    now = times.now()
    run(
        "INSERT INTO invitation (digest, note, by, made, until) VALUES (%s, %s, %s, %s, %s)",
        (digest(secret), note.strip()[:200], by, now, now + OPEN_DAYS * DAY),
    )
    return secret


def listed() -> list[Invitation]:
    """All invitations, the newest first; those that ended unused are kept as long as they were open."""
    return [value(each) for each in rows(f"{SELECT} ORDER BY i.made DESC, i.digest")]


def revoke(ident: str) -> bool:
    """End an open invitation; False where there is none of that id."""
    return run("DELETE FROM invitation WHERE digest = %s AND used_by_id IS NULL", (ident,)) == 1


def opened_by(secret: str) -> Invitation | None:
    """The open invitation of this secret."""
    found = row(f"{SELECT} WHERE i.digest = %s", (digest(secret),))
    return value(found) if found and value(found).is_open else None


def accept(secret: str, name: str, password: str) -> accounts.Account:
    """Make the account that the secret's invitation is for, and use it up. Of two at once, one succeeds. Raises
    `StoreError` as `accounts.add`, and where the invitation is not open."""
    from django.db import transaction

    from coranto.store.models import Invitation as Kept

    with transaction.atomic():
        kept = Kept.objects.select_for_update().filter(
            digest=digest(secret), used_by=None, until__gt=times.now()
        ).first()  # fmt: skip
        if kept is None:
            raise StoreError("The invitation is used or over.", "Ask for another.")
        account = accounts.add(name, password)
        kept.used_by_id = account.id
        kept.save(update_fields=["used_by"])
    return account


def drop_over(at: int) -> int:
    """Forget invitations that ended unused some time ago."""
    return run("DELETE FROM invitation WHERE used_by_id IS NULL AND until < %s", (at - OPEN_DAYS * DAY,))


SELECT = (
    "SELECT i.digest, i.note, i.by, i.made, i.until, u.username FROM invitation i LEFT JOIN auth_user u ON"
    " u.id = i.used_by_id"
)


def value(found: tuple) -> Invitation:
    ident, note, by, made, until, used_by = found
    return Invitation(
        ident, note, by, moment(made), moment(until), used_by, used_by is None and until > times.now()
    )  # fmt: skip


def digest(secret: str) -> str:
    return blake2b(secret.encode("utf-8", "replace"), digest_size=32).hexdigest()
