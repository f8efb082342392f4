"""Fingerprints of texts: word 5-grams, compact signatures, and an index that finds texts sharing many of them.

A signature is a bottom-k sketch (Broder 1997; Cohen & Kaplan 2007): the k smallest 32-bit hashes of a text's word
5-grams, with how many there are in all. For texts of up to `SKETCH_SIZE` 5-grams it is the whole set, and shares are
exact; for longer ones the hashes below the lower of both cut-offs are a fair sample of each text. Who is the original
is left to `stream`.
"""

from __future__ import annotations

import struct
from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import accumulate, chain
from zlib import crc32

from coranto.terms import words

SHINGLE_WORDS = 5
COPY_SHARE = 0.5
"""'Most word 5-grams': a text is a copy of an earlier one from this share of the shorter of the two on."""
SAME_TEXT = 0.9
"""A copy that shares this much with another is found through that one and not indexed itself: a text that hundreds
reprint would else drown in its own copies."""
SKETCH_SIZE = 512
ANCHORS = 32
"""How many of a text's smallest hashes are looked up and indexed. Two texts of like length that share half of their
5-grams share about 16 of them; a text ten times as long as the other still about three."""
LEAST_WORDS = 40
"""Texts shorter than this have no signature: a few common phrases would make them copies of each other."""
BUSY = 200
"""A 5-gram in more texts than this is boilerplate, as a rule."""
JOINED, LEVELS = 4, 4
SHELVES = 1 << 16


def shingles(text: str) -> set[int]:
    """The word 5-grams of `text` as 32-bit hashes; empty under `LEAST_WORDS` words."""
    found = [word.encode("utf-8", "surrogatepass") for word in words(text)]
    if len(found) < LEAST_WORDS:
        return set()
    joined = b" ".join(found)
    ends = [end - 1 for end in accumulate(len(word) + 1 for word in found)]
    starts = [0, *(end + 1 for end in ends)]
    return {crc32(joined[start:end]) for start, end in zip(starts, ends[SHINGLE_WORDS - 1 :], strict=False)}


def signature(text: str) -> bytes:
    """The signature of `text`, at most 2,052 bytes: the number of its 5-grams, then the smallest hashes in order, all
    little-endian 32-bit; empty for a text too short to have one. Stored signatures stay valid across versions."""
    hashes = shingles(text)
    if not hashes:
        return b""
    kept = sorted(hashes)[:SKETCH_SIZE]
    return struct.pack(f"<{len(kept) + 1}I", len(hashes), *kept)


def share(text_a: str, text_b: str) -> float:
    """The share (0 to 1) of the shorter text's word 5-grams that the other has too; 0 where either is too short."""
    a, b = shingles(text_a), shingles(text_b)
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def signature_share(a: bytes, b: bytes) -> float:
    """`share` from two signatures: exact up to 512 5-grams, else an estimate, with a standard error of about .02 for
    texts of like length and of sqrt(n / 512) times as much where one is n times as long as the other."""
    total_a, hashes_a = _unpack(a)
    total_b, hashes_b = _unpack(b)
    if not hashes_a or not hashes_b:
        return 0.0
    bound = min(
        hashes_a[-1] if total_a > len(hashes_a) else 0xFFFFFFFF, hashes_b[-1] if total_b > len(hashes_b) else 0xFFFFFFFF
    )
    below_a, below_b = hashes_a[: bisect_right(hashes_a, bound)], hashes_b[: bisect_right(hashes_b, bound)]
    common = len(set(below_a).intersection(below_b))
    return common / max(1, min(len(below_a), len(below_b)))


def _unpack(signature: bytes) -> tuple[int, tuple[int, ...]]:
    if len(signature) < 8 or len(signature) % 4:
        return 0, ()
    total, *hashes = struct.unpack(f"<{len(signature) // 4}I", signature)
    return total, tuple(hashes)


def anchors(signature: bytes) -> tuple[int, ...]:
    """The hashes of a signature under which its text is indexed."""
    return _unpack(signature[: 4 * (ANCHORS + 1)])[1]


