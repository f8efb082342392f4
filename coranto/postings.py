"""Which numbers stand under which keys: the inverted index that stories and ranking share.

Asked with weighted keys it finds the numbers that share the most. With NumPy, which comes with the `learn` extra, an
answer takes about a tenth of the time and is the same, to the last bit of each sum.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

FEW = 8


class Postings:
    """Keys (32 bits) with the numbers (32 bits, from 0, best close together) that have them, 4 bytes a pair.

    Most keys of a language stand for one number: that is kept by itself, and a few numbers as bytes, at a third and
    half of what arrays of them take.
    """

    def __init__(self) -> None:
        self._under: dict[int, int | bytes | array] = {}

    def put(self, number: int, keys: Iterable[int]) -> None:
        """Set a number under each of `keys`, under which it does not stand yet."""
        for key in keys:
            found = self._under.get(key)
            if found is None:
                self._under[key] = number
            elif isinstance(found, array):
                found.append(number)
            else:
                self._under[key] = _kept(array("I", (*_numbers(found), number)))

    def drop(self, number: int, keys: Iterable[int]) -> None:
        """Take a number from under each of `keys`; ValueError or KeyError where it does not stand there."""
        for key in keys:
            found = _numbers(self._under[key])
            found.remove(number)
            if found:
                self._under[key] = _kept(found)
            else:
                del self._under[key]

    def best(self, weighted: Iterable[tuple[int, float]], walk: int, most: int) -> list[tuple[float, int]]:
        """The numbers that share keys with `weighted`, each with the sum of the squared weights of those shared: the
        `most` with the largest sums, and any whose sum equals the last of these. In no order.

        The rarest keys are walked first, and no key is begun whose numbers would bring those walked over `walk`.
        """
        asked, walked = [], 0
        known = [(_numbers(self._under[key]), key, weight) for key, weight in weighted if key in self._under]
        for count, _, weight, numbers in sorted((len(numbers), key, weight, numbers) for numbers, key, weight in known):
            if walked and walked + count > walk:
                break
            walked += count
            asked.append((numbers, weight * weight))
        if not asked:
            return []
        numpy = _numpy()
        return _summed(asked, most) if numpy is None else _summed_by(numpy, asked, most)


def _numbers(kept: int | bytes | array) -> array:
    return kept if isinstance(kept, array) else array("I", (kept,) if isinstance(kept, int) else kept)


def _kept(numbers: array) -> int | bytes | array:
    if len(numbers) == 1:
        return numbers[0]
    return numbers.tobytes() if len(numbers) <= FEW else numbers


def _summed(asked: list[tuple[array, float]], most: int) -> list[tuple[float, int]]:
    sums: dict[int, float] = {}
    for numbers, gain in asked:
        for number in numbers:
            sums[number] = sums.get(number, 0.0) + gain
    least = sorted(sums.values(), reverse=True)[:most][-1]
    return [(total, number) for number, total in sums.items() if total >= least]


def _summed_by(numpy: ModuleType, asked: list[tuple[array, float]], most: int) -> list[tuple[float, int]]:
    found = numpy.concatenate([numpy.frombuffer(numbers, numpy.uint32) for numbers, _ in asked])
    gains = numpy.repeat([gain for _, gain in asked], [len(numbers) for numbers, _ in asked])
    lowest = int(found.min())
    sums = numpy.bincount(found - numpy.uint32(lowest), gains)
    at = numpy.flatnonzero(sums)
    sums = sums[at]
    if len(at) > most:
        kept = sums >= numpy.partition(sums, len(at) - most)[len(at) - most]
        at, sums = at[kept], sums[kept]
    return list(zip(sums.tolist(), (at + lowest).tolist(), strict=True))


@cache
def _numpy() -> ModuleType | None:
    return None if find_spec("numpy") is None else import_module("numpy")
