"""Most read now: how many readers an hour an article has of late, less what a few hostile visitors could have made.

A reader counts 2^-(age / half-life) (`heat`), and so does each hour in which an article could be read. What `HOSTILE`
of the visitors could add, each coming once to one article, is taken off first: whoever they all came for has nothing
left. The rate is then shrunk towards that of all, as the mean of its posterior where reads are Poisson counts and rates
have a Gamma prior (Gelman et al., "Bayesian Data Analysis", 3rd ed. 2013, 2.6): (reads + WORTH) / (hours + WORTH /
mean). So two readers of a new article are not a rate yet, and two hundred are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log

from coranto.ranking.items import ItemId

HOSTILE = 0.05
"""The share of visitors that is not trusted: no list holds what they alone could have brought there."""
WORTH = 20.0
"""How many readers the rate of all counts for beside an article's own."""


@dataclass(frozen=True, slots=True)
class Warm:
    """How much an article was read of late: its readers, and the hours in which they could come, both decayed."""

    id: ItemId
    readers: float
    hours: float


def decayed_hours(age: float, half_life: float) -> float:
    """The hours of an article's life, each worth half of one that is `half_life` hours later."""
    return half_life / log(2) * (1 - 2.0 ** (-max(0.0, age) / half_life))


def assured(count: float, visitors: float) -> float:
    """How many of `count` are left when all visitors who are not trusted are among them."""
    return max(0.0, count - HOSTILE * visitors)


def most_read(warm: Sequence[Warm], visitors: float, k: int = 6) -> list[ItemId]:
    """Up to `k` articles by their rate, the highest first; `visitors` came while these were read."""
    left = {one.id: assured(one.readers, visitors) for one in warm}
    hours = sum(one.hours for one in warm)
    mean = sum(left.values()) / hours if hours > 0 else 0.0
    rates = {one.id: rate(left[one.id], one.hours, mean) for one in warm if left[one.id] > 0}
    return sorted(rates, key=lambda one: -rates[one])[:k]


def rate(readers: float, hours: float, mean: float) -> float:
    """Readers an hour, shrunk towards `mean`."""
    return (readers + WORTH) / (hours + WORTH / mean) if mean > 0 else 0.0


def most_read_days(days: Iterable[tuple[ItemId, float, float]], k: int = 6) -> list[ItemId]:
    """The same over whole days: (article, its readers that day, all visitors that day) each. What is assured of each
    day adds up, for who comes every day to one article is let off every day."""
    total: dict[ItemId, float] = {}
    for one, readers, visitors in days:
        total[one] = total.get(one, 0.0) + assured(readers, visitors)
    return sorted((one for one in total if total[one] > 0), key=lambda one: -total[one])[:k]
