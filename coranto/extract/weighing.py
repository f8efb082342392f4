"""The trained judge of runs: small decision trees in a JSON file, summed in plain Python.

It looks twice: at every run by itself, and at those in doubt again, knowing what it thought of the others. Where the
opening trees of the first look are sure, the rest of them are not asked. The file
`body_model.json` is made by `benchmarks/articles_train.py` from the development pages and holds nothing of them but
thresholds. No library is needed to judge, so scores are the same in every installation.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from math import exp

from coranto.trees import Sum, summed

from . import signals
from .expected import Expected
from .places import Page

OPENING, UNSURE = 20, (0.15, 0.9)
"""How many trees of the first look are asked about every run, and the chances by them between which the rest are."""
DOUBT = (0.2, 0.85)
"""Chances between which a run is looked at again: no wider than `UNSURE`."""


@cache
def _sums() -> tuple[Sum, Sum, Sum]:
    """The functions that sum the trees' answers: of the first look's opening, of its rest, and of the second look."""
    model = json.loads(files(__package__).joinpath("body_model.json").read_text("utf-8"))
    if tuple(model["signals"]) != signals.NAMES:
        raise RuntimeError("body_model.json was trained on other signals; rebuild it with benchmarks/articles_train.py")
    whole = {place for place, name in enumerate(signals.NAMES) if name in signals.WHOLE}
    parts = model["first"][:OPENING], model["first"][OPENING:], model["second"]
    return tuple(summed(part, "body_model.json", whole) for part in parts)


def chances(page: Page, rows: Mapping[int, tuple[float, ...]]) -> dict[int, float]:
    """How sure the judge is that runs are body text, between 0 and 1, by index. `rows` are their signals for the first
    look; runs that are not among them are taken for none."""
    opening, rest, second = _sums()
    low, high = UNSURE
    found: dict[int, float] = {}
    for index, row in rows.items():
        total = opening(row)
        chance = _chance(total)
        found[index] = _chance(rest(row, total)) if low < chance < high else chance
    expected = Expected(page, found)
    low, high = DOUBT
    for index, row in rows.items():
        if low < found[index] < high:
            found[index] = _chance(second(signals.again(row, expected, index)))
    return found


def _chance(total: float) -> float:
    return 1.0 / (1.0 + exp(-total))
