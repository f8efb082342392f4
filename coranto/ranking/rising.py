"""Rising: what is read more than it and its outlet led to expect.

The reads of the last hours, n, are held against an expectation E made of the reads before them. A rate is shrunk
towards the one above it by a Gamma prior, which is conjugate to the Poisson count: own rate towards the outlet's, the
outlet's towards the site's. All expectations are then scaled to add up to what was read in all, so that the morning,
when everything is read more, makes nothing rise. An entry's score is the 5 % quantile of n / E under a Gamma(n + a, E +
a) posterior with mean 1 before anything was seen: the Gamma-Poisson shrinker and its EB05 (DuMouchel, "Bayesian data
mining in large frequency tables", The American Statistician 53, 1999, here with one component). Its quantile is Wilson
and Hilferty's cube ("The distribution of chi-square", PNAS 17, 1931).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from coranto.ranking.items import ItemId, Recommended
from coranto.ranking.most_read import assured

WORTH = 3.0
"""How many reads the rate above counts for beside an entry's own."""
CAUTION = 2.0
"""The prior's shape: an entry must outrun its expectation by more, the fewer reads there are."""
QUANTILE_05 = -1.6449
LEAST_READS = 3


@dataclass(frozen=True, slots=True)
class Counted:
    """How often an article was read: `recent` in the last hours, `earlier` in the `hours` (at most a day, 0 for a new
    one) before them."""

    id: ItemId
    outlet: Hashable
    recent: int
    earlier: int
    hours: float


def rising(counts: Sequence[Counted], window: float, k: int = 6, visitors: float = 0) -> list[Recommended]:
    """Up to `k` articles read more in the last `window` hours than expected, the surest first: reason 'rising' with the
    reads and the expectation. `counts` are all articles read of late; what rises is told by the others. Of `visitors`
    those who are not trusted (`most_read`) make nothing rise, though they all come in these hours."""
    expected = expectations(counts, window)
    left = {one.id: assured(one.recent, visitors) for one in counts}
    scores = {one.id: least_ratio(left[one.id], expected[one.id]) for one in counts if left[one.id] >= LEAST_READS}
    by_id = {one.id: one for one in counts}
    best = sorted((one for one in scores if scores[one] > 1), key=lambda one: (-scores[one], str(one)))[:k]
    return [Recommended(one, scores[one], "rising", (str(by_id[one].recent), f"{expected[one]:.1f}")) for one in best]


def least_ratio(reads: float, expected: float) -> float:
    """How many times the expectation an article is read at least, with 95 % certainty."""
    shape, rate = reads + CAUTION, expected + CAUTION
    return shape / rate * max(0.0, 1 - 1 / (9 * shape) + QUANTILE_05 / (3 * shape**0.5)) ** 3


def expectations(counts: Iterable[Counted], window: float) -> dict[ItemId, float]:
    """The reads that each article was to get in the last `window` hours."""
    counts = list(counts)
    by_outlet: dict[Hashable, list[Counted]] = defaultdict(list)
    for one in counts:
        by_outlet[one.outlet].append(one)
    site = rate(counts, 1 / window)
    outlets = {outlet: rate(theirs, site) for outlet, theirs in by_outlet.items()}
    found = {one.id: rate([one], outlets[one.outlet]) * window for one in counts}
    read, awaited = sum(one.recent for one in counts), sum(found.values())
    return {ident: value * read / awaited for ident, value in found.items()}


def rate(counts: Sequence[Counted], above: float) -> float:
    """Earlier reads an hour, for one article, shrunk towards the rate `above`."""
    return (sum(one.earlier for one in counts) + WORTH) / (sum(one.hours for one in counts) + WORTH / above)
