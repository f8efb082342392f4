"""Backups: one file that holds every table as JSON Lines, and back again, from either database to either.

A backup is a zip: `manifest.json` (format, the migrations the tables had, row counts), and `tables/NAME.jsonl` each.
Bytes are written as base64 in {"b64": ...}. Without `keys` it leaves out sessions, passwords of sources, sign-in
secrets, the secret key and who read what. Nothing in it is ever executed or unpickled: values go into columns that
are there.
"""

from __future__ import annotations

import base64
import json
import os
import re
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from coranto.store import database, older, schema
from coranto.store.database import many, row, rows, run, value, writing
from coranto.store.errors import StoreError
from coranto.store.index import index_all
from coranto.store.originals import Keeping

FORMAT = 1
KIND = "coranto backup"
AT_ONCE = 500
NAME = re.compile(r"[a-z][a-z0-9_]*")
SECRET_TABLES = frozenset(
    (
        "django_session", "usersessions_usersession", "mfa_authenticator", "read", "reader", "read_to", "reaction",
        "event", "showing", "invitation",
    )
)
BLANKED = {
    "source": {"credential": None, "claim": None},
    "article": {"claim": None},
    "mark": {"read": None, "paragraph": 0},
}
"""What stands in a backup without keys in the place of these columns."""
HELD_BACK = {"mark": "kept IS NULL"}
"""Rows that a backup without keys leaves out."""
NEVER = frozenset(
    (
        "django_migrations", "django_content_type", "auth_permission", "sqlite_sequence", "counter", "sign_in_limit",
        "cached_picture", "lease",
    )
)
"""What belongs to one database or its folder: the files of pictures are in no backup, so their rows are not either."""
LARGEST_LINE = 256 * 1024 * 1024


def tables() -> list[str]:
    """The tables of this database that a backup holds."""
    if database.postgresql():
        found = rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    else:
        found = rows("SELECT name FROM sqlite_master WHERE type = 'table'")
    names = sorted(name for (name,) in found)
    return [
        name for name in names if NAME.fullmatch(name) and not name.startswith("article_words") and name not in NEVER
    ]


def columns(table: str) -> dict[str, bool]:
    """The columns of a table; whether each holds booleans."""
    if database.postgresql():
        found = rows(
            "SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = 'public' AND"
            " table_name = %s"
            " ORDER BY ordinal_position",
            (table,),
        )
        return {name: kind == "boolean" for name, kind in found if kind != "tsvector"}
    return {name: kind.lower() == "bool" for _, name, kind, *_ in rows(f'PRAGMA table_info("{table}")')}


def backup(path: Path, keys: bool = False, data: Path | None = None) -> None:
    """Write a backup to a new file that its owner alone can read. It is whole or not there: it gets its name at the
    end."""
    path = Path(path)
    if path.exists():
        raise StoreError(f"{path} is there already.", "Name a file that is not, or move this one away.")
    try:
        handle, aside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as fault:
        raise StoreError(
            f"{path} cannot be written: {fault.strerror}.", "Name a folder that you may write to."
        ) from fault
    try:
        with (
            os.fdopen(handle, "wb") as file,
            zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive,
        ):
            write(archive, keys, data)
        os.link(aside, path)
    except OSError as fault:
        raise StoreError(
            f"{path} could not be written: {fault.strerror}.", "Free some space, then try again."
        ) from fault
    finally:
        Path(aside).unlink(missing_ok=True)


def write(archive: zipfile.ZipFile, keys: bool, data: Path | None) -> None:
    counts = {}
    with one_moment():
        for table in tables():
            if table in SECRET_TABLES and not keys:
                continue
            with archive.open(f"tables/{table}.jsonl", "w", force_zip64=True) as out:
                counts[table] = dump(table, out) if keys else dump(table, out, BLANKED.get(table), HELD_BACK.get(table))
        applied = [list(each) for each in rows("SELECT app, name FROM django_migrations ORDER BY app, name")]
        counters = dict(rows("SELECT name, value FROM counter"))
    key = (data or Keeping.data) / "secret_key"
    if keys and key.is_file():
        archive.write(key, "secret_key")
    told = {"kind": KIND, "format": FORMAT, "migrations": applied, "rows": counts, "counters": counters, "keys": keys}
    archive.writestr("manifest.json", json.dumps(told, indent=1))


class one_moment:  # noqa: N801 - read as a statement
    """All that is read inside stands as it did at the start, whoever writes meanwhile."""

    def __enter__(self) -> None:
        opened = database.connection()
        opened.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" if database.postgresql() else "BEGIN")

    def __exit__(self, *fault: object) -> None:
        database.connection().execute("ROLLBACK")


def dump(table: str, out: IO[bytes], blanked: dict[str, Any] | None = None, without: str | None = None) -> int:
    names = columns(table)
    listed = ", ".join(f'"{name}"' for name in names)
    opened = database.connection()
    cursor = opened.cursor(f"dump_{table}") if database.postgresql() else opened.cursor()
    cursor.execute(f'SELECT {listed} FROM "{table}"' + (f" WHERE NOT ({without})" if without else ""))
    blank = blanked or {}
    out.write(json.dumps(list(names)).encode() + b"\n")
    count = 0
    while found := cursor.fetchmany(AT_ONCE):
        for each in found:
            values = zip(names.items(), each, strict=True)
            line = [blank[name] if name in blank else written(one, flag) for (name, flag), one in values]
            out.write(json.dumps(line, ensure_ascii=False, default=str).encode("utf-8", "replace") + b"\n")
        count += len(found)
    cursor.close()
    return count


