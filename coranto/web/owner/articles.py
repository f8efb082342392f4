"""What the owner does with one article: withdraw it, hide or annotate what its record says, choose its story."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext

from coranto.store import articles as store_articles
from coranto.store import changes, deciding, lists, notes
from coranto.store.values import ArticlePage, Gone, RecordNote
from coranto.web import addresses
from coranto.web.asking import account_id, found_or_404
from coranto.web.owner.changes import Act, acts, finding_names
from coranto.web.owner.only import by, done, given, owners_act, ticked
from coranto.web.rights import present

STORY = re.compile(r"(?:.*/story/)?([0-9]{1,18})(?:[/?#].*)?")
"""A story's number, or an address of it."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What the owner's section of an article's page shows: (finding, its words, the note on it), and the log."""

    lines: tuple[tuple[str, str, RecordNote | None], ...]
    acts: tuple[Act, ...]


def tools(page: ArticlePage) -> Tools | None:
    """The owner's section of an article's page; None for everybody else."""
    if not present().owner:
        return None
    names = finding_names()
    kinds = dict.fromkeys(["", *(str(one.get("kind", "")) for one in page.record.findings)])
    kinds.pop("share", None)  # the record is about it; it goes with the whole
    said = {note.finding: note for note in page.record.said}
    kinds |= dict.fromkeys(said)
    lines = tuple((kind, names.get(kind, kind), said.get(kind)) for kind in kinds)
    return Tools(lines, tuple(acts(changes.of_article(page.card.id))))


def page_of(request, number: int) -> ArticlePage:
    """An article that is there, and that this owner may see."""
    page = found_or_404(store_articles.page(number, user=account_id(request)))
    return found_or_404(None if isinstance(page, Gone) else page)


@owners_act
def withdraw(request, number: int):
    """Take an article out for good. It cannot be undone, so a reason must be given and a box ticked."""
    page, reason = page_of(request, number), given(request, "reason", 500)
    here = addresses.article(page.card)
    if not reason or not ticked(request, "sure"):
        told = gettext("Nothing was withdrawn: give the reason, which is shown at the address, and tick the box.")
        return done(request, told, here)
    store_articles.withdraw(number, reason, by(request))
    return done(request, gettext("“%(headline)s” was withdrawn. Its address says so, and why.")
                % {"headline": page.card.title}, addresses.CHANGES)  # fmt: skip


@owners_act
def record(request, number: int):
    """Hide or annotate a finding of an article's record, or the whole of it."""
    page = page_of(request, number)
    finding = given(request, "finding", 60)
    notes.write(number, finding, ticked(request, "hidden"), given(request, "note", notes.LONGEST), by(request))
    told = gettext("Saved. Readers see the record so from now on; under “What was done here” it can be undone.")
    return done(request, told, addresses.article(page.card) + "#owner")


@owners_act
def split(request, number: int):
    """Take an article out of its story."""
    page = page_of(request, number)
    try:
        deciding.split(number, by(request))
        told = gettext("Saved. Later articles follow it; under “What was done here” it can be undone.")
    except LookupError:
        told = gettext("Nothing was changed: there is nothing to take this article out of.")
    return done(request, told, addresses.article(page.card) + "#owner")


@owners_act
def merge(request, number: int):
    """Join the article's story with another."""
    page, other = page_of(request, number), story_named(request)
    try:
        deciding.merge(page.card.story_id or 0, other, by(request), number)
        told = gettext("Saved. Later articles follow it; under “What was done here” it can be undone.")
    except LookupError:
        told = gettext("Nothing was joined: give the number or the address of another story.")
    return done(request, told, addresses.article(page.card) + "#owner")


def story_named(request) -> int:
    """The story that the form names, if this owner may see it; one that was joined with another is that one. 0 where
    there is none."""
    known = STORY.fullmatch(given(request, "story"))
    found = lists.story(int(known[1]), user=account_id(request)) if known else None
    if isinstance(found, Gone):
        return found.moved_to
    return found.card.id if found else 0
