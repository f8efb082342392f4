"""For you: what a reader's own reads and wishes make of the articles of the last days; and for somebody new, the newest
of each section.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime

from coranto.ranking import Item, Read, Scored, ranked, spread
from coranto.store import profiles, taught
from coranto.store.cards import COLUMNS, TABLES, card, seen_by
from coranto.store.database import numbers, rows
from coranto.store.outlets import followed, hidden_outlets
from coranto.store.reader_values import Candidate, Profile
from coranto.store.values import Card, ListedCard

FACTORS = {"more": 2.0, "less": 0.4, "never": 0.0}
CANDIDATES = 300

Shelf = Sequence[tuple[Candidate, Item]]
Keep = Callable[[str, Callable[[], tuple]], tuple]


def for_you(
    reader: str | None,
    limit: int = 6,
    exclude: Iterable[int] = (),
    among: Shelf | None = None,
    known: Profile | None = None,
    keep: Keep = lambda name, ask: ask(),
    language: str | None = None,
) -> tuple[ListedCard, ...]:
    """What suits this reader, with the kinds of reason that `coranto.ranking` gives. `reader` is the key under which
    reads were recorded; whose nothing is known gets the newest of each section ('section', with its name). `among` and
    `known` are `shelf()` and the reader's `profiles.profile()`, where somebody has them at hand; `keep` gives back what
    it was given under a name a moment ago, for a reader who opens one page after another. `language` is a
    newcomer's: what is written in it comes before the rest."""
    known = known or profiles.profile(reader)
    account = profiles.account_of(reader or "")
    if not (known and known.remembers and known.reader and known.reads):
        return spread_over_sections(limit, exclude, seen_by(account), known, language)
    name = f"for you {reader} {known.reads} {known.last} {sorted(known.wishes.items())}"
    scored, cards = keep(name, lambda: scored_for(account, known, among))
    return tuple(
        ListedCard(cards[one.id], one.reason, one.values) for one in spread(scored, limit, exclude=frozenset(exclude))
    )


def scored_for(account: int | None, known: Profile, among: Shelf | None) -> tuple[list[Scored], dict[int, Card]]:
    """What may be suggested to a reader who has read something, the best first, with the cards by id."""
    read = profiles.history(known.reader)
    offered = offered_to(account, shelf() if among is None else among)
    scored = ranked(
        [Read(item(one), one.at, one.dwell, one.kind) for one in read],
        [weighed for _, weighed in offered], datetime.now(UTC),
        factors=factors(known, [*read, *(one for one, _ in offered)]), model=taught.current(),
    )  # fmt: skip
    return scored, {one.card.id: one.card for one, _ in offered}


def shelf() -> Shelf:
    """What may be suggested, with what the rankings make of each: the same for all readers, and worth keeping."""
    return tuple((one, item(one)) for one in profiles.candidates())


def offered_to(account: int | None, among: Shelf) -> list[tuple[Candidate, Item]]:
    """The candidates that a reader may see and follows."""
    hidden = hidden_outlets(account)
    chosen = followed(account) if account else None
    return [
        (one, weighed) for one, weighed in among
        if one.outlet_id not in hidden and (chosen is None or one.outlet_id in chosen)
    ]  # fmt: skip


def item(one: Candidate) -> Item:
    """An article as the rankings see it."""
    told = one.card
    return Item(
        told.id, told.title, "", told.section, tuple(name for name, _ in one.topics), told.outlet, told.at,
        language=told.language, story=told.story_id, origin=told.copy_of,
    )  # fmt: skip


def factors(known: Profile, seen: Iterable[Candidate]) -> dict[tuple[str, str], float]:
    """How a reader's wishes weigh topics and outlets, by the names that the rankings know them by."""
    if not known.wishes:
        return {}
    names = {}
    for one in seen:
        names["outlet", one.card.outlet_slug] = one.card.outlet
        names.update({("topic", slug): name for name, slug in one.topics})
    return {(one[0], names[one]): FACTORS[wish] for one, wish in known.wishes.items() if one in names}


def spread_over_sections(
    limit: int, exclude: Iterable[int], visible: str, known: Profile | None, language: str | None
) -> tuple[ListedCard, ...]:
    """The newest own article of each section, of the outlets that are wanted: one in the reader's language where the
    section has any, and sections without such a one last."""
    wishes = known.wishes if known else {}
    never = {slug for (kind, slug), wish in wishes.items() if (kind, wish) == ("outlet", "never")}
    found = rows(
        f"SELECT {COLUMNS} FROM {TABLES} WHERE a.state = 'listed' AND a.copy_of IS NULL AND a.section_id IS NOT NULL"
        f" AND a.id NOT IN ({numbers(exclude)}){visible} ORDER BY a.at DESC LIMIT {CANDIDATES}"
    )
    chosen: dict[str, ListedCard] = {}
    for told in sorted(map(card, found), key=lambda told: not reads(language, told.language)):
        if told.outlet_slug not in never:
            chosen.setdefault(told.section_slug, ListedCard(told, "section", (told.section,)))
    return tuple(chosen.values())[:limit]


def reads(language: str | None, written: str | None) -> bool:
    """Whether a text is in the reader's language, as far as both are known."""
    return not language or not written or language.partition("-")[0] == written.partition("-")[0]
