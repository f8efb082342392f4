"""Two texts beside each other: the stored versions of an article, and a copy beside the earliest text like it.

Fields come first, then the paragraphs that differ. Visitors without the right to whole texts get the fields alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from coranto.articles import Article
from coranto.store.values import ArticlePage, Gone
from coranto.web import addresses, coverage, differences, errors, rights, times
from coranto.web.asking import account_id, found_or_404, known_number
from coranto.web.door import articles

PASSAGES = 3
"""So many paragraphs that differ stand on the page of a story; the page of the two texts has all."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: its name, when it was seen, what the reader made of it, and its own page where it has one."""

    name: str
    at: datetime
    reading: Article
    address: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of both sides in words; `differs` where they are not the same."""

    name: str
    before: str
    after: str

    @property
    def differs(self) -> bool:
        return self.before != self.after


@require_safe
def versions(request, number: str):
    """The stored versions of an article: the one asked for beside the one before it."""
    page = shown(request, number)
    if not isinstance(page, ArticlePage):
        return page
    changed = [version for version in page.versions if version.changed]
    if not changed:
        raise Http404
    asked = request.GET.get("to", "")
    wanted = int(asked) if asked.isdecimal() and len(asked) < 10 else changed[-1].number
    before, after = found_or_404(articles.difference(page.card.id, wanted))
    now = timezone.now()
    sides = [Side(gettext("Seen %(time)s") % {"time": times.when(each.fetched, now)}, each.fetched, each.reading)
             for each in (before, after)]  # fmt: skip
    others = [(version, addresses.versions(page.card.id, version.number)) for version in changed]
    return compare(request, page, sides, rights.present().may_read(page), versions=others, chosen=wanted)


@require_safe
def compared(request, number: str):
    """A copy beside the earliest text like it."""
    page = shown(request, number)
    if not isinstance(page, ArticlePage):
        return page
    earliest = found_or_404(page.record.earliest)
    there = articles.page(earliest.id, user=account_id(request))
    if not isinstance(there, ArticlePage):
        raise Http404
    sides = [Side(each.outlet.name, each.card.at, each.reading, addresses.article(each.card)) for each in (there, page)]
    return compare(request, page, sides, page.whole and there.whole, versions=(), chosen=None)


def of_story(texts: Iterable[coverage.Text], told: Collection[int], user: int | None) -> dict | None:
    """For the page of a story: the first copy whose name or date differs beside the earliest of its text, the fields
    and, where both may be read, the first paragraphs that differ; None where no copy differs. `told` are copies of
    which something is hidden: they are passed over."""
    pairs = ((text.card, copy.card) for text in texts for copy in text.copies if copy.mark == "changed")
    pair = next((cards for cards in pairs if cards[1].id not in told), None)
    read = articles.readings([card.id for card in pair], user=user) if pair else {}
    if len(read) < 2:
        return None
    both = [read[card.id] for card in pair]
    sides = [
        Side(card.outlet, card.at, version.reading, addresses.article(card))
        for card, version in zip(pair, both, strict=True)
    ]
    before, after = (version.reading for version in both)
    may = all(map(rights.present().may_read, both))
    passages = differences.passages(before.text, after.text) if may else []
    differing = [passage for passage in passages if not passage.same][:PASSAGES]
    return {"card": pair[1], "sides": sides, "fields": fields(before, after), "passages": differing}


def shown(request, number: str):
    """The article's page, or the answer that its address has instead."""
    page = found_or_404(articles.page(known_number(number), user=account_id(request)))
    if isinstance(page, Gone):
        if page.moved_to is None:
            return errors.gone(request, page)
        return HttpResponsePermanentRedirect(addresses.with_slug("article", page.moved_to, page.moved_slug))
    return page


def compare(request, page: ArticlePage, sides: list[Side], whole: bool, **more):
    """The page of two sides; the texts only where they may be shown `whole`."""
    before, after = sides
    context = {
        "current": None,
        "card": page.card,
        "sides": sides,
        "fields": fields(before.reading, after.reading),
        "passages": differences.passages(before.reading.text, after.reading.text) if whole else [],
        "whole": whole,
        **more,
    }
    return render(request, "differences.html", context, using="pages")


def fields(before: Article, after: Article) -> list[Field]:
    """What both say of themselves; a field that neither has is left out."""
    made = [
        Field(gettext("Headline"), before.title or "", after.title or ""),
        Field(gettext("Standfirst"), before.subtitle or "", after.subtitle or ""),
        Field(gettext("Signed"), ", ".join(before.authors), ", ".join(after.authors)),
        Field(gettext("Dated"), *(times.as_given(one.published) if one.published else "" for one in (before, after))),
    ]
    return [field for field in made if field.before or field.after]
