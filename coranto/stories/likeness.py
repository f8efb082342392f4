"""Which open story an article is like: cosine of rarity-weighted terms of title and lead, within days of the story.

Rarity is learned from the stream (inverse document frequency, Spärck Jones 1972, with a prior so that the first
articles of an empty store are not all unique), weights are frozen when an article comes, and a story is the sum of its
articles' vectors (Rocchio centroid). An inverted index over rare terms finds the few stories worth comparing. With the
`learn` extra a headline that comes without a text is also compared by what it means (`coranto.vectors`): with another
about the same event it often shares a name and no more. Copies and the book of all articles are left to `stream`.
"""

from __future__ import annotations

import struct
from array import array
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import repeat
from math import log, sqrt
from operator import mul

from coranto.postings import Postings
from coranto.terms import term_key, terms
from coranto.vectors import blended, cosines

LEAD_CHARACTERS = 1500
TITLE_WEIGHT = 2
ALIKE = 0.22
"""The least cosine of an article and a story, chosen on the dated sets of the story corpora."""
FEW_TERMS = 12
"""Up to this many terms, as where a headline is all there is, an article's vector is asked too. Longer articles gain
nothing by it: their stories would only grow broader."""
MEANING_WEIGHT, ALIKE_WITH_MEANING = 0.75, 0.42
"""What the cosine of vectors counts beside that of terms, and what both together must reach."""
WITHIN_SECONDS = 3 * 86400.0
TERMS_KEPT = 100
STORY_TERMS_KEPT = 200
COMPARED = 30
ASKED = 4 * COMPARED
"""How many stories that share terms are looked through for those near in time; all of them where that is too few."""
WALKED = 4000
PRIOR_ARTICLES = 50
AGED_AT = 60_000
"""After this many articles all counts are halved, so that rarity follows the news and memory stays bounded."""


def outline(title: str, text: str) -> bytes:
    """The terms of title and lead with their counts, 5 bytes a term (32-bit key, 8-bit count), for `Kept.terms`."""
    counts: dict[int, int] = {}
    for weight, found in ((TITLE_WEIGHT, terms(title)), (1, terms(text[:LEAD_CHARACTERS]))):
        for term, count in Counter(found).items():
            key = term_key(term)
            counts[key] = counts.get(key, 0) + weight * count
    return b"".join(struct.pack("<IB", key, min(count, 255)) for key, count in sorted(counts.items()))


def outline_counts(data: bytes) -> dict[int, int]:
    """The counts that `outline` wrote; a torn end is dropped."""
    whole = len(data) - len(data) % 5
    return dict(struct.iter_unpack("<IB", data[:whole]))


