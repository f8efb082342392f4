"""The one log of what remembered readers do with articles, and of the lists they were shown.

Only readers who are remembered (`profiles`) stand in it; of others nothing is written. What is older than READS_DAYS
goes, and one press empties it (`reads.forget`). What all readers do together is counted by `reads`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from coranto.store import times
from coranto.store.cards import seen_by
from coranto.store.database import holes, numbers, row, rows, run, value, writing
from coranto.store.profiles import remembered
from coranto.store.reader_values import Event, Place, Shown
from coranto.store.times import DAY, MINUTE, moment, stamp

PRESSED = ("share", "hide", "less")
"""What a reader does with an article that is kept nowhere else; 'hide' and 'less' keep it from being suggested."""
PLACES = ("for-you", "sections", "related", "most-read", "rising", "covered", "discussed")
"""The lists that are told apart."""
TRIED = {"read": ("you-or-read", "read-or-you"), "new": ("you-or-new", "new-or-you")}
"""Where For you is tried beside what is read most and what is newest: the places of its own entries in such a list, and
of the other's."""
PLACES += tuple(place for both in TRIED.values() for place in both)
FURTHEST = 100
DWELLS = (0, 10, 30, 60, 180)
"""The steps, in seconds, in which it is kept how long a text was in view."""
SHOWN_AGAIN = SOON = 30 * MINUTE
"""The same list shown again within this time is one showing; what is read within it is what its reader went on to."""
ALIKE, LOOKED_AT = 3, 300


