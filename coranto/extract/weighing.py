"""The trained judge of runs: small decision trees in a JSON file, summed in plain Python.

The file `body_model.json` is made by `benchmarks/articles_train.py` from the development pages and holds nothing of
them but thresholds. No library is needed to judge, so scores are the same in every installation.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from math import exp, inf

from coranto.trees import Sum, summed

from .signals import NAMES

# After so many trees a run whose sum is this far from zero is decided: the rest would hardly ever change its side.
_LOOKS = {12: 1.5, 24: 1.7, 36: 1.5, 56: 1.2}
_AT_ONCE = 40


@cache
def _groups() -> tuple[tuple[Sum, float], ...]:
    """Functions that add the trees' answers to a sum, in order, each with how far from zero the sum is decided then."""
    model = json.loads(files(__package__).joinpath("body_model.json").read_text("utf-8"))
    if tuple(model["signals"]) != NAMES:
        raise RuntimeError("body_model.json was trained on other signals; rebuild it with benchmarks/articles_train.py")
    trees = model["trees"]
    ends = sorted({*_LOOKS, *range(max(_LOOKS) + _AT_ONCE, len(trees), _AT_ONCE), len(trees)})
    return tuple(
        (summed(trees[start:end], "body_model.json"), _LOOKS.get(end, inf))
        for start, end in zip([0, *ends], ends, strict=False)
    )


def chance(signals: list[float]) -> float:
    """How sure the judge is that a run with these signals is body text, between 0 and 1: the sum of all trees."""
    total = 0.0
    for add, _ in _groups():
        total = add(signals, total)
    return 1.0 / (1.0 + exp(-total))


def is_body(signals: list[float]) -> bool:
    """Whether a run with these signals (in the order of `signals.NAMES`) is body text."""
    total = 0.0
    for add, decided in _groups():
        total = add(signals, total)
        if total > decided or total < -decided:
            break
    return total > 0.0
