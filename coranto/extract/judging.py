"""Which of several candidates for a field to believe: weights learned by `benchmarks/fields_train.py`, summed.

A candidate is described by signals, each a name with a number (1 for "so it is"). The file `fields_model.json` holds
one weight for each signal of each field, nothing of the pages it was learned from. What no weight is known for counts
nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files


@cache
def weights(field: str) -> dict[str, float]:
    """The weight of each signal of a field, as the file has them when they are first asked for."""
    return json.loads(files(__package__).joinpath("fields_model.json").read_text("utf-8")).get(field, {})


def worth(field: str, signals: Mapping[str, float]) -> float:
    """What speaks for a candidate with these signals; comparable among the candidates of one page only."""
    known = weights(field)
    return sum(known.get(name, 0.0) * value for name, value in signals.items())


def best(field: str, candidates: Sequence[Mapping[str, float]]) -> int:
    """The place of the candidate that is worth most, the first of equals. There must be one."""
    return max(range(len(candidates)), key=lambda place: worth(field, candidates[place]))
