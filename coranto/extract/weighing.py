"""The trained judge of runs: small decision trees in a JSON file, summed in plain Python.

The file `body_model.json` is made by `benchmarks/articles_train.py` from the development pages and holds nothing of
them but thresholds. A tree is a number (leaf) or [signal, threshold, tree if <=, tree if >]. No library is needed to
judge, so scores are the same in every installation.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from math import exp

from .signals import NAMES

# After so many trees a run whose sum is this far from zero is decided: the rest would hardly ever change its side.
_LOOKS = {11: 1.5, 23: 1.7, 35: 1.5, 55: 1.2}


@cache
def _trees() -> tuple[tuple, ...]:
    model = json.loads(files(__package__).joinpath("body_model.json").read_text("utf-8"))
    if tuple(model["signals"]) != NAMES:
        raise RuntimeError("body_model.json was trained on other signals; rebuild it with benchmarks/articles_train.py")
    return tuple(_frozen(tree) for tree in model["trees"])


def _frozen(tree: object) -> object:
    return (tree[0], tree[1], _frozen(tree[2]), _frozen(tree[3])) if isinstance(tree, list) else tree


def chance(signals: list[float]) -> float:
    """How sure the judge is that a run with these signals is body text, between 0 and 1: the sum of all trees."""
    total = 0.0
    for node in _trees():
        while type(node) is tuple:
            node = node[2] if signals[node[0]] <= node[1] else node[3]
        total += node
    return 1.0 / (1.0 + exp(-total))


def is_body(signals: list[float]) -> bool:
    """Whether a run with these signals (in the order of `signals.NAMES`) is body text."""
    total = 0.0
    for number, node in enumerate(_trees()):
        while type(node) is tuple:
            node = node[2] if signals[node[0]] <= node[1] else node[3]
        total += node
        if number in _LOOKS and abs(total) > _LOOKS[number]:
            break
    return total > 0.0
