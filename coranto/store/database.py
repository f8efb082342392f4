"""Raw statements, the same for both databases: rows out, rows in, transactions, blocks of ids, times as numbers.

Times are kept as whole microseconds since 1970 in UTC: equal on both databases, quick to compare and to page by.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from hashlib import blake2b
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction

from coranto.store.errors import guarded

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
SECOND = 1_000_000
DAY = 86_400 * SECOND


def rows(sql: str, params: Sequence[Any] = ()) -> list[tuple]:
    """All rows of a statement (a SELECT, or a change with RETURNING)."""
    with guarded(), connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def row(sql: str, params: Sequence[Any] = ()) -> tuple | None:
    """The first row, or None."""
    with guarded(), connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchone()


def value(sql: str, params: Sequence[Any] = ()) -> Any:
    """The first column of the first row, or None."""
    found = row(sql, params)
    return found[0] if found else None


def run(sql: str, params: Sequence[Any] = ()) -> int:
    """Carry a change out; how many rows it touched."""
    with guarded(), connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.rowcount


def many(sql: str, values: Iterable[Sequence[Any]]) -> None:
    """Carry one change out for each row of values."""
    values = list(values)
    if values:
        with guarded(), connection.cursor() as cursor:
            cursor.executemany(sql, values)


def postgresql() -> bool:
    return connection.vendor == "postgresql"


@contextmanager
def writing() -> Iterator[None]:
    """One transaction: everything in the block happens, or nothing. SQLite takes its write lock at the start."""
    with guarded(), transaction.atomic():
        yield


def allocate(name: str, count: int) -> int:
    """The first of `count` new ids in a row. Called inside `writing`, it also makes intakes follow one another, so that
    ids are in the order of storing and no two transactions add the same address."""
    last = value("UPDATE counter SET value = value + %s WHERE name = %s RETURNING value", (count, name))
    return last - count + 1


def holes(values: Sequence[Any]) -> str:
    """Placeholders for an IN list."""
    return ", ".join(["%s"] * len(values))


def numbers(values: Iterable[int]) -> str:
    """Whole numbers as an IN list, written out: no limit on how many, and nothing but digits can get in."""
    return ", ".join([str(int(number)) for number in values]) or "NULL"


def stamp(moment: datetime) -> int:
    """Microseconds since 1970; a naive time counts as the site's."""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone())
    return (moment - EPOCH) // MICROSECOND


def moment(number: int | None) -> datetime | None:
    return None if number is None else EPOCH + timedelta(microseconds=number)


def now() -> int:
    return stamp(datetime.now(UTC))


def claimed_time(given: datetime | date | None, seen: int) -> tuple[int | None, int]:
    """When something says it was published, and where that puts it in a list: never later than it was seen here.

    A year outside all printing is taken for none. A bare day counts as its noon in the site's zone, or as the sighting where that fell on the same day.
    """
    if given is None or not 1400 < given.year < 9000:
        return None, seen
    if isinstance(given, datetime):
        number = stamp(given)
    elif (EPOCH + timedelta(microseconds=seen)).astimezone(zone()).date() == given:
        number = seen
    else:
        number = stamp(datetime(given.year, given.month, given.day, 12, tzinfo=zone()))
    return number, min(number, seen)


@lru_cache(maxsize=8)
def zone_named(name: str) -> tzinfo:
    return ZoneInfo(name)


def zone() -> tzinfo:
    """The site's time zone."""
    return zone_named(settings.TIME_ZONE)


def day_bounds(day: date) -> tuple[int, int]:
    """The first moment of a day in the site's zone and of the day after it."""
    start = datetime(day.year, day.month, day.day, tzinfo=zone())
    after = day + timedelta(days=1) if day < date.max else day
    return stamp(start), stamp(datetime(after.year, after.month, after.day, tzinfo=zone()))


def number_of(text: str) -> int:
    """A positive 63-bit number for a text: short keys for addresses. Two texts share one by chance once in 10^18."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") >> 1
