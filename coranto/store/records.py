"""What is usual for outlets and bylines, counted from their rows when grouping asks: never more than the newest
`NEWEST` articles of each outlet, so that the question costs the same in a large store. Houses are compared casefolded,
as in `coranto.stories`, and not by the database, which may fold too few letters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from coranto.store.database import holes, rows
from coranto.store.times import DAY, SECOND, moment

NEWEST = 500
AT_ONCE = 50
FAR_OFF = 2 * DAY


@dataclass(frozen=True, slots=True)
class OutletRecord:
    """Of an outlet's newest articles: how many they are, how many have a text that another house had a day or more
    before, how many a date that sightings or the earlier text do not bear out; the median time from date to sighting
    (None where no date is known), and since when the outlet is read."""

    articles: int
    taken: int
    misdated: int
    delay: timedelta | None
    since: datetime | None


def of_outlets(names: Iterable[str]) -> dict[str, OutletRecord]:
    """The records of outlets, by name. Outlets of one name count together; private ones only with their own."""
    return {name: record for name in sorted(set(names)) if (record := of_outlet(name))}


def of_outlet(name: str) -> OutletRecord | None:
    """The record of the public outlets of this name, None where there are none."""
    known = rows(
        "SELECT id, since, COALESCE(publisher, name) FROM outlet WHERE name = %s AND private_to_id IS NULL"
        " ORDER BY id",
        (name,),
    )
    if not known:
        return None
    found = [
        (seen, dated, *((None, None) if theirs is None or theirs.casefold() == house.casefold() else earlier))
        for ident, _, house in known
        for seen, dated, theirs, *earlier in rows(
            "SELECT a.seen, a.published, COALESCE(p.publisher, p.name), e.seen, e.published FROM article a LEFT JOIN"
            " (article e JOIN outlet p ON p.id = e.outlet_id) ON e.id = a.copy_of WHERE a.outlet_id = %s"
            f" AND a.state = 'listed' ORDER BY a.at DESC, a.id DESC LIMIT {NEWEST}",
            (ident,),
        )
    ]
    taken = sum(then is not None and seen - then >= DAY for seen, _, then, _ in found)
    delays = [seen - dated for seen, dated, _, _ in found if dated is not None and seen >= dated]
    since = min((at for _, at, _ in known if at is not None), default=None)
    delay = timedelta(seconds=median(delays) / SECOND) if delays else None
    return OutletRecord(len(found), taken, sum(misdated(*each) for each in found), delay, moment(since))


def misdated(seen: int, dated: int | None, then: int | None, dated_then: int | None) -> bool:
    """Whether a date lies after the sighting, or far off that of the text that was there before."""
    if dated is None:
        return False
    copied = then is not None and seen - then >= DAY and dated_then is not None
    return dated > seen + DAY or (copied and abs(dated - dated_then) > FAR_OFF)


def of_bylines(names: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Of names that sign in more than one house: how many different texts, and how many of them not in the house in
    which they sign most; a text that several print under one name is that of who had it first. Private outlets are left
    out."""
    known = {ident: (name, house) for name, ident, house in in_several_houses(names)}
    texts: dict[str, dict[int, tuple[int, str]]] = {name: {} for name, _ in known.values()}
    for ident, text, seen in signed_by(list(known)):
        name, house = known[ident]
        signed = texts[name]
        signed[text] = min(signed.get(text, (seen, house)), (seen, house))
    found = {}
    for name, signed in texts.items():
        houses = Counter(house for _, house in signed.values())
        found[name] = (len(signed), len(signed) - max(houses.values(), default=0))
    return found


def signed_by(authors: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """(author, text, time of sighting) of the newest articles of each of these authors."""
    newest = (
        "SELECT * FROM (SELECT l.author_id, COALESCE(a.copy_of, a.id), a.seen FROM article_author l JOIN article a ON"
        f" a.id = l.article_id WHERE l.author_id = %s AND a.state = 'listed' ORDER BY l.at DESC LIMIT {NEWEST}) x"
    )
    for start in range(0, len(authors), AT_ONCE):
        some = authors[start : start + AT_ONCE]
        yield from rows(" UNION ALL ".join([newest] * len(some)), some)


def in_several_houses(names: Iterable[str]) -> list[tuple[str, int, str]]:
    """(name, author's id, house) of those of these names that sign in more than one house."""
    wanted, found = sorted(set(names)), []
    for start in range(0, len(wanted), 500):
        some = wanted[start : start + 500]
        found += rows(
            "SELECT u.name, u.id, COALESCE(o.publisher, o.name) FROM author u JOIN outlet o ON o.id = u.outlet_id"
            f" WHERE u.name IN ({holes(some)}) AND o.private_to_id IS NULL ORDER BY u.name, u.id",
            some,
        )
    found = [(name, ident, house.casefold()) for name, ident, house in found]
    houses = Counter(name for name, _ in {(name, house) for name, _, house in found})
    return [each for each in found if houses[each[0]] > 1]
