"""The outlets and how reading them goes, in words: a plain list, and for accounts the remedies of failures."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_safe

from coranto.store import editing, runs
from coranto.store import sources as store_sources
from coranto.store.source_values import SourceRow
from coranto.store.values import OutletValue
from coranto.web import addresses, facts, rights, times
from coranto.web.asking import account_id

TROUBLED = ("failing", "gone", "slow")
ORDER = ("failing", "gone", "slow", "new", "paused", "well")


@dataclass(frozen=True, slots=True)
class Line:
    """A source as a row of the table, its health in words."""

    source: SourceRow
    address: str | None
    how: str
    every: str
    a_day: str
    state: str


@require_safe
def page(request):
    """All outlets that this reader may see."""
    user = account_id(request)
    rows = store_sources.listed(user)
    known = store_sources.outlets(user)
    slugs = {outlet.id: outlet.slug for outlet in known}
    now = timezone.now()
    rows.sort(key=lambda row: (ORDER.index(row.health.state), row.outlet.casefold()))
    lines = [line(row, slugs.get(row.outlet_id), now) for row in rows]
    owner = rights.present().owner
    context = {
        "current": "sources",
        "here": "sources",
        "last_round": last_round() if owner else "",
        "pauses": editing.pauses() if owner else {},
        "summary": summary(rows),
        "lines": lines,
        "failing": [each for each in lines if user is not None and each.source.health.state in TROUBLED],
        "demo": any(row.demo for row in rows),
        "unread": unread(known, {row.outlet_id for row in rows}),
    }
    return render(request, "sources.html", context, using="pages")


def last_round() -> str:
    """How the last round of questions went; empty where there was none."""
    run = runs.last("fetch")
    if run is None or run.ended is None or "new" not in run.counts:
        return ""
    took, new = max(1, round((run.ended - run.began).total_seconds())), run.counts["new"]
    seconds = ngettext("%(num)s second", "%(num)s seconds", took) % {"num": took}
    told = ngettext(
        "The last round took %(time)s and brought %(num)s article.",
        "The last round took %(time)s and brought %(num)s articles.",
        new,
    )
    return told % {"time": seconds, "num": new}


def unread(known: list[OutletValue], with_source: set[int]) -> list[OutletValue]:
    """Outlets that have articles here, but no source: they came with imported pages."""
    found = [outlet for outlet in known if outlet.articles and outlet.id not in with_source]
    return sorted(found, key=lambda outlet: outlet.name.casefold())


def line(row: SourceRow, slug: str | None, now: datetime) -> Line:
    """The words of a row."""
    days = row.days[-30:]
    rate = facts.rate(days) if any(days) else gettext("none so far")
    address = addresses.outlet(slug) if slug else None
    return Line(row, address, how(row), times.span(row.interval), rate, state(row, now))


def how(row: SourceRow) -> str:
    """How an outlet is read: 'feed, pages fetched'."""
    kinds = {
        "feed": gettext("feed"),
        "sitemap": gettext("sitemap, pages fetched"),
        "listing": gettext("listing page, pages fetched"),
        "page": gettext("single page"),
        "file": gettext("files"),
    }
    if row.kind == "feed" and row.reading == "feed":
        return gettext("feed trusted, whole text")
    if row.kind == "feed" and row.reading == "page":
        return gettext("feed, pages fetched")
    return kinds.get(row.kind, row.kind)


def state(row: SourceRow, now: datetime) -> str:
    """A source's health in a few words."""
    health = row.health
    since = {"time": times.when(health.failing_since, now)} if health.failing_since else None
    if health.state == "failing":
        return gettext("Failing since %(time)s") % since if since else gettext("Failing")
    if health.state == "slow":
        return gettext("Slow since %(time)s") % since if since else gettext("Slow")
    return {
        "well": gettext("Well"),
        "paused": gettext("Paused"),
        "gone": gettext("Gone: the outlet says that this address is no more"),
        "new": gettext("Not yet read"),
    }.get(health.state, "")


def summary(rows: list[SourceRow]) -> list[str]:
    """'38 sources are read well. 2 are slow. 1 is failing.' as sentences; what does not occur is not said."""
    states = Counter(row.health.state for row in rows)
    sentences = {
        "well": lambda n: ngettext("%(num)s source is read well.", "%(num)s sources are read well.", n),
        "slow": lambda n: ngettext("%(num)s is slow.", "%(num)s are slow.", n),
        "failing": lambda n: ngettext("%(num)s is failing.", "%(num)s are failing.", n),
        "gone": lambda n: ngettext("%(num)s is gone.", "%(num)s are gone.", n),
        "paused": lambda n: ngettext("%(num)s is paused.", "%(num)s are paused.", n),
        "new": lambda n: ngettext("%(num)s was not yet read.", "%(num)s were not yet read.", n),
    }
    return [say(states[name]) % {"num": states[name]} for name, say in sentences.items() if states[name]]
