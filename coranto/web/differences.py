"""What differs between two texts: paragraphs beside each other, with the words that stand in one alone.

The work is bounded whatever the texts hold: a comparison that would take too many steps is not made word by word, and
the two paragraphs count as different as a whole.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

LONGEST = 200_000
"""Letters of a text that are compared; what follows is left out of sight."""
STEPS, STEPS_IN_ALL = 8_000, 80_000
"""The most pairs of equal words, or of equal paragraphs, that one comparison, and all of a text, may walk through."""
ALIKE = 0.35
"""Paragraphs that share fewer words are two different ones, not one that was changed."""
_PIECE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]\s*|[^\W\u3040-\u30ff\u3400-\u9fff]+\s*|[^\w\s]\s*")

Runs = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """Paragraphs beside each other as runs of (text, stands here alone), empty where a side has none; or `same`
    paragraphs that both have."""

    before: Runs = ()
    after: Runs = ()
    same: int = 0


def passages(before: str, after: str) -> list[Passage]:
    """The two texts (paragraphs separated by a blank line) from top to end, what is the same counted and left out."""
    old, new = (text[:LONGEST].strip().split("\n\n") for text in (before, after))
    found: list[Passage] = []
    left = STEPS_IN_ALL
    for change, i, j, k, m in opcodes(old, new, STEPS):
        if change == "equal":
            found.append(Passage(same=j - i))
            continue
        for one, other in zip_longest(old[i:j], new[k:m], fillvalue=""):
            words, others = _PIECE.findall(one), _PIECE.findall(other)
            found.append(beside(words, others, min(left, STEPS)))
            left = max(0, left - pairs(words, others))
    return found


def beside(old: list[str], new: list[str], most: int) -> Passage:
    """Two paragraphs, as words, with those that differ; each whole where they share little or it is too much work."""
    changes = opcodes(old, new, most)
    same = sum(j - i for change, i, j, _, _ in changes if change == "equal")
    if same * 2 < ALIKE * (len(old) + len(new)):
        changes = [("replace", 0, len(old), 0, len(new))]
    return Passage(
        runs((old[i:j], change != "equal") for change, i, j, _, _ in changes),
        runs((new[k:m], change != "equal") for change, _, _, k, m in changes),
    )


def runs(pieces: Iterator[tuple[Sequence[str], bool]]) -> Runs:
    """Runs of text, neighbours of one kind joined."""
    found: list[tuple[str, bool]] = []
    for words, alone in pieces:
        text = "".join(words)
        if found and found[-1][1] == alone:
            found[-1] = (found[-1][0] + text, alone)
        elif text:
            found.append((text, alone))
    return tuple(found)


def pairs(old: Sequence[str], new: Sequence[str]) -> int:
    """How many pairs of equal pieces there are: what difflib's work grows with."""
    there = Counter(new)
    return sum(count * there[piece] for piece, count in Counter(old).items())


def opcodes(old: Sequence[str], new: Sequence[str], most: int) -> list[tuple[str, int, int, int, int]]:
    """How `old` becomes `new`, as difflib's opcodes; one replacement of everything where that is too much work."""
    if pairs(old, new) > most:
        return [("replace", 0, len(old), 0, len(new))]
    return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
