"""A story's page put together: the timeline of its outlets and its texts with the copies folded under them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import get_language_bidi, gettext
from markupsafe import Markup

from coranto.articles import Citation
from coranto.store import notes
from coranto.store.values import Card, Carried, Mark, Part, StoryPage
from coranto.web import drawing, wording
from coranto.web.cited import plain

ROWS, DEEPEST, MOST_SOURCES = 12, 2, 2
OWN = ("first", "own")
"""The marks of what is nobody's copy."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the timeline: an outlet's first article, its mark and place."""

    card: Card
    mark: str
    x: float
    says: str


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy in the tree of those with one text: `depth` is 0 where it hangs on the original, `rails` are the depths at
    which a line goes on to copies below it."""

    card: Card
    mark: str
    says: Markup
    share: str = ""
    depth: int = 0
    rails: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """An article that is nobody's copy here (or whose original is not in this story), with its copies; `folded` sums
    them up, `more` are left out of sight."""

    card: Card
    mark: str
    copies: tuple[Copy, ...]
    says: str
    changed: bool = False
    folded: str = ""
    more: int = 0

    @property
    def open(self) -> bool:
        """Copies are shown unasked when the name or date of one differs."""
        return any(copy.mark == "changed" for copy in self.copies)


@dataclass(frozen=True, slots=True)
class PartShown:
    """A part of a long story: the report that stands for it, the others in order of time, how many outlets tell it,
    the first and the last."""

    lead: Card
    others: tuple[Card, ...]
    outlets: int
    first: Card
    latest: Card


NOTHING: frozenset[str] = frozenset()


def context(
    found: StoryPage,
    whole: bool = False,
    hidden: Mapping[int, frozenset[str]] | None = None,
    without_copies: bool = False,
) -> dict:
    """What `story.html` shows. Beyond `ROWS` outlets the timeline is cut, and so are copies, all of them where the
    reader wants none, unless `whole`. `hidden` holds, by article, the findings that those who run the site hid."""
    hidden = hidden or {}
    kinds = mark_kinds(found, hidden)
    marks = tuple(Mark(card.at, kinds[card.id], card.id, card.outlet) for card in found.cards)
    most = None if whole else 0 if without_copies else ROWS
    told = tuple(card for card in found.cards if most != 0 or card.copy_of is None)
    unsure = frozenset(
        card.id
        for card in found.cards
        if notes.UNSURE in found.carried.get(card.id, Carried()).kinds - hidden.get(card.id, NOTHING)
    )
    rows, ticks = timeline(told or found.cards, kinds, unsure)
    shown = rows if whole else rows[:ROWS]
    return {
        "current": "story",
        "found": found,
        "story": found.card,
        "own": sum(kind in OWN for kind in kinds.values()),
        "marks": marks,
        "rows": shown if len(rows) > 1 else [],
        "hidden": len(rows) - len(shown),
        "ticks": ticks,
        "coverage": texts(found, kinds, hidden, most),
    }


def mark_kinds(found: StoryPage, hidden: Mapping[int, frozenset[str]] | None = None) -> dict[int, str]:
    """Each article's mark, from the story's own roles; one with a hidden difference has no mark of it."""
    kinds = {mark.article_id: mark.kind for mark in found.card.marks}
    for card in found.cards:
        kinds.setdefault(card.id, found.roles.get(card.id) or ("credited" if card.copy_of else "own"))
        here = (hidden or {}).get(card.id, NOTHING)
        left = found.carried.get(card.id, Carried()).kinds - here
        if here & set(wording.DIFFERENCES) and kinds[card.id] == "changed" and not left & set(wording.DIFFERENCES):
            kinds[card.id] = "unnamed"
    return kinds


def timeline(
    cards: tuple[Card, ...], kinds: dict[int, str], unsure: frozenset[int] = NOTHING
) -> tuple[list[Row], list[drawing.Tick]]:
    """The first article of each outlet in order of time, on a common axis; `unsure` are copies that may have been first
    themselves."""
    firsts: dict[str, Card] = {}
    for card in sorted(cards, key=lambda card: (card.at, card.id)):
        firsts.setdefault(card.outlet_slug, card)
    if not firsts:
        return [], []
    line = drawing.axis([card.at for card in cards], get_language_bidi())
    rows = [
        Row(card, kinds[card.id], line.place(card.at), wording.brought(kinds[card.id], sure=card.id not in unsure))
        for card in firsts.values()
    ]
    return rows, drawing.ticks(line)


