"""What is on the disk, how fast it grows, and when the limit is reached at that pace."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext

from coranto.store import growth, keep
from coranto.store.config import site_settings
from coranto.store.values import Disk
from coranto.web import times
from coranto.web.owner.only import owners_page, shown

UNITS = ((10**9, 1), (10**6, 0), (10**3, 0))
FAR = 3650
"""Days beyond which a forecast says nothing."""


@dataclass(frozen=True, slots=True)
class Part:
    """A row of the table and its piece of the bar: `at` and `wide` in per cent, `mark` names its shade."""

    name: str
    size: str
    a_day: str
    kept: str
    mark: str
    at: float
    wide: float


@owners_page
def page(request):
    """Sizes, pace and forecast."""
    used, pace = keep.disk(), growth.growth()
    context = {
        "here": "disk",
        "summary": gettext("%(used)s of %(limit)s used")
        % {"used": size(used.database + used.pictures), "limit": size(used.limit)},
        "parts": parts(used, pace),
        "says": forecast(used, pace, timezone.now()),
        "over": used.over,
        "measured": pace is not None,
    }
    return shown(request, "owner_disk.html", **context)


def size(count: int) -> str:
    """'14.4 GB', '130 MB'."""
    for unit, digits in UNITS:
        if abs(count) >= unit:
            words = {10**9: gettext("%(n)s GB"), 10**6: gettext("%(n)s MB"), 10**3: gettext("%(n)s KB")}[unit]
            return words % {"n": number_format(count / unit, digits)}
    return gettext("%(n)s bytes") % {"n": count}


def parts(used: Disk, pace: growth.Growth | None) -> list[Part]:
    """Pages as fetched, pictures, texts, and what may still be used."""
    texts = max(0, used.database - used.originals)
    room = max(0, min(used.limit - used.database - used.pictures, used.free))
    rows = (
        (
            gettext("Pages as fetched"),
            used.originals,
            pace and pace.originals,
            originals_kept(),
        ),
        (gettext("Pictures"), used.pictures, pace and pace.pictures, pictures_kept()),
        (gettext("Texts, versions, search index"), texts, pace and pace.database - pace.originals, gettext("for good")),
        (gettext("Free"), room, pace and -pace.total, ""),
    )
    whole = sum(row[1] for row in rows) or 1
    made, at = [], 0.0
    for number, (name, count, a_day, kept) in enumerate(rows, 1):
        wide = 100 * count / whole
        made.append(
            Part(
                name,
                size(count),
                "" if a_day is None else size(a_day),
                kept,
                f"f{number}",
                round(at, 2),
                round(wide, 2),
            )
        )
        at += wide
    return made


def originals_kept() -> str:
    """How long pages as fetched are kept."""
    days = round(site_settings.originals_days)
    if not days:
        return gettext("not at all")
    told = ngettext("%(num)s day, then the text alone", "%(num)s days, then the text alone", days)
    return told % {"num": days}


def pictures_kept() -> str:
    """How much of the pictures is kept."""
    if site_settings.pictures == "off":
        return gettext("not at all")
    return gettext("up to %(size)s") % {"size": size(int(site_settings.pictures_gb * 10**9))}


def forecast(used: Disk, pace: growth.Growth | None, now) -> str:
    """When the limit is reached at the measured pace; what is not known is not said."""
    if used.over:
        return gettext("The limit is reached: pages as fetched are no longer kept; texts and records are.")
    if pace is None:
        return gettext("How fast it grows is measured from hour to hour; after a day of work it will be said here.")
    days = pace.days_until_full(used)
    if days is None:
        return gettext("It does not grow at present.")
    if days > FAR:
        return gettext("At this pace the limit is not reached within ten years.")
    told = ngettext(
        "At this pace the limit is reached in about %(num)s day, around %(day)s. Then pages as fetched go first; "
        "texts and records stay.",
        "At this pace the limit is reached in about %(num)s days, around %(day)s. Then pages as fetched go first; "
        "texts and records stay.",
        days,
    )
    return told % {"num": days, "day": times.day(now + timedelta(days=days), now)}
