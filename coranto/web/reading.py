"""The lists and stories. Each view asks the store and renders; the store never gets a request."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe
from markupsafe import Markup, escape

from coranto.store import notes
from coranto.store import sources as store_sources
from coranto.store.values import AuthorValue, Cards, Gone
from coranto.web import addresses, coverage, facts, following, pictures, readers, rights, sources, times, versions
from coranto.web.asking import account_id, cursor, found_or_404, known_number, narrowed, unread, whose, without_copies
from coranto.web.beside import kept, ranking
from coranto.web.door import articles, lists
from coranto.web.door import marks as kept_marks
from coranto.web.habits import marked
from coranto.web.owner import authors as owner_authors

PER_PAGE = 40
MOST_READ = 40
"""Reports of a story's timeline that are looked at for the sources they name."""


def listing(request, found: Cards, heading: str, address: str, **more):
    """A list page; `more` may set `facts`, `crumbs`, `current`, `days`, `empty`, `home_url`, `with_outlet`, `feed`, and
    what the first page tells of the whole list (`told`) with what stands `larger` and beside it (`ranked`,
    `sources`); `scope` is the list's own name for "mark older as read"."""
    narrowed = bool(unread(request))
    context = {
        "list": found,
        "heading": heading,
        "address": address + "?unread=1" if narrowed else address,
        "whole_address": address,
        "narrowed": narrowed,
        "may_narrow": account_id(request) is not None,
        "scope": None,
        "outlet": None,
        "current": None,
        "facts": (),
        "crumbs": [],
        "days": (),
        "home_url": None,
        "owner_tools": None,
        "with_outlet": True,
        "told": None,
        "larger": (),
        "ranked": (),
        "sources": (),
        "feed": addresses.feed(address),
        "empty": gettext("Nothing unread stands here.")
        if narrowed
        else gettext("Nothing stands here yet. It fills as the outlets are read."),
        **marked(request, [card.id for card in found.cards]),
        **more,
    }
    now = timezone.now()
    key = readers.profile_key(request)
    context["logged"] = readers.listed(request, key, {one.place: one.entries for one in context["ranked"]})
    if told := context["told"]:
        context |= {"fact_row": facts.row(told, now), "pace": facts.pace(told.days, now)}
    context["pictures"] = pictures.of_cards(request, context["larger"])
    context["river"] = context.pop("left", found.cards)
    return render(request, "list.html", context, using="pages")


def news_first(found: Cards, section: str | None = None) -> dict:
    """For a list's first page: what stands larger, what is left for the river, and of a section what is ranked."""
    larger, left = facts.larger(found.cards)
    shown = {card.id for card in found.cards}
    return {"larger": larger, "left": left, "ranked": ranking(shown, section) if section else ()}


@require_safe
def latest(request):
    """Single articles, newest first."""
    found = lists.latest(cursor(request), PER_PAGE, **whose(request), **unread(request))
    now = timezone.now()
    today = times.local(now).date()
    days = [(times.day_head(day, now), addresses.archive(day)) for day in (today - timedelta(days=n) for n in range(7))]
    sentences = [gettext("As the outlets publish, the newest first; copies are counted at the text they carry.")]
    return listing(
        request, found, gettext("Latest"), addresses.LATEST, facts=sentences, current="latest", days=days, scope="all:"
    )


@require_safe
def archive(request, day: str):
    """All articles of one day."""
    wanted = known_day(day)
    now = timezone.now()
    found = lists.day(wanted, cursor(request), **whose(request), **narrowed(request))
    around = [wanted - timedelta(days=1)] if wanted > date.min else []
    if wanted < times.local(now).date():
        around.append(wanted + timedelta(days=1))
    days = [(times.day_head(each, now), addresses.archive(each)) for each in around]
    crumbs = [(gettext("Latest"), addresses.LATEST)]
    empty = gettext("No article of this day is kept here.")
    heading = times.day_head(wanted, now)
    address = addresses.archive(wanted)
    return listing(
        request, found, heading, address, crumbs=crumbs, days=days, empty=empty, current="latest", scope="all:"
    )


def known_day(day: str) -> date:
    """The day that an address names."""
    try:
        return date.fromisoformat(day)
    except ValueError:
        raise BadRequest(gettext("%(day)s is no day of the calendar.") % {"day": day}) from None


@require_safe
def section(request, slug: str):
    """The articles of a section."""
    value, found = found_or_404(lists.section(slug, cursor(request), **whose(request), **unread(request)))
    address = addresses.section(value.slug)
    more = {"scope": f"section:{value.slug}"}
    if not cursor(request):
        told = kept(f"section facts {value.slug}", lambda: lists.section_facts(value.slug))
        more |= {"told": told, **news_first(found, value.slug)}
    return listing(request, found, value.name, address, current=f"section:{value.slug}", current_page=True, **more)


