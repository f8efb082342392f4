"""Ids of articles, numbered in the order in which they came.

A list and a dictionary would take 180 bytes an article; here it is some 20 where ids are whole numbers of 64 bits, as
in a store, and otherwise what the ids themselves take besides. Found by open addressing: places hold numbers, of ids
whose hashes lead there or to a place close before.
"""

from __future__ import annotations

from array import array

from coranto.stories.coverage import ArticleId

LEAST = 1024
_SPREAD = 0x9E3779B97F4A7C15
"""2^64 by the golden ratio: ids that follow each other are far apart (Knuth, The Art of Computer Programming, 6.4)."""


class Numbering:
    """Ids by number and numbers by id."""

    def __init__(self) -> None:
        self._ids: array | list[ArticleId] = array("q")
        self._places = array("I", bytes(4 * LEAST))
        """One more than a number; 0 where nothing is."""

    def __len__(self) -> int:
        return len(self._ids)

    def __getitem__(self, number: int) -> ArticleId:
        return self._ids[number]

    def get(self, article_id: ArticleId) -> int | None:
        """The number of an id, None where it is unknown."""
        found = self._places[self._place(article_id)]
        return found - 1 if found else None

    def add(self, article_id: ArticleId) -> int:
        """The number of an id, its own from now on where it is unknown."""
        at = self._place(article_id)
        if self._places[at]:
            return self._places[at] - 1
        self._keep(article_id)
        self._places[at] = len(self._ids)
        if 3 * len(self._ids) > 2 * len(self._places):
            self._grow()
        return len(self._ids) - 1

    def _keep(self, article_id: ArticleId) -> None:
        if isinstance(self._ids, array):
            try:
                self._ids.append(article_id)
                return
            except (TypeError, OverflowError):
                self._ids = list(self._ids)
        self._ids.append(article_id)

    def _place(self, article_id: ArticleId) -> int:
        """Where the number of an id stands, or would."""
        places, ids = self._places, self._ids
        last = len(places) - 1
        at = (hash(article_id) * _SPREAD >> 20) & last
        while places[at] and ids[places[at] - 1] != article_id:
            at = (at + 1) & last
        return at

    def _grow(self) -> None:
        self._places = array("I", bytes(8 * len(self._places)))
        for number, article_id in enumerate(self._ids):
            self._places[self._place(article_id)] = number + 1
