"""Atom feeds of the lists and of a search: headline, lead and link of each article, never more."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from coranto.store.values import Card
from coranto.web import addresses
from coranto.web import search as search_page
from coranto.web.asking import account_id, found_or_404
from coranto.web.door import lists
from coranto.web.door import search as store_search
from coranto.web.reading import PER_PAGE

NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def atom(title: str, address: str, cards: Sequence[Card]) -> HttpResponse:
    """The feed of a list; `address` is the list's own. A card's times are those it is ordered by."""
    own = settings.SITE_URL + address
    updated = max((card.seen for card in cards), default=None)
    parts = [
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">',
        f"<title>{clean(title)} · {clean(settings.SITE_NAME)}</title>",
        f"<id>{clean(own)}</id>",
        f'<link rel="alternate" type="text/html" href={quoteattr(own)}/>',
        f'<link rel="self" type="application/atom+xml" href={quoteattr(settings.SITE_URL + addresses.feed(address))}/>',
        f"<updated>{updated.isoformat() if updated else '1970-01-01T00:00:00+00:00'}</updated>",
        *(entry(card) for card in cards),
        "</feed>\n",
    ]
    return HttpResponse("\n".join(parts), content_type="application/atom+xml; charset=utf-8")


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
def latest(request):
    """The feed of the latest articles."""
    return atom(gettext("Latest"), addresses.LATEST, lists.latest(None, PER_PAGE, user=account_id(request)).cards)


@require_safe
def section(request, slug: str):
    """The feed of a section."""
    value, found = found_or_404(lists.section(slug, None, user=account_id(request)))
    return atom(value.name, addresses.section(value.slug), found.cards)


@require_safe
def outlet(request, slug: str):
    """The feed of an outlet."""
    value, found = found_or_404(lists.outlet(slug, None, user=account_id(request)))
    return atom(value.name, addresses.outlet(value.slug), found.cards)


@require_safe
def topic(request, slug: str):
    """The feed of a topic."""
    value, found = found_or_404(lists.topic(slug, None, user=account_id(request)))
    return atom(value.name, addresses.topic(value.slug), found.cards)


@require_safe
def search(request):
    """The feed of a search."""
    query, fields = search_page.asked(request)
    found = store_search.search(query, user=account_id(request)) if any(fields.values()) else None
    title = gettext("Search: %(words)s") % {"words": query.text}
    return atom(title, addresses.search(**fields), [hit.card for hit in found.hits] if found else [])