class _Sealed:
    """Anchors and the texts that have them, on `SHELVES` by the anchors' upper 16 bits, so that of each only the lower
    16 are kept beside the number of its text, 6 bytes in all."""

    def __init__(self, low: array, numbers: array, starts: array):
        self.low, self.numbers, self._starts = low, numbers, starts

    @classmethod
    def of(cls, entries: Iterable[tuple[int, int]]) -> _Sealed:
        """Of pairs of anchor and text in order."""
        low, numbers, counts = array("H"), array("I"), array("I", bytes(4 * (SHELVES + 1)))
        for value, number in entries:
            low.append(value & 0xFFFF)
            numbers.append(number)
            counts[(value >> 16) + 1] += 1
        return cls(low, numbers, array("I", accumulate(counts)))

    @classmethod
    def joined(cls, parts: Sequence[_Sealed]) -> _Sealed:
        low, numbers, starts = array("H"), array("I"), array("I", [0])
        for shelf in range(SHELVES):
            for part in parts:
                start, end = part._starts[shelf], part._starts[shelf + 1]
                low.extend(part.low[start:end])
                numbers.extend(part.numbers[start:end])
            starts.append(len(low))
        return cls(low, numbers, starts)

    def having(self, value: int) -> list[int]:
        """The texts with this anchor."""
        start, end = self._starts[value >> 16], self._starts[(value >> 16) + 1]
        shelf, low = self.low[start:end], value & 0xFFFF
        return [self.numbers[start + at] for at, one in enumerate(shelf) if one == low] if low in shelf else []


class AnchorIndex:
    """Which texts have which anchors, 6 bytes an anchor: 1,000,000 texts take 200 MB.

    New entries gather in a dictionary (a number each, an array where a hash has several) and are sealed, `segment` at a
    time. `JOINED` of one level make one of the next, until the last level's, which are never rewritten: so the
    dictionary, at ten times the bytes an entry, stays small, and what is searched few.
    """

    def __init__(self, segment: int = 50_000):
        self._segment = segment
        self._sealed: list[list[_Sealed]] = [[] for _ in range(LEVELS)]
        self._fresh: dict[int, int | array] = {}
        self._waiting = 0

    def add(self, number: int, hashes: Iterable[int]) -> None:
        for value in hashes:
            entries = self._fresh.get(value)
            if entries is None:
                self._fresh[value] = number
            elif isinstance(entries, int):
                self._fresh[value] = array("I", (entries, number))
            else:
                entries.append(number)
            self._waiting += 1
        if self._waiting >= self._segment:
            fresh = ((value, number) for value in sorted(self._fresh) for number in self._gathered(value))
            self._sealed[0].append(_Sealed.of(fresh))
            self._fresh, self._waiting = {}, 0
        for level, parts in enumerate(self._sealed[:-1]):
            if len(parts) == JOINED:
                self._sealed[level + 1].append(_Sealed.joined(parts))
                parts.clear()

    def _gathered(self, value: int) -> Sequence[int]:
        """The texts with this hash that are not sealed yet."""
        entries = self._fresh.get(value, ())
        return (entries,) if isinstance(entries, int) else entries

    def candidates(self, hashes: Iterable[int], least: int = 2, most: int = 24) -> list[int]:
        """The texts (by number) that have at least `least` of the anchors, those with the most first. What is in many
        texts (`BUSY`) is asked only where the rest finds nothing, and some that have it are found: of a text that
        hundreds print in words of their own one leads to the others."""
        rare: Counter[int] = Counter()
        busy: Counter[int] = Counter()
        for value in hashes:
            found = list(self._gathered(value))
            for part in chain.from_iterable(self._sealed):
                if len(found) <= BUSY:
                    found += part.having(value)
            (rare if len(found) <= BUSY else busy).update(found[:BUSY])
        for hits in (rare, busy):
            ranked = sorted((-count, number) for number, count in hits.items() if count >= least)
            if ranked:
                break
        return [number for _, number in ranked[:most]]
