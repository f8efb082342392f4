"""The pages to read: home, lists, article, story. Each view asks the store and renders; the store never gets a request.

No entry stands in two lists of one page: what was shown is left out of the lists that follow.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import quote

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_safe

from coranto.store import articles, lists, sources
from coranto.store.values import ArticlePage, Cards, Gone, Home, ListedCard, StoryCard
from coranto.web import addresses, body, coverage, errors, readers, shell, times, wording

PER_PAGE = 40
LISTED, RANKED = 6, 30
SECONDS, PLACES, RIVER = 3, 8, 8
BIGGEST = 2**63 - 1


def account_id(request) -> int | None:
    """The signed-in account's id, or None."""
    account = shell.reader_account(request)
    return account.pk if account else None


def whose(request) -> dict:
    """For lists that keep to what a reader follows: the account's id and the outlets it chose, None for all."""
    user = account_id(request)
    return {"user": user, "follows": sources.followed(user) if user else None}


@require_safe
def home(request):
    """The front page."""
    found = filled(lists.home(**whose(request)))
    shown = shown_on(found)
    ranked = fresh(found.most_read, shown)
    return render(request, "home.html", {"current": "home", "home": found, **ranking(ranked)}, using="pages")


def filled(found: Home) -> Home:
    """The front page with its free places, where few stories are told by several outlets, taken by single reports of
    different outlets; at least `RIVER` stay in the river."""
    stories = [found.lead] if found.lead else []
    stories += [*found.seconds, *found.row]
    outlets, told = {story.lead.outlet_slug for story in stories}, {story.id for story in stories}
    river = list(found.latest.cards)
    for card in found.latest.cards:
        if len(stories) == PLACES or len(river) == RIVER:
            break
        if card.outlet_slug not in outlets and card.story_id not in told and card.story_outlets < 2:
            outlets.add(card.outlet_slug)
            river.remove(card)
            stories.append(StoryCard(card.id, card.slug, card.title, card, 1, 1, card.copies, card, card))
    if not stories:
        return found
    lead, seconds, row = stories[0], tuple(stories[1 : 1 + SECONDS]), tuple(stories[1 + SECONDS :])
    return replace(found, lead=lead, seconds=seconds, row=row, latest=replace(found.latest, cards=tuple(river)))


def shown_on(found: Home) -> set[int]:
    """The articles whose headlines stand on the front page."""
    stories = [found.lead, *found.seconds, *found.row, *found.others]
    shown = {story.lead.id for story in stories if story}
    shown.update(card.id for story in stories if story for card in story.others)
    shown.update(card.id for card in found.latest.cards)
    shown.update(card.id for _, cards in found.sections for card in cards)
    return shown


def fresh(entries: Iterable[ListedCard], shown: set[int]) -> list[ListedCard]:
    """The entries not yet shown, at most `LISTED`; they count as shown from here on."""
    chosen = [entry for entry in entries if entry.card.id not in shown][:LISTED]
    shown.update(entry.card.id for entry in chosen)
    return chosen


def most_read(user: int | None) -> tuple[ListedCard, ...]:
    """What is read or covered most, more of it than a page shows; one answer for all visitors without an account."""
    if user is not None:
        return lists.most_read(RANKED, user=user)
    return shell.kept.get("most read", lambda: lists.most_read(RANKED))


def ranking(entries: list[ListedCard]) -> dict:
    """The ranked list with the name and the window that its entries' reasons call for."""
    by_readers = all(entry.reason == "readers" for entry in entries)
    return {
        "ranked": entries,
        "ranked_title": gettext("Most read") if by_readers else gettext("Most covered"),
        "ranked_window": gettext("last 24 hours") if by_readers else gettext("last 3 days"),
    }


def listing(request, found: Cards, heading: str, address: str, **more):
    """A list page; `more` may set `facts`, `crumbs`, `current`, `days`, `empty`, `home_url`, `with_outlet`, `feed`."""
    context = {
        "list": found,
        "heading": heading,
        "address": address,
        "current": None,
        "facts": (),
        "crumbs": (),
        "days": (),
        "home_url": None,
        "with_outlet": True,
        "feed": addresses.feed(address),
        "empty": gettext("Nothing stands here yet. It fills as the outlets are read."),
        **more,
    }
    return render(request, "list.html", context, using="pages")


