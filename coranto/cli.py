"""The command line: which commands there are, how they are parsed, and the one place where trouble becomes a message.

What a command does stands in `coranto.commands`, one module a group of commands.
"""

from __future__ import annotations

import argparse
import errno
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from coranto import __version__
from coranto.commands import (
    FAILED,
    INTERRUPTED,
    OK,
    USAGE,
    Command,
    CommandError,
    checking,
    demo,
    keeping,
    learning,
    outlets,
    people,
    reading,
    running,
)

COMMANDS: tuple[Command, ...] = (
    *running.COMMANDS,
    *outlets.COMMANDS,
    *reading.COMMANDS,
    *checking.COMMANDS,
    *keeping.COMMANDS,
    *people.COMMANDS,
    *learning.COMMANDS,
    *demo.COMMANDS,
)

EPILOG = """exit codes:
  0  done
  1  failed; one line on standard error says why and what to do
  2  the command line was not understood
  3  there was nothing to do, or nothing was found
  4  done in part: some inputs failed, each named on standard error

The data folder is --data DIR, else CORANTO_DATA, else ./data. Help for one command: coranto COMMAND --help
Settings: docs/settings.md and settings.env in the data folder."""


class Parser(argparse.ArgumentParser):
    """Help that keeps the lines of its examples, and errors in one line."""

    def __init__(self, **options):
        super().__init__(formatter_class=argparse.RawDescriptionHelpFormatter, **options)

    def error(self, message: str):
        self.exit(USAGE, f"coranto: {message}. See: {self.prog} --help\n")


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    top = Parser(prog="coranto", description="A self-hosted news site: outlets in, pages out.", epilog=EPILOG)
    top.add_argument("--version", action="version", version=f"coranto {__version__}")
    top.add_argument("--data", type=Path, metavar="DIR", default=argparse.SUPPRESS, help="the data folder")
    groups = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in COMMANDS:
        examples = "examples:\n" + "\n".join(f"  {line}" for line in command.examples)
        sub = groups.add_parser(command.name, help=command.summary, description=command.summary, epilog=examples)
        sub.add_argument("--data", type=Path, metavar="DIR", default=argparse.SUPPRESS, help="the data folder")
        command.arguments(sub)
        sub.set_defaults(command=command)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code. Expected trouble is one line on standard error and never a traceback."""
    options = parser().parse_args(arguments)
    try:
        return options.command.run(options)
    except KeyboardInterrupt:
        print("coranto: stopped", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 128 + signal.SIGPIPE
    except Exception as error:
        told = explained(error)
        if told is None:
            raise
        print(f"coranto: {told[0]}", file=sys.stderr)
        return told[1]


def explained(error: Exception) -> tuple[str, int] | None:
    """The line and the exit code for trouble that is expected; None for a fault of ours, which keeps its traceback."""
    if isinstance(error, CommandError):
        return sentence(error.message, error.remedy), error.code
    if hasattr(error, "message") and hasattr(error, "remedy"):
        return sentence(str(error.message), str(error.remedy)), FAILED
    if isinstance(error, OSError) and error.errno is not None:
        return system_trouble(error), FAILED
    return None


def sentence(message: str, remedy: str) -> str:
    parts = (" ".join(part.split()) for part in (message, remedy) if part and part.strip())
    return " ".join(part if part[-1] in ".!?)" else part + "." for part in parts)


REMEDIES = {
    errno.ENOENT: "There is no {name}. Look for a slip in the path",
    errno.EACCES: "{name} may not be read or written by you. Run as its owner or change its permissions (chmod, chown)",
    errno.EPERM: "{name} may not be read or written by you. Run as its owner or change its permissions (chmod, chown)",
    errno.EROFS: "{name} lies on a disk that cannot be written to. Name another place",
    errno.ENOSPC: "The disk of {name} is full. Free some space and run the command again: it goes on where it was",
    errno.EDQUOT: "Your share of the disk of {name} is full. Free some space, then run the same command again",
    errno.EISDIR: "{name} is a folder, not a file. Name a file",
    errno.ENOTDIR: "{name} is not a folder. Name a folder",
    errno.EEXIST: "{name} is already there. Name another or move it away",
    errno.EADDRINUSE: "The port is taken: {text}. Free it, or name another with PORT=... or --port",
    errno.EMFILE: "Too many files are open. Raise the limit (ulimit -n) or lower FETCH_CONCURRENCY",
}


def system_trouble(error: OSError) -> str:
    name = error.filename if error.filename is not None else "the file or disk"
    words = REMEDIES.get(error.errno, "{name}: {text}. See that the place exists and can be used")
    return sentence(words.format(name=name, text=error.strerror or str(error)), "")


__all__ = ["COMMANDS", "OK", "explained", "main", "parser"]
