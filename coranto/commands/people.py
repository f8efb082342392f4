"""The command for accounts: user add, invite, list, passwd, one-factor, remove."""

from __future__ import annotations

import argparse
import getpass
import secrets
import sys
from dataclasses import asdict

from coranto.commands import NOTHING, OK, Command, CommandError, opened, say
from coranto.commands.terminal import ago, as_json, table
from coranto.settings import Settings


def arguments(parser: argparse.ArgumentParser) -> None:
    actions = ("add", "invite", "list", "passwd", "one-factor", "remove")
    parser.add_argument("action", choices=actions, help="what to do")
    parser.add_argument("name", nargs="?", help="the account's name (not for invite and list)")
    parser.add_argument("--owner", action="store_true", help="add: may change outlets, accounts and articles")
    parser.add_argument("--note", default="", help="invite: whom the invitation is for, in your words")
    parser.add_argument("--make-password", action="store_true", help="make a random password and print it")
    parser.add_argument("--json", action="store_true", help="list: print JSON")


def run(options: argparse.Namespace) -> int:
    if options.action not in ("invite", "list") and not options.name:
        raise CommandError(
            f"user {options.action} wants a name.", f"For example: coranto user {options.action} anna", 2
        )
    settings = opened(options, web=True)
    from coranto.store import accounts, sign_ins

    if options.action == "invite":
        return invite(settings, options.note)
    if options.action == "list":
        return show(accounts.listed(), options.json)
    if options.action == "remove":
        accounts.remove(options.name)
        say(f"Removed {options.name}")
        return OK
    if options.action == "one-factor":
        account = accounts.named(options.name)
        gone = sign_ins.drop_factors(account.id)
        say(f"{account.name} signs in by password alone, and was signed out everywhere ({gone} apps and passkeys went)")
        return OK
    password = secrets.token_urlsafe(12) if options.make_password else ask()
    if options.action == "add":
        accounts.add(options.name, password, options.owner)
        say(f"Added {options.name}")
    else:
        accounts.set_password(options.name, password)
        say(f"Changed the password of {options.name}")
    if options.make_password:
        say(f"Password: {password}")
    return OK


def invite(settings: Settings, note: str) -> int:
    """Print the link by which one person makes an account. Its secret is kept nowhere."""
    from coranto.store import invitations

    secret = invitations.invite("the command line", note)
    say(
        f"{settings.site_url}/account/invited/{secret}",
        f"One person makes an account with it, within {invitations.OPEN_DAYS} days. It is shown this once.",
    )
    return OK


def ask() -> str:
    """A password: typed twice on a terminal, else the first line of standard input."""
    if not sys.stdin.isatty():
        password = sys.stdin.readline().rstrip("\r\n")
        if not password:
            raise CommandError("There is no password on standard input.", "Pipe one in, or use --make-password")
        return password
    password = getpass.getpass("Password: ")
    if getpass.getpass("Once more: ") != password:
        raise CommandError("The two passwords differ.", "Try again")
    return password


def show(found: list, json: bool) -> int:
    if json:
        as_json([asdict(account) for account in found])
    else:
        rows = [(a.name, "owner" if a.owner else "reader", a.joined.date(), ago(a.last_seen)) for a in found]
        table(("name", "role", "since", "signed in"), rows)
    return OK if found else NOTHING


COMMANDS = (
    Command(
        "user",
        "Accounts: add, invite (print a link to make one), list, passwd (change the password), one-factor (take"
        " away the app and the passkeys of somebody who lost them), remove.",
        (
            "coranto user add anna",
            "echo 'a long password' | coranto user add anna --owner",
            "coranto user invite --note 'Ben, from work'",
            "coranto user passwd anna --make-password",
            "coranto user one-factor anna",
            "coranto user list --json",
        ),
        arguments,
        run,
    ),
)