def written(value: Any, boolean: bool) -> Any:
    if isinstance(value, (bytes, memoryview)):
        return {"b64": base64.b64encode(bytes(value)).decode()}
    return bool(value) if boolean and value is not None else value


def restore(path: Path, data: Path) -> dict[str, int]:
    """Fill the empty database at hand from a backup: all of it or nothing. The rows by table.

    A backup of an older version is brought up. Refused are files that are no backups, those of a newer Coranto, and a
    store that holds articles or outlets already.
    """
    path = Path(path)
    with opened(path) as archive:
        told = manifest(archive, path)
        if value("SELECT 1 FROM outlet LIMIT 1") or value("SELECT 1 FROM article LIMIT 1"):
            raise StoreError(
                f"{data} holds a store that is not empty.",
                "Restore into a new data folder (--data FOLDER), or move the old one away first.",
            )
        present = tables()
        filled = {}
        with writing():
            loosen()
            for table in present:
                run(f'DELETE FROM "{table}"')
            for table in in_order(present):
                member = f"tables/{table}.jsonl"
                if member in archive.namelist():
                    with archive.open(member) as lines:
                        filled[table] = load(table, lines, path)
            for name, number in told.get("counters", {}).items():
                run("UPDATE counter SET value = %s WHERE name = %s", (int(number), str(name)))
            if any(filled.get(table, 0) != count for table, count in told["rows"].items() if table in present):
                raise StoreError(f"{path} is cut short.", "Take another backup file; nothing was restored.")
            older.bring_up([name for app, name in told["migrations"] if app == "store"])
            run("UPDATE article SET claim = NULL, due = 0 WHERE step IS NOT NULL")
            run("UPDATE source SET claim = NULL")
            number_on(filled)
            index_all()
        if "secret_key" in archive.namelist() and not (data / "secret_key").exists():
            keep_key(data / "secret_key", archive.read("secret_key")[:1000])
    return filled


class opened:  # noqa: N801 - read as a statement
    """The zip file at a path, or a `StoreError` that says why there is none."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> zipfile.ZipFile:
        try:
            self.archive = zipfile.ZipFile(self.path)
        except (OSError, zipfile.BadZipFile) as fault:
            raise StoreError(
                f"{self.path} is no backup of Coranto: {fault}.", "Name a file that 'coranto backup' wrote."
            ) from fault
        return self.archive

    def __exit__(self, kind: type | None, fault: BaseException | None, trace: object) -> None:
        self.archive.close()
        if isinstance(fault, (zipfile.BadZipFile, EOFError, UnicodeDecodeError)) or type(fault).__name__ == "error":
            raise StoreError(
                f"{self.path} is damaged: {fault}.", "Take another backup file; nothing was restored."
            ) from fault


def manifest(archive: zipfile.ZipFile, path: Path) -> dict:
    try:
        told = json.loads(archive.read("manifest.json"))
        if told["kind"] != KIND:
            raise ValueError(told["kind"])
        newer = told["format"] > FORMAT or {name for app, name in told["migrations"] if app == "store"} - schema.known()
        told["rows"] = {str(table): int(count) for table, count in told["rows"].items()}
    except (KeyError, ValueError, TypeError) as fault:
        raise StoreError(f"{path} is no backup of Coranto.", "Name a file that 'coranto backup' wrote.") from fault
    if newer:
        raise StoreError(
            f"{path} was made by a newer Coranto.", "Install that version or a later one, then restore again."
        )
    return told


def loosen() -> None:
    """Let references be looked at when everything is in."""
    if database.postgresql():
        run("SET CONSTRAINTS ALL DEFERRED")
    else:
        run("PRAGMA defer_foreign_keys = ON")


def in_order(present: list[str]) -> list[str]:
    """The tables, accounts first."""
    return sorted(present, key=lambda name: (not name.startswith("auth_"), name))


def load(table: str, lines: IO[bytes], path: Path) -> int:
    """Put the rows of a table in; columns that this version does not have are left out."""
    here, count = columns(table), 0
    names = json.loads(lines.readline(LARGEST_LINE))
    kept = [place for place, name in enumerate(names) if name in here]
    listed = ", ".join(f'"{names[place]}"' for place in kept)
    sql = f'INSERT INTO "{table}" ({listed}) VALUES ({", ".join(["%s"] * len(kept))})'
    for part in parts(lines, path):
        many(sql, [tuple(taken(each[place]) for place in kept) for each in part])
        if table == "read" and older.READER in names:
            older.log_reads(names, part)
        count += len(part)
    return count


def parts(lines: IO[bytes], path: Path) -> Iterator[list[list]]:
    part: list[list] = []
    while line := lines.readline(LARGEST_LINE):
        try:
            part.append(json.loads(line))
        except ValueError as fault:
            raise StoreError(f"{path} is damaged.", "Take another backup file; nothing was restored.") from fault
        if len(part) == AT_ONCE:
            yield part
            part = []
    if part:
        yield part


def taken(value: Any) -> Any:
    return base64.b64decode(value["b64"]) if isinstance(value, dict) else value


def number_on(filled: dict[str, int]) -> None:
    """Let PostgreSQL number new rows after those that came in."""
    if not database.postgresql():
        return
    for table in filled:
        if (
            "id" in columns(table)
            and (found := row("SELECT pg_get_serial_sequence(%s, 'id')", (f'"{table}"',)))
            and found[0]
        ):
            run(f'SELECT setval(%s, COALESCE((SELECT max(id) FROM "{table}"), 0) + 1, false)', (found[0],))


def keep_key(path: Path, key: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(key)
