"""A story's page put together: the timeline of its outlets and its texts with the copies folded under them."""

from __future__ import annotations

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

    @property
    def open(self) -> bool:
        """Copies are shown unasked when the name or date of one differs."""
        return any(copy.mark == "changed" for copy in self.copies)


def context(found: StoryPage, whole: bool = False) -> dict:
    """What `story.html` shows. Beyond `ROWS` outlets the timeline is cut unless `whole`."""
    kinds = mark_kinds(found)
    marks = tuple(Mark(card.at, kinds[card.id], card.id, card.outlet) for card in found.cards)
    rows, ticks = timeline(found.cards, kinds)
    shown = rows if whole else rows[:ROWS]
    return {
        "current": None,
        "found": found,
        "story": found.card,
        "own": sum(kind in ("first", "own") for kind in kinds.values()),
        "marks": marks,
        "rows": shown if len(rows) > 1 else [],
        "hidden": len(rows) - len(shown),
        "ticks": ticks,
        "coverage": texts(found.cards, kinds),
    }


def mark_kinds(found: StoryPage) -> dict[int, str]:
    """Each article's mark, from the story's own roles."""
    kinds = {mark.article_id: mark.kind for mark in found.card.marks}
    for card in found.cards:
        kinds.setdefault(card.id, found.roles.get(card.id) or ("credited" if card.copy_of else "own"))
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


def texts(cards: tuple[Card, ...], kinds: dict[int, str]) -> list[Text]:
    """Every text once: copies stand under their original, chains of copies under the first of them."""
    by_id = {card.id: card for card in cards}
    under: dict[int, list[Card]] = {}
    for card in sorted(cards, key=lambda card: (card.at, card.id)):
        under.setdefault(root(card, by_id), []).append(card)
    found = []
    for original, members in under.items():
        head = by_id[original]
        copies = tuple(
            Copy(card, kinds[card.id], wording.copy_words(card, head, kinds[card.id]))
            for card in members
            if card.id != original
        )
        says = gettext("Copy of a text seen earlier elsewhere ·") if head.copy_of else ""
        found.append(Text(head, kinds[original], copies, says))
    return found


def root(card: Card, by_id: dict[int, Card]) -> int:
    """The earliest of a chain of copies that is in this story."""
    passed = {card.id}
    while card.copy_of in by_id and card.copy_of not in passed:
        card = by_id[card.copy_of]
        passed.add(card.id)
    return card.id
