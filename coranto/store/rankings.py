"""Ranked lists by plain measures that say what they are: most read, most covered, and what a reader's topics bring.

An article's `heat` is the sum of its reads, each worth half after six hours, kept as a logarithm: reads are added
without touching other articles, and the order stays right while time goes by (Reddit's and Hacker News' rankings
decay likewise).
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from coranto.store.cards import COLUMNS, TABLES, WIDTH, card, seen_by
from coranto.store.database import numbers, row, rows, value
from coranto.store.times import DAY, SECOND, now
from coranto.store.values import ListedCard

HALF_LIFE = 6 * 3600 * SECOND
ENOUGH_READERS = 10
WINDOW_COVERED = 3 * DAY
WINDOW_FOR_YOU = 7 * DAY
MOST_TOPICS, MOST_READS, CANDIDATES = 12, 200, 300


def warmer(heat: float, at: int) -> float:
    """The heat after one more read at a time."""
    added = at / HALF_LIFE
    if heat <= 0:
        return added
    high, low = max(heat, added), min(heat, added)
    return high + math.log2(1 + 2 ** (low - high))


def most_read(limit: int = 6, exclude: Iterable[int] = (), user: int | None = None) -> tuple[ListedCard, ...]:
    """What was read most in the last day ('readers', with their number); with fewer than ten readers that says
    little, and the most covered stories of the last three days stand there ('covered', with the number of
    outlets)."""
    at, out = now(), numbers(exclude)
    visible = seen_by(user)
    readers = value(
        f"SELECT count(*) FROM (SELECT DISTINCT visitor FROM read WHERE at > %s LIMIT {ENOUGH_READERS}) AS visitors",
        (at - DAY,),
    )
    if readers < ENOUGH_READERS:
        return most_covered(limit, out, visible)
    found = rows(
        f"SELECT {COLUMNS}, (SELECT count(*) FROM read WHERE read.article_id = a.id AND read.at > %s) FROM {TABLES}"
        f" WHERE a.heat > 0.0 AND a.heat > %s AND a.state = 'listed' AND a.id NOT IN ({out}){visible}"
        " ORDER BY a.heat DESC LIMIT %s",
        (at - DAY, (at - DAY) / HALF_LIFE, limit),
    )
    return tuple(ListedCard(card(each), "readers", (str(each[WIDTH]),)) for each in found if each[WIDTH])


def most_covered(limit: int, out: str, visible: str) -> tuple[ListedCard, ...]:
    newest = row("SELECT latest_at FROM story WHERE moved_to IS NULL ORDER BY latest_at DESC LIMIT 1")
    if newest is None or newest[0] is None:
        return ()
    found = rows(
        f"SELECT {COLUMNS} FROM story top JOIN article a ON a.id = top.headline_id {TABLES.removeprefix('article a')}"
        " WHERE top.latest_at > %s AND top.outlets > 1 AND top.moved_to IS NULL AND a.state = 'listed' AND a.id"
        f" NOT IN ({out})"
        f"{visible} ORDER BY top.outlets DESC, top.latest_at DESC LIMIT %s",
        (newest[0] - WINDOW_COVERED, limit),
    )
    return tuple(ListedCard(card(each), "covered", (str(each[16]),)) for each in found)


def for_you(
    reader: str | None, limit: int = 6, exclude: Iterable[int] = (), user: int | None = None
) -> tuple[ListedCard, ...]:
    """What this reader's topics bring: reason 'topic' with the topic and how often it was read here. Somebody new
    gets the newest of each section ('section', with its name). `reader` is the key under which reads were
    recorded."""
    out = set(exclude)
    if user is None and reader and reader.startswith("user:") and reader[5:].isdecimal():
        user = int(reader[5:])
    visible = seen_by(user)
    read = [ident for (ident,) in rows(
        "SELECT d.article_id FROM read d JOIN reader r ON r.id = d.reader_id WHERE r.key = %s ORDER BY d.at DESC"
        " LIMIT %s",
        (reader or "", MOST_READS),
    )]  # fmt: skip
    topics = {
        ident: (name, count)
        for ident, name, count in rows(
            "SELECT t.id, t.name, count(*) FROM article_topic l JOIN topic t ON t.id = l.topic_id"
            f" WHERE l.article_id IN ({numbers(read)}) GROUP BY t.id, t.name ORDER BY count(*) DESC, t.name LIMIT"
            f" {MOST_TOPICS}"
        )
    }
    if not topics:
        return spread(limit, out, visible)
    out.update(read)
    found = rows(
        f"SELECT {COLUMNS}, l.topic_id FROM article_topic l JOIN article a ON a.id = l.article_id"
        f" {TABLES.removeprefix('article a')} WHERE l.topic_id IN ({numbers(topics)}) AND a.state = 'listed'"
        f" AND a.copy_of IS NULL AND a.id NOT IN ({numbers(out)}){visible} ORDER BY l.at DESC LIMIT {CANDIDATES}"
    )
    return best_matches(found, topics, limit)


def best_matches(found: list[tuple], topics: dict[int, tuple[str, int]], limit: int) -> tuple[ListedCard, ...]:
    """The candidates that match most of what was read, newer before older, one of each story."""
    newest = max((each[7] for each in found), default=0)
    scores: dict[int, float] = {}
    reasons: dict[int, int] = {}
    cards = {}
    for each in found:
        ident, topic = each[0], each[WIDTH]
        freshness = 2 ** ((each[7] - newest) / (2 * DAY))
        scores[ident] = scores.get(ident, 0.0) + math.log2(1 + topics[topic][1]) * freshness
        if ident not in reasons or topics[topic][1] > topics[reasons[ident]][1]:
            reasons[ident] = topic
        cards[ident] = each
    chosen, stories = [], set()
    for ident in sorted(scores, key=lambda one: (-scores[one], -one)):
        story = cards[ident][14] or -ident
        if story not in stories:
            stories.add(story)
            name, count = topics[reasons[ident]]
            chosen.append(ListedCard(card(cards[ident]), "topic", (name, str(count))))
        if len(chosen) == limit:
            break
    return tuple(chosen)


def spread(limit: int, out: Iterable[int], visible: str) -> tuple[ListedCard, ...]:
    """The newest own article of each section."""
    found = rows(
        f"SELECT {COLUMNS} FROM {TABLES} WHERE a.state = 'listed' AND a.copy_of IS NULL AND a.section_id IS NOT NULL"
        f" AND a.id NOT IN ({numbers(out)}){visible} ORDER BY a.at DESC LIMIT {CANDIDATES}"
    )
    chosen: dict[str, ListedCard] = {}
    for each in found:
        chosen.setdefault(each[6], ListedCard(card(each), "section", (each[5],)))
    return tuple(chosen.values())[:limit]
