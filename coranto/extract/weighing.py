"""The trained judge of runs: small decision trees in a JSON file, summed in plain Python.

The file `body_model.json` is made by `benchmarks/articles_train.py` from the development pages and holds nothing of
them but thresholds. No library is needed to judge, so scores are the same in every installation.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from math import exp

from coranto.trees import Sum, summed

from .signals import NAMES, WHOLE

# After so many trees a run whose sum is this far from zero is decided: the rest would hardly ever change its side.
_LOOKS = {12: 1.5, 24: 1.7, 36: 1.5, 56: 1.2, 68: 1.3, 80: 1.2, 95: 1.1, 110: 1.1, 125: 1.0, 140: 0.7, 160: 0.3}


@cache
def _sum(early: bool) -> Sum:
    """The function that sums the trees' answers, or, with `early`, as many of them as decide."""
    model = json.loads(files(__package__).joinpath("body_model.json").read_text("utf-8"))
    if tuple(model["signals"]) != NAMES:
        raise RuntimeError("body_model.json was trained on other signals; rebuild it with benchmarks/articles_train.py")
    whole = {place for place, name in enumerate(NAMES) if name in WHOLE}
    return summed(model["trees"], "body_model.json", whole, _LOOKS if early else None)


def chance(signals: tuple[float, ...]) -> float:
    """How sure the judge is that a run with these signals is body text, between 0 and 1: the sum of all trees."""
    return 1.0 / (1.0 + exp(-_sum(False)(signals)))


def is_body(signals: tuple[float, ...]) -> bool:
    """Whether a run with these signals (in the order of `signals.NAMES`) is body text."""
    return _sum(True)(signals) > 0.0
