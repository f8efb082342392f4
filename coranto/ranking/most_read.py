"""Most read now: how many readers an hour an article has of late, if hostile visitors cannot have brought it there.

A list holds what is `sure`: without one in `HOSTILE` of each day's visitors, all come for this article, it still has as
many readers as the eleventh (`AMONG` and one) has with them. So it is among the ten most read by all others: what these
read more than it has more readers than the eleventh, too, and that are nine at most.

A reader counts 2^-(age / half-life) (`heat`), and so does each hour in which an article could be read. The rate is
shrunk towards that of all, as the mean of its posterior where reads are Poisson counts and rates have a Gamma prior
(Gelman et al., "Bayesian Data Analysis", 3rd ed. 2013, 2.6): (reads + WORTH) / (hours + WORTH / mean). So two readers
of a new article are not a rate yet, and two hundred are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log

from coranto.ranking.items import ItemId

HOSTILE = 20
"""One in so many of a day's visitors is not trusted."""
AMONG = 10
"""No list holds what they brought among so many."""
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
    return max(0.0, count - visitors // HOSTILE)


def sure(days: Iterable[tuple[ItemId, float]], visitors: float) -> Counter[ItemId]:
    """What is among the `AMONG` most read whatever visitors do who are not trusted, with its readers. Each of `days` is
    an article and its readers on one day; on none of these more than `visitors` came."""
    readers, left = Counter(), Counter()
    for one, count in days:
        readers[one] += count
        left[one] += assured(count, visitors)
    most = sorted(readers.values(), reverse=True)
    least = most[AMONG] if len(most) > AMONG else 0.0
    return Counter({one: count for one, count in readers.items() if left[one] > 0 and left[one] >= least})


def most_read(warm: Sequence[Warm], days: Iterable[tuple[ItemId, float]], visitors: float, k: int = 6) -> list[ItemId]:
    """Up to `k` of what is `sure` by days and visitors, in the order of their rate."""
    hours, known = sum(one.hours for one in warm), sure(days, visitors)
    mean = sum(one.readers for one in warm) / hours if hours > 0 else 0.0
    rates = {one.id: rate(one.readers, one.hours, mean) for one in warm if one.id in known}
    return sorted(rates, key=lambda one: -rates[one])[:k]


def rate(readers: float, hours: float, mean: float) -> float:
    """Readers an hour, shrunk towards `mean`."""
    return (readers + WORTH) / (hours + WORTH / mean) if mean > 0 else 0.0


def most_counted(days: Iterable[tuple[ItemId, float]], visitors: float, k: int = 6) -> list[ItemId]:
    """Up to `k` of what is `sure`, in the order of their readers."""
    return [one for one, _ in sure(days, visitors).most_common(k)]
