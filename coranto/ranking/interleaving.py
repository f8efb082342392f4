"""Two orders in one list, so that what is opened says which is the better: team-draft interleaving (Radlinski, Kurup
and Joachims, CIKM 2008). In each round both put forward the best that is not there yet, and who begins changes."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from math import comb, erfc, sqrt

Z = 1.96
SURE = 0.05
EXACT = 500
"""Opens up to which the binomial sum is worked out: its cost grows with the cube."""


def team_draft(
    ours: Sequence[Hashable], theirs: Sequence[Hashable], k: int, first: bool
) -> list[tuple[Hashable, bool]]:
    """Up to `k` of two ordered lists, each with whether it is of ours; with `first` we begin. Both sides put forward
    as many, or one has one more; where a side has nothing left the list ends."""
    drafted: list[tuple[Hashable, bool]] = []
    taken: set[Hashable] = set()
    waiting = {True: iter(ours), False: iter(theirs)}
    while len(drafted) < k:
        for side in (first, not first):
            one = next((each for each in waiting[side] if each not in taken), None)
            if one is None:
                return drafted
            taken.add(one)
            drafted.append((one, side))
        first = not first
    return drafted[:k]


def share(ours: int, theirs: int) -> tuple[float, float, float]:
    """Our share of what was opened, and its 95 % interval (Wilson 1927); all there is where nothing was."""
    count = ours + theirs
    if not count:
        return 0.5, 0.0, 1.0
    middle, width = ours / count + Z * Z / (2 * count), Z * sqrt(ours * theirs / count**3 + Z * Z / (4 * count**2))
    scale = 1 + Z * Z / count
    return ours / count, max(0.0, (middle - width) / scale), min(1.0, (middle + width) / scale)


def verdict(ours: int, theirs: int) -> str:
    """'better', 'worse' or 'unclear': by the sign test, surely at 95 %; above `EXACT` by its normal approximation."""
    count, most = ours + theirs, max(ours, theirs)
    if count <= EXACT:
        by_chance = 2 * sum(comb(count, n) for n in range(most, count + 1)) / 2**count
    else:
        by_chance = erfc((abs(ours - theirs) - 1) / sqrt(2 * count))
    if by_chance > SURE:
        return "unclear"
    return "better" if ours > theirs else "worse"
