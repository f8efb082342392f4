"""The sitemap: the site's own pages and nothing else, an index and parts of at most 5,000 addresses.

Articles are their outlets' and stand in none. Only a public site has one.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from coranto.store import catalogue, sources
from coranto.web import addresses
from coranto.web.asking import known_number
from coranto.web.door import lists

OWN = (addresses.HOME, addresses.LATEST, addresses.SOURCES, addresses.ABOUT, addresses.GROUPING)
HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


@require_safe
def index(request):
    """The parts."""
    only_public()
    parts = [addresses.sitemap("pages", 1)]
    parts += [addresses.sitemap("stories", first) for first in catalogue.story_parts()]
    parts += [addresses.sitemap("topics", first) for first in catalogue.topic_parts()]
    return xml("sitemapindex", "sitemap", ((address, None) for address in parts))


@require_safe
def part(request, kind: str, first: str):
    """A part: the pages from a number on."""
    only_public()
    return xml("urlset", "url", PARTS[kind](known_number(first)))


def pages(first: int) -> Iterable[tuple[str, datetime | None]]:
    """The pages of which there are few: the site's own, sections and outlets."""
    places = [*OWN, *(addresses.section(section.slug) for section in lists.sections())]
    places += [addresses.outlet(outlet.slug) for outlet in sources.outlets() if outlet.articles]
    return [(address, None) for address in places[: catalogue.PART]]


def stories(first: int) -> Iterable[tuple[str, datetime | None]]:
    """Stories that more than one article tells."""
    return [(addresses.story(ident, slug), at) for ident, slug, at in catalogue.stories(first)]


def topics(first: int) -> Iterable[tuple[str, datetime | None]]:
    """Topics."""
    return [(addresses.topic(slug), None) for slug in catalogue.topics(first)]


PARTS = {"pages": pages, "stories": stories, "topics": topics}


def only_public() -> None:
    """A private site lists its pages to nobody."""
    if settings.ACCESS != "public":
        raise Http404


def xml(root: str, element: str, found: Iterable[tuple[str, datetime | None]]) -> HttpResponse:
    """A file of the sitemap protocol."""
    lines = [f'{HEAD}<{root} xmlns="{NAMESPACE}">']
    for address, at in found:
        changed = f"<lastmod>{at.isoformat()}</lastmod>" if at else ""
        lines.append(f"<{element}><loc>{escape(settings.SITE_URL + address)}</loc>{changed}</{element}>")
    return HttpResponse("\n".join([*lines, f"</{root}>\n"]), content_type="application/xml; charset=utf-8")
