"""The trained judge of runs: small decision trees in a JSON file, summed in plain Python.

The file `body_model.json` is made by `benchmarks/articles_train.py` from the development pages and holds nothing of
them but thresholds. A tree is a number (leaf) or [signal, threshold, tree if <=, tree if >]. No library is needed to
judge, so scores are the same in every installation. The trees are compiled into conditional expressions when they are
first asked: that is three times as fast as walking them.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from math import exp, inf

from .signals import NAMES

# After so many trees a run whose sum is this far from zero is decided: the rest would hardly ever change its side.
_LOOKS = {12: 1.5, 24: 1.7, 36: 1.5, 56: 1.2}
_AT_ONCE = 40

Sum = Callable[[list[float], float], float]


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


def summed(trees: list, file: str) -> Sum:
    """A function that adds the answers of these trees, from `file`, to a sum, in their order."""
    total: ast.expr = ast.Name("total", ast.Load())
    for tree in trees:
        total = ast.BinOp(total, ast.Add(), _expression(tree))
    arguments = ast.arguments([], [ast.arg("signals"), ast.arg("total")], None, [], [], None, [])
    made = ast.fix_missing_locations(ast.Expression(ast.Lambda(arguments, total)))
    # Nothing but numbers and comparisons can be in it, whatever the file says.
    return eval(compile(made, file, "eval"))  # noqa: S307


def _expression(tree: list | float) -> ast.expr:
    if not isinstance(tree, list):
        return ast.Constant(float(tree))
    signal, threshold, low, high = tree
    value = ast.Subscript(ast.Name("signals", ast.Load()), ast.Constant(int(signal)), ast.Load())
    below = ast.Compare(value, [ast.LtE()], [ast.Constant(float(threshold))])
    return ast.IfExp(below, _expression(low), _expression(high))


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
