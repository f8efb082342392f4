"""The schema's state: bringing it up to this version, and saying what stands in the way of using it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from coranto.store import database
from coranto.store.database import rows, run, value
from coranto.store.errors import StoreError

LEAST_FREE = 16 * 1024 * 1024
HERE = Path(__file__).parent / "migrations"


def known() -> set[str]:
    """The names of the migrations this version has."""
    return {file.stem for file in HERE.glob("[0-9]*.py")}


def applied() -> set[str]:
    """The names of the store's migrations the database has seen."""
    return {name for (name,) in rows("SELECT name FROM django_migrations WHERE app = 'store'")}


def bring_up() -> None:
    """Apply what is missing. Django must be set up with the whole site's tables."""
    from django.apps import apps
    from django.core.management import call_command

    if not apps.ready:
        raise RuntimeError("open the store with web=True before migrating it")
    if not database.postgresql():
        look_at_folder(database.target.file.parent)
        database.open_sqlite(database.target.file, make=True).close()
        os.chmod(database.target.file, 0o600)
    refuse_newer()
    with database.guarded():
        call_command("migrate", interactive=False, verbosity=0)


def refuse_newer() -> None:
    """Raise where the database was made by a newer Coranto."""
    try:
        newer = applied() - known()
    except StoreError as fault:
        if "set up" in fault.message:
            return
        raise
    if newer:
        raise StoreError(
            f"The database {database.name()} was made by a newer Coranto ({', '.join(sorted(newer))} is unknown here).",
            "Install that version or a later one, or restore a backup made with this one.",
        )


def in_use() -> bool:
    """Whether there is an account, or an outlet that is not invented."""
    return value("SELECT EXISTS (SELECT 1 FROM auth_user) OR EXISTS (SELECT 1 FROM outlet WHERE NOT demo)") in (1, True)


def look() -> None:
    """Raise `StoreError` where the database cannot be used as it stands."""
    if not database.postgresql():
        look_at_folder(database.target.file.parent)
    missing = known() - applied()
    refuse_newer()
    if missing:
        raise StoreError(
            f"The database {database.name()} is older than this Coranto ({len(missing)} steps behind).",
            "Run 'coranto init' to bring it up; make a backup first.",
        )
    with database.writing():
        run("UPDATE counter SET value = value WHERE name = 'article'")


def look_at_folder(folder: Path) -> None:
    """Raise where the data folder is missing, not ours to write to, or on a full disk."""
    if not folder.is_dir():
        raise StoreError(
            f"There is no data folder {folder}.", "Run 'coranto init', or set CORANTO_DATA to where it is."
        )
    if not os.access(folder, os.W_OK | os.X_OK):
        raise StoreError(
            f"The data folder {folder} cannot be written to.",
            "Give it to the user that runs coranto (chown), then try again.",
        )
    free = shutil.disk_usage(folder).free
    if free < LEAST_FREE:
        raise StoreError(
            f"The disk of the data folder {folder} is full ({free // 1_000_000} MB are left).",
            "Free some space, then try again; nothing was half done.",
        )