def cursor(request) -> str | None:
    """The place in a list that the address names; the store refuses one that it did not make."""
    return request.GET.get("from") or None


def found_or_404(value):
    """`value`, unless the store found nothing."""
    if value is None:
        raise Http404
    return value


@require_safe
def latest(request):
    """Single articles, newest first."""
    found = lists.latest(cursor(request), PER_PAGE, **whose(request))
    now = timezone.now()
    today = times.local(now).date()
    days = [(times.day_head(day, now), addresses.archive(day)) for day in (today - timedelta(days=n) for n in range(7))]
    facts = [gettext("As the outlets publish, the newest first; copies are counted at the text they carry.")]
    return listing(request, found, gettext("Latest"), addresses.LATEST, facts=facts, current="latest", days=days)


@require_safe
def archive(request, day: str):
    """All articles of one day."""
    try:
        wanted = date.fromisoformat(day)
    except ValueError:
        raise BadRequest(gettext("%(day)s is no day of the calendar.") % {"day": day}) from None
    now = timezone.now()
    found = lists.day(wanted, cursor(request), **whose(request))
    around = [wanted - timedelta(days=1)] if wanted > date.min else []
    if wanted < times.local(now).date():
        around.append(wanted + timedelta(days=1))
    days = [(times.day_head(each, now), addresses.archive(each)) for each in around]
    crumbs = [(gettext("Latest"), addresses.LATEST)]
    empty = gettext("No article of this day is kept here.")
    heading = times.day_head(wanted, now)
    address = addresses.archive(wanted)
    return listing(request, found, heading, address, crumbs=crumbs, days=days, empty=empty, current="latest", feed=None)


@require_safe
def section(request, slug: str):
    """The articles of a section."""
    value, found = found_or_404(lists.section(slug, cursor(request), **whose(request)))
    address = addresses.section(value.slug)
    return listing(request, found, value.name, address, current=f"section:{value.slug}", current_page=True)


@require_safe
def outlet(request, slug: str):
    """The articles of an outlet, and what is known of it."""
    value, found = found_or_404(lists.outlet(slug, cursor(request), user=account_id(request)))
    facts = [value.tagline] if value.tagline else []
    if value.since:
        told = {"num": wording.number(value.articles), "day": times.long_day(value.since)}
        facts.append(
            ngettext("%(num)s article since %(day)s.", "%(num)s articles since %(day)s.", value.articles) % told
        )
    if value.demo:
        facts.append(gettext("An invented outlet, made to look around with."))
    crumbs = [(gettext("Outlets"), addresses.SOURCES)]
    return listing(
        request, found, value.name, addresses.outlet(value.slug), facts=facts, crumbs=crumbs, current="sources",
        home_url=addresses.web(value.home_url), with_outlet=False,
    )  # fmt: skip


@require_safe
def topic(request, slug: str):
    """The articles of a topic."""
    value, found = found_or_404(lists.topic(slug, cursor(request), **whose(request)))
    facts = [ngettext("%(num)s article has this topic.", "%(num)s articles have this topic.", value.articles)
             % {"num": wording.number(value.articles)}] if value.articles else []  # fmt: skip
    return listing(request, found, value.name, addresses.topic(value.slug), facts=facts)


@require_safe
def author(request, number: str, slug: str | None = None):
    """The articles signed with a name in one outlet, and what the outlet gives of the person."""
    value, found = found_or_404(lists.author(known_number(number), cursor(request), user=account_id(request)))
    if slug != value.slug:
        return HttpResponsePermanentRedirect(addresses.author(value))
    facts = [gettext("Signs in %(outlet)s.") % {"outlet": value.outlet}]
    facts += [gettext("“%(biography)s” As the outlet gives it.") % {"biography": value.bio}] if value.bio else []
    crumbs = [(value.outlet, addresses.outlet(value.outlet_slug))]
    return listing(
        request, found, value.name, addresses.author(value), facts=facts, crumbs=crumbs, feed=None, with_outlet=False
    )


