"""The trained judges of flattened pages: small decision trees in a JSON file, summed in plain Python.

The file `line_models.json` is made by `benchmarks/flattened_train.py` and holds nothing of the pages but
thresholds. The sum of all is the logarithm of the odds.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from math import exp

from coranto.trees import Sum, summed

from .line_candidates import DATE_NAMES, NAME_NAMES, TITLE_NAMES, Candidate
from .line_signals import NAMES

_JUDGES = {"body": NAMES, "title": TITLE_NAMES, "date": DATE_NAMES, "names": NAME_NAMES}
_AT_ONCE = 40


@cache
def _sums() -> dict[str, tuple[Sum, ...]]:
    """For every judge functions that add its trees' answers to a sum, in order."""
    models = json.loads(files(__package__).joinpath("line_models.json").read_text("utf-8"))
    if any(tuple(models[judge]["signals"]) != names for judge, names in _JUDGES.items()):
        raise RuntimeError("line_models.json has other signals; rebuild it with benchmarks/flattened_train.py")
    return {
        judge: tuple(summed(part, "line_models.json") for part in _parts(models[judge]["trees"])) for judge in _JUDGES
    }


def _parts(trees: list) -> Iterator[list]:
    return (trees[start : start + _AT_ONCE] for start in range(0, len(trees), _AT_ONCE))


def odds(judge: str, signals: Sequence[float]) -> float:
    """The logarithm of the odds that what has these signals is what the `judge` ('body', 'title', 'date', 'names')
    looks for."""
    total = 0.0
    for add in _sums()[judge]:
        total = add(signals, total)
    return total


def sureness(total: float) -> float:
    """Odds as a chance between 0 and 1, to two figures."""
    return round(1 / (1 + exp(-max(-30.0, min(30.0, total)))), 2)


def ranked(judge: str, candidates: Sequence[Candidate]) -> list[tuple[float, Candidate]]:
    """Candidates with their odds, the best first; of equals the one that stands first."""
    return sorted(((odds(judge, one.signals), one) for one in candidates), key=lambda pair: -pair[0])
