"""Raw statements, the same for both databases: rows out, rows in, transactions, blocks of ids.

The store speaks to its database by a connection of its own, one for each thread, and not through Django, whose ORM it
uses for migrations alone: a process that only fetches or reads starts in a few hundredths of a second. Statements are
written with %s for values. Times are kept as whole microseconds since 1970 (`coranto.store.times`).
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from coranto.store.errors import StoreError, explained

SQLITE_START = (
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;"
    "PRAGMA mmap_size = 0; PRAGMA cache_size = -1024; PRAGMA temp_store = MEMORY; PRAGMA journal_size_limit = 67108864;"
)
WRITERS_CACHE = "PRAGMA cache_size = -4096"
"""A site reads with four threads, and the system keeps the file's pages for all of them; one who writes much at a time
wants to hold it together (KiB, a connection)."""
STATEMENTS = 40
"""Prepared statements that a connection keeps, some 20 KB each."""
WAIT = 30.0


class Place(threading.local):
    """This thread's connection, and how deep it stands in transactions."""

    connection: Any = None
    opened_for: tuple = ()
    depth: int = 0


class Target:
    """Which database: a file (SQLite) or an address (PostgreSQL)."""

    file: Path | None = None
    address: str = ""
    writer = True

    def named(self) -> tuple:
        return (os.getpid(), str(self.file), self.address)


place = Place()
target = Target()


def use(data: Path, address: str = "", writer: bool = True) -> None:
    """Speak to the database at this address, or to the file in this data folder, from now on; as one who writes much,
    or as a site."""
    sqlite_file = address.removeprefix("sqlite:///") if address.startswith("sqlite:") else ""
    target.file = None if address and not sqlite_file else Path(sqlite_file or data / "coranto.sqlite3")
    target.address = "" if target.file else address
    target.writer = writer
    close()


def postgresql() -> bool:
    return target.file is None


def name() -> str:
    """The database in words for messages: its path, or its address without the password."""
    if target.file:
        return str(target.file)
    front, at, back = target.address.rpartition("@")
    return front.rsplit(":", 1)[0] + at + back if front.count(":") > 1 else target.address


def close() -> None:
    """Close this thread's connection."""
    if place.connection is not None and place.opened_for[:1] == (os.getpid(),):
        place.connection.close()
    place.connection, place.opened_for, place.depth = None, (), 0


def connection() -> Any:
    """This thread's connection, opened anew after a fork, a change of place or a lost server."""
    if place.opened_for != target.named() or (postgresql() and place.connection.closed and not place.depth):
        close()
        place.connection = open_postgresql(target.address) if postgresql() else open_sqlite(target.file)
        place.opened_for = target.named()
    return place.connection


def open_sqlite(file: Path, make: bool = False) -> sqlite3.Connection:
    """A connection to the database in `file`, which must be there already unless `make` is set."""
    if not make and not file.exists():
        raise StoreError(
            f"There is no database at {file}.", "Run 'coranto init' to set one up, or name its data folder."
        )
    with guarded():
        opened = sqlite3.connect(file, timeout=WAIT, isolation_level=None, cached_statements=STATEMENTS)
        opened.executescript(SQLITE_START)
        if target.writer:
            opened.execute(WRITERS_CACHE)
    return opened


def open_postgresql(address: str) -> Any:
    try:
        import psycopg
    except ImportError as fault:
        raise StoreError(
            "DATABASE_URL names a PostgreSQL database, but its driver is not installed.",
            "Install it with: pip install 'coranto[postgres]'",
        ) from fault
    with guarded():
        return psycopg.connect(address, autocommit=True, cursor_factory=psycopg.ClientCursor, connect_timeout=10)


@contextmanager
def guarded() -> Iterator[None]:
    """Turn the driver's errors inside the block into `StoreError` where they are a trouble of the place."""
    try:
        yield
    except Exception as fault:
        known = None
        if isinstance(fault, sqlite3.DatabaseError) or type(fault).__module__.startswith("psycopg"):
            known = explained(fault, postgresql(), name())
        if known is None:
            raise
        raise known from fault


@lru_cache(maxsize=1024)
def with_marks(sql: str) -> str:
    return sql.replace("%s", "?").replace("%%", "%")


