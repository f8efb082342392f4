"""What the owner does with one article: withdraw it, hide or annotate what its record says."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext

from coranto.store import articles as store_articles
from coranto.store import changes, notes
from coranto.store.values import ArticlePage, Gone, RecordNote
from coranto.web import addresses
from coranto.web.asking import account_id, found_or_404
from coranto.web.owner.changes import Act, acts, finding_names
from coranto.web.owner.only import by, done, given, owners_act, ticked
from coranto.web.rights import present


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
