"""Times as the tables keep them: whole microseconds since 1970 in UTC, quick to compare and to page by.

The site's time zone decides where a day begins and what a time without offset means.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
SECOND = 1_000_000
DAY = 86_400 * SECOND


class Zone:
    """The site's time zone, set when the store is opened."""

    here: tzinfo = UTC


def use_zone(name: str) -> None:
    Zone.here = ZoneInfo(name)


def zone() -> tzinfo:
    return Zone.here


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

    A year outside all printing is taken for none. A bare day counts as its noon in the site's zone, or as the
    sighting where that fell on the same day."""
    if given is None or not 1400 < given.year < 9000:
        return None, seen
    if isinstance(given, datetime):
        number = stamp(given)
    elif moment(seen).astimezone(zone()).date() == given:
        number = seen
    else:
        number = stamp(datetime(given.year, given.month, given.day, 12, tzinfo=zone()))
    return number, min(number, seen)


def day_bounds(day: date) -> tuple[int, int]:
    """The first moment of a day in the site's zone and of the day after it."""
    start = datetime(day.year, day.month, day.day, tzinfo=zone())
    after = day + timedelta(days=1) if day < date.max else day
    return stamp(start), stamp(datetime(after.year, after.month, after.day, tzinfo=zone()))
