"""Commands that look after what is stored: export, backup, restore, withdraw, check."""

from __future__ import annotations

import argparse
import getpass
import re
import sys
from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path

from coranto.commands import FAILED, OK, Command, CommandError, opened, say, settings_of
from coranto.commands.terminal import as_json, size, table


def export_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", default="-", metavar="FILE", help="where to write; - is standard output")


def export(options: argparse.Namespace) -> int:
    opened(options)
    from coranto.store import keep

    with nullcontext(sys.stdout) if options.file == "-" else open(options.file, "x", encoding="utf-8") as out:
        count = keep.export(out)
    print(f"{count:,} articles exported", file=sys.stderr)
    return OK


def backup_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="the backup to write")
    parser.add_argument("--with-keys", action="store_true", help="put sessions and the secret key in as well")


def backup(options: argparse.Namespace) -> int:
    opened(options, web=True)
    from coranto.store import keep

    keep.backup(options.file, keys=options.with_keys)
    say(f"{options.file}: {size(options.file.stat().st_size)}, readable by you alone")
    return OK


def restore_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="a backup")


def restore(options: argparse.Namespace) -> int:
    from coranto.commands.running import set_up

    if not options.file.is_file():
        raise CommandError(f"There is no file {options.file}.", "Name a file that coranto backup wrote")
    settings = settings_of(options)
    set_up(options)
    from coranto.pipeline.grouping import FINGERPRINTS
    from coranto.store import keep

    keep.restore(options.file, settings.data)
    (settings.data / FINGERPRINTS).unlink(missing_ok=True)
    say(f"Restored {options.file} to {settings.data}")
    return OK


def withdraw_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("article", metavar="ID|URL", help="the article's number, or its address here or at its outlet")
    parser.add_argument("--reason", required=True, help="shown to whoever asks for the article")


def withdraw(options: argparse.Namespace) -> int:
    opened(options)
    from coranto.store import articles

    found = article_id(options.article)
    if found is None:
        raise CommandError(f"There is no article {options.article}.", "Give its number, the one in /article/NUMBER/...")
    try:
        articles.withdraw(found, options.reason, getpass.getuser())
    except LookupError:
        raise CommandError(f"There is no article {found}.", "Find it with: coranto search") from None
    say(f"Withdrew article {found}; its address answers 410 and nothing brings it back")
    return OK


def article_id(given: str) -> int | None:
    """The article that a number, an address on this site or an address at its outlet names."""
    if given.isdecimal():
        return int(given)
    from coranto.pipeline.keys import keys_of
    from coranto.store import articles

    known = next((found for key in keys_of(given) if (found := articles.by_address(key)) is not None), None)
    here = re.search(r"/(?:article|a)/(\d{1,19})(?:/|$)", given)
    return known if known is not None or here is None else int(here[1])


def check_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON")


def check(options: argparse.Namespace) -> int:
    settings = opened(options)
    from coranto.pipeline import embedding
    from coranto.store import keep

    checks = [*keep.checks(), embedding.check(settings)]
    if options.json:
        as_json([asdict(found) for found in checks])
    else:
        table(("", "what", "found"), [("ok" if c.ok else "!!", c.name, c.message) for c in checks])
        for found in checks:
            if not found.ok and found.remedy:
                say(f"{found.name}: {found.remedy}")
    return OK if all(found.ok for found in checks) else FAILED


COMMANDS = (
    Command(
        "export",
        "Write everything that may leave as JSON Lines; what is reserved or withdrawn goes as address and date only.",
        (
            "coranto export articles.jsonl",
            "coranto export | zstd > articles.jsonl.zst",
            "coranto import articles.jsonl",
        ),
        export_arguments,
        export,
    ),
    Command(
        "backup",
        "Write one file that holds all, sessions and keys left out unless asked for.",
        (
            "coranto backup /backups/news.coranto",
            "coranto backup --with-keys news.coranto",
        ),
        backup_arguments,
        backup,
    ),
    Command(
        "restore",
        "Make a data folder from a backup.",
        ("coranto restore news.coranto --data /srv/news",),
        restore_arguments,
        restore,
    ),
    Command(
        "withdraw",
        "Delete an article's text, versions, pictures and index for good and leave a note why.",
        ("coranto withdraw 1234 --reason 'Asked for by the person concerned'",),
        withdraw_arguments,
        withdraw,
    ),
    Command(
        "check",
        "Look at database, data folder, versions and last runs: what is wrong and what to do.",
        (
            "coranto check",
            "coranto check --json",
        ),
        check_arguments,
        check,
    ),
)
