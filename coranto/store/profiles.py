"""Who reads, by key, and what may be suggested to them: what they read, what they wish, and what is new.

A reader's key is 'user:ID' for an account and 'device:...' for a device. An account is remembered unless it says no;
of a device nothing is kept until its reader asks for it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from coranto.store import times
from coranto.store.cards import COLUMNS, TABLES, WIDTH, card, seen_by
from coranto.store.database import holes, numbers, row, rows, run, storable, to_change, to_rely_on, value, writing
from coranto.store.outlets import hidden_outlets
from coranto.store.reader_values import Candidate, Interest, Profile, Sliders
from coranto.store.times import DAY, moment, now

LEVELS = ("more", "less", "never")
STEPS = 5
FIELDS = ("topic", "outlet")
MOST_WISHES, LONGEST_NAME = 200, 100
WINDOW, CANDIDATES = 7 * DAY, 300
MOST_READS, MOST_INTERESTS = 60, 12
TELLING = "('read', 'star', 'hide', 'less')"
"""What tells of a reader's taste."""


def account_of(key: str) -> int | None:
    """The account's number in a reader's key; None for a device's."""
    return int(key[5:]) if key.startswith("user:") and key[5:].isdecimal() else None


def reader_row(key: str, at: int, remembers: bool) -> int | None:
    """The id of a reader's row, made where it is missing; None for an account that is gone. Called inside a
    transaction."""
    found = value("SELECT id FROM reader WHERE key = %s", (key,))
    if found is not None:
        return found
    account = account_of(key)
    if account is not None and value("SELECT 1 FROM auth_user WHERE id = %s", (account,)) is None:
        return None
    return value(
        "INSERT INTO reader (key, user_id, remembers, profile, since) VALUES (%s, %s, %s, '{}', %s)"
        " ON CONFLICT (key) DO UPDATE SET since = reader.since RETURNING id",
        (key, account, remembers, at),
    )


def remembered(key: str | None, at: int) -> int | None:
    """The id of a reader of whom it is kept what they did at a time, or None; who forgets waits until it is written.
    Called inside a transaction."""
    if not key:
        return None
    if account_of(key) is not None:
        reader_row(key, at, remembers=True)
    kept = "remembers AND (forgot IS NULL OR forgot < %s)"
    found = row(f"SELECT id, {kept} FROM reader WHERE key = %s{to_rely_on()}", (at, key))
    return found[0] if found and found[1] else None


def is_remembered(key: str | None) -> bool:
    """Whether what this reader does is kept."""
    if not key:
        return False
    found = value("SELECT remembers FROM reader WHERE key = %s", (key,))
    return account_of(key) is not None if found is None else bool(found)


def remember(key: str, wanted: bool = True) -> None:
    """Keep what this reader reads from now on, or no longer. What was kept stays until it is forgotten."""
    with writing():
        reader = reader_row(key, times.now(), remembers=wanted)
        if reader is not None:
            run("UPDATE reader SET remembers = %s WHERE id = %s", (wanted, reader))


def profile(key: str | None) -> Profile | None:
    """What is kept of a reader, in one question; None where nothing is. An account is remembered before it has read."""
    if not key:
        return None
    found = row(
        "SELECT r.id, r.remembers, r.profile, max(e.at), count(CASE WHEN e.kind = 'read' THEN 1 END), min(e.at)"
        " FROM reader r LEFT JOIN event e ON e.reader_id = r.id WHERE r.key = %s GROUP BY r.id, r.remembers, r.profile",
        (key,),
    )
    if found is None:
        return Profile(None, True, {}) if account_of(key) is not None else None
    ident, remembers, wishes, last, count, first = found
    return Profile(
        ident, bool(remembers), wishes_of(wishes), moment(last), count, moment(first), sliders_of(wishes)
    )  # fmt: skip


def stored(text: str) -> dict:
    """A stored profile; empty where it is none."""
    try:
        kept = json.loads(text)
    except ValueError:
        return {}
    return kept if isinstance(kept, dict) else {}


def sliders_of(text: str) -> Sliders:
    """The sliders in a stored profile; as they are without one where there is something else."""
    kept = stored(text).get("sliders")
    if not isinstance(kept, list) or len(kept) != len(Sliders()):
        return Sliders()
    if not all(isinstance(each, int) and each in range(STEPS) for each in kept):
        return Sliders()
    return Sliders(*kept[:-1], by_time=bool(kept[-1]))


def slide(key: str, sliders: Sliders) -> None:
    """Keep how a reader wants their list made."""
    with writing():
        reader = reader_row(key, times.now(), remembers=True)
        kept = stored(value(f"SELECT profile FROM reader WHERE id = %s{to_change()}", (reader,)) or "{}")
        run("UPDATE reader SET profile = %s WHERE id = %s", (json.dumps({**kept, "sliders": sliders}), reader))


def wishes_of(text: str) -> dict[tuple[str, str], str]:
    """The wishes in a stored profile; what should not stand there is passed over."""
    kept = stored(text)
    return {
        (field, name): level
        for field in FIELDS if isinstance(kept.get(field), dict)
        for name, level in kept[field].items() if level in LEVELS
    }  # fmt: skip


def wish(key: str, wishes: Mapping[tuple[str, str], str]) -> None:
    """Keep what a reader wants more, less or never of: {('topic' or 'outlet', slug): level}; another level takes a wish
    back. Others stay as they are; at most `MOST_WISHES` are kept, the last ones."""
    with writing():
        reader = reader_row(key, times.now(), remembers=True)
        text = value(f"SELECT profile FROM reader WHERE id = %s{to_change()}", (reader,)) or "{}"
        kept = wishes_of(text)
        for (field, name), level in wishes.items():
            name = storable(name)[:LONGEST_NAME]
            kept.pop((field, name), None)
            if field in FIELDS and level in LEVELS:
                kept[field, name] = level
        last = list(kept.items())[-MOST_WISHES:]
        made = {field: {name: level for (kind, name), level in last if kind == field} for field in FIELDS}
        run("UPDATE reader SET profile = %s WHERE id = %s", (json.dumps({**stored(text), **made}), reader))


