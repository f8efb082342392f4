"""What an article is about, as few numbers: terms of title and lead, weighed by their rarity.

Rarity (inverse document frequency, Spärck Jones 1972) begins with that in the news at large and is learned from the
stream, weights are frozen when an article comes. Which articles are near one another is left to `neighbours`.
"""

from __future__ import annotations

import json
import struct
from collections import Counter
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from math import log, sqrt

from coranto.terms import term_key, terms

LEAD_CHARACTERS = 1500
TITLE_WEIGHT = 2
TERMS_KEPT = 100
LEANING = 10_000
"""The news at large counts as much as so many articles of the stream."""
RARE = 0.5
"""In how many of its articles a term counts as standing that it does not name."""
AGED_AT = 60_000
"""After this many articles all counts are halved, so that rarity follows the news and memory stays bounded."""


def outline(title: str, text: str) -> bytes:
    """The terms of title and lead with their counts, 5 bytes a term (32-bit key, 8-bit count), for `Kept.terms`."""
    counts: dict[int, int] = {}
    for weight, found in ((TITLE_WEIGHT, terms(title[:LEAD_CHARACTERS])), (1, terms(text[:LEAD_CHARACTERS]))):
        for term, count in Counter(found).items():
            key = term_key(term)
            counts[key] = counts.get(key, 0) + weight * count
    return b"".join(struct.pack("<IB", key, min(count, 255)) for key, count in sorted(counts.items()))


def outline_counts(data: bytes) -> dict[int, int]:
    """The counts that `outline` wrote; a torn end is dropped."""
    whole = len(data) - len(data) % 5
    return dict(struct.iter_unpack("<IB", data[:whole]))


class Rarity:
    """How rare a term is: among the articles seen of late, and in the news at large (`rarity.json`, made by
    `benchmarks/stories_rarity.py`), so that the first articles of a store are weighed like later ones."""

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
        articles, with_term, (at_large, rare) = self._articles + LEANING, self._with_term, _at_large()
        weighed = sorted(
            (
                ((1 + log(n)) * log(1 + articles / (LEANING * at_large.get(key, rare) + with_term.get(key, 0))), key)
                for key, n in counts.items()
            ),
            reverse=True,
        )[:TERMS_KEPT]
        length = sqrt(sum(weight * weight for weight, _ in weighed)) or 1.0
        return [(key, weight / length) for weight, key in weighed]


@cache
def _at_large() -> tuple[dict[int, float], float]:
    """The share of articles that have a term, for the terms that are known, and for all others."""
    made = json.loads(files(__package__).joinpath("rarity.json").read_text("utf-8"))
    articles = made["articles"]
    shares = {term_key(term): int(count) / articles for count, found in made["terms"].items() for term in found.split()}
    return shares, RARE / articles
