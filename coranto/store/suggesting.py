"""For you: what a reader's own reads and wishes make of the articles of the last days; and for somebody new, the lead
of each section.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from coranto.ranking import Balance, Item, Read, Scored, left, ranked, spread, team_draft
from coranto.store import events, profiles, taught
from coranto.store.cards import COLUMNS, TABLES, card, seen_by
from coranto.store.covered import openings
from coranto.store.database import numbers, rows
from coranto.store.outlets import followed, hidden_outlets
from coranto.store.rankings import HALF_LIVES, enough_readers
from coranto.store.reader_values import Candidate, Profile, Sliders
from coranto.store.times import now
from coranto.store.values import Card, ListedCard
from coranto.vectors import LEAD_CHARACTERS

FACTORS = {"more": 2.0, "less": 0.4, "never": 0.0}
CANDIDATES = 300
LEADS_FOR = timedelta(days=1)
TRIED_EVERY = 8
"""After so many reads each time, until the next, For you shares its list with another order, to see what is opened."""
PRIOR_SHOWN = 25.0
"""As if an article that is read as much as the mean had been shown so often."""

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
    reads were recorded; whose nothing is known gets `spread_over_sections`. `among` and `known` are `shelf()` and the
    reader's `profiles.profile()`, where somebody has them at hand; `keep` gives back what it was given under a name a
    moment ago, for a reader who opens one page after another. `language` is a newcomer's: what is written in it comes
    before the rest."""
    known = known or profiles.profile(reader)
    account = profiles.account_of(reader or "")
    if not (known and known.remembers and known.reader and known.reads):
        return spread_over_sections(limit, exclude, seen_by(account), known, language)
    name = f"for you {reader} {known.reads} {known.last} {sorted(known.wishes.items())} {known.sliders}"
    scored, cards = keep(name, lambda: scored_for(account, known, among))
    if known.sliders.by_time:
        return in_time_order(scored, cards, limit, frozenset(exclude))
    chosen = spread(scored, limit, frozenset(exclude), known.sliders.surprise)
    own = tuple(ListedCard(cards[one.id], one.reason, one.values) for one in chosen)
    return beside(own, scored, cards, known.reads, frozenset(exclude)) if known.reads % TRIED_EVERY == 0 else own


def beside(
    own: Sequence[ListedCard], scored: Sequence[Scored], cards: Mapping[int, Card], reads: int, exclude: Collection[int]
) -> tuple[ListedCard, ...]:
    """For you and another order in one list, one entry of each at a time ('tried'): what is read most or, each other
    time and where too few readers come, what is newest. Which begins changes, too."""
    turn = reads // TRIED_EVERY
    counts = popularity([one.item.id for one in scored]) if turn % 2 else None
    kind = "new" if counts is None else "read"
    by_time = sorted(scored, key=lambda one: cards[one.item.id].at, reverse=True)
    theirs = by_time if counts is None else sorted(by_time, key=lambda one: -counts[one.item.id][0])
    ours = {entry.card.id: entry for entry in own}
    order = [one.item.id for one in theirs if one.item.id not in exclude]
    made = []
    for ident, is_ours in team_draft(list(ours), order, len(own), first=turn % 4 < 2):
        entry = ours[ident] if is_ours else ListedCard(cards[ident], "tried")
        made.append(replace(entry, place=events.TRIED[kind][0 if is_ours else 1]))
    return tuple(made)


def in_time_order(
    scored: Sequence[Scored], cards: Mapping[int, Card], limit: int, exclude: Collection[int]
) -> tuple[ListedCard, ...]:
    """The newest of what may be suggested ('by-time'), whatever was read."""
    newest = sorted((cards[one.item.id] for one in scored), key=lambda told: told.at, reverse=True)
    return tuple(ListedCard(told, "by-time", ()) for told in newest if told.id not in exclude)[:limit]


def balance(sliders: Sliders) -> Balance:
    """The sliders as the rankings weigh: the middle is 1, each step twice or half, and 0 at the lower end."""
    outlet, section, topic, fresh, popular = (
        2.0 ** (step - 2) if step else 0.0
        for step in (sliders.outlet, sliders.section, sliders.topic, sliders.fresh, 4 - sliders.fresh)
    )
    return Balance(outlet, section, topic, fresh, popular, sliders.surprise)


