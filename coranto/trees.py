"""Small decision trees, made by the training scripts in `benchmarks`, summed in plain Python.

A tree is a number (leaf) or [signal, threshold, tree if <=, tree if >]. They are compiled into conditional expressions
on local variables: that is four times as fast as walking them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from math import floor

Sum = Callable[..., float]
"""Takes the signals and a sum, zero unless given; returns the sum with the trees' answers added."""


def summed(trees: list, file: str, whole: Collection[int] = ()) -> Sum:
    """A function that adds the answers of these trees, from `file`, to a sum, in their order.

    `whole` are the signals that are always whole numbers or so-or-not, which compare faster with their like.
    """
    used = sorted({signal for tree in trees for signal in _signals(tree)})
    lines = ["def add(signals, total=0.0):", *(f" s{signal} = signals[{signal}]" for signal in used)]
    for tree in trees:
        lines.append(f" total += {_expression(tree, whole)}")
    made: dict[str, Sum] = {}
    # Nothing but numbers and comparisons can be in it, whatever the file says.
    exec(compile("\n".join([*lines, " return total"]), file, "exec"), made)  # noqa: S102
    return made["add"]


def _signals(tree: list | float) -> list[int]:
    return [int(tree[0]), *_signals(tree[2]), *_signals(tree[3])] if isinstance(tree, list) else []


def _expression(tree: list | float, whole: Collection[int]) -> str:
    if not isinstance(tree, list):
        return repr(float(tree))
    signal, threshold, low, high = int(tree[0]), float(tree[1]), tree[2], tree[3]
    limit = floor(threshold) if signal in whole else threshold
    return f"({_expression(low, whole)} if s{signal} <= {limit!r} else {_expression(high, whole)})"
