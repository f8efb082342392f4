"""Heat: how much an article was read of late, as one number that stays right without being rewritten.

It is log2 of the sum of its reads, each counting 2^(time / half-life): forward decay (Cormode, Shkapenyuk, Srivastava
and Xu, ICDE 2009). All fade by the same factor in the same time, so the order of two heats never changes while nothing
happens, and a column of them can be sorted by its index as it stands.
"""

from __future__ import annotations

from math import log2

MOST_LEFT = 50


def together(heat: float, other: float) -> float:
    """The heat of both. A single read's is its time in half-lives, counted from a moment long before it; nothing read
    has 0."""
    high, low = max(heat, other), min(heat, other)
    return high + log2(1 + 2.0 ** (low - high)) if low > 0 else high


def apart(heat: float, gone: float) -> float:
    """The heat without one of what it was made of; 0 where nothing is left."""
    return heat + log2(1 - 2.0 ** (gone - heat)) if heat - gone > 1e-9 else 0.0


def left(heat: float, at: float) -> float:
    """How much of a heat is left at a time in half-lives: the decayed count; bounded, for a clock may have been set
    back by years."""
    return 2.0 ** min(heat - at, MOST_LEFT) if heat > 0 else 0.0