def scored_for(account: int | None, known: Profile, among: Shelf | None) -> tuple[list[Scored], dict[int, Card]]:
    """What may be suggested to a reader who has read something, the best first, with the cards by id."""
    read = profiles.history(known.reader)
    offered = offered_to(account, shelf() if among is None else among)
    scored = ranked(
        [Read(one, act.at, act.dwell, act.kind) for one, act in zip(items(read), read, strict=True)],
        [weighed for _, weighed in offered], datetime.now(UTC),
        popularity([one.card.id for one, _ in offered]),
        factors=factors(known, [*read, *(one for one, _ in offered)]), 
        balance=balance(known.sliders), model=taught.current(),
    )  # fmt: skip
    return scored, {one.card.id: one.card for one, _ in offered}


def shelf() -> Shelf:
    """What may be suggested, with what the rankings make of each: the same for all readers, and worth keeping."""
    found = profiles.candidates()
    return tuple(zip(found, items(found), strict=True))


def items(found: Sequence[Candidate]) -> list[Item]:
    """Articles as the rankings see them, with the opening of their text, which their vectors are made of."""
    texts = {one.article_id: one.text for one in openings((one.card.id for one in found), 2 * LEAD_CHARACTERS)}
    return [item(one, texts.get(one.card.id, "")) for one in found]


def popularity(ids: Sequence[int]) -> dict[int, tuple[float, float]] | None:
    """How much articles are read of late, each as if all had been shown as often; None where too few readers come for
    that to say something."""
    if not enough_readers():
        return None
    at = now()
    half_life = HALF_LIVES["heat"]
    read = {
        ident: left(heat, at / half_life)
        for ident, heat in rows(f"SELECT id, heat FROM article WHERE id IN ({numbers(ids)}) AND heat > 0.0")
    }
    shown = PRIOR_SHOWN * sum(read.values()) / max(1, len(ids))
    return {ident: (read.get(ident, 0.0), shown) for ident in ids}


def offered_to(account: int | None, among: Shelf) -> list[tuple[Candidate, Item]]:
    """The candidates that a reader may see and follows."""
    hidden = hidden_outlets(account)
    chosen = followed(account) if account else None
    return [
        (one, weighed) for one, weighed in among
        if one.outlet_id not in hidden and (chosen is None or one.outlet_id in chosen)
    ]  # fmt: skip


def item(one: Candidate, text: str = "") -> Item:
    """An article as the rankings see it."""
    told = one.card
    return Item(
        told.id, told.title, text, told.section, tuple(name for name, _ in one.topics), told.outlet, told.at,
        one.authors, language=told.language, story=told.story_id, origin=told.copy_of,
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
    """The lead of each section, of the outlets that are wanted: of what came within a day of the newest what is told by
    most origins ('covered'), else the newest of all ('section'). One in the reader's language where the section has
    any, and sections without such a one last."""
    wishes = known.wishes if known else {}
    never = {slug for (kind, slug), wish in wishes.items() if (kind, wish) == ("outlet", "never")}
    found = rows(
        f"SELECT {COLUMNS} FROM {TABLES} WHERE a.state = 'listed' AND a.copy_of IS NULL AND a.section_id IS NOT NULL"
        f" AND a.id NOT IN ({numbers(exclude)}){visible} ORDER BY a.at DESC LIMIT {CANDIDATES}"
    )
    cards = [told for told in map(card, found) if told.outlet_slug not in never]
    origins = {told.id: told.story_origins for told in cards if cards[0].at - told.at <= LEADS_FOR}
    chosen: dict[str, ListedCard] = {}
    stories: set[int] = set()
    for told in sorted(cards, key=lambda told: (not reads(language, told.language), -origins.get(told.id, 1))):
        if told.section_slug not in chosen and told.story_id not in stories:
            covered = origins.get(told.id, 1) > 1
            reason = ("covered", (str(told.story_origins),)) if covered else ("section", (told.section,))
            chosen[told.section_slug] = ListedCard(told, *reason)
            stories |= {told.story_id} - {None}
    return tuple(chosen.values())[:limit]


def reads(language: str | None, written: str | None) -> bool:
    """Whether a text is in the reader's language, as far as both are known."""
    return not language or not written or language.partition("-")[0] == written.partition("-")[0]
