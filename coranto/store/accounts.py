"""Accounts of the people who use this site: make, list, change, remove. Signing in is the web's; habits are `reads`,
invitations `invitations`, sessions and second factors `sign_ins`.

The tables are Django's own, so open the store with `web=True` before.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import datetime

from coranto.store import changes, outlets, reads
from coranto.store.database import row, rows, run, scrubbing
from coranto.store.errors import StoreError


@dataclass(frozen=True, slots=True)
class Account:
    """Who may sign in. `owner` may change outlets, accounts and articles."""

    id: int
    name: str
    owner: bool
    joined: datetime
    last_seen: datetime | None


@dataclass(frozen=True, slots=True)
class Access:
    """What an account may and wants. `full_text`: whole texts; those who signed up by themselves have not that right.
    `time_zone`: a zone's name, '' for the site's. `shortcuts`: whether keys do something. `without_copies`: whether
    lists leave copies out."""

    full_text: bool = True
    time_zone: str = ""
    shortcuts: bool = True
    without_copies: bool = False


def access(user: int) -> Access:
    """What the account of this id may and wants."""
    found = row("SELECT full_text, time_zone, shortcuts, without_copies FROM access WHERE user_id = %s", (user,))
    return Access(bool(found[0]), found[1], bool(found[2]), bool(found[3])) if found else Access()


def known_by(user: int) -> dict[str, object] | None:
    """What Django's user of this id is known by, under the names of its fields and in their order; None where there is
    none."""
    names = "id, password, is_superuser, username, is_staff, is_active"
    found = row(f"SELECT {names} FROM auth_user WHERE id = %s", (user,))
    if found is None:
        return None
    ident, password, superuser, username, staff, active = found
    return {
        "id": ident, "password": password, "is_superuser": bool(superuser), "username": username,
        "is_staff": bool(staff), "is_active": bool(active),
    }  # fmt: skip


def set_access(user: int, **changes) -> Access:
    """Change some of what the account may and wants; all of it as it is then."""
    wanted = replace(access(user), **changes)
    run(
        "INSERT INTO access (user_id, full_text, time_zone, shortcuts, without_copies) VALUES (%s, %s, %s, %s, %s)"
        " ON CONFLICT (user_id) DO UPDATE SET full_text = excluded.full_text, time_zone = excluded.time_zone,"
        " shortcuts = excluded.shortcuts, without_copies = excluded.without_copies",
        (user, wanted.full_text, wanted.time_zone, wanted.shortcuts, wanted.without_copies),
    )
    return wanted


def first_user(name: str) -> str | None:
    """Make the first account, an owner, and return its new password; None where there are accounts already."""
    if model().objects.exists():
        return None
    password = secrets.token_urlsafe(12)
    add(name, password, owner=True)
    return password


def add(name: str, password: str, owner: bool = False, full_text: bool = True) -> Account:
    """Make an account. Raises `StoreError` where the name is taken or no name, or the password is too weak."""
    from django.core.exceptions import ValidationError
    from django.db import transaction

    from coranto.store.models import Access as Kept

    user = model()(username=name, is_staff=owner, is_superuser=owner)
    try:
        user.clean_fields(exclude=["password"])
    except ValidationError as error:
        raise StoreError(f"{name!r} cannot be a user name.", " ".join(error.messages)) from None
    check_password(password, user)
    user.set_password(password)
    if is_taken(name):
        raise StoreError(f"There is an account {name} already.", "Choose another name.")
    with transaction.atomic():
        user.save()
        if not full_text:
            Kept.objects.create(user=user, full_text=False)
    return value(user)


def is_taken(name: str) -> bool:
    """Whether an account bears the name, in whatever capitals."""
    return model().objects.filter(username__iexact=name).exists()


def listed() -> list[Account]:
    return [value(user) for user in model().objects.order_by("username")]


def named(name: str) -> Account:
    """The account of that name. Raises `StoreError` where there is none."""
    return value(found(name))


def set_password(name: str, password: str) -> None:
    user = found(name)
    check_password(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])


def set_email(user: int, email: str) -> None:
    """The address that the account may sign in with, too; '' for none. Raises `StoreError` where it is none."""
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    try:
        if email:
            validate_email(email)
    except ValidationError as error:
        raise StoreError(f"{email!r} is no e-mail address.", " ".join(error.messages)) from None
    model().objects.filter(pk=user).update(email=email.lower())


def is_last_owner(name: str) -> bool:
    return found(name).is_superuser and model().objects.filter(is_superuser=True).count() == 1


def remove(name: str) -> None:
    """Remove the account with everything that is its own: private outlets with their articles, what it follows, read,
    marked and said, its sessions and second factors; also from the pages of the file that were freed. The last owner
    stays."""
    from django.db import transaction

    from coranto.store import sign_ins

    user = found(name)
    if is_last_owner(name):
        raise StoreError(f"{name} is the only owner.", "Make another first: coranto user add NAME --owner")
    with scrubbing():
        for (outlet,) in rows("SELECT id FROM outlet WHERE private_to_id = %s", (user.pk,)):
            outlets.delete_outlet(outlet, with_articles=True)
        changes.forget_private(user.pk)
        reads.forget(f"user:{user.pk}")
    with sign_ins.scrubbing_django():
        sign_ins.end_all(user.pk)
        with transaction.atomic():
            user.delete()


def found(name: str):
    user = model().objects.filter(username__iexact=name).first()
    if user is None:
        raise StoreError(f"There is no account {name}.", "See who there is: coranto user list")
    return user


def check_password(password: str, user) -> None:
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    try:
        validate_password(password, user)
    except ValidationError as error:
        raise StoreError("The password is too weak.", " ".join(error.messages)) from None
    if len(password) < 8:
        raise StoreError("The password is too short.", "Use 8 characters or more.")


def value(user) -> Account:
    return Account(user.pk, user.get_username(), user.is_superuser, user.date_joined, user.last_login)


def model():
    from django.contrib.auth import get_user_model

    return get_user_model()
