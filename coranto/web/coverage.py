"""A story's page put together: the timeline of its outlets and its texts with the copies folded under them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import get_language_bidi, gettext
from markupsafe import Markup

from coranto.store.values import Card, Mark, StoryPage
from coranto.web import drawing, wording

ROWS = 12


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the timeline: an outlet's first article, its mark and place."""

    card: Card
    mark: str
    x: float
    says: str


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy under the text it carries."""

    card: Card
    mark: str
    says: Markup
    share: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """An article that is nobody's copy here (or whose original is not in this story), with its copies."""

    card: Card
    mark: str
    copies: tuple[Copy, ...]
    says: str
    changed: bool = False

    @property
    def open(self) -> bool:
        """Copies are shown unasked when the name or date of one differs."""
        return any(copy.mark == "changed" for copy in self.copies)


NOTHING: frozenset[str] = frozenset()


def context(found: StoryPage, whole: bool = False, hidden: Mapping[int, frozenset[str]] | None = None) -> dict:
    """What `story.html` shows. Beyond `ROWS` outlets the timeline is cut unless `whole`. `hidden` holds, by article,
    the findings that those who run the site hid."""
    hidden = hidden or {}
    kinds = mark_kinds(found, hidden)
    marks = tuple(Mark(card.at, kinds[card.id], card.id, card.outlet) for card in found.cards)
    rows, ticks = timeline(found.cards, kinds)
    shown = rows if whole else rows[:ROWS]
    return {
        "current": "story",
        "found": found,
        "story": found.card,
        "own": sum(kind in ("first", "own") for kind in kinds.values()),
        "marks": marks,
        "rows": shown if len(rows) > 1 else [],
        "hidden": len(rows) - len(shown),
        "ticks": ticks,
        "coverage": texts(found, kinds, hidden),
    }


def mark_kinds(found: StoryPage, hidden: Mapping[int, frozenset[str]] | None = None) -> dict[int, str]:
    """Each article's mark, from the story's own roles; one with a hidden difference has no mark of it."""
    kinds = {mark.article_id: mark.kind for mark in found.card.marks}
    by_id = {card.id: card for card in found.cards}
    for card in found.cards:
        kinds.setdefault(card.id, found.roles.get(card.id) or ("credited" if card.copy_of else "own"))
        here = (hidden or {}).get(card.id, NOTHING)
        if here & set(wording.DIFFERENCES) and kinds[card.id] == "changed":
            original = by_id.get(card.copy_of)
            if original is None or not wording.differences(card, original, here):
                kinds[card.id] = "unnamed"
    return kinds


def timeline(cards: tuple[Card, ...], kinds: dict[int, str]) -> tuple[list[Row], list[drawing.Tick]]:
    """The first article of each outlet in order of time, on a common axis."""
    firsts: dict[str, Card] = {}
    for card in sorted(cards, key=lambda card: (card.at, card.id)):
        firsts.setdefault(card.outlet_slug, card)
    if not firsts:
        return [], []
    line = drawing.axis([card.at for card in cards], get_language_bidi())
    rows = [Row(card, kinds[card.id], line.place(card.at), wording.brought(kinds[card.id])) for card in firsts.values()]
    return rows, drawing.ticks(line)


def texts(
    found: StoryPage, kinds: dict[int, str], hidden: Mapping[int, frozenset[str]] | None = None
) -> list[Text]:
    """Every text once: copies stand under their original, chains of copies under the first of them."""
    by_id = {card.id: card for card in found.cards}
    under: dict[int, list[Card]] = {}
    for card in sorted(found.cards, key=lambda card: (card.at, card.id)):
        under.setdefault(root(card, by_id), []).append(card)
    listed = []
    for original, members in under.items():
        head = by_id[original]
        copies = tuple(
            Copy(
                card, kinds[card.id], told_of(card, head, kinds[card.id], hidden),
                "" if hidden and hidden.get(card.id) else share(found.shares.get(card.id)),
            )
            for card in members
            if card.id != original
        )
        says = gettext("Copy of a text seen earlier elsewhere ·") if head.copy_of else ""
        listed.append(Text(head, kinds[original], copies, says, original in found.changed))
    return listed


def share(known: float | None) -> str:
    """'97 % of the text', or nothing where it is not known."""
    return gettext("%(share)s of the text") % {"share": wording.percent(known)} if known else ""


def told_of(card: Card, head: Card, kind: str, hidden: Mapping[int, frozenset[str]] | None) -> Markup:
    """The words beside a copy, without what is hidden."""
    return wording.copy_words(card, head, kind, (hidden or {}).get(card.id, NOTHING))


def root(card: Card, by_id: dict[int, Card]) -> int:
    """The earliest of a chain of copies that is in this story."""
    passed = {card.id}
    while card.copy_of in by_id and card.copy_of not in passed:
        card = by_id[card.copy_of]
        passed.add(card.id)
    return card.id
