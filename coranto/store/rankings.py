"""Ranked lists by plain measures that say what they are: most read, rising, most covered, most discussed.

They are made of the articles that are warmest (`counting.HALF_LIVES`) and of counts by the hour and the day, each found
by an index: what a list costs does not depend on how many articles there are. The measures are `coranto.ranking`'s.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from coranto.ranking import Counted, Warm, decayed_hours, left, most_counted, most_read, rising
from coranto.store.cards import COLUMNS, TABLES, card, cards_of, seen_by
from coranto.store.counting import EVERYWHERE, HALF_LIVES
from coranto.store.database import numbers, rows, storable, value
from coranto.store.times import DAY, HOUR, now
from coranto.store.values import Card, ListedCard, Rankings

ENOUGH_READERS = 10
ENOUGH_STORIES = 24
"""Where the last three days hold fewer stories of several origins than this, more days are looked at."""
RISING_HOURS, DAY_HOURS = 3, 24
COVERED_DAYS = (3, 7, 30)
CANDIDATES, STORIES, LOOKED_AT = 100, 300, 2000
"""The warmest articles; the most covered stories; of how many, the newest, these are taken."""
A_STORY = 5
"""An outlet may tell one story several times, but seldom more often than this."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which articles a list is about: a condition on `a` with its values, and where their visitors are counted."""

    where: str
    params: tuple
    visitors: str

    @classmethod
    def of(cls, section: str | None, outlet: str | None) -> Scope:
        """The whole site, a section or an outlet (by slug); an unknown one holds nothing. Private outlets are left
        out."""
        for field, slug in (("section", section), ("outlet", outlet)):
            if slug is not None:
                ident = value(f"SELECT id FROM {field} WHERE slug = %s", (storable(slug),)) or 0
                return cls(f"{seen_by(None)} AND a.{field}_id = %s", (ident,), f"{field}:{ident}")
        return cls(seen_by(None), (), EVERYWHERE)

    @property
    def is_outlet(self) -> bool:
        return self.visitors.startswith("outlet:")

    @property
    def unindexed(self) -> str:
        """The condition where another index is the better one: by this one's all that an outlet has would be read."""
        return self.where.replace("_id = %s", "_id + 0 = %s")

    def came(self, hours: int, since: int) -> dict[int, int]:
        """{slot: visitors} in each hour (`hours` 1) or day (24) from a slot on."""
        return dict(rows(
            "SELECT slot, readers FROM visitors WHERE scope = %s AND hours = %s AND slot >= %s",
            (self.visitors, hours, since),
        ))  # fmt: skip

    def of_last_day(self, at: int) -> int:
        """At most so many visitors came in the last 24 hours: who came in several hours, or yesterday and today, may be
        counted twice."""
        by_hour, by_day = self.came(1, at // HOUR - DAY_HOURS), self.came(24, at // DAY - 1)
        return min(sum(by_hour.values()), sum(by_day.values()))

    def busiest(self, since: int) -> int:
        """The most visitors that came on one day from a day on."""
        return max(self.came(24, since).values(), default=0)

    def warmest(self, column: str, since: int) -> list[tuple[int, int, int, float]]:
        """(id, outlet, when it was seen, level) of the articles that have most of a measure of `HALF_LIVES`."""
        where = self.unindexed if column == "talk" else self.where
        return rows(
            f"SELECT a.id, a.outlet_id, a.seen, a.{column} FROM article a WHERE a.{column} > 0.0 AND a.{column} > %s"
            f" AND a.state = 'listed'{where} ORDER BY a.{column} DESC LIMIT {CANDIDATES}",
            (since / HALF_LIVES[column], *self.params),
        )


def enough_readers() -> bool:
    """True where at least ten readers came today or yesterday; with fewer, counts of what they did say little."""
    return Scope.of(None, None).busiest(now() // DAY - 1) >= ENOUGH_READERS


def ranked(limit: int = 6, section: str | None = None, outlet: str | None = None, days: int = 1) -> Rankings:
    """What is read most in the last day (or so many `days`), what rises, what is covered and what is discussed most, of
    the whole site, a section or an outlet; private outlets are left out. Two lists may hold the same article. With
    fewer than ten readers in the last day, what is read says little, and the lists of it are empty."""
    at, scope, enough = now(), Scope.of(section, outlet), enough_readers()
    read = up = ()
    if enough:
        hours = Hours.of(scope, at)
        read = of_day(limit, scope, hours) if days == 1 else of_days(limit, scope, at, days)
        up = rises(limit, hours)
    covered, covered_days = most_covered(limit, scope, None if days == 1 else days)
    discussed = most_discussed(limit, scope, at, days) if enough else ()
    return Rankings(read, up, covered, covered_days, discussed)


@dataclass(frozen=True, slots=True)
class Hours:
    """The last 24 hours until `at`: the warmest articles as `Scope.warmest` tells them, their readers by the hour from
    `first` on, and all visitors."""

    at: int
    first: int
    warm: list[tuple[int, int, int, float]]
    readers: dict[tuple[int, int], int]
    visitors: int

    @classmethod
    def of(cls, scope: Scope, at: int) -> Hours:
        first, warm = at // HOUR - DAY_HOURS + 1, scope.warmest("heat", at - DAY)
        return cls(at, first, warm, readers_of((one[0] for one in warm), 1, first), scope.of_last_day(at))


def of_day(limit: int, scope: Scope, hours: Hours) -> tuple[ListedCard, ...]:
    """Most read now: 'readers', with how many came in the last 24 hours."""
    at, half_life = hours.at, HALF_LIVES["heat"]
    warm = [
        Warm(ident, left(level, at / half_life), decayed_hours((at - seen) / HOUR, half_life / HOUR))
        for ident, _, seen, level in hours.warm
    ]
    by_day = added_up(((article, slot * HOUR // DAY), count) for (article, slot), count in hours.readers.items())
    chosen = most_read(warm, of_each(by_day), scope.busiest(at // DAY - 1), limit)
    return with_counts(chosen, hours.readers)


def of_days(limit: int, scope: Scope, at: int, days: int) -> tuple[ListedCard, ...]:
    """Most read in whole days, today among them: 'readers', with how many came."""
    first = at // DAY - days + 1
    readers = readers_of((ident for ident, *_ in scope.warmest("warmth", at - days * DAY)), 24, first)
    return with_counts(most_counted(of_each(readers), scope.busiest(first), limit), readers)


def readers_of(articles: Iterable[int], hours: int, since: int) -> dict[tuple[int, int], int]:
    """{(article, slot): readers} in each hour or day from a slot on."""
    return {
        (article, slot): readers
        for article, slot, readers in rows(
            "SELECT article_id, slot, readers FROM tally"
            f" WHERE article_id IN ({numbers(articles)}) AND hours = %s AND slot >= %s",
            (hours, since),
        )
    }


def of_each(readers: Mapping[tuple[int, int], int]) -> list[tuple[int, int]]:
    """The counts of `readers_of` without their slots: one for each article and slot."""
    return [(article, count) for (article, _), count in readers.items()]


def added_up(counts: Iterable[tuple[Hashable, int]]) -> Counter:
    """The sum of the counts under each name."""
    total: Counter = Counter()
    for name, count in counts:
        total[name] += count
    return total


def with_counts(chosen: Sequence[int], readers: Mapping[tuple[int, int], int]) -> tuple[ListedCard, ...]:
    """Articles in this order as entries that tell how many readers came in all slots."""
    came, cards = added_up(of_each(readers)), cards_of(chosen)
    return tuple(ListedCard(cards[one], "readers", (str(came[one]),)) for one in chosen if one in cards)


def rises(limit: int, hours: Hours) -> tuple[ListedCard, ...]:
    """What rises: 'rising', with the readers of the last hours and the number expected."""
    at, first = hours.at, hours.first
    late, window = at // HOUR - RISING_HOURS + 1, RISING_HOURS - 1 + at % HOUR / HOUR
    recent, earlier = (
        added_up((article, count) for (article, slot), count in hours.readers.items() if (slot >= late) is is_late)
        for is_late in (True, False)
    )
    counts = [
        Counted(ident, outlet, recent[ident], earlier[ident], max(0, late - max(first, seen / HOUR)))
        for ident, outlet, seen, _ in hours.warm
        if recent[ident] or earlier[ident]
    ]
    up = rising(counts, window, limit, visitors=hours.visitors)
    cards = cards_of(one.id for one in up)
    return tuple(ListedCard(cards[one.id], one.reason, one.values) for one in up if one.id in cards)


def most_discussed(limit: int, scope: Scope, at: int, days: int) -> tuple[ListedCard, ...]:
    """What readers said most words of in so many days: 'discussed', with their number. As among visitors, some of those
    who spoke are not trusted; each says one word of an article."""
    since = at - days * DAY
    words = rows(
        "SELECT article_id, count(*) FROM reaction"
        f" WHERE article_id IN ({numbers(ident for ident, *_ in scope.warmest('talk', since))}) AND at > %s"
        " GROUP BY article_id",
        (since,),
    )
    spoken = sum(count for _, count in words)
    said = {ident: count for ident, count in sorted(words, reverse=True) if count > 1}
    chosen = most_counted(said.items(), spoken, limit)
    cards = cards_of(chosen)
    return tuple(ListedCard(cards[one], "discussed", (str(said[one]),)) for one in chosen if one in cards)


def most_covered(limit: int, scope: Scope, days: int | None) -> tuple[tuple[ListedCard, ...], int]:
    """The stories of so many days with most independent origins, so that fifty copies count once: 'covered', with
    their number; and the days, counted back from the newest such story: where None are given, as few as hold enough. A
    story stands for its headline's section, and for each outlet that told it."""
    told = [at for (at,) in rows(
        "SELECT latest_at FROM story WHERE origins > 1 AND moved_to IS NULL ORDER BY latest_at DESC LIMIT"
        f" {ENOUGH_STORIES}"
    )]  # fmt: skip
    newest = told[0] if told else 0
    if days is None:
        days = next((n for n in COVERED_DAYS if len(told) == ENOUGH_STORIES and told[-1] > newest - n * DAY), None)
        days = days or (COVERED_DAYS[-1] if told else COVERED_DAYS[0])
    told_in = "a.story_id = top.id AND a.copy_of IS NULL" if scope.is_outlet else "a.id = top.headline_id"
    found = rows(
        f"SELECT {COLUMNS} FROM (SELECT * FROM (SELECT id, headline_id, origins, latest_at FROM story WHERE latest_at >"
        f" %s AND origins > 1 AND moved_to IS NULL ORDER BY latest_at DESC LIMIT {LOOKED_AT}) AS late"
        f" ORDER BY origins DESC, latest_at DESC LIMIT {STORIES}) AS top"
        f" JOIN article a ON {told_in} {TABLES.removeprefix('article a')}"
        f" WHERE a.state = 'listed'{scope.unindexed} ORDER BY top.origins DESC, top.latest_at DESC, a.at DESC LIMIT %s",
        (newest - days * DAY, *scope.params, limit * A_STORY),
    )
    first: dict[int | None, Card] = {}
    for one in map(card, found):
        first.setdefault(one.story_id, one)
    listed = tuple(ListedCard(one, "covered", (str(one.story_origins),)) for one in first.values())
    return listed[:limit], days
