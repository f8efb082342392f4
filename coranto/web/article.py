"""The article page: an article, where it comes from, and what to read next.

No entry stands in two lists of one page: what was shown is left out of the lists that follow.
"""

from __future__ import annotations

from urllib.parse import quote

from django.conf import settings
from django.http import HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from coranto.store.values import ArticlePage, Gone, StoryCard
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
from coranto.web.beside import fresh, ranking, suggested
from coranto.web.door import articles
from coranto.web.habits import marked
from coranto.web.owner import articles as owner_articles


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
    response["X-Robots-Tag"] = wishes.directives(page)
    if wishes.mining_reserved(page):
        response["TDM-Reservation"] = "1"
    readers.count(request, page.card.id)
    return response


def article_context(request, page: ArticlePage) -> dict:
    """Everything `article.html` shows."""
    now = timezone.now()
    card, told = page.card, page.story if page.story and page.story.articles > 1 else None
    shown = {card.id}
    text = body.without_dateline(page.reading.html, page.reading.dateline)
    kind = next((mark.kind for mark in told.marks if mark.article_id == card.id), "own") if told else "own"
    entries = story_entries(told, shown)
    related = fresh(page.related, shown)
    ranked = ranking(shown)
    reader = readers.profile_key(request)
    for_you, known = suggested(reader, shown)
    own = marked(request, shown)
    kept = pictures.shown(request, (page.reading.image, *page.reading.images))
    lead, others = figures.of_article(page.reading, kept)
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
        "figure": lead,
        "body": body.for_page(text, gettext("Table; scroll sideways to see all of it"), others, lead is None),
        "cited": cited.named(page.reading.cited, page.outlet.slug),
        "related": related,
        "ranked": ranked,
        "suggested": for_you,
        "known_reader": known,
        "mine": own["own_marks"].get(card.id),
        "reactions": habits.words(card.id, reader),
        "answered": habits.answered(request),
        "came_back": saying.NAME in request.GET,
        **own,
        "share": share,
        "dispute": dispute(subject, share),
        "owner_tools": owner_articles.tools(page),
        "mail": f"subject={quote(subject)}&body={quote(share)}",
    }


def dispute(subject: str, share: str) -> str | None:
    """Where to say that a record is wrong: a letter that names the article, or the page that CONTACT names."""
    contact = settings.CONTACT
    if "@" in contact and "/" not in contact:
        about = gettext("Where this text comes from: %(article)s") % {"article": subject}
        return f"mailto:{quote(contact.removeprefix('mailto:'), safe='@')}?subject={quote(about)}&body={quote(share)}"
    return addresses.web(contact)


def story_entries(told: StoryCard | None, shown: set[int]) -> list[dict]:
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
