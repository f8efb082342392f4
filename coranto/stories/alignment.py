"""Two texts sentence by sentence: what was kept, reworded, moved, dropped and added.

Sentences alike in every word are matched first, in order where they stand in order; what is left is matched by the
words that two sentences share, so that a sentence with a few synonyms, one split in two and two run together are found.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from coranto.terms import words

_NO_END = r"(?<!\b[^\W\d_]\.)(?<!\b\d\.)(?<!\b\d\d\.)" + "".join(
    rf"(?<!\b{title}\.)" for title in "Mr Ms Mrs Dr St Sen Rep Gov Sgt Col Gen Prof".split()
)
_MONTH_SHORT = r"(?!(?:(?<=\b[A-Z][a-z][a-z]\.\s)|(?<=\b[A-Z][a-z][a-z][a-z]\.\s))\d)"
_SENTENCE_END = re.compile(
    rf"(?:(?<=[.!?…]){_NO_END}|(?<=[.!?…][\"”’»“)\]]))\s+(?![a-zß-ÿа-я]){_MONTH_SHORT}|(?<=[。！？])|\n+"
)
"""Not after an initial ("U.S."), an ordinal ("1. Juli"), a title or a short month ("Sept. 5"), nor before a small
letter."""
ALIKE = 0.6
"""Two sentences are one reworded where the shorter shares so many of its different words with the other."""
LEAST_SHARED = 3
MOST_LEFT = 400
"""Sentences beyond so many that have no equal are not compared any further: dropped here, added there."""
MOST_PAIRS = 250_000
"""Pairs of words up to which two sentences are compared word by word, which takes longer than their number."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One stretch of both texts. `kind` is 'kept', 'reworded', 'moved', 'dropped' (`here` is '') or 'added' (`earlier`
    is ''); `changed` is how many words differ, 0 where it was kept, all of them where it was moved."""

    kind: str
    earlier: str
    here: str
    changed: int = 0


def sentences(text: str) -> list[str]:
    """The sentences and lines of `text`, in order."""
    return [part.strip() for part in _SENTENCE_END.split(text) if part.strip()]


def plain_words(line: str) -> list[str]:
    """The words of a line, whichever way its apostrophes are set."""
    return words(line.replace("’", "'"))


def align(earlier: str, here: str) -> tuple[Passage, ...]:
    """The passages of both texts: those of `here` in their order, each dropped one where it stood."""
    old, new = sentences(earlier), sentences(here)
    if old == new:
        return tuple(Passage("kept", line, line) for line in new)
    old_words, new_words = list(map(plain_words, old)), list(map(plain_words, new))
    kept, moved = _equal(list(map(tuple, old_words)), list(map(tuple, new_words)))
    left_old = [i for i in range(len(old)) if i not in kept.values() and i not in moved.values()]
    left_new = [j for j in range(len(new)) if j not in kept and j not in moved]
    groups = _reworded(old_words, new_words, left_old[:MOST_LEFT], left_new[:MOST_LEFT])
    placed: list[tuple[int, int, Passage]] = []
    before = _place_of({**kept, **moved, **{js[0]: is_[0] for is_, js in groups}}, len(old))
    for j, i in kept.items():
        placed.append((j, 1, Passage("kept", old[i], new[j])))
    for j, i in moved.items():
        placed.append((j, 1, Passage("moved", old[i], new[j], len(new_words[j]))))
    for is_, js in groups:
        differ = _differing([w for i in is_ for w in old_words[i]], [w for j in js for w in new_words[j]])
        kind = "reworded" if differ else "kept"
        placed.append((js[0], 1, Passage(kind, " ".join(old[i] for i in is_), " ".join(new[j] for j in js), differ)))
    used_old, used_new = {i for is_, _ in groups for i in is_}, {j for _, js in groups for j in js}
    placed += [(j, 1, Passage("added", "", new[j], len(new_words[j]))) for j in left_new if j not in used_new]
    placed += [(before[i], 2, Passage("dropped", old[i], "", len(old_words[i]))) for i in left_old if i not in used_old]
    return tuple(passage for _, _, passage in sorted(placed, key=lambda entry: entry[:2]))


def _equal(old: list[tuple[str, ...]], new: list[tuple[str, ...]]) -> tuple[dict[int, int], dict[int, int]]:
    """Sentences (by number in the new text) that stand in the old one too: in order, and elsewhere."""
    kept: dict[int, int] = {}
    # Of many sentences those that come again and again are no place to begin, or it takes the square of their number.
    for block in SequenceMatcher(None, old, new, autojunk=len(new) > MOST_LEFT).get_matching_blocks():
        kept.update((block.b + step, block.a + step) for step in range(block.size))
    elsewhere = defaultdict(list)
    for i in sorted(set(range(len(old))) - set(kept.values()), reverse=True):
        elsewhere[old[i]].append(i)
    moved = {j: elsewhere[new[j]].pop() for j in range(len(new)) if j not in kept and elsewhere.get(new[j])}
    return kept, moved


def _reworded(
    old: Sequence[list[str]], new: Sequence[list[str]], left_old: list[int], left_new: list[int]
) -> list[tuple[list[int], list[int]]]:
    """Groups of sentences, old and new, that say the same in other words; mostly one of each."""
    old_sets, new_sets = {i: set(old[i]) for i in left_old}, {j: set(new[j]) for j in left_new}
    pairs = {(i, j) for i, j in _best(old_sets, new_sets)} | {(i, j) for j, i in _best(new_sets, old_sets)}
    group_of: dict[tuple[str, int], int] = {}
    groups: dict[int, tuple[list[int], list[int]]] = {}
    for i, j in sorted(pairs):
        at = group_of.get(("old", i), group_of.get(("new", j), len(group_of)))
        found = groups.setdefault(at, ([], []))
        if group_of.setdefault(("old", i), at) == at and i not in found[0]:
            found[0].append(i)
        if group_of.setdefault(("new", j), at) == at and j not in found[1]:
            found[1].append(j)
    return [(sorted(is_), sorted(js)) for is_, js in groups.values() if is_ and js]


def _best(ones: dict[int, set[str]], others: dict[int, set[str]]) -> Iterator[tuple[int, int]]:
    """For each of `ones` the sentence among `others` that has the most of its words, where it has enough of them."""
    having = defaultdict(list)
    for number, found in others.items():
        for word in found:
            having[word].append(number)
    for number, found in ones.items():
        shared: dict[int, int] = defaultdict(int)
        for word in found:
            for other in having.get(word, ()):
                shared[other] += 1
        best = max(shared, key=lambda other: (shared[other], -len(others[other]), -other), default=None)
        if best is not None and shared[best] >= max(LEAST_SHARED, ALIKE * len(found)):
            yield number, best


def _differing(old: list[str], new: list[str]) -> int:
    if len(old) * len(new) > MOST_PAIRS:
        return max(len(old), len(new)) - (Counter(old) & Counter(new)).total()
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return sum(max(i2 - i1, j2 - j1) for kind, i1, i2, j1, j2 in steps if kind != "equal")


def _place_of(matched: dict[int, int], count: int) -> list[int]:
    """For each sentence of the old text the number of the new one after which it would stand."""
    of_old = {i: j for j, i in matched.items()}
    places, last = [], -1
    for i in range(count):
        last = of_old.get(i, last)
        places.append(last)
    return places
