"""Atom feeds of the lists and of a search: headline, lead and link of each article, never more."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings
from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.utils import timezone
from django.utils.http import http_date
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from coranto.store.values import Card, Gone
from coranto.web import addresses, times
from coranto.web import search as search_page
from coranto.web.asking import account_id, found_or_404, known_number, whose
from coranto.web.door import lists
from coranto.web.door import search as store_search
from coranto.web.reading import PER_PAGE, known_day

NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def atom(title: str, address: str, cards: Sequence[Card], feed: str | None = None) -> HttpResponse:
    """The feed of a list; `address` is the list's own, `feed` the feed's. A card's times are those it is ordered by."""
    own = settings.SITE_URL + address
    itself = settings.SITE_URL + (feed or addresses.feed(address))
    updated = max((card.seen for card in cards), default=None)
    parts = [
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">',
        f"<title>{clean(title)} · {clean(settings.SITE_NAME)}</title>",
        f"<id>{clean(own)}</id>",
        f'<link rel="alternate" type="text/html" href={quoteattr(own)}/>',
        f'<link rel="self" type="application/atom+xml" href={quoteattr(itself)}/>',
        f"<updated>{updated.isoformat() if updated else '1970-01-01T00:00:00+00:00'}</updated>",
        *(entry(card) for card in cards),
        "</feed>\n",
    ]
    answer = HttpResponse("\n".join(parts), content_type="application/atom+xml; charset=utf-8")
    answer["X-Robots-Tag"] = "noindex"
    if updated:
        answer["Last-Modified"] = http_date(updated.timestamp())
    return answer


def entry(card: Card) -> str:
    """One article."""
    language = f" xml:lang={quoteattr(card.language)}" if card.language else ""
    return (
        f"<entry{language}><title>{clean(card.title)}</title>"
        f"<id>{clean(settings.SITE_URL + addresses.short(card.id))}</id>"
        f'<link rel="alternate" type="text/html" href={quoteattr(settings.SITE_URL + addresses.article(card))}/>'
        f"<author><name>{clean(card.byline or card.outlet)}</name></author>"
        f"<published>{card.at.isoformat()}</published><updated>{card.seen.isoformat()}</updated>"
        f'<summary type="text">{clean(card.lead)}</summary></entry>'
    )


def clean(text: str) -> str:
    """Text fit for XML: escaped, without the characters that XML has no place for."""
    return escape(NO_XML.sub("", text))


@require_safe
def home(request):
    """The feed of the front page: the articles whose headlines stand on it."""
    found = lists.home(**whose(request))
    stories = [story for story in (found.lead, *found.seconds, *found.row, *found.others) if story]
    cards = {card.id: card for card in (*(story.lead for story in stories), *found.latest.cards)}
    return atom(gettext("Front page"), addresses.HOME, list(cards.values()))


@require_safe
def latest(request):
    """The feed of the latest articles."""
    return atom(gettext("Latest"), addresses.LATEST, lists.latest(None, PER_PAGE, **whose(request)).cards)


@require_safe
def stories(request):
    """The feed of what several outlets tell: the articles whose headlines stand for it."""
    found = lists.stories(None, PER_PAGE, user=account_id(request))
    return atom(gettext("Stories"), addresses.STORIES, [story.lead for story in found.stories])


@require_safe
def archive(request, day: str):
    """The feed of one day."""
    wanted = known_day(day)
    heading = times.day_head(wanted, timezone.now())
    return atom(heading, addresses.archive(wanted), lists.day(wanted, None, **whose(request)).cards)


@require_safe
def section(request, slug: str):
    """The feed of a section."""
    value, found = found_or_404(lists.section(slug, None, **whose(request)))
    return atom(value.name, addresses.section(value.slug), found.cards)


@require_safe
def outlet(request, slug: str):
    """The feed of an outlet."""
    value, found = found_or_404(lists.outlet(slug, None, user=account_id(request)))
    return atom(value.name, addresses.outlet(value.slug), found.cards)


@require_safe
def topic(request, slug: str):
    """The feed of a topic."""
    value, found = found_or_404(lists.topic(slug, None, **whose(request)))
    return atom(value.name, addresses.topic(value.slug), found.cards)


@require_safe
def author(request, number: str):
    """The feed of what a name signs in an outlet."""
    value, found = found_or_404(lists.author(known_number(number), None, user=account_id(request)))
    title = gettext("%(author)s, %(outlet)s") % {"author": value.name, "outlet": value.outlet}
    return atom(title, addresses.author(value), found.cards, addresses.author_feed(value))


@require_safe
def story(request, number: str):
    """The feed of a story, its last articles first."""
    found = found_or_404(lists.story(known_number(number), user=account_id(request)))
    if isinstance(found, Gone):
        return HttpResponsePermanentRedirect(addresses.story_feed(found.moved_to, found.moved_slug))
    address = addresses.story(found.card.id, found.card.slug)
    itself = addresses.story_feed(found.card.id, found.card.slug)
    return atom(found.card.title, address, found.cards[::-1][:PER_PAGE], itself)


@require_safe
def search(request):
    """The feed of a search."""
    query, fields = search_page.asked(request)
    found = store_search.search(query, user=account_id(request)) if any(fields.values()) else None
    title = gettext("Search: %(words)s") % {"words": query.text}
    return atom(title, addresses.search(**fields), [hit.card for hit in found.hits] if found else [])
