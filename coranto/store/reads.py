"""What was read: counted once a visitor, article and day, and kept as a history only for readers who asked for it.

The store never sees an address: `visitor` is the day's keyed hash, made by the pages. A reader's key is 'user:ID' for
an account, else what the device's cookie says.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from coranto.store import times
from coranto.store.cards import COLUMNS, TABLES, WIDTH, card
from coranto.store.database import numbers, rows, run, scrubbing, value, writing
from coranto.store.rankings import warmer
from coranto.store.times import DAY, moment, stamp
from coranto.store.values import Card

KEPT_DAYS = 90


def record(article_id: int, visitor: str, reader: str | None = None, at: datetime | None = None) -> bool:
    """Count a read; False where this visitor's was counted today, or there is no such article."""
    return record_many([(article_id, visitor, reader, at)]) == 1


def record_many(given: Sequence[tuple[int, str, str | None, datetime | None]]) -> int:
    """Count reads (article, visitor, reader's key, time), in one transaction; how many were new."""
    new: dict[int, list[int]] = {}
    with writing():
        ids = numbers(one[0] for one in given)
        known = dict(rows(f"SELECT id, heat FROM article WHERE id IN ({ids}) AND state IN ('listed', 'unlisted')"))
        for article, visitor, reader, at in given:
            if article not in known:
                continue
            when = stamp(at) if at else times.now()
            known_reader = reader_id(reader, when)
            place = (when // DAY, article, visitor[:64])
            if rows(
                "INSERT INTO read (day, article_id, visitor, reader_id, at) VALUES (%s, %s, %s, %s, %s)"
                " ON CONFLICT (day, article_id, visitor) DO NOTHING RETURNING id",
                (*place, known_reader, when),
            ):
                new.setdefault(article, []).append(when)
            elif known_reader is not None:
                run(
                    "UPDATE read SET reader_id = %s WHERE day = %s AND article_id = %s AND visitor = %s"
                    " AND reader_id IS NULL",
                    (known_reader, *place),
                )
        for article, moments in new.items():
            heat = known[article]
            for when in moments:
                heat = warmer(heat, when)
            run("UPDATE article SET reads = reads + %s, heat = %s WHERE id = %s", (len(moments), heat, article))
    return sum(map(len, new.values()))


def reader_id(key: str | None, at: int) -> int | None:
    """The row of a reader's key, made where it is missing."""
    if not key:
        return None
    found = value("SELECT id FROM reader WHERE key = %s", (key,))
    if found is None:
        account = int(key[5:]) if key.startswith("user:") and key[5:].isdecimal() else None
        found = value(
            "INSERT INTO reader (key, user_id, profile, since) VALUES (%s, %s, '{}', %s) RETURNING id",
            (key, account, at),
        )
    return found


def history(reader: str, limit: int = 50) -> tuple[tuple[Card, datetime], ...]:
    """What this reader read, the last first, each article once: its card and when."""
    found = rows(
        f"SELECT {COLUMNS}, d.at FROM (SELECT article_id, max(read.at) AS at FROM read JOIN reader r ON r.id ="
        " read.reader_id"
        " WHERE r.key = %s GROUP BY article_id ORDER BY max(read.at) DESC LIMIT %s) AS d JOIN article a ON a.id ="
        " d.article_id"
        f" {TABLES.removeprefix('article a')} WHERE a.state IN ('listed', 'unlisted') ORDER BY d.at DESC",
        (reader, limit),
    )
    return tuple((card(each), moment(each[WIDTH])) for each in found)


def forget(reader: str) -> None:
    """Forget a reader: their history and profile go, also from the pages of the file that were freed."""
    with scrubbing(), writing():
        known = value("SELECT id FROM reader WHERE key = %s", (reader,))
        if known is not None:
            run("DELETE FROM read WHERE reader_id = %s", (known,))
            run("DELETE FROM reader WHERE id = %s", (known,))


def drop_old(days: float = KEPT_DAYS) -> int:
    """Forget reads older than this; how many went. The articles keep their counts."""
    return run("DELETE FROM read WHERE at < %s", (times.now() - int(days * DAY),))
