"""What the articles near both of two say of them: whether what is of one event with the one is so with the other.

The odds of pairs alone know nothing of third articles. Here each pair is judged once more, from the odds of both with
all that both were compared with, by trees that `benchmarks/stories_train.py` made; how many these are, and how large a
story is, is no signal.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import exp, sqrt

WITNESSED = (
    "odds", "path", "second_path", "said_least", "said_most", "alike_where_known", "alike", "alike_in_the_smaller",
)  # fmt: skip
NONE = -7.0
"""The odds by way of a third article where there is none."""
UNHEARD = -4.0
"""Odds below this stand without being judged again: nearly all pairs are such, and no witness turns them."""
LITTLE = 0.01
"""What is added to sums that may be nothing."""


class Heard:
    """The odds of an article with each of those near it, and the same as likelihoods."""

    __slots__ = ("likelihoods", "odds", "square")

    def __init__(self, odds: Mapping[int, float]):
        self.odds = odds
        self.likelihoods = {number: 1 / (1 + exp(-each)) for number, each in odds.items()}
        self.square = sum(each * each for each in self.likelihoods.values())


def witnessed(odds: float, one: Heard, other: Heard) -> list[float]:
    """The signals of two articles with these odds: the best odds by way of a third (the less of both steps), what the
    companions of either say of the other (the mean, as far as they are its companions), and how alike the two are in
    their companions: among those compared with both, among all, and next to all of the one that has fewer."""
    best, second = NONE, NONE
    here = there = said_here = said_there = shared = square_here = square_there = 0.0
    for number in one.odds.keys() & other.odds.keys():
        way, way_there = one.odds[number], other.odds[number]
        less = way if way < way_there else way_there
        if less > best:
            best, second = less, best
        elif less > second:
            second = less
        likely, likely_there = one.likelihoods[number], other.likelihoods[number]
        here, said_here = here + likely, said_here + likely * way_there
        there, said_there = there + likely_there, said_there + likely_there * way
        shared += likely * likely_there
        square_here, square_there = square_here + likely * likely, square_there + likely_there * likely_there
    own = 1 / (1 + exp(-odds))
    rest, rest_there = (max(0.0, each.square - own * own) + LITTLE for each in (one, other))
    # In want of a witness the two speak for themselves.
    said = said_here / here if here else odds, said_there / there if there else odds
    return [
        odds, best, second, min(said), max(said),
        shared / sqrt((square_here + LITTLE) * (square_there + LITTLE)),
        shared / sqrt(rest * rest_there), shared / min(rest, rest_there),
    ]  # fmt: skip
