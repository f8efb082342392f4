"""The commands, one module a group: each is its words for `--help`, its arguments, and a few lines that call a room.

Modules here import other rooms only inside the commands, so that `coranto --help` and `coranto extract` start quickly
and work from the base installation.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass

from coranto.settings import Settings, load

OK = 0
FAILED = 1
USAGE = 2
NOTHING = 3
PARTLY = 4
INTERRUPTED = 130


class CommandError(Exception):
    """A command cannot do what was asked: one message, one remedy, and the exit code that goes with them."""

    def __init__(self, message: str, remedy: str = "", code: int = FAILED):
        super().__init__(f"{message} {remedy}".strip())
        self.message = message
        self.remedy = remedy
        self.code = code


@dataclass(frozen=True)
class Command:
    """`run` gets the parsed options and returns an exit code; `arguments` adds what it takes to its parser."""

    name: str
    summary: str
    examples: tuple[str, ...]
    arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


def settings_of(options: argparse.Namespace) -> Settings:
    """The settings of the data folder that `--data` or the environment names."""
    return load(getattr(options, "data", None))


def opened(options: argparse.Namespace, web: bool = False, must_exist: bool = True) -> Settings:
    """The settings, with the store opened and found fit for use (or, with `must_exist` off, only set up)."""
    settings = settings_of(options)
    if must_exist and not settings.database_url and not settings.data.is_dir():
        raise CommandError(
            f"There is no data folder {settings.data}.", "Make it with: coranto init" + data_words(options)
        )
    try:
        from coranto import store

        store.open(settings, web=web)
    except ModuleNotFoundError as missing:
        raise needs_site(missing) from None
    if must_exist:
        store.ready()
    return settings


def data_words(options: argparse.Namespace) -> str:
    given = getattr(options, "data", None)
    return f" --data {given}" if given else ""


def needs_site(missing: ModuleNotFoundError) -> Exception:
    """What to say when a package of the `site` extra is missing; any other missing module is a fault of ours."""
    package = (missing.name or "").partition(".")[0]
    if package == "coranto":
        return missing
    return CommandError(
        f"This command needs the package {package}, which is not installed.",
        "Install it with: pip install 'coranto[site]'",
    )


def say(*lines: str) -> None:
    """Plain lines for people, on standard output."""
    for line in lines:
        print(line, flush=True)


def warn(line: str) -> None:
    """A line about trouble, on standard error."""
    print(line, file=sys.stderr, flush=True)
