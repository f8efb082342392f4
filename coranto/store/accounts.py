"""Accounts of the people who use this site: make, list, change, remove. Signing in is the web's; habits are `reads`.

The tables are Django's own, so open the store with `web=True` before.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from coranto.store.database import value as value_of
from coranto.store.errors import StoreError


@dataclass(frozen=True, slots=True)
class Account:
    """Who may sign in. `owner` may change outlets, accounts and articles."""

    id: int
    name: str
    owner: bool
    joined: datetime
    last_seen: datetime | None


def first_user(name: str) -> str | None:
    """Make the first account, an owner, and return its new password; None where there are accounts already."""
    if model().objects.exists():
        return None
    password = secrets.token_urlsafe(12)
    add(name, password, owner=True)
    return password


def add(name: str, password: str, owner: bool = False) -> Account:
    """Make an account. Raises `StoreError` where the name is taken or no name, or the password is too weak."""
    from django.core.exceptions import ValidationError

    user = model()(username=name, is_staff=owner, is_superuser=owner)
    try:
        user.clean_fields(exclude=["password"])
    except ValidationError as error:
        raise StoreError(f"{name!r} cannot be a user name.", " ".join(error.messages)) from None
    check_password(password, user)
    user.set_password(password)
    if model().objects.filter(username__iexact=name).exists():
        raise StoreError(f"There is an account {name} already.", "Choose another name.")
    user.save()
    return value(user)


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


def remove(name: str) -> None:
    """Remove the account with everything that is its own: what it follows and what it read. The last owner stays."""
    user = found(name)
    if user.is_superuser and model().objects.filter(is_superuser=True).count() == 1:
        raise StoreError(f"{name} is the only owner.", "Make another first: coranto user add NAME --owner")
    user.delete()


def found(name: str):
    user = model().objects.filter(username__iexact=name).first()
    if user is None:
        raise StoreError(f"There is no account {name}.", "See who there is: coranto user list")
    return user


def may_read(user: int) -> bool:
    """Whether an account has the right to whole texts; one without a row was made by the owner and has it."""
    found = value_of("SELECT full_text FROM access WHERE user_id = %s", (user,))
    return found is None or bool(found)


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