def ask(sql: str, params: Sequence[Any]) -> Any:
    opened = connection()
    if target.file:
        return opened.execute(with_marks(sql), params)
    return opened.execute(sql, params)


def rows(sql: str, params: Sequence[Any] = ()) -> list[tuple]:
    """All rows of a statement (a SELECT, or a change with RETURNING)."""
    with guarded():
        return ask(sql, params).fetchall()


def row(sql: str, params: Sequence[Any] = ()) -> tuple | None:
    """The first row, or None."""
    found = rows(sql, params)
    return found[0] if found else None


def value(sql: str, params: Sequence[Any] = ()) -> Any:
    """The first column of the first row, or None."""
    found = rows(sql, params)
    return found[0][0] if found else None


def run(sql: str, params: Sequence[Any] = ()) -> int:
    """Carry a change out; how many rows it touched."""
    with guarded():
        return ask(sql, params).rowcount


def many(sql: str, values: Iterable[Sequence[Any]]) -> None:
    """Carry one change out for each row of values."""
    values = list(values)
    if not values:
        return
    with guarded():
        opened = connection()
        if target.file:
            opened.executemany(with_marks(sql), values)
        else:
            with opened.cursor() as cursor:
                cursor.executemany(sql, values)


@contextmanager
def writing() -> Iterator[None]:
    """One transaction: everything in the block happens, or nothing. A block inside a block belongs to the outer one.
    SQLite takes its write lock at the start."""
    with guarded():
        opened = connection()
        if place.depth == 0:
            opened.execute("BEGIN IMMEDIATE" if target.file else "BEGIN")
        place.depth += 1
        try:
            yield
        except BaseException:
            place.depth -= 1
            if place.depth == 0:
                undo(opened)
            raise
        place.depth -= 1
        if place.depth == 0:
            try:
                opened.execute("COMMIT")
            except BaseException:
                undo(opened)
                raise


def to_change() -> str:
    """The end of a SELECT, inside `writing`, of rows that are then changed by what stands in them: others who want that
    wait. SQLite lets one write at a time anyway."""
    return " FOR NO KEY UPDATE" if postgresql() else ""


def to_rely_on() -> str:
    """The end of a SELECT, inside `writing`, of rows that must stay as they are until it is done; others may rely on
    them meanwhile."""
    return " FOR SHARE" if postgresql() else ""


@contextmanager
def scrubbing() -> Iterator[None]:
    """What is deleted inside is overwritten in SQLite's file, too, and not only forgotten; PostgreSQL's VACUUM does
    so in its own time."""
    if postgresql():
        yield
        return
    rows("PRAGMA secure_delete = ON")
    try:
        yield
    finally:
        if place.depth == 0:
            rows("PRAGMA wal_checkpoint(TRUNCATE)")
            rows("PRAGMA secure_delete = OFF")


def undo(opened: Any) -> None:
    """Roll back, unless the database has done so already or is gone."""
    if target.file:
        if opened.in_transaction:
            opened.execute("ROLLBACK")
    elif not opened.closed:
        opened.execute("ROLLBACK")


def allocate(name: str, count: int) -> int:
    """The first of `count` new ids in a row. Called inside `writing`, it also makes intakes follow one another, so
    that ids are in the order of storing and no two transactions add the same address."""
    last = value("UPDATE counter SET value = value + %s WHERE name = %s RETURNING value", (count, name))
    return last - count + 1


def holes(values: Sequence[Any]) -> str:
    """Placeholders for an IN list."""
    return ", ".join(["%s"] * len(values))


def numbers(values: Iterable[int]) -> str:
    """Whole numbers as an IN list, written out: no limit on how many, and nothing but digits can get in. An empty
    list holds -1, which no row bears: unlike NULL it is right after NOT IN as well."""
    return ", ".join([str(int(number)) for number in values]) or "-1"


def number_of(text: str) -> int:
    """A positive 63-bit number for a text: short keys for addresses. Two texts share one by chance once in 10^18."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") >> 1


def storable(text: str) -> str:
    """The text as every database takes it: without NUL, and with a mark for halves of characters."""
    if "\0" in text:
        text = text.replace("\0", "")
    if text.isascii():
        return text
    return text.encode("utf-8", "replace").decode("utf-8")