class Rarity:
    """How rare a term is among the articles seen of late."""

    def __init__(self):
        self._articles = 0
        self._with_term: dict[int, int] = {}

    def learn(self, counts: Mapping[int, int]) -> None:
        self._articles += 1
        for key in counts:
            self._with_term[key] = self._with_term.get(key, 0) + 1
        if self._articles > AGED_AT:
            self._articles //= 2
            self._with_term = {key: count // 2 for key, count in self._with_term.items() if count > 1}

    def vector(self, counts: Mapping[int, int]) -> list[tuple[int, float]]:
        """The heaviest terms with weight (1 + log tf) log(1 + N/df), length 1 together, heaviest first."""
        articles = self._articles + PRIOR_ARTICLES
        weighed = sorted(
            (((1 + log(n)) * log(1 + articles / self._with_term.get(key, 1)), key) for key, n in counts.items()),
            reverse=True,
        )[:TERMS_KEPT]
        length = sqrt(sum(weight * weight for weight, _ in weighed)) or 1.0
        return [(key, weight / length) for weight, key in weighed]


@dataclass(slots=True)
class _Open:
    keys: array
    weights: array
    length: float
    first: float
    last: float
    touched: float
    meaning: bytes | None = None
    meant: int = 0
    """How many articles the meaning is the mean of."""

    def near(self, at: float) -> bool:
        return self.first - WITHIN_SECONDS <= at <= self.last + WITHIN_SECONDS


class OpenStories:
    """The stories that may still grow by likeness, at most `limit` of them, the longest untouched closed first."""

    def __init__(self, limit: int = 40_000):
        self._limit = limit
        self._stories: dict[int, _Open] = {}
        self._stories_with = Postings()

    def __len__(self) -> int:
        return len(self._stories)

    def __contains__(self, story: int) -> bool:
        return story in self._stories

    def find(self, vector: list[tuple[int, float]], at: float, meaning: bytes | None = None) -> int | None:
        """The story most like an article of these terms and this meaning that has an article within three days of `at`;
        None where none is alike enough."""
        near, meaning = self._near(vector, at), meaning if len(vector) <= FEW_TERMS else None
        weight_of, zeros = dict(vector).get, repeat(0.0)
        best = (0.0, None)
        for story, gain in zip(near, self._gains(meaning, near), strict=True):
            entry = self._stories[story]
            cosine = sum(map(mul, entry.weights, map(weight_of, entry.keys, zeros))) / entry.length
            if cosine + gain > best[0]:
                best = (cosine + gain, story)
        return best[1]

    def _near(self, vector: list[tuple[int, float]], at: float) -> list[int]:
        """The `COMPARED` stories near `at` that share the most with an article, the older first among equals."""
        for most in (ASKED, self._limit):
            shared = self._stories_with.best(vector, WALKED, most)
            near = [(-gain, story) for gain, story in shared if self._stories[story].near(at)]
            if len(near) >= COMPARED or len(shared) < most:
                break
        return [story for _, story in sorted(near)[:COMPARED]]

    def _gains(self, meaning: bytes | None, near: list[int]) -> list[float]:
        """What each story's meaning adds to the cosine of terms, less what the sum must reach."""
        gains = [-ALIKE] * len(near)
        if meaning is not None:
            placed = [(at, self._stories[story].meaning) for at, story in enumerate(near)]
            placed = [(at, other) for at, other in placed if other is not None]
            for (at, _), cosine in zip(placed, cosines(meaning, [other for _, other in placed]), strict=True):
                gains[at] = MEANING_WEIGHT * cosine - ALIKE_WITH_MEANING
        return gains

    def put(
        self, story: int, vector: list[tuple[int, float]], at: float, now: float, meaning: bytes | None = None
    ) -> None:
        """Add an article's vector and meaning to a story, opening the story where it is not open."""
        entry = self._stories.pop(story, None)
        if entry is None:
            keys, weights = [key for key, _ in vector], [weight for _, weight in vector]
            self._stories[story] = _Open(array("I", keys), array("f", weights), 1.0, at, at, now)
        else:
            self._stories[story] = entry
            entry.first, entry.last, entry.touched = min(entry.first, at), max(entry.last, at), max(entry.touched, now)
            keys = self._sum(story, entry, vector)
        self._stories_with.put(story, keys)
        if meaning is not None and len(vector) <= FEW_TERMS:
            entry = self._stories[story]
            entry.meaning = blended([entry.meaning or meaning, meaning], [entry.meant, 1])
            entry.meant += 1
        while len(self._stories) > self._limit:
            self.close(next(iter(self._stories)))

    def _sum(self, story: int, entry: _Open, vector: list[tuple[int, float]]) -> list[int]:
        """Add `vector` to the story's sum; the terms that are new to it."""
        before = set(entry.keys)
        total = dict(zip(entry.keys, entry.weights, strict=True))
        for key, weight in vector:
            total[key] = total.get(key, 0.0) + weight
        entry.length = sqrt(sum(weight * weight for weight in total.values())) or 1.0
        heaviest = sorted(total.items(), key=lambda pair: (-pair[1], pair[0]))[:STORY_TERMS_KEPT]
        entry.keys = array("I", [key for key, _ in heaviest])
        entry.weights = array("f", [weight for _, weight in heaviest])
        after = set(entry.keys)
        self._stories_with.drop(story, before - after)
        return sorted(after - before)

    def expire(self, before: float) -> None:
        """Close the stories to which nothing came since `before`."""
        while self._stories:
            story, entry = next(iter(self._stories.items()))
            if entry.touched >= before:
                return
            self.close(story)

    def close(self, story: int) -> None:
        entry = self._stories.pop(story, None)
        if entry is not None:
            self._stories_with.drop(story, entry.keys)
