"""Texts told in two languages that are one: a translation has the numbers and the names of its original, at the same
places and in the same order.

Two reports of one event share a few of either, seldom in order. It takes `LEAST_NUMBERS` numbers that both write in
digits: a short text, one that tells without numbers, and one of which half was left out are not found. Neither
vectors nor a dictionary are asked: where it is not sure, nothing is said. `packed_marks` are what a stream keeps of a
text to know its translations.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from statistics import median
from zlib import crc32

from coranto.stories.coverage import Coverage
from coranto.terms import STOP_WORDS

LEAST_NUMBERS = 5
"""Different numbers of two digits or more that both texts have."""
LEAST_MARKS = 7
"""Numbers and names that stand in both in the same order."""
SHORTER_SHARE, LONGER_SHARE = 0.75, 0.6
"""How much of either text's different numbers the other has: some languages write small numbers out."""
IN_ORDER = 0.7
FARTHEST = 0.08
"""How far, as a part of the text, the common marks may stand from their place in the other, in the middle of all."""
LONGEST = 60_000
MOST_MARKS = 400
_MARK = re.compile(r"\d+(?:[.,:'’ \u202f]\d+)*|[^\W\d_]{3,}")
_NUMBER = re.compile(r"\d[\d.,:'’ \u202f]*\d")


@dataclass(frozen=True, slots=True)
class Marks:
    """The numbers and capitalised words of a text in order, or 32 bits for each, with their places between 0 and 1."""

    found: tuple[tuple[str | int, float], ...]
    numbers: frozenset[str | int]


def in_common(here: Coverage, there: Coverage) -> tuple[str, ...] | None:
    """The numbers and names by which one text is a translation of the other, in their order; None where it is not
    surely one, or where both are in one language or in one that is not known."""
    if not in_two_languages(here.language, there.language):
        return None
    return _told_by_both(marks_of(here.text), marks_of(there.text))


def packed_marks(text: str) -> bytes:
    """The marks of a text, 6 bytes each (32 bits for the mark, of which the lowest is set in numbers, 16 for its place;
    little-endian); empty where they are too few for a translation to be known by."""
    if len(set(_NUMBER.findall(text[:LONGEST]))) < LEAST_NUMBERS:
        return b""
    marks = _marks_in(text)
    if len(marks.numbers) < LEAST_NUMBERS:
        return b""
    hashed = [(crc32(mark.encode()) & ~1 | (mark in marks.numbers), round(65535 * at)) for mark, at in marks.found]
    return b"".join(struct.pack("<IH", *each) for each in hashed)


def one_text(here: bytes, there: bytes) -> bool:
    """Whether packed marks, of texts in two languages, are surely those of a text and its translation."""
    return _told_by_both(_unpacked(here), _unpacked(there)) is not None


def in_two_languages(here: str | None, there: str | None) -> bool:
    """Whether two codes name two languages; not where one is unknown."""
    if not here or not there:
        return False
    return here.partition("-")[0].lower() != there.partition("-")[0].lower()


def _unpacked(packed: bytes) -> Marks:
    found = tuple((mark, at / 65535) for mark, at in struct.iter_unpack("<IH", packed))
    return Marks(found, frozenset(mark for mark, _ in found if mark & 1))


def _told_by_both(one: Marks, other: Marks) -> tuple[str | int, ...] | None:
    """The marks by which one text is a translation of the other; None where it is not surely one."""
    shared = one.numbers & other.numbers
    fewer, more = sorted((len(one.numbers), len(other.numbers)))
    if len(shared) < max(LEAST_NUMBERS, SHORTER_SHARE * fewer, LONGER_SHARE * more):
        return None
    known = {mark for mark, _ in one.found} & {mark for mark, _ in other.found}
    left, right = ([pair for pair in marks.found if pair[0] in known] for marks in (one, other))
    steps = SequenceMatcher(None, [m for m, _ in left], [m for m, _ in right], autojunk=False).get_matching_blocks()
    pairs = [(left[step.a + n], right[step.b + n]) for step in steps for n in range(step.size)]
    if len(pairs) < max(LEAST_MARKS, IN_ORDER * min(len(left), len(right))):
        return None
    apart = median(abs(a[1] - b[1]) for a, b in pairs)
    return tuple(dict.fromkeys(a[0] for a, _ in pairs)) if apart <= FARTHEST else None


def told_again(coverages: Sequence[Coverage]) -> list[list[Coverage]]:
    """Those of the articles that are one text in several languages, each group in the order given."""
    group = list(range(len(coverages)))
    having: dict[str, list[int]] = defaultdict(list)
    for place, coverage in enumerate(coverages):
        numbers = marks_of(coverage.text).numbers
        shared = Counter(other for number in numbers for other in having[number])
        for other in sorted(other for other, count in shared.items() if count >= LEAST_NUMBERS):
            if in_common(coverages[other], coverage):
                group = [group[other] if one == group[place] else one for one in group]
        for number in numbers:
            having[number].append(place)
    members: dict[int, list[Coverage]] = defaultdict(list)
    for place, coverage in zip(group, coverages, strict=True):
        members[place].append(coverage)
    return [found for found in members.values() if len(found) > 1]


@lru_cache(maxsize=256)
def marks_of(text: str) -> Marks:
    """The marks of a text; kept, for each article of a story is asked for its own several times."""
    return _marks_in(text)


def _marks_in(text: str) -> Marks:
    text = unicodedata.normalize("NFKC", text[:LONGEST])
    found = []
    for match in _MARK.finditer(text):
        mark = match[0]
        if mark[0].isdigit():
            mark = "".join(filter(str.isdecimal, mark))
        elif mark[0].isupper():
            mark = "".join(c for c in unicodedata.normalize("NFD", mark.casefold()) if not unicodedata.combining(c))
        else:
            continue
        if len(mark) > 1 and mark not in STOP_WORDS:
            found.append((mark, match.start() / len(text)))
    kept = tuple(found[:MOST_MARKS])
    return Marks(kept, frozenset(mark for mark, _ in kept if mark[0].isdigit()))
