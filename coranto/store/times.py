"""Times as the tables keep them: whole microseconds since 1970 in UTC, quick to compare and to page by.

The site's time zone decides where a day begins and what a time without offset means.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
QUARTER = timedelta(minutes=15)
FARTHEST = timedelta(hours=14)
SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
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

    A year outside all printing is taken for none. A time without offset is the site's. A bare day counts as its noon
    in the site's zone, or as the sighting where that fell on the same day."""
    if given is None or not 1400 < given.year < 9000:
        return None, seen
    if isinstance(given, datetime):
        number = stamp(given)
    elif moment(seen).astimezone(zone()).date() == given:
        number = seen
    else:
        number = stamp(datetime(given.year, given.month, given.day, 12, tzinfo=zone()))
    return number, min(number, seen)


def zone_showing(clock: datetime | date | None, instant: int | None) -> timezone | None:
    """The zone in which a clock without one shows `instant`; None where there is no such zone or nothing to compare.

    Zones lie within 14 hours of UTC and on quarters of an hour. Seconds do not count, as pages leave them out."""
    if instant is None or not isinstance(clock, datetime) or clock.tzinfo is not None:
        return None
    apart = clock.replace(second=0, microsecond=0) - moment(instant).replace(second=0, microsecond=0, tzinfo=None)
    return timezone(apart) if abs(apart) <= FARTHEST and not apart % QUARTER else None


def placed(given: datetime | date | None, there: tzinfo | None) -> datetime | date | None:
    """`given` in the zone `there`, where it is a time without one and the zone is known; else as it stands."""
    naive = isinstance(given, datetime) and given.tzinfo is None
    return given.replace(tzinfo=there) if naive and there is not None else given


def day_bounds(day: date) -> tuple[int, int]:
    """The first moment of a day in the site's zone and of the day after it."""
    start = datetime(day.year, day.month, day.day, tzinfo=zone())
    after = day + timedelta(days=1) if day < date.max else day
    return stamp(start), stamp(datetime(after.year, after.month, after.day, tzinfo=zone()))
