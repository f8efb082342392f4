"""How good an order is, by what was opened of it: the definitions of the MIND evaluation (Wu et al., ACL 2020), and how
sure a mean is.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from math import log2
from statistics import fmean

RESAMPLED = 1000


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean and its 95 % interval by bootstrap."""

    mean: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.mean:.3f} [{self.low:.3f}, {self.high:.3f}]"


def interval(values: Sequence[float]) -> Interval:
    """The mean of some values, one a list; of paired differences it tells whether one system is better. ValueError
    where there are none."""
    if not values:
        raise ValueError("no values to take the mean of")
    draw = random.Random(1)  # noqa: S311
    means = sorted(fmean(draw.choices(values, k=len(values))) for _ in range(RESAMPLED))
    return Interval(fmean(values), means[RESAMPLED // 40], means[-1 - RESAMPLED // 40])


def auc(clicked: Sequence[bool], scores: Sequence[float]) -> float:
    """How often what was opened stands above what was not; equal scores count half. Some must be opened, some not."""
    order = sorted(range(len(scores)), key=scores.__getitem__)
    ranks, start = [0.0] * len(scores), 0
    while start < len(order):
        end = start
        while end + 1 < len(order) and scores[order[end + 1]] == scores[order[start]]:
            end += 1
        for at in order[start : end + 1]:
            ranks[at] = (start + end) / 2 + 1
        start = end + 1
    opened = sum(map(bool, clicked))
    above = sum(rank for rank, one in zip(ranks, clicked, strict=True) if one) - opened * (opened + 1) / 2
    return above / (opened * (len(clicked) - opened))


def in_order(clicked: Sequence[bool], scores: Sequence[float]) -> list[bool]:
    """What was opened, the highest score first, equal ones as they stand."""
    return [clicked[at] for at in sorted(range(len(scores)), key=lambda at: -scores[at])]


def reciprocal_rank(ordered: Sequence[bool]) -> float:
    """The mean of 1 / place over what was opened."""
    return sum(1 / place for place, one in enumerate(ordered, 1) if one) / sum(map(bool, ordered))


def ndcg(ordered: Sequence[bool], k: int) -> float:
    """The discounted gain of the first `k` places, over the best that could be."""
    best = sorted(ordered, reverse=True)
    return _gain(ordered[:k]) / _gain(best[:k])


def _gain(ordered: Sequence[bool]) -> float:
    return sum(1 / log2(place + 1) for place, one in enumerate(ordered, 1) if one)
