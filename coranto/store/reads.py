"""What was read: counted once a visitor, article and day; what a remembered reader read goes into their log (`events`).

The store never sees an address: `visitor` is the day's keyed hash, made by the pages. A reader's key is 'user:ID' for
an account, else what the device's cookie says (`profiles`). A count does not tell who was counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from itertools import starmap
from operator import itemgetter
from pathlib import Path

from coranto.store import counting, events, marks, reactions, times
from coranto.store.cards import COLUMNS, TABLES, WIDTH, card
from coranto.store.database import numbers, row, rows, run, scrubbing, to_change, value, writing
from coranto.store.profiles import account_of, reader_row, remembered
from coranto.store.reader_values import Visit
from coranto.store.times import DAY, moment, stamp
from coranto.store.values import Card

KEYS = "read_keys"
"""The folder in the data folder in which the key of the day lies."""


def record(article_id: int, visitor: str, reader: str | None = None, at: datetime | None = None) -> bool:
    """Count a read; False where this visitor's was counted today, or there is no such article."""
    return record_many([Visit(article_id, visitor, reader, at)]) == 1


def record_many(given: Sequence[Visit]) -> int:
    """Count reads in one transaction; how many were new. For an account the articles are read from then on, and a
    remembered reader's go into their log."""
    sums, new = counting.Additions(), 0
    with writing():
        ids = numbers(one[0] for one in given)
        known = {
            ident: counting.scopes_of(*places)
            for ident, *places in rows(
                f"SELECT id, section_id, outlet_id FROM article WHERE id IN ({ids}) AND state IN ('listed', 'unlisted')"
            )
        }
        # In one order everywhere, so that two processes with the same visitors do not wait for each other.
        for article, visitor, key, at, place in sorted(starmap(Visit, given), key=itemgetter(1, 0)):
            if article not in known:
                continue
            when = stamp(at) if at else times.now()
            reader = remembered(key, when)
            account = account_of(key or "")
            if account is not None:
                marks.opened(account, (article,), when)
            if reader is not None:
                events.add(reader, article, "read", when, place)
            new += counting.count((article, visitor[:64], when), known[article], sums)
        sums.write()
    return new


def history(reader: str, limit: int = 50) -> tuple[tuple[Card, datetime], ...]:
    """What this reader read, the last first, each article once: its card and when."""
    found = rows(
        f"SELECT {COLUMNS}, d.at FROM (SELECT e.article_id, max(e.at) AS at FROM event e JOIN reader r"
        " ON r.id = e.reader_id WHERE r.key = %s AND e.kind = 'read' GROUP BY e.article_id ORDER BY max(e.at) DESC"
        " LIMIT %s) AS d JOIN article a ON a.id = d.article_id"
        f" {TABLES.removeprefix('article a')} WHERE a.state IN ('listed', 'unlisted') ORDER BY d.at DESC",
        (reader, limit),
    )
    return tuple((card(each), moment(each[WIDTH])) for each in found)


def forget(reader: str) -> None:
    """Forget a reader: their log, wishes, reactions and what an account marked as read go, also from the pages of the
    file that were freed. What an account keeps for later stays, and so does the wish of one not to be remembered; and
    when it forgot, so that nothing is written of what other processes took in before.
    Counts of readers stay: nobody counts twice by being forgotten."""
    account = account_of(reader)
    with scrubbing(), writing():
        known, remembers = row(f"SELECT id, remembers FROM reader WHERE key = %s{to_change()}", (reader,)) or (None, 1)
        if known is not None:
            reactions.forget(known)
            for table in ("event", "showing"):
                run(f"DELETE FROM {table} WHERE reader_id = %s", (known,))
            run("DELETE FROM reader WHERE id = %s", (known,))
        if account is not None:
            marks.forget(account)
            fresh = reader_row(reader, times.now(), remembers=bool(remembers))
            run("UPDATE reader SET forgot = %s WHERE id = %s", (times.now(), fresh))


def forget_one(reader: str, article: int) -> None:
    """Forget what a reader did with one article, what they said of it, and that it was shown to them. Of what other
    processes took in before nothing is written, whatever it was about: that is less than a second's."""
    account = account_of(reader)
    with scrubbing(), writing():
        known = value("UPDATE reader SET forgot = %s WHERE key = %s RETURNING id", (times.now(), reader))
        if known is not None:
            events.forget_one(known, article)
            reactions.forget(known, article)
        if account is not None:
            marks.forget(account, article)


def drop_keys(folder: Path, today: date) -> None:
    """Delete the keys of the days before `today`: with its key nobody can tell any more whom a hash stood for."""
    for old in folder.iterdir() if folder.is_dir() else ():
        if old.name < today.isoformat():
            old.unlink(missing_ok=True)


def drop_old(days: float) -> int:
    """Forget reads and readers' logs older than this; how many reads went. The articles keep their counts."""
    events.drop_old(days)
    counting.drop_old(times.now())
    run("UPDATE reader SET forgot = NULL WHERE forgot < %s", (times.now() - DAY,))
    return run("DELETE FROM read WHERE at < %s", (times.now() - int(days * DAY),))