def known_number(number: str) -> int:
    """A number of an address; one that no row can bear is nowhere."""
    if not 0 < int(number) <= BIGGEST:
        raise Http404
    return int(number)


@require_safe
def short(request, number: str):
    """The short address of an article leads to its long one."""
    return moved_or_shown(request, known_number(number), None)


@require_safe
def article(request, number: str, slug: str | None = None):
    """An article, where it comes from, and what to read next."""
    return moved_or_shown(request, known_number(number), slug)


def moved_or_shown(request, number: int, slug: str | None):
    """The article's page; a redirect to its right or new address; 410 where it was withdrawn; 404 else."""
    page = found_or_404(articles.page(number, user=account_id(request)))
    if isinstance(page, Gone):
        if page.moved_to is None:
            return errors.gone(request, page)
        there = addresses.with_slug("article", page.moved_to, page.moved_slug)
        return HttpResponsePermanentRedirect(there)
    if slug != page.card.slug:
        return HttpResponsePermanentRedirect(addresses.article(page.card))
    response = render(request, "article.html", article_context(request, page), using="pages")
    readers.count(request, page.card.id)
    return response


def article_context(request, page: ArticlePage) -> dict:
    """Everything `article.html` shows."""
    now, user = timezone.now(), account_id(request)
    card, told = page.card, page.story if page.story and page.story.articles > 1 else None
    shown = {card.id}
    kind = next((mark.kind for mark in told.marks if mark.article_id == card.id), "own") if told else "own"
    entries = beside(told, shown)
    related = fresh(page.related, shown)
    ranked = fresh(most_read(user), shown)
    reader = readers.profile_key(request)
    for_you = fresh(lists.for_you(reader, LISTED, exclude=shown), shown) if reader else []
    share = settings.SITE_URL + addresses.short(card.id)
    subject = f"{card.title} ({card.outlet})"
    return {
        "current": f"section:{card.section_slug}" if card.section_slug else None,
        "page": page,
        "story": told,
        "entries": entries,
        "record": wording.record(page, kind, now),
        "evidence": wording.evidence(page),
        "updated": text_changed(page),
        "body": body.for_page(page.reading.html, gettext("Table; scroll sideways to see all of it")),
        "cited": cited(page),
        "related": related,
        "for_you": for_you,
        "share": share,
        "mail": f"subject={quote(subject)}&body={quote(share)}",
        **ranking(ranked),
    }


def beside(told: StoryCard | None, shown: set[int]) -> list[dict]:
    """Up to two entries of the story beside an article: who had it first, who spoke last."""
    if told is None:
        return []
    entries = []
    for card, first in ((told.first, True), (told.latest, False)):
        if card.id not in shown:
            shown.add(card.id)
            entries.append({"card": card, "first": first})
    return entries


def text_changed(page: ArticlePage):
    """When the stored text last changed, or None where no two documents are known to differ."""
    changed = [version.fetched for version in page.versions if version.changed]
    return max(changed, default=None)


def cited(page: ArticlePage) -> list[tuple[str, str, str | None]]:
    """(name, sentence, None) of each source that the text names, each name once."""
    found: dict[str, tuple[str, str, str | None]] = {}
    for source in page.reading.cited:
        found.setdefault(source.name.casefold(), (source.name, source.sentence, None))
    return list(found.values())


@require_safe
def story(request, number: str, slug: str | None = None):
    """A story: who told it, when, and which texts are copies."""
    found = found_or_404(lists.story(known_number(number), user=account_id(request)))
    if isinstance(found, Gone):
        return HttpResponsePermanentRedirect(addresses.with_slug("story", found.moved_to, found.moved_slug))
    if slug != found.card.slug:
        return HttpResponsePermanentRedirect(addresses.story(found.card.id, found.card.slug))
    return render(request, "story.html", coverage.context(found, whole="all" in request.GET), using="pages")
