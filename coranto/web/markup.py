"""What pages say to machines: schema.org data as JSON-LD, which tells no more than the page shows, and whose it is."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings
from django.utils.translation import gettext
from markupsafe import Markup

from coranto.store.values import ArticlePage, Card, StoryPage
from coranto.web import addresses

MEMBERS = 20
UNSAFE = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def data(value: dict) -> Markup:
    """A data block of a page. No text in it can end the block: '<' is written as an escape of JSON."""
    written = json.dumps({"@context": "https://schema.org", **value}, ensure_ascii=False).translate(UNSAFE)
    written = written.encode("utf-8", "replace").decode()
    return Markup('<script type="application/ld+json">{}</script>').format(Markup(written))  # noqa: S704 - escaped above


def article(page: ArticlePage) -> Markup:
    """A foreign article: its outlet publishes it, and this page is based on the original."""
    card, original = page.card, addresses.web(page.url)
    here = settings.SITE_URL + addresses.article(card)
    told = {
        "@type": "NewsArticle",
        "headline": card.title[:110],
        "mainEntityOfPage": here,
        "url": original or here,
        "isBasedOn": original,
        "description": card.lead,
        "inLanguage": card.language,
        "articleSection": card.section,
        "datePublished": moment(card.published or page.published_as_given),
        "dateModified": moment(page.modified),
        "author": [{"@type": "Person", "name": author.name} for author in page.authors],
        "publisher": organisation(page.outlet.name, page.outlet.home_url),
    }
    return data(without_blanks(told))


def story(found: StoryPage) -> Markup:
    """A story: a collection of other outlets' articles, made by this site."""
    card = found.card
    address = settings.SITE_URL + addresses.story(card.id, card.slug)
    told = {
        "@type": "CollectionPage",
        "name": card.title,
        "url": address,
        "inLanguage": card.lead.language,
        "dateModified": moment(card.latest.seen),
        "mainEntity": {
            "@type": "ItemList",
            "numberOfItems": len(found.cards),
            "itemListElement": [member(n, each) for n, each in enumerate(found.cards[:MEMBERS], 1)],
        },
    }
    return data(without_blanks(told))


def member(position: int, card: Card) -> dict:
    """An article of a story."""
    return {
        "@type": "ListItem",
        "position": position,
        "name": card.title,
        "url": settings.SITE_URL + addresses.article(card),
    }


def crumbs(places: Iterable[tuple[str, str]]) -> Markup:
    """The way from the front page to a page; `places` are (name, address) without the front page."""
    way = [(gettext("Home"), addresses.HOME), *places]
    steps = [
        {"@type": "ListItem", "position": n, "name": name, "item": settings.SITE_URL + address}
        for n, (name, address) in enumerate(way, 1)
    ]
    return data({"@type": "BreadcrumbList", "itemListElement": steps})


def way_to(section: str | None, slug: str | None, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """The places between the front page and an article or story: its section where it has one, and `more`."""
    return [*([(section, addresses.section(slug))] if section and slug else []), *more]


def organisation(name: str, address: str | None) -> dict:
    """An outlet."""
    return without_blanks({"@type": "NewsMediaOrganization", "name": name, "url": addresses.web(address)})


def moment(value: date | datetime | None) -> str | None:
    """A time as schema.org has it."""
    return value.isoformat() if value else None


def without_blanks(told: dict) -> dict:
    """The fields that say something."""
    return {name: value for name, value in told.items() if value not in (None, "", [], ())}
