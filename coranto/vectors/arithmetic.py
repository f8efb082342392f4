"""Packed vectors: signed 8-bit numbers, the largest of them 127, compared in whole numbers, so that the same texts give
the same lists in every process. NumPy is imported by those who call."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy


def cosines(vector: bytes, others: Sequence[bytes]) -> list[float]:
    """The cosine of a packed vector and each of `others`; 0 where one of the two is all 0. ValueError where they are
    not of one length."""
    import numpy

    one = numpy.frombuffer(vector, numpy.int8).astype(numpy.int32)
    rows = numpy.frombuffer(b"".join(others), numpy.int8).reshape(len(others), len(vector)).astype(numpy.int32)
    lengths = numpy.sqrt(((rows * rows).sum(1) * int((one * one).sum())).clip(1))
    return (rows @ one / lengths).tolist()


def blended(vectors: Sequence[bytes], weights: Sequence[float]) -> bytes:
    """The sum of packed vectors, each times its weight, packed again."""
    import numpy

    rows = numpy.frombuffer(b"".join(vectors), numpy.int8).reshape(len(vectors), -1)
    return scaled((rows * numpy.asarray(weights, numpy.float32)[:, None]).sum(0)).tobytes()


def scaled(vector: numpy.ndarray) -> numpy.ndarray:
    """A vector as packed ones are; all 0 stays all 0."""
    import numpy

    largest = float(numpy.abs(vector).max(initial=0.0))
    return numpy.rint(vector * (127 / largest) if largest else vector).astype(numpy.int8)
