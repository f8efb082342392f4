"""Whether two articles tell of one event, as the logarithm of the odds, by trees learned from the story corpora.

The signals compare what two articles share with what each shares with the ten that are nearest to it: a likeness that
is much in one corner of the news is nothing in another. `link_models.json` is made by `benchmarks/stories_train.py`
and holds nothing of the corpora but thresholds: trees for what is known as an article comes and for what is known
later, when its crowd is complete, each with and without vectors of meaning. Time is no learned signal but a prior of
the trade.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

from coranto.trees import Sum, summed

TERM_SIGNALS = ("terms", "terms_beyond", "crowd_most", "crowd_least", "length_least", "length_most")
MEANING_SIGNALS = ("meaning", "meaning_beyond", "meaning_crowd_most", "meaning_crowd_least")
SIGNALS = {
    f"{moment}, {means}": names
    for means, names in (("terms", TERM_SIGNALS), ("wordllama", TERM_SIGNALS + MEANING_SIGNALS))
    for moment in ("arriving", "later")
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
def _judges() -> dict[str, Sum]:
    models = json.loads(files(__package__).joinpath("link_models.json").read_text("utf-8"))
    if any(tuple(models[name]["signals"]) != signals for name, signals in SIGNALS.items()):
        raise RuntimeError("link_models.json has other signals; rebuild it with benchmarks/stories_train.py")
    return {name: summed(models[name]["trees"], "link_models.json") for name in SIGNALS}


def odds(signals: list[float], apart: float, moment: str) -> float:
    """The odds of two articles with these signals, `TERM_SIGNALS` or all, so many seconds apart, as one of them comes
    ("arriving") or "later"."""
    means = "terms" if len(signals) == len(TERM_SIGNALS) else "wordllama"
    late = LOST_A_DAY * max(0.0, apart / 86400.0 - SOON_DAYS)
    return max(-UTMOST, min(UTMOST, _judges()[f"{moment}, {means}"](signals, 0.0) - late))
