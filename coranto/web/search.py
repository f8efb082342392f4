"""The search page: words and filters from the address, results from the store."""

from __future__ import annotations

from datetime import date, timedelta

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_safe

from coranto.store import sources as store_sources
from coranto.store.values import Query, Results
from coranto.web import addresses, shell, times
from coranto.web.asking import account_id, cursor, without_copies
from coranto.web.door import lists
from coranto.web.door import search as store_search
from coranto.web.habits import marked
from coranto.web.wording import number

WORDS_AT_MOST = 300
MOST_OUTLETS = 200


@require_safe
def page(request):
    """The search field, the applied filters, and what was found."""
    query, fields = asked(request)
    is_asked = any(value for name, value in fields.items() if name != "order")
    found = store_search.search(query, user=account_id(request), cursor=cursor(request)) if is_asked else Results((), 0)
    address = addresses.search(**fields)
    sections, outlets = lists.sections(), chosen_outlets(query.outlet)
    named = {("section", one.slug): one.name for one in sections}
    named |= {("outlet", slug): name for slug, name, _ in outlets}
    context = {
        "current": None,
        "query": query,
        "asked": is_asked,
        "found": found,
        "tally": tally(found),
        "applied": applied(fields, named),
        "address": address,
        "feed": addresses.feed(address) if is_asked else None,
        "newest": addresses.search(**{**fields, "order": ""}),
        "best": addresses.search(**{**fields, "order": "relevance"}),
        "times": [(value, name) for value, name in time_names().items()],
        "chosen_time": fields["time"],
        "sections": sections,
        "outlets": outlets,
        **marked(request, [hit.card.id for hit in found.hits]),
    }
    return render(request, "search.html", context, using="pages")


def chosen_outlets(slug: str | None) -> list[tuple[str, str, bool]]:
    """(slug, name, whether chosen) of the outlets to choose from; none where there are too many of them for a list, or
    where another was named."""
    known = shell.kept.get("outlets to search", lambda: [(one.slug, one.name) for one in store_sources.outlets()])
    if len(known) > MOST_OUTLETS or (slug and slug not in dict(known)):
        return []
    return [(each, name, each == slug) for each, name in known]


def asked(request) -> tuple[Query, dict[str, str]]:
    """The query an address holds, and its fields as they came (empty where nothing was given)."""
    given = request.GET
    fields = {name: given.get(name, "").strip()[:WORDS_AT_MOST] for name in FIELDS}
    fields["time"] = fields["time"] if fields["time"] in time_names() else ""
    fields["own"] = "1" if fields["own"] else ""
    fields["order"] = "relevance" if fields["order"] == "relevance" else ""
    for name in ("since", "until"):
        fields[name] = fields[name] if day(fields[name]) else ""
    query = Query(
        text=fields["q"],
        **{name: fields[name] or None for name in NAMED},
        since=day(fields["since"]) or since(fields["time"]),
        until=day(fields["until"]),
        own_only=bool(fields["own"]) or without_copies(request),
        order=fields["order"] or "time",
    )
    return query, fields


NAMED = ("outlet", "topic", "author", "section")
FIELDS = ("q", *NAMED, "time", "since", "until", "own", "order")


def day(text: str) -> date | None:
    """A day of the calendar, or None."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def since(name: str) -> date | None:
    """The first day of a named span of time."""
    today = times.local(timezone.now()).date()
    return {
        "today": today,
        "week": today - timedelta(days=6),
        "month": today - timedelta(days=29),
        "year": today.replace(month=1, day=1),
    }.get(name)


def time_names() -> dict[str, str]:
    """The spans of time to choose from."""
    return {
        "": gettext("Any"),
        "today": gettext("Today"),
        "week": gettext("Last 7 days"),
        "month": gettext("Last 30 days"),
        "year": gettext("This year"),
    }


def tally(found: Results) -> str:
    """'48 articles in 11 stories'."""
    articles = ngettext("%(num)s article", "%(num)s articles", found.total) % {"num": number(found.total)}
    if found.capped:
        return gettext("More than %(num)s articles") % {"num": number(found.total)}
    if not 1 < found.stories < found.total:
        return articles
    return ngettext("%(articles)s in %(num)s story", "%(articles)s in %(num)s stories", found.stories) % {
        "articles": articles,
        "num": number(found.stories),
    }


def applied(fields: dict[str, str], named: dict[tuple[str, str], str]) -> list[tuple[str, str]]:
    """(name, address without it) of each filter that holds; `named` gives names to (field, slug)."""
    names = {
        "time": time_names().get(fields["time"], ""),
        "own": gettext("Only own reports"),
        "since": gettext("Since %(day)s") % {"day": fields["since"]},
        "until": gettext("Until %(day)s") % {"day": fields["until"]},
    }
    return [
        (names.get(name) or named.get((name, value), value), addresses.search(**{**fields, name: ""}))
        for name, value in fields.items()
        if value and name not in ("q", "order")
    ]
