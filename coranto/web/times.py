"""Dates and ages in words, one function for each form the pages use; all in the site's time zone, or the reader's own.

Numbers of the clock are the same in every language; the order of the parts is a translated sentence. Leaves markup
(`<time datetime>`) to the templates.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.dates import MONTHS_ALT, WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import gettext, ngettext

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


own_zone: ContextVar[ZoneInfo | None] = ContextVar("own zone", default=None)


@contextmanager
def in_zone(zone: ZoneInfo) -> Iterator[None]:
    """A reader's own zone instead of the site's, for what is made inside."""
    held = own_zone.set(zone)
    try:
        yield
    finally:
        own_zone.reset(held)


def local(moment: datetime) -> datetime:
    """`moment` on the reader's clock: the site's, or their own. A page asks for it a hundred times, so it does without
    Django's look at what is active in this thread."""
    return moment.astimezone(own_zone.get() or timezone.get_default_timezone())


def iso(moment: datetime | date) -> str:
    """The machine's form for `datetime=`: with offset and to the minute, or the day alone."""
    if isinstance(moment, datetime):
        told = local(moment) if moment.tzinfo else moment
        return told.isoformat(timespec="minutes").replace("+00:00", "Z")
    return moment.isoformat()


def clock(moment: datetime) -> str:
    """'07:30'."""
    return f"{local(moment):%H:%M}"


def day(when: datetime | date, now: datetime) -> str:
    """'21 March', with the year where it is another than this one."""
    if isinstance(when, datetime):
        when = local(when).date()
    if when.year == local(now).year:
        return gettext("%(day)s %(month)s") % {"day": when.day, "month": MONTHS_ALT[when.month]}
    return long_day(when)


def long_day(when: datetime | date) -> str:
    """'21 March 2026'."""
    if isinstance(when, datetime):
        when = local(when).date()
    parts = {"day": when.day, "month": MONTHS_ALT[when.month], "year": when.year}
    return gettext("%(day)s %(month)s %(year)s") % parts


def day_head(when: date, now: datetime) -> str:
    """'Tuesday 24 March': the head of a day in a list."""
    return gettext("%(weekday)s %(date)s") % {"weekday": WEEKDAYS[when.weekday()], "date": day(when, now)}


def when(moment: datetime, now: datetime) -> str:
    """A point in time that does not move: '11:00' today, 'Yesterday 18:40', 'Sat 18:40', '21 March, 18:40'."""
    there, here = local(moment), local(now)
    days = (here.date() - there.date()).days
    if days == 0:
        return clock(moment)
    if days == 1:
        return gettext("Yesterday %(time)s") % {"time": clock(moment)}
    if 1 < days < 7:
        return gettext("%(weekday)s %(time)s") % {"weekday": WEEKDAYS_ABBR[there.weekday()], "time": clock(moment)}
    return gettext("%(date)s, %(time)s") % {"date": day(moment, now), "time": clock(moment)}


def short_day(moment: datetime, now: datetime) -> str:
    """'14:30' today, 'Mon 14:30' within a week, else '21 March': for the narrow column before a headline."""
    there, days = local(moment), (local(now).date() - local(moment).date()).days
    if days == 0:
        return clock(moment)
    return f"{WEEKDAYS_ABBR[there.weekday()]} {clock(moment)}" if 0 < days < 7 else day(moment, now)


def is_relative(moment: datetime, now: datetime) -> bool:
    """True where `age` counts minutes or hours."""
    passed = now - moment
    return timedelta(0) <= passed and (passed < HOUR or local(moment).date() == local(now).date())


def age(moment: datetime, now: datetime) -> str:
    """How long ago: '22 min ago', '5 h ago' within today, within a week as `when`, else the day."""
    passed = now - moment
    if timedelta(0) <= passed < HOUR:
        minutes = max(1, passed // MINUTE)
        return ngettext("%(n)s min ago", "%(n)s min ago", minutes) % {"n": minutes}
    if passed >= HOUR and local(moment).date() == local(now).date():
        hours = passed // HOUR
        return ngettext("%(n)s h ago", "%(n)s h ago", hours) % {"n": hours}
    days = (local(now).date() - local(moment).date()).days
    return when(moment, now) if 0 <= days < 7 else day(moment, now)


def full(moment: datetime | date) -> str:
    """'24 March 2026, 07:30 UTC', or the day alone where only the day is known."""
    if not isinstance(moment, datetime):
        return long_day(moment)
    parts = {"date": long_day(moment), "time": clock(moment), "zone": local(moment).tzname()}
    return gettext("%(date)s, %(time)s %(zone)s") % parts


def as_given(moment: datetime | date) -> str:
    """A page's own words for a time, its own offset kept: '24 March 2026, 07:30 (+01:00)'."""
    if not isinstance(moment, datetime):
        return long_day(moment)
    words = {"date": long_day(moment.date()), "time": f"{moment:%H:%M}"}
    if moment.tzinfo is None:
        return gettext("%(date)s, %(time)s") % words
    offset = f"{moment:%z}"
    return gettext("%(date)s, %(time)s (%(offset)s)") % {**words, "offset": f"{offset[:3]}:{offset[3:5]}"}


def seen(moment: datetime, now: datetime) -> str:
    """'Tuesday 24 March, 13:40': the form of a record."""
    parts = {"day": day_head(local(moment).date(), now), "time": clock(moment)}
    return gettext("%(day)s, %(time)s") % parts


def apart(first: datetime, then: datetime) -> str:
    """How far `then` lies from `first`: '3 days later' by the calendar, '5 h earlier' under 24 hours."""
    ahead, days = then >= first, abs((local(then).date() - local(first).date()).days)
    if abs(then - first) < timedelta(days=1):
        hours = max(1, abs(then - first) // HOUR)
        if ahead:
            return ngettext("%(n)s h later", "%(n)s h later", hours) % {"n": hours}
        return ngettext("%(n)s h earlier", "%(n)s h earlier", hours) % {"n": hours}
    if ahead:
        return ngettext("%(n)s day later", "%(n)s days later", days) % {"n": days}
    return ngettext("%(n)s day earlier", "%(n)s days earlier", days) % {"n": days}


def span(seconds: float) -> str:
    """How long something takes or lasts: '12 min', '5 h', '3 days'."""
    minutes = max(1, round(seconds / 60))
    if minutes < 90:
        return ngettext("%(n)s min", "%(n)s min", minutes) % {"n": minutes}
    hours = round(minutes / 60)
    if hours < 36:
        return ngettext("%(n)s h", "%(n)s h", hours) % {"n": hours}
    days = round(hours / 24)
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