@require_safe
def outlet(request, slug: str):
    """The articles of an outlet, and what is known of it."""
    value, found = found_or_404(lists.outlet(slug, cursor(request), user=account_id(request), **narrowed(request)))
    sentences = [value.tagline] if value.tagline else []
    if value.since:
        sentences.append(gettext("Read here since %(day)s.") % {"day": times.long_day(value.since)})
    if value.demo:
        sentences.append(gettext("An invented outlet, made to look around with."))
    crumbs = [(gettext("Outlets"), addresses.SOURCES)]
    more = {"scope": f"outlet:{value.slug}", "outlet": value, **following.state(request, value)}
    if not cursor(request):
        now = timezone.now()
        told = lists.outlet_facts(value.slug, owner=rights.present().owner)
        shown = {card.id for card in found.cards}
        more["ranked"] = ranking(shown, outlet=value.slug) if len(shown) == PER_PAGE else ()
        more |= {"told": told, "sources": [sources.line(row, None, now) for row in store_sources.of_outlet(value.id)]}
    return listing(
        request, found, value.name, addresses.outlet(value.slug), facts=sentences, crumbs=crumbs, current="sources",
        home_url=addresses.web(value.home_url), with_outlet=False, **more,
    )  # fmt: skip


@require_safe
def topic(request, slug: str):
    """The articles of a topic."""
    value, found = found_or_404(lists.topic(slug, cursor(request), **whose(request), **unread(request)))
    more = {}
    if not cursor(request):
        more["told"] = kept(f"topic facts {value.slug}", lambda: lists.topic_facts(value.slug))
        more |= news_first(found)
    return listing(request, found, value.name, addresses.topic(value.slug), scope=f"topic:{value.slug}", **more)


@require_safe
def stories(request):
    """What several outlets tell, the story with the newest article first."""
    found = lists.stories(cursor(request), user=account_id(request))
    context = {"current": "stories", "list": found} | marked(request, [story.lead.id for story in found.stories])
    return render(request, "stories.html", context, using="pages")


@require_safe
def author(request, number: str, slug: str | None = None):
    """The articles signed with a name in one outlet, and what the outlet gives of the person."""
    user, ident = account_id(request), known_number(number)
    value, found = found_or_404(lists.author(ident, cursor(request), user=user, **narrowed(request)))
    if slug != value.slug:
        return HttpResponsePermanentRedirect(addresses.author(value))
    sentences = [gettext("Signs in %(outlet)s.") % {"outlet": value.outlet}]
    sentences += [joined_name(other) for other in value.joined]
    sentences += [gettext("“%(biography)s” As the outlet gives it.") % {"biography": value.bio}] if value.bio else []
    crumbs = [(value.outlet, addresses.outlet(value.outlet_slug))]
    return listing(
        request, found, value.name, addresses.author(value), facts=sentences, crumbs=crumbs,
        feed=addresses.author_feed(value), with_outlet=bool(value.joined),
        owner_tools=owner_authors.tools(request, value), scope=f"author:{value.id}",
    )  # fmt: skip


def joined_name(other: AuthorValue) -> Markup:
    """The same person's name in another outlet, as a sentence that leads there."""
    name = Markup('<a href="{}"><bdi>{}</bdi></a>').format(addresses.author(other), other.name)
    return escape(gettext("Also signs in {outlet}, as {name}.")).format(outlet=other.outlet, name=name)


@login_required
@require_safe
def keeping(request):
    """What a signed-in reader keeps for later."""
    found = kept_marks.kept(account_id(request), cursor(request), PER_PAGE)
    sentences = [gettext("What you kept, by the day it was published. “Keep” takes an article out again.")]
    empty = gettext("Nothing is kept. “Keep” beside a headline, or the key s, puts an article here.")
    return listing(
        request, found, gettext("Kept for later"), addresses.KEPT, facts=sentences, feed=None, empty=empty,
        may_narrow=False,
    )  # fmt: skip


@require_safe
def story(request, number: str, slug: str | None = None):
    """A story: who told it, when, and which texts are copies."""
    found = found_or_404(lists.story(known_number(number), user=account_id(request)))
    if isinstance(found, Gone):
        return HttpResponsePermanentRedirect(addresses.with_slug("story", found.moved_to, found.moved_slug))
    if slug != found.card.slug:
        return HttpResponsePermanentRedirect(addresses.story(found.card.id, found.card.slug))
    hidden = notes.hidden_of(card.id for card in found.cards)
    context = coverage.context(found, "all" in request.GET, hidden, without_copies(request))
    may_read = rights.present().may_read
    told = [row.card.id for row in context["rows"] if row.mark in coverage.OWN and may_read(row.card)][:MOST_READ]
    read = articles.readings(told, user=account_id(request))
    context["rows"] = coverage.sourced(context["rows"], {each: one.reading.cited for each, one in read.items()})
    context["parts"] = coverage.parts(found, lists.parts(found.cards))
    context["two"] = versions.of_story(context["coverage"], hidden, account_id(request))
    context |= marked(request, [card.id for card in found.cards])
    return render(request, "story.html", context, using="pages")
