"""The readers' log as `coranto.ranking` learns from it: each list as it was shown, and what was opened of it."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import defaultdict, deque
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from heapq import merge

from coranto.ranking import Impression, Item, Read
from coranto.store.cards import COLUMNS, TABLES
from coranto.store.database import numbers, rows
from coranto.store.profiles import TELLING, selected
from coranto.store.suggesting import items
from coranto.store.times import DAY, moment, stamp

AT_ONCE = 500
REMEMBERED = 500
"""How many of a reader's last acts make the history of an impression."""

Showing = tuple[int, int, str, list[int]]
"""(at, reader, list, articles)."""
Act = tuple[int, int, str, int, str | None, int | None]
"""(at, reader, kind, article, list, dwell)."""


def impressions(
    since: datetime | None = None, places: Collection[str] = (), last: bool = False
) -> Iterator[Impression]:
    """The lists of which something was opened, in the order in which they were shown; those shown since then, of these
    `places` (`events.PLACES`), and the `last` one of each reader alone, where such are asked for. An article opened
    from a list counts for the last showing of that list that held it, within a day. Histories and popularity are as
    they stood when the list was shown."""
    shown: list[Showing] = [
        (*each[:3], json.loads(each[3]))
        for each in rows("SELECT at, reader_id, place, articles FROM showing ORDER BY at, id")
    ]
    acts: list[Act] = rows(
        f"SELECT at, reader_id, kind, article_id, place, dwell FROM event WHERE kind IN {TELLING} ORDER BY at, id"
    )
    opened = opened_of(shown, acts)
    known = items_of({act[3] for act in acts} | {one for each in shown for one in each[3]})
    history: dict[int, deque[Read]] = defaultdict(lambda: deque(maxlen=REMEMBERED))
    popularity: dict[int, tuple[float, float]] = {}
    after = stamp(since) if since else 0
    lasts = set({shown[number][1]: number for number in sorted(opened) if opened[number]}.values())
    lists = (((at, 1, number), each) for number, (at, *each) in enumerate(shown))
    for (at, is_list, number), found in merge(lists, (((at, 0, n), each) for n, (at, *each) in enumerate(acts))):
        if not is_list:
            reader, kind, article, place, dwell = found
            if article in known:
                history[reader].append(Read(known[article], moment(at), dwell, kind))
            if place is not None:
                clicks, offered = popularity.get(article, (0.0, 0.0))
                popularity[article] = clicks + 1, offered
            continue
        reader, place, articles = found
        here = [one for one in articles if one in known]
        clicked = [one in opened[number] for one in here]
        wanted = at >= after and (not places or place in places) and (not last or number in lasts)
        if wanted and any(clicked):
            told = {one: popularity[one] for one in here if one in popularity}
            yield Impression(tuple(history[reader]), [known[one] for one in here], clicked, moment(at), told)
        for one in here:
            clicks, offered = popularity.get(one, (0.0, 0.0))
            popularity[one] = clicks, offered + 1


def opened_of(shown: Sequence[Showing], acts: Sequence[Act]) -> dict[int, set[int]]:
    """What was opened of each showing, by its number in `shown`."""
    lists: dict[tuple[int, str], list[tuple[int, int]]] = defaultdict(list)
    for number, (at, reader, place, _) in enumerate(shown):
        lists[reader, place].append((at, number))
    opened: dict[int, set[int]] = defaultdict(set)
    for at, reader, _, article, place, _ in acts:
        if place is None:
            continue
        before = lists[reader, place]
        for when, number in reversed(before[: bisect_right(before, (at, len(shown)))]):
            if at - when > DAY:
                break
            if article in shown[number][3]:
                opened[number].add(article)
                break
    return opened


def items_of(ids: Collection[int]) -> dict[int, Item]:
    """Articles as the lists see them, by id; those that are gone are left out."""
    found, ids = {}, sorted(ids)
    for start in range(0, len(ids), AT_ONCE):
        there = numbers(ids[start : start + AT_ONCE])
        some = selected(
            f"SELECT {COLUMNS}, a.outlet_id, a.at FROM {TABLES} WHERE a.id IN ({there})"
            " AND a.state IN ('listed', 'unlisted')",
            (),
        )
        found |= {one.id: one for one in items(some)}
    return found
