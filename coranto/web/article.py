"""The article page: an article, where it comes from, and what to read next.

No entry stands in two lists of one page: what was shown is left out of the lists that follow.
"""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from urllib.parse import quote

from django.conf import settings
from django.http import HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe
from markupsafe import Markup

from coranto.pictures import KeptPicture
from coranto.store.values import ArticlePage, Card, Gone, StoryCard
from coranto.web import (
    addresses,
    body,
    cited,
    errors,
    figures,
    habits,
    pictures,
    readers,
    saying,
    wishes,
    wording,
)
from coranto.web.asking import account_id, found_or_404, known_number
from coranto.web.beside import fresh, kept_alike, ranking, suggested
from coranto.web.door import articles
from coranto.web.habits import marked
from coranto.web.owner import articles as owner_articles

COPIES = 8
"""So many copies stand under an article's own line; the page of its story has all."""


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
    told = told_of(account_id(request), number, slug)
    page = told.page
    if isinstance(page, Gone):
        if page.moved_to is None:
            return errors.gone(request, page)
        there = addresses.with_slug("article", page.moved_to, page.moved_slug)
        return HttpResponsePermanentRedirect(there)
    if slug != page.card.slug:
        return HttpResponsePermanentRedirect(addresses.article(page.card))
    response = render(request, "article.html", article_context(request, told), using="pages")
    response["X-Robots-Tag"] = wishes.directives(page)
    if wishes.mining_reserved(page):
        response["TDM-Reservation"] = "1"
    readers.count(request, page.card.id)
    return response


def told_of(user: int | None, number: int, slug: str | None) -> Told:
    """The article of this number; anew where what was kept has another address, for that may be the older one."""
    asked: list[Told] = []

    def ask() -> Told:
        asked.append(Told(found_or_404(articles.page(number, user=user))))
        return asked[-1]

    told = kept_alike(user, ("article", number), ask)
    right = not isinstance(told.page, Gone) and told.page.card.slug == slug
    return told if right or asked else ask()


class Told:
    """An article as all are told of it who are alike: what the store gave, and what is made of it when it is asked for.
    No two are equal, so that a piece of a page that was made of one stands for nothing else."""

    def __init__(self, page: ArticlePage | Gone):
        self.page = page

    @cached_property
    def story(self) -> StoryCard | None:
        """Its story, where that has other articles."""
        story = self.page.story
        return story if story and story.articles > 1 else None

    @cached_property
    def entries(self) -> list[dict]:
        """Up to two entries of the story beside it: who had it first, who spoke last."""
        if self.story is None:
            return []
        first, latest = self.story.first, self.story.latest
        places = [(first, True), (latest, False)] if latest.id != first.id else [(first, True)]
        return [{"card": card, "first": early} for card, early in places if card.id != self.page.card.id]

    @cached_property
    def shown(self) -> frozenset[int]:
        """The articles that stand above the lists."""
        return frozenset((self.page.card.id, *(entry["card"].id for entry in self.entries)))

    @cached_property
    def record(self) -> wording.Record:
        """Where its text comes from."""
        marks = self.story.marks if self.story else ()
        kind = next((mark.kind for mark in marks if mark.article_id == self.page.card.id), "own")
        return wording.record(self.page, kind, timezone.now())

    @cached_property
    def copies(self) -> list[tuple[Card, str, str]]:
        """The first copies of its text, each with its mark and what it is in words, both empty where the strip of its
        story does not hold it."""
        kinds = {mark.article_id: mark.kind for mark in (self.story.marks if self.story else ())}
        marked = [(card, kinds.get(card.id, "")) for card in self.page.record.copies[:COPIES]]
        unsure = self.page.record.unsure
        return [
            (card, kind, wording.brought(kind, sure=card.id not in unsure) if kind else "") for card, kind in marked
        ]

    def cited(self) -> list[cited.Cited]:
        """The sources that its text names."""
        return cited.named(self.page.reading.cited, self.page.outlet.slug)

    def figures(self, kept: dict[str, KeptPicture]) -> tuple[figures.Figure | None, tuple[figures.Figure, ...]]:
        """The picture at its head, and those in its text, of these that are kept."""
        return figures.of_article(self.page.reading, kept)

    def body(self, figure: figures.Figure | None, others: tuple[figures.Figure, ...]) -> Markup:
        """Its text."""
        reading = self.page.reading
        text = body.without_dateline(reading.html, reading.dateline)
        return body.for_page(text, gettext("Table; scroll sideways to see all of it"), others, figure is None)

    def updated(self) -> datetime | None:
        """When the stored text last changed, or None where no two documents are known to differ."""
        return max((version.fetched for version in self.page.versions if version.changed), default=None)

    @cached_property
    def share(self) -> str:
        """Its short address."""
        return settings.SITE_URL + addresses.short(self.page.card.id)

    @cached_property
    def mail(self) -> str:
        """A letter that hands it on."""
        return f"subject={quote(self.subject)}&body={quote(self.share)}"

    @cached_property
    def subject(self) -> str:
        """What a letter about it is called."""
        return f"{self.page.card.title} ({self.page.card.outlet})"

    def dispute(self) -> str | None:
        """Where to say that its record is wrong: a letter that names it, or the page that CONTACT names."""
        contact = settings.CONTACT
        if "@" in contact and "/" not in contact:
            about = gettext("Where this text comes from: %(article)s") % {"article": self.subject}
            to = quote(contact.removeprefix("mailto:"), safe="@")
            return f"mailto:{to}?subject={quote(about)}&body={quote(self.share)}"
        return addresses.web(contact)


def article_context(request, told: Told) -> dict:
    """Everything `article.html` shows."""
    page, shown = told.page, set(told.shown)
    card, reading = page.card, page.reading
    related = fresh(page.related, shown)
    ranked = ranking(shown)
    reader = readers.profile_key(request)
    for_you, known = suggested(reader, shown)
    own = marked(request, shown)
    noted = {one.place: one.entries for one in ranked}
    noted |= {"related": related, "for-you" if known else "sections": for_you}
    return {
        "current": f"section:{card.section_slug}" if card.section_slug else None,
        "page": page,
        "told": told,
        "pictures": pictures.shown(request, (reading.image, *reading.images)),
        "related": related,
        "ranked": ranked,
        "suggested": for_you,
        "known_reader": known,
        "logged": readers.listed(request, reader, noted),
        "mine": own["own_marks"].get(card.id),
        "reactions": habits.words(card.id, reader),
        "answered": habits.answered(request),
        "came_back": saying.NAME in request.GET,
        "owner_tools": owner_articles.tools(page),
        **own,
    }