def add(reader: int, article: int, kind: str, at: int, place: Place | None = None) -> None:
    """Write down what a reader did; the same on the same day stands once. Called inside a transaction."""
    run(
        "INSERT INTO event (reader_id, article_id, kind, day, at, place, position) VALUES (%s, %s, %s, %s, %s, %s, %s)"
        " ON CONFLICT (reader_id, article_id, kind, day) DO NOTHING",
        (reader, article, kind, at // DAY, at, *(place or (None, None))),
    )


def said(key: str, article: int, kind: str, kinds: Sequence[str]) -> None:
    """Write down what holds by now of several `kinds`, of which one holds at a time; '' for none of them. Called inside
    a transaction."""
    at = times.now()
    reader = remembered(key, at)
    if reader is not None:
        run(
            f"DELETE FROM event WHERE reader_id = %s AND article_id = %s AND kind IN ({holes(kinds)})",
            (reader, article, *kinds),
        )
        if kind:
            add(reader, article, kind, at)


def press(key: str, article: int, kind: str, user: int | None = None) -> bool:
    """A reader does one of `PRESSED`; False where they are not remembered, or may see no such article."""
    if kind not in PRESSED:
        return False
    with writing():
        there = f"SELECT 1 FROM article a WHERE a.id = %s AND a.state IN ('listed', 'unlisted'){seen_by(user)}"
        reader = remembered(key, times.now()) if value(there, (article,)) else None
        if reader is not None:
            add(reader, article, kind, times.now())
    return reader is not None


def dwell(key: str, article: int, seconds: float) -> None:
    """A reader had the text of an article in view for so long, the last time they read it; the longest time holds."""
    step = max((each for each in DWELLS if each <= seconds), default=0)
    run(
        "UPDATE event SET dwell = CASE WHEN dwell > %s THEN dwell ELSE %s END WHERE id = (SELECT e.id FROM event e JOIN"
        " reader r ON r.id = e.reader_id WHERE r.key = %s AND r.remembers AND e.article_id = %s AND e.kind = 'read'"
        " AND e.at > %s ORDER BY e.at DESC LIMIT 1)",
        (step, step, key, article, times.now() - DAY),
    )


def show_many(given: Iterable[tuple[str, str, Sequence[int], datetime]]) -> None:
    """Keep lists as readers got them (reader's key, one of `PLACES`, articles, time), in one transaction."""
    with writing():
        for key, place, articles, when in given:
            at, told = stamp(when), json.dumps(list(articles))
            reader = remembered(key, at)
            if reader is None:
                continue
            last = row(
                "SELECT articles, at FROM showing WHERE reader_id = %s AND place = %s ORDER BY at DESC LIMIT 1",
                (reader, place),
            )
            if last is None or last[0] != told or at - last[1] > SHOWN_AGAIN:
                run(
                    "INSERT INTO showing (reader_id, place, at, articles) VALUES (%s, %s, %s, %s)",
                    (reader, place, at, told),
                )


def of(key: str) -> tuple[Event, ...]:
    """Everything in the log of a reader, the last first: for who it is about."""
    found = rows(
        "SELECT e.at, e.kind, a.id, a.title, o.name, e.place, e.position, e.dwell FROM event e JOIN reader r"
        " ON r.id = e.reader_id JOIN article a ON a.id = e.article_id JOIN outlet o ON o.id = a.outlet_id"
        " WHERE r.key = %s ORDER BY e.at DESC, e.id DESC",
        (key,),
    )
    return tuple(Event(moment(each[0]), *each[1:]) for each in found)


def shown_to(key: str) -> tuple[Shown, ...]:
    """The lists that a reader was shown, the last first."""
    found = rows(
        "SELECT s.at, s.place, s.articles FROM showing s JOIN reader r ON r.id = s.reader_id WHERE r.key = %s"
        " ORDER BY s.at DESC, s.id DESC",
        (key,),
    )
    return tuple(Shown(moment(at), place, tuple(json.loads(articles))) for at, place, articles in found)


def went_on(articles: Iterable[int]) -> dict[int, dict[int, int]]:
    """For each of these articles what readers read next, within `SOON`, and how many did: none that fewer than `ALIKE`
    did, so that nobody can be told by it. Only the last `LOOKED_AT` readers of an article are looked at."""
    found: dict[int, dict[int, int]] = {}
    for (article,) in rows(
        f"SELECT article_id FROM event WHERE article_id IN ({numbers(articles)}) AND kind = 'read'"
        " GROUP BY article_id HAVING count(DISTINCT reader_id) >= %s",
        (ALIKE,),
    ):
        found[article] = dict(rows(
            "SELECT e.article_id, count(DISTINCT e.reader_id) FROM (SELECT reader_id, at FROM event WHERE article_id ="
            f" %s AND kind = 'read' ORDER BY at DESC LIMIT {LOOKED_AT}) AS f JOIN event e ON e.reader_id = f.reader_id"
            " AND e.at > f.at AND e.at <= f.at + %s WHERE e.kind = 'read' AND e.article_id <> %s GROUP BY e.article_id"
            " HAVING count(DISTINCT e.reader_id) >= %s",
            (article, SOON, article, ALIKE),
        ))  # fmt: skip
    return {article: others for article, others in found.items() if others}


def read_by_several(since: datetime, most: int) -> list[int]:
    """The articles that `ALIKE` remembered readers or more read since then, the most read first."""
    found = rows(
        "SELECT article_id FROM event WHERE at >= %s AND kind = 'read' GROUP BY article_id"
        " HAVING count(DISTINCT reader_id) >= %s ORDER BY count(*) DESC LIMIT %s",
        (stamp(since), ALIKE, most),
    )
    return [article for (article,) in found]


def forget_one(reader: int, article: int) -> None:
    """Forget what a reader did with one article, and that it was shown to them. Called inside a transaction."""
    run("DELETE FROM event WHERE reader_id = %s AND article_id = %s", (reader, article))
    for ident, told in rows("SELECT id, articles FROM showing WHERE reader_id = %s", (reader,)):
        articles = json.loads(told)
        if article in articles:
            left = json.dumps([one for one in articles if one != article])
            run("UPDATE showing SET articles = %s WHERE id = %s", (left, ident))


def drop_old(days: float) -> int:
    """Forget what is older than this; how many events went."""
    before = (times.now() - int(days * DAY),)
    run("DELETE FROM showing WHERE at < %s", before)
    return run("DELETE FROM event WHERE at < %s", before)


def opened_beside() -> dict[str, tuple[int, int]]:
    """How often entries of For you, and those of the other order in the same list, were opened, by the names in
    `TRIED`; counts alone, whoever it was."""
    counts = dict(rows("SELECT place, count(*) FROM event WHERE kind = 'read' AND place IS NOT NULL GROUP BY place"))
    return {name: (counts.get(ours, 0), counts.get(theirs, 0)) for name, (ours, theirs) in TRIED.items()}
