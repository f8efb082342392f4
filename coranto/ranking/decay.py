"""Counts that fade: how much something was read of late, kept without ever rewriting what nobody touches.

An event counts 2^(-age / half-life) (exponential decay). As every score fades by the same factor in the same time, the
order of two scores never changes while nothing happens; so a score is kept with the time it was last bumped and
compared through its landmark form (forward decay: Cormode, Shkapenyuk, Srivastava and Xu, ICDE 2009), which stays as it
is. """

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from datetime import datetime, timedelta
from math import ceil, log2

from coranto.ranking.items import ItemId, Listed


def decayed_count(events: Iterable[datetime], now: datetime, half_life: timedelta) -> float:
    """The sum over `events` of 2^(-(now - event) / half_life); events after `now` count 1."""
    return sum(2.0 ** -max(0.0, (now - event) / half_life) for event in events)


def bump(score: float, last: datetime | None, now: datetime, half_life: timedelta, weight: float = 1.0) -> float:
    """The score at the later of `last` and `now` after one more event at `now`: score * 2^(-(now - last) / half_life) +
    weight. An event that is told late (`now` before `last`) adds what is left of it at `last`. The time to keep with
    the score is the later of the two; where `last` is None there was no event before."""
    if last is None:
        return weight
    halvings = (now - last) / half_life
    return score * 2.0**-halvings + weight if halvings >= 0 else score + weight * 2.0**halvings


def landmark(score: float, last: datetime, half_life: timedelta) -> float:
    """log2(score) + last / half_life: a number by which scores bumped at different times can be sorted as they stand,
    for a column with an index. ValueError for a score that is not above 0."""
    if score <= 0:
        raise ValueError(f"a score of {score} has no order; leave out what was never read")
    return log2(score) + last.timestamp() / half_life.total_seconds()


def most_read(
    scores: Mapping[ItemId, tuple[float, datetime]],
    now: datetime,
    half_life: timedelta,
    k: int = 6,
    roots: Mapping[ItemId, Hashable] | None = None,
    least: float = 0.5,
) -> list[Listed]:
    """The `k` articles with the highest score at `now`, those under `least` left out; `scores` holds what `bump` gave
    and when. Articles with the same root in `roots` carry one text: only the first of them is listed."""
    faded = {article: score * 2.0 ** -max(0.0, (now - last) / half_life) for article, (score, last) in scores.items()}
    listed: list[Listed] = []
    seen: set[Hashable] = set()
    for article in sorted(faded, key=lambda one: (-faded[one], str(one))):
        if faded[article] < least or len(listed) == k:
            break
        root = article if roots is None else roots.get(article, article)
        if root not in seen:
            seen.add(root)
            listed.append(Listed(article, faded[article], "readers", (str(ceil(faded[article])),)))
    return listed
