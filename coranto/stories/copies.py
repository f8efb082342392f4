"""Groups of articles that carry the same text, and what each copy kept, dropped, moved, reworded and added.

Candidates come from the index of fingerprints; whether two texts are one is settled on the texts themselves: by most
word 5-grams, or, where synonyms broke those, by most words of matching sentences. A translation is not found.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coranto.stories.alignment import Passage, align
from coranto.stories.coverage import ArticleId, Coverage, each_once
from coranto.stories.fingerprints import (
    COPY_SHARE,
    SAME_TEXT,
    AnchorIndex,
    anchors,
    shingles,
    signature,
    signature_share,
)
from coranto.stories.origins import first_of, placed
from coranto.terms import words

LEAST_SIGN = 0.05
"""From this share of 5-grams on, two texts are worth the comparison sentence by sentence."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy beside the first article of its text: the share (0 to 1) of the shorter of the two that both have, and the
    passages of both texts."""

    id: ArticleId
    share: float
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class CopyGroup:
    """Articles with one text: who had it first as far as can be told, and the others in the order given."""

    first: ArticleId
    copies: tuple[Copy, ...]


def near_copies(coverages: Sequence[Coverage]) -> list[CopyGroup]:
    """The texts that more than one of these articles carries, in the order in which each was first given. Of each the
    first `LONGEST` letters are compared. ValueError where two that differ have one id."""
    found = []
    for members in same_text(list(each_once(coverages).values())):
        if len(members) > 1:
            first = first_of(members).first
            found.append(CopyGroup(first.id, tuple(_beside(copy, first) for copy in members if copy is not first)))
    return found


def same_text(coverages: Sequence[Coverage]) -> list[list[Coverage]]:
    """The articles by text, each group in the order given; those whose text nobody else has stand alone."""
    index = AnchorIndex()
    made = [signature(coverage.text) for coverage in coverages]
    order = sorted(range(len(coverages)), key=lambda number: placed(coverages[number]))
    group = list(range(len(coverages)))
    for number in order:
        best, part = None, 0.0
        for other in index.candidates(anchors(made[number])):
            alike = signature_share(made[number], made[other])
            if LEAST_SIGN <= alike < COPY_SHARE:
                alike = aligned_share(coverages[number].text, coverages[other].text)
            if alike >= COPY_SHARE and alike > part:
                best, part = other, alike
        if best is not None:
            group[number] = group[best]
        if part < SAME_TEXT:
            index.add(number, anchors(made[number]))
    members: dict[int, list[Coverage]] = {}
    for number, coverage in enumerate(coverages):
        members.setdefault(group[number], []).append(coverage)
    return list(members.values())


def text_shares(one: str, other: str) -> tuple[float, float]:
    """The share of the shorter text that both have, and that of the longer one: of word 5-grams. Where those are fewer
    than half of the shorter, its share is that of the words in matching sentences, if these are more than half."""
    here, there = shingles(one), shingles(other)
    if not here or not there:
        return 0.0, 0.0
    common = len(here & there)
    part, whole = common / min(len(here), len(there)), common / max(len(here), len(there))
    if LEAST_SIGN <= part < COPY_SHARE and (aligned := aligned_share(one, other)) >= COPY_SHARE:
        part = aligned
    return part, whole


def aligned_share(one: str, other: str) -> float:
    """The share of the shorter text's words that stand in sentences which the other text has, as they are or reworded;
    words replaced do not count."""
    shorter = min(len(words(one)), len(words(other)))
    return min(1.0, sum(_common(passage) for passage in align(one, other)) / shorter) if shorter else 0.0


def _common(passage: Passage) -> int:
    if passage.kind in ("dropped", "added"):
        return 0
    return max(0, len(words(passage.earlier)) - (passage.changed if passage.kind == "reworded" else 0))


def _beside(copy: Coverage, first: Coverage) -> Copy:
    return Copy(copy.id, text_shares(copy.text, first.text)[0], align(first.text, copy.text))