def interests(known: Profile) -> tuple[Interest, ...]:
    """The topics and outlets this reader read most, with how many articles, and those of a wish, with the wish."""
    if known.reader is None:
        return ()
    topics = rows(
        "SELECT t.name, t.slug, count(DISTINCT e.article_id) AS n FROM event e JOIN article_topic l ON l.article_id ="
        " e.article_id JOIN topic t ON t.id = l.topic_id WHERE e.reader_id = %s AND e.kind = 'read'"
        " GROUP BY t.id, t.name, t.slug"
        " ORDER BY n DESC, t.name LIMIT %s",
        (known.reader, MOST_INTERESTS),
    )
    outlets = rows(
        "SELECT o.name, o.slug, count(DISTINCT e.article_id) AS n FROM event e JOIN article a ON a.id = e.article_id"
        " JOIN outlet o ON o.id = a.outlet_id WHERE e.reader_id = %s AND e.kind = 'read' GROUP BY o.id, o.name, o.slug"
        " ORDER BY n DESC, o.name LIMIT %s",
        (known.reader, MOST_INTERESTS),
    )
    told = []
    for field, read in (("topic", topics), ("outlet", outlets)):
        told += [Interest(field, *found, known.wishes.get((field, found[1]), "")) for found in read]
        told += wished(field, known, {slug for _, slug, _ in read})
    return tuple(told)


def wished(field: str, known: Profile, told: set[str]) -> list[Interest]:
    """Topics or outlets of a wish that were not told of yet, are still there, and may be seen by this reader."""
    slugs = [name for kind, name in known.wishes if kind == field and name not in told]
    if not slugs:
        return []
    seen = "(o.private_to_id IS NULL OR o.private_to_id = (SELECT user_id FROM reader WHERE id = %s))"
    there = {
        "outlet": f"outlet o WHERE o.slug IN ({holes(slugs)}) AND {seen}",
        "topic": f"topic t WHERE t.slug IN ({holes(slugs)}) AND EXISTS (SELECT 1 FROM article_topic l JOIN article a"
        f" ON a.id = l.article_id JOIN outlet o ON o.id = a.outlet_id WHERE l.topic_id = t.id AND {seen})",
    }
    found = rows(f"SELECT name, slug FROM {there[field]} ORDER BY name", (*slugs, known.reader))
    return [Interest(field, name, slug, 0, known.wishes[field, slug]) for name, slug in found]


def candidates() -> tuple[Candidate, ...]:
    """What is new: the articles of the last seven days before the newest one, copies left out, at most 300 that
    everybody may see and as many of private outlets. Hold each one's outlet against those that a reader may see."""
    newest = value("SELECT at FROM article WHERE state = 'listed' ORDER BY at DESC LIMIT 1")
    if newest is None:
        return ()
    private = hidden_outlets(None)
    shelves = [seen_by(None), *([f" AND a.outlet_id IN ({numbers(private)})"] if private else [])]
    return tuple(
        one
        for shelf in shelves
        for one in selected(
            f"SELECT {COLUMNS}, a.outlet_id, a.at FROM {TABLES} WHERE a.state = 'listed' AND a.copy_of IS NULL"
            f" AND a.at > %s AND a.at <= %s{shelf} ORDER BY a.at DESC LIMIT {CANDIDATES}",
            (newest - WINDOW, now()),
        )
    )


def history(reader: int) -> tuple[Candidate, ...]:
    """What a reader read last, starred, hid or wanted less of, the first such act first, each with when."""
    return selected(
        f"SELECT {COLUMNS}, a.outlet_id, d.at, d.kind, d.dwell FROM (SELECT article_id, kind, max(at) AS at,"
        f" max(dwell) AS dwell FROM event WHERE reader_id = %s AND kind IN {TELLING} GROUP BY article_id, kind"
        f" ORDER BY max(at) DESC LIMIT {MOST_READS}) AS d JOIN article a ON a.id = d.article_id"
        f" {TABLES.removeprefix('article a')} WHERE a.state IN ('listed', 'unlisted') ORDER BY d.at",
        (reader,),
    )


def selected(sql: str, params: tuple) -> tuple[Candidate, ...]:
    found = rows(sql, params)
    these = numbers(each[0] for each in found)
    topics: dict[int, list[tuple[str, str]]] = {}
    for article, name, slug in rows(
        "SELECT l.article_id, t.name, t.slug FROM article_topic l JOIN topic t ON t.id = l.topic_id"
        f" WHERE l.article_id IN ({these}) ORDER BY l.id"
    ):
        topics.setdefault(article, []).append((name, slug))
    authors: dict[int, list[str]] = {}
    for article, person in rows(
        "SELECT l.article_id, COALESCE(p.joined_to_id, p.id) FROM article_author l JOIN author p ON p.id = l.author_id"
        f" WHERE l.article_id IN ({these}) ORDER BY l.id"
    ):
        authors.setdefault(article, []).append(str(person))
    return tuple(
        Candidate(
            card(each), tuple(topics.get(each[0], ())), each[WIDTH], moment(each[WIDTH + 1]), *each[WIDTH + 2 :],
            authors=tuple(authors.get(each[0], ())),
        )
        for each in found
    )  # fmt: skip
