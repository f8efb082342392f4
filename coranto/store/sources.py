"""Sources: where documents come from, when each is visited next, and how it does. The rows are the queue.

A claim moves `due` past the lease: a worker that dies lets go of it by doing nothing. Whatever is told of a visit
twice ends in the same state.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from secrets import token_hex

from coranto.store import times
from coranto.store.database import holes, many, numbers, postgresql, row, rows, run, value, writing
from coranto.store.outlets import (
    add_outlet,
    delete_outlet,
    follow,
    followed,
    outlet_of,
    outlets,
    section_id,
    update_outlet,
)
from coranto.store.source_values import Fetched, Health, SourceRow
from coranto.store.times import DAY, SECOND, moment, now, stamp

__all__ = [
    "add_many", "add_outlet", "add_source", "claim_due", "delete_outlet", "delete_source", "failed", "fetched",
    "fetched_many", "follow", "followed", "get", "gone", "keep_robots", "let_go", "listed", "of_outlet", "outlet_of",
    "outlets", "pause", "resume", "robots", "update", "update_outlet",
]  # fmt: skip

SHORTEST, LONGEST = 300.0, 86_400.0
FAILING_AFTER = 6 * 3600 * SECOND
SOURCE = """SELECT s.id, s.outlet_id, o.name, s.kind, s.url, COALESCE(own.name, general.name), s.reading, s.interval,
    s.spacing, s.allow_private, s.credential, COALESCE(s.user_agent, o.user_agent), s.etag, s.last_modified, s.due,
    s.state, o.demo, o.private_to_id, s.articles, s.days, s.fetched, s.last_new, s.failing_since, s.failures,
    s.failure_kind, s.failure, s.remedy
    FROM source s JOIN outlet o ON o.id = s.outlet_id
    LEFT JOIN section own ON own.id = s.section_id LEFT JOIN section general ON general.id = o.section_id"""
FIELDS = ("kind", "url", "reading", "spacing", "allow_private", "user_agent")


def source_row(found: tuple, today: int) -> SourceRow:
    credential = tuple(json.loads(found[10])) if found[10] else None
    counts = json.loads(found[19])
    days = tuple(counts.get(str(day), 0) for day in range(today - 29, today + 1))
    return SourceRow(
        *found[:9], bool(found[9]), credential, *found[11:14], moment(found[14]), found[15], bool(found[16]),
        health(found, today), found[18], days, found[17],
    )  # fmt: skip


def health(found: tuple, today: int) -> Health:
    visited, last_new, since, failures, kind, message, remedy = found[20:]
    state = found[15]
    if state == "active":
        if failures:
            state = "failing" if failures >= 3 or now() - (since or 0) > FAILING_AFTER else "slow"
        else:
            state = "well" if visited is not None else "new"
    return Health(state, moment(visited), moment(last_new), moment(since), failures, kind, message, remedy)


def selected(where: str, params: Sequence = ()) -> list[SourceRow]:
    today = now() // DAY
    return [source_row(found, today) for found in rows(f"{SOURCE} WHERE {where}", params)]


def add_source(
    outlet_id: int,
    kind: str,
    url: str,
    *,
    section: str | None = None,
    reading: str | None = None,
    interval: float | None = None,
    spacing: float | None = None,
    allow_private: bool | None = None,
    credential: Sequence[str] | None = None,
    user_agent: str | None = None,
) -> SourceRow:
    """A source of an outlet, due at once (a 'file' never is). An address that the outlet has already gives its
    source, changed only in what is named here. An `interval` in seconds is kept to; without one it follows the
    news."""
    outlet = outlet_of(outlet_id)
    if outlet is None:
        raise ValueError(f"there is no outlet {outlet_id}")
    if credential and outlet.private_to is None:
        raise ValueError(
            f"{outlet.name} is everybody's: a source with a credential needs an outlet that is private_to its user"
        )
    with writing():
        known = value(
            "SELECT s.id FROM source s JOIN outlet o ON o.id = s.outlet_id"
            " WHERE s.url = %s AND COALESCE(o.private_to_id, 0) = %s ORDER BY s.id",
            (url, outlet.private_to or 0),
        )
        if known is None:
            known = value(
                "INSERT INTO source (outlet_id, kind, url, reading, interval, fixed, allow_private, state, due,"
                " failures,"
                " failure_kind, failure, remedy, articles, days)"
                " VALUES (%s, %s, %s, 'auto', 3600, %s, %s, 'active', %s, 0, '', '', '', 0, '{}') RETURNING id",
                (outlet_id, kind, url, False, False, None if kind == "file" else now()),
            )
        asked = {
            "section": section, "reading": reading, "interval": interval, "spacing": spacing,
            "allow_private": allow_private, "credential": credential, "user_agent": user_agent,
        }  # fmt: skip
        return update(known, **{name: new for name, new in asked.items() if new is not None})


def add_many(wanted: Iterable[dict]) -> list[SourceRow]:
    """Add many sources in one transaction. Each is a dictionary of what `add_source` takes; in place of `outlet_id`
    it may hold `outlet`, a dictionary of what `add_outlet` takes."""
    made = []
    with writing():
        for each in wanted:
            fields = dict(each)
            if "outlet" in fields:
                fields["outlet_id"] = add_outlet(**fields.pop("outlet")).id
            made.append(add_source(**fields))
    return made


def listed(user: int | None = None) -> list[SourceRow]:
    """All sources whose outlet `user` (None: everybody) may see, by outlet."""
    return selected("o.private_to_id IS NULL OR o.private_to_id = %s ORDER BY o.name, s.id", (user,))


def of_outlet(outlet_id: int) -> list[SourceRow]:
    """The sources of one outlet, the oldest first."""
    return selected("s.outlet_id = %s ORDER BY s.id", (outlet_id,))


def get(wanted: int | str) -> SourceRow | None:
    """The source with this id or address, else the first one of the outlet with this name or slug."""
    text = str(wanted).strip()
    if text.isdecimal() and len(text) < 19:
        found = selected("s.id = %s", (int(text),))
    else:
        found = selected("s.url = %s ORDER BY s.id", (text,))
        found = found or selected("lower(o.name) = %s OR o.slug = %s ORDER BY s.id", (text.lower(), text.lower()))
    return found[0] if found else None


def update(source_id: int, **fields) -> SourceRow | None:
    """Change a source: any of `FIELDS`, `interval` (None: follow the news again), `section` by name, `credential`."""
    with writing():
        for name, new in fields.items():
            if name == "interval":
                fixed, new = new is not None, min(LONGEST * 30, max(60.0, float(new or 3600)))
                run("UPDATE source SET interval = %s, fixed = %s WHERE id = %s", (new, fixed, source_id))
            elif name == "section":
                run("UPDATE source SET section_id = %s WHERE id = %s", (section_id(new), source_id))
            elif name == "credential":
                run(
                    "UPDATE source SET credential = %s WHERE id = %s",
                    (json.dumps(list(new)) if new else None, source_id),
                )
            elif name in FIELDS:
                run(f"UPDATE source SET {name} = %s WHERE id = %s", (new, source_id))  # noqa: S608 - a name of FIELDS
            else:
                raise TypeError(f"a source has no field {name!r} that can be set")
    found = selected("s.id = %s", (source_id,))
    return found[0] if found else None


def pause(source_id: int) -> None:
    """Visit it no more until it is resumed."""
    run("UPDATE source SET state = 'paused', claim = NULL WHERE id = %s", (source_id,))


def resume(source_id: int) -> None:
    """Visit it again, now, whatever was wrong before."""
    run(
        "UPDATE source SET state = 'active', claim = NULL, due = %s, failures = 0, failing_since = NULL,"
        " failure_kind = '', failure = '', remedy = '' WHERE id = %s",
        (now(), source_id),
    )


def delete_source(source_id: int) -> None:
    """Take a source away; its articles stay."""
    with writing():
        run("UPDATE article SET source_id = NULL WHERE source_id = %s", (source_id,))
        run("DELETE FROM source WHERE id = %s", (source_id,))


def claim_due(
    worker: str, limit: int, lease: float = 300, now: datetime | None = None, only: Iterable[int] | None = None
) -> list[SourceRow]:
    """Take up to `limit` sources that are due, for `lease` seconds; `only` takes these, due or not, unless somebody
    has them. Nobody else gets them until they are told of (`fetched`, `failed`, `gone`) or the lease ends."""
    at = stamp(now) if now else times.now()
    which = "due <= %s" if only is None else f"(claim IS NULL OR due <= %s) AND id IN ({numbers(only)})"
    taken = rows(
        f"UPDATE source SET claim = %s, due = %s WHERE id IN (SELECT id FROM source WHERE state = 'active' AND {which}"
        f" ORDER BY due, id LIMIT %s{' FOR UPDATE SKIP LOCKED' if postgresql() else ''}) RETURNING id",
        (f"{worker}:{token_hex(6)}", at + int(lease * SECOND), at, limit),
    )
    return selected(f"s.id IN ({numbers(found for (found,) in taken)}) ORDER BY s.id") if taken else []


def let_go(source_id: int) -> None:
    """Give a claim back as if it had not been taken: the source is due at once."""
    run("UPDATE source SET claim = NULL, due = %s WHERE id = %s AND claim IS NOT NULL", (now(), source_id))


def fetched(source_id: int, **what) -> None:
    """Tell of one successful visit; the fields are those of `Fetched`."""
    fetched_many([Fetched(source_id, **what)])


def fetched_many(visits: Sequence[Fetched]) -> None:
    """Tell of successful visits, in one transaction.

    The interval halves when there was news and grows by half when there was none, between five minutes and a day, and
    never runs short of what the source asks for; one that the owner set stays.
    """
    if not visits:
        return
    at = now()
    with writing():
        ids = numbers(visit.source_id for visit in visits)
        known = {
            found[0]: found[1:]
            for found in rows(f"SELECT id, interval, fixed, days, etag, last_modified FROM source WHERE id IN ({ids})")
        }
        many(
            "UPDATE source SET claim = NULL, fetched = %s, due = %s, interval = %s, etag = %s, last_modified = %s,"
            " days = %s, articles = articles + %s, last_new = COALESCE(%s, last_new), failures = 0, failing_since ="
            " NULL,"
            " failure_kind = '', failure = '', remedy = '' WHERE id = %s",
            [after_visit(visit, known[visit.source_id], at) for visit in visits if visit.source_id in known],
        )
        for visit in visits:
            if visit.moved_to:
                moved(visit.source_id, visit.moved_to)


def after_visit(visit: Fetched, known: tuple, at: int) -> tuple:
    interval, fixed, days, etag, last_modified = known
    if not fixed:
        news = visit.new or visit.changed
        interval = max(SHORTEST, interval / 2) if news else min(LONGEST, interval * 1.5)
    wait = max(interval, min(visit.ttl or 0, LONGEST))
    due = stamp(visit.due) if visit.due else at + int(wait * SECOND)
    if visit.new:
        counts = {day: count for day, count in json.loads(days).items() if int(day) > at // DAY - 30}
        counts[str(at // DAY)] = counts.get(str(at // DAY), 0) + visit.new
        days = json.dumps(counts)
    if not visit.not_modified:
        etag, last_modified = visit.etag, visit.last_modified
    return at, due, interval, etag, last_modified, days, visit.new, at if visit.new else None, visit.source_id


def moved(source_id: int, url: str) -> None:
    """Remember where a source went for good; where that place is read already, this one has had its day."""
    other = value(
        "SELECT other.id FROM source other JOIN source this ON this.outlet_id = other.outlet_id"
        " WHERE this.id = %s AND other.id <> this.id AND other.url = %s",
        (source_id, url),
    )
    if other is None:
        run("UPDATE source SET url = %s WHERE id = %s", (url, source_id))
    else:
        run(
            "UPDATE source SET state = 'gone', due = NULL, failure = %s WHERE id = %s",
            (f"moved to {url}, read there", source_id),
        )


def failed(source_id: int, kind: str, message: str, remedy: str = "", retry_after: float | None = None) -> None:
    """Tell of a visit that failed. The wait doubles from five minutes to a day; `retry_after` seconds are kept to."""
    with writing():
        found = row("SELECT failures FROM source WHERE id = %s", (source_id,))
        if found is None:
            return
        wait = max(min(LONGEST, SHORTEST * 2 ** min(found[0], 10)), min(retry_after or 0, LONGEST * 7))
        run(
            "UPDATE source SET claim = NULL, due = %s, failures = failures + 1, failing_since ="
            " COALESCE(failing_since, %s),"
            " failure_kind = %s, failure = %s, remedy = %s WHERE id = %s",
            (now() + int(wait * SECOND), now(), kind, message[:500], remedy[:500], source_id),
        )


def gone(source_id: int, message: str = "", remedy: str = "") -> None:
    """The source is no more (410): it is visited no longer."""
    run(
        "UPDATE source SET state = 'gone', claim = NULL, due = NULL, failure_kind = 'gone', failure = %s, remedy = %s,"
        " failing_since = COALESCE(failing_since, %s) WHERE id = %s",
        (message, remedy, now(), source_id),
    )


def robots(origins: Sequence[str]) -> dict[str, tuple[int, str, datetime]]:
    """The robots.txt files last seen at these origins: status, text, time."""
    found = rows(
        f"SELECT origin, status, body, fetched FROM robots WHERE origin IN ({holes(origins) or 'NULL'})", origins
    )
    return {origin: (status, body, moment(at)) for origin, status, body, at in found}


def keep_robots(origin: str, status: int, body: str) -> None:
    """Keep a robots.txt as it was seen just now."""
    run(
        "INSERT INTO robots (origin, status, body, fetched) VALUES (%s, %s, %s, %s) ON CONFLICT (origin) DO UPDATE"
        " SET status = excluded.status, body = excluded.body, fetched = excluded.fetched",
        (origin, status, body.replace("\0", "")[:500_000], now()),
    )
