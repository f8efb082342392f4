"""Ranked lists by plain measures that say what they are: most read, rising, most covered.

An article's `heat` is what `coranto.ranking.together` makes of its reads, each worth half after six hours: reads are
added without touching other articles, and the order stays right while time goes by.
"""

from __future__ import annotations

from coranto.ranking import Counted, rising
from coranto.store.cards import COLUMNS, TABLES, card, cards_of, seen_by
from coranto.store.database import numbers, rows, storable, value
from coranto.store.times import DAY, SECOND, now
from coranto.store.values import ListedCard, Rankings

HOUR = 3600 * SECOND
HALF_LIFE = 6 * HOUR
ENOUGH_READERS = 10
ENOUGH_STORIES = 24
"""Where the last three days hold fewer stories of several origins than this, more days are looked at."""
WINDOW_RISING = 3 * HOUR
COVERED_DAYS = (3, 7, 30)
CANDIDATES = 300


def enough_readers() -> bool:
    """True where at least ten readers came in the last day; with fewer, counts of what they did say little."""
    readers = value(
        f"SELECT count(*) FROM (SELECT DISTINCT visitor FROM read WHERE at > %s LIMIT {ENOUGH_READERS}) AS visitors",
        (now() - DAY,),
    )
    return readers == ENOUGH_READERS


def ranked(limit: int = 6, section: str | None = None) -> Rankings:
    """What is read most, what rises and what is covered most, of the whole site or of a section (its slug); private
    outlets are left out. Two lists may hold the same article. With fewer than ten readers in the last day the first
    two say little and are empty."""
    visible, params = seen_by(None), ()
    if section is not None:
        visible += " AND a.section_id = (SELECT id FROM section WHERE slug = %s)"
        params = (storable(section),)
    at = now()
    read = most_read(limit, visible, params, at) if enough_readers() else ((), ())
    return Rankings(*read, *most_covered(limit, visible, params))


def most_read(
    limit: int, visible: str, params: tuple, at: int
) -> tuple[tuple[ListedCard, ...], tuple[ListedCard, ...]]:
    """Of the articles that are warmest, those most read in the last day ('readers', with their number) and those that
    rise ('rising', with the readers of the last hours and the number expected)."""
    warm = [one for (one,) in rows(
        f"SELECT a.id FROM article a WHERE a.heat > 0.0 AND a.heat > %s AND a.state = 'listed'{visible}"
        f" ORDER BY a.heat DESC LIMIT {CANDIDATES}",
        ((at - DAY) / HALF_LIFE, *params),
    )]  # fmt: skip
    recent = at - WINDOW_RISING
    counts = {
        ident: Counted(ident, outlet, late, day - late, max(0, min(DAY - WINDOW_RISING, recent - seen)) / HOUR)
        for ident, outlet, seen, late, day in rows(
            "SELECT a.id, a.outlet_id, a.seen, sum(CASE WHEN d.at > %s THEN 1 ELSE 0 END), count(*) FROM read d"
            f" JOIN article a ON a.id = d.article_id WHERE d.day >= %s AND d.at > %s AND d.article_id IN"
            f" ({numbers(warm)}) GROUP BY a.id, a.outlet_id, a.seen",
            (recent, (at - DAY) // DAY, at - DAY),
        )
    }
    read = {ident: one.recent + one.earlier for ident, one in counts.items()}
    most = sorted(read, key=lambda ident: (-read[ident], warm.index(ident)))[:limit]
    up = rising(list(counts.values()), WINDOW_RISING / HOUR, limit)
    cards = cards_of({*most, *(one.id for one in up)})
    return (
        tuple(ListedCard(cards[ident], "readers", (str(read[ident]),)) for ident in most),
        tuple(ListedCard(cards[one.id], one.reason, one.values) for one in up),
    )


def most_covered(limit: int, visible: str, params: tuple) -> tuple[tuple[ListedCard, ...], int]:
    """The stories of the last days with most independent origins, so that fifty copies count once: 'covered', with
    their number; and how many days these are, counted back from the newest such story."""
    told = [at for (at,) in rows(
        "SELECT latest_at FROM story WHERE origins > 1 AND moved_to IS NULL ORDER BY latest_at DESC LIMIT"
        f" {ENOUGH_STORIES}"
    )]  # fmt: skip
    newest = told[0] if told else 0
    days = next((n for n in COVERED_DAYS if len(told) == ENOUGH_STORIES and told[-1] > newest - n * DAY), None)
    days = days or (COVERED_DAYS[-1] if told else COVERED_DAYS[0])
    found = rows(
        f"SELECT {COLUMNS} FROM (SELECT headline_id, origins, latest_at FROM story WHERE latest_at > %s AND origins > 1"
        f" AND moved_to IS NULL ORDER BY origins DESC, latest_at DESC LIMIT {CANDIDATES}) AS top"
        f" JOIN article a ON a.id = top.headline_id {TABLES.removeprefix('article a')}"
        f" WHERE a.state = 'listed'{visible} ORDER BY top.origins DESC, top.latest_at DESC LIMIT %s",
        (newest - days * DAY, *params, limit),
    )
    return tuple(ListedCard(one, "covered", (str(one.story_origins),)) for one in map(card, found)), days