def sourced(rows: Sequence[Row], cited: Mapping[int, Iterable[Citation]]) -> list[Row]:
    """Lines of the timeline, in order of time, with the sources that each own report is the first here to name."""
    known: set[str] = set()
    found = []
    for row in rows:
        if row.mark in OWN:
            own = plain(row.card.outlet)
            known.add(own)
            # An outlet may call itself by a part of its name ("told the Courier").
            others = [one for one in cited.get(row.card.id, ()) if one.kind != "outlet" or plain(one.name) not in own]
            fresh = {plain(one.name): one.name for one in others if plain(one.name) not in known}
            known |= fresh.keys()
            row = replace(row, says=wording.brought(row.mark, list(fresh.values())[:MOST_SOURCES]))
        found.append(row)
    return found


def parts(found: StoryPage, told: Iterable[Part]) -> list[PartShown]:
    """The parts of a long story, each by the report whose headline stands for it."""
    by_id = {card.id: card for card in found.cards}
    shown = []
    for part in told:
        cards = [by_id[each] for each in part.reports]
        others = tuple(card for card in cards if card.id != part.lead)
        outlets = len({card.outlet_slug for card in cards})
        shown.append(PartShown(by_id[part.lead], others, outlets, cards[0], cards[-1]))
    return shown


def texts(
    found: StoryPage,
    kinds: dict[int, str],
    hidden: Mapping[int, frozenset[str]] | None = None,
    most: int | None = None,
) -> list[Text]:
    """Every text once, with its copies as a tree under the original, at most `most` of them."""
    by_id = {card.id: card for card in found.cards}
    under: dict[int, list[Card]] = {}
    for card in sorted(found.cards, key=lambda card: (card.at, card.id)):
        under.setdefault(root(card, by_id), []).append(card)
    listed = []
    for original, members in under.items():
        head = by_id[original]
        carried = {card.id: seen_of(found.carried.get(card.id, Carried()), card, hidden) for card in members}
        copies = [card for card in members if card.id != original]
        shown = descending(original, copies, carried)[:most]
        depths = [depth for _, depth in shown]
        tree = []
        for place, (card, depth) in enumerate(shown):
            known, kind = carried[card.id], kinds[card.id]
            says = wording.copy_words(card, head, kind, known, by_id.get(known.taken_from))
            tree.append(Copy(card, kind, says, share(known.share), depth, rails(depths, place)))
        says = gettext("Copy of a text seen earlier elsewhere ·") if head.copy_of else ""
        folded = wording.folded(copies, kinds, carried) if copies else ""
        more = len(copies) - len(tree)
        listed.append(Text(head, kinds[original], tuple(tree), says, original in found.changed, folded, more))
    return listed


def seen_of(carried: Carried, card: Card, hidden: Mapping[int, frozenset[str]] | None) -> Carried:
    """What is known of a copy without what those who run the site hid, and what is not told where it is open who was
    first."""
    here = (hidden or {}).get(card.id, NOTHING)
    known = replace(carried, kinds=carried.kinds - here, share=None) if here else carried
    return replace(known, kinds=known.kinds - wording.HELD_AGAINST) if notes.UNSURE in known.kinds else known


def descending(original: int, copies: Sequence[Card], carried: Mapping[int, Carried]) -> list[tuple[Card, int]]:
    """The copies in the order of the tree, each with its depth. One stands under the copy that it was taken from, at
    most `DEEPEST` steps down, else under the original."""
    below: dict[int, list[Card]] = {}
    here = {card.id for card in copies}
    for card in copies:
        source = carried[card.id].taken_from
        below.setdefault(source if source in here else original, []).append(card)
    placed: list[tuple[Card, int]] = []
    for parent in (original, *below):
        waiting = [(card, 0) for card in reversed(below.pop(parent, []))]
        while waiting:
            card, depth = waiting.pop()
            placed.append((card, min(depth, DEEPEST)))
            waiting += [(other, depth + 1) for other in reversed(below.pop(card.id, []))]
    return placed


def rails(depths: Sequence[int], place: int) -> tuple[int, ...]:
    """The depths, up to its own, at which a line goes on below the copy at this place."""
    after = depths[place + 1 :]
    return tuple(d for d in range(depths[place] + 1) if next((each for each in after if each <= d), None) == d)


def share(known: float | None) -> str:
    """'97 % of the text', or nothing where it is not known."""
    return gettext("%(share)s of the text") % {"share": wording.percent(known)} if known else ""


def root(card: Card, by_id: dict[int, Card]) -> int:
    """The earliest of a chain of copies that is in this story."""
    passed = {card.id}
    while card.copy_of in by_id and card.copy_of not in passed:
        card = by_id[card.copy_of]
        passed.add(card.id)
    return card.id
