"""Visits counted: once a visitor, article and day, and added up by hours and days, so that no list reads them all.

A visitor's name, in hexadecimal, begins with that of their network (`NETWORK` digits): one network counts for
`MOST_ALIKE` readers of an article a day at most, once for the ranked lists, and for `MOST_A_DAY` articles; who reads
more is a machine. What an addition costs does not depend on how many articles there are.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from coranto.ranking import apart, together
from coranto.store.database import many, numbers, rows, run, to_change, value
from coranto.store.times import DAY, HOUR

NETWORK = 16
MOST_ALIKE, MOST_A_DAY = 3, 500
HALF_LIVES = {"heat": 12 * HOUR, "warmth": 48 * HOUR, "talk": 48 * HOUR}
"""The columns of an article that make lists, and the time in which what they count is worth half: reads of late, reads
of some days, words of readers."""
SPANS = (1, 24)
"""Counts are kept by the hour and by the day; both go after `KEPT`, those by the hour sooner."""
KEPT, KEPT_HOURS = 9 * DAY, 2 * DAY
EVERYWHERE = "all"


@dataclass(slots=True)
class Additions:
    """What the visits of one transaction add up to."""

    readers: Counter[int] = field(default_factory=Counter)
    moments: dict[int, list[int]] = field(default_factory=dict)
    read: Counter[tuple[int, int, int]] = field(default_factory=Counter)
    came: Counter[tuple[str, int, int]] = field(default_factory=Counter)

    def write(self) -> None:
        """Add it to the rows, in one order for all processes, so that none waits for another that waits for it."""
        columns = ("heat", "warmth")
        these = numbers(self.readers)
        known = rows(f"SELECT id, heat, warmth FROM article WHERE id IN ({these}) ORDER BY id{to_change()}")
        for article, *levels in known:
            for at in self.moments.get(article, ()):
                levels = [together(level, at / HALF_LIVES[name]) for level, name in zip(levels, columns, strict=True)]
            run(
                "UPDATE article SET reads = reads + %s, heat = %s, warmth = %s WHERE id = %s",
                (self.readers[article], *levels, article),
            )
        for table, of, found in (("tally", "article_id", self.read), ("visitors", "scope", self.came)):
            many(
                f"INSERT INTO {table} ({of}, hours, slot, readers) VALUES (%s, %s, %s, %s)"
                f" ON CONFLICT ({of}, hours, slot) DO UPDATE SET readers = {table}.readers + excluded.readers",
                [(*place, count) for place, count in sorted(found.items())],
            )


def count(visit: tuple[int, str, int], scopes: tuple[str, ...], sums: Additions) -> bool:
    """Add a visit (article, visitor, time) to `sums`; False where it is no new reader's. `scopes` are those of the
    article (`scopes_of`). Called inside a transaction."""
    article, visitor, at = visit
    network, day, hour = visitor[:NETWORK], at // DAY, at // HOUR * HOUR
    earlier = rows(
        "SELECT r.article_id, r.visitor, r.at, a.section_id, a.outlet_id FROM read r JOIN article a"
        " ON a.id = r.article_id WHERE r.day = %s AND r.visitor >= %s AND r.visitor < %s"
        f" AND substr(r.visitor, 1, {NETWORK}) = %s LIMIT {MOST_A_DAY}",
        (day, network, network + "g", network),
    )
    alike = [each[1] for each in earlier if each[0] == article]
    if visitor in alike or len(alike) >= MOST_ALIKE or len(earlier) >= MOST_A_DAY:
        return False
    if not rows(
        "INSERT INTO read (day, article_id, visitor, at) VALUES (%s, %s, %s, %s)"
        " ON CONFLICT (day, visitor, article_id) DO NOTHING RETURNING id",
        (day, article, visitor, at),
    ):
        return False
    sums.readers[article] += 1
    if alike:
        return True
    sums.moments.setdefault(article, []).append(at)
    of_day = {scope for each in earlier for scope in scopes_of(*each[3:])}
    of_hour = {scope for each in earlier if each[2] >= hour for scope in scopes_of(*each[3:])}
    for hours, known in zip(SPANS, (of_hour, of_day), strict=True):
        slot = at // (hours * HOUR)
        sums.read[article, hours, slot] += 1
        for scope in scopes:
            sums.came[scope, hours, slot] += scope not in known
    return True


def speak(article: int, before: int | None, at: int | None) -> None:
    """A reader's word on an article, said at `at`, takes the place of the one that they said `before`; None for none.
    Called inside a transaction."""
    level, half_life = value(f"SELECT talk FROM article WHERE id = %s{to_change()}", (article,)), HALF_LIVES["talk"]
    if before is not None:
        level = apart(level, before / half_life)
    if at is not None:
        level = together(level, at / half_life)
    run("UPDATE article SET talk = %s WHERE id = %s", (level, article))


def scopes_of(section: int | None, outlet: int) -> tuple[str, ...]:
    """Where the visitors of an article are counted: everywhere, in its section, at its outlet."""
    return (EVERYWHERE, f"outlet:{outlet}", *([f"section:{section}"] if section else []))


def drop_old(at: int) -> None:
    """Forget counts that no list asks for any more."""
    for table in ("tally", "visitors"):
        for hours, kept in zip(SPANS, (KEPT_HOURS, KEPT), strict=True):
            run(f"DELETE FROM {table} WHERE hours = %s AND slot < %s", (hours, (at - kept) // (hours * HOUR)))
