"""The open articles, each with those nearest to it, and the stories they stand in.

Near is what shares rare terms: an inverted index finds it, cosines say how near, with the `learn` extra by meaning too.
Each article keeps its nearest for as long as it is open, so that its story can be looked at again without searching.
"""

from __future__ import annotations

from array import array
from bisect import insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from math import inf, isnan, nan
from operator import mul

from coranto.postings import Postings
from coranto.stories.linking import APART, WITHIN_SECONDS, odds
from coranto.vectors import cosines

COMPARED = 40
ASKED = 4 * COMPARED
"""How many articles that share terms are looked through for those near in time; all of them where that is too few."""
WALKED = 4000
LEAST_COSINE = 0.06
CROWD = 10
"""How many of the nearest are an article's crowd; of one with fewer than half of them the rest count as unlike."""
LIKEST_ASKED = 3
"""An arriving article is asked how like it is to so many of a story's articles: the others are of other aspects."""
MOST_ASKED = 10
"""The same of articles in groups, at the least."""


@dataclass(slots=True)
class _Open:
    story: int
    keys: array
    weights: array
    at: float
    touched: float
    meaning: bytes | None
    others: array = field(default_factory=lambda: array("I"))
    by_terms: array = field(default_factory=lambda: array("f"))
    by_meaning: array = field(default_factory=lambda: array("f"))
    crowd: array = field(default_factory=lambda: array("f"))
    meaning_crowd: array = field(default_factory=lambda: array("f"))

    def link(self, other: int, by_terms: float, by_meaning: float) -> None:
        self.others.append(other)
        self.by_terms.append(by_terms)
        self.by_meaning.append(by_meaning)
        _keep(self.crowd, by_terms)
        if not isnan(by_meaning):
            _keep(self.meaning_crowd, by_meaning)


class Neighbours:
    """At most `limit` open articles, the oldest closed first."""

    def __init__(self, limit: int = 20_000):
        self._limit = limit
        self._articles: dict[int, _Open] = {}
        self._with_term = Postings()
        self.stories: dict[int, set[int]] = {}
        """The open articles of each story."""

    def __len__(self) -> int:
        return len(self._articles)

    def __contains__(self, number: int) -> bool:
        return number in self._articles

    def __iter__(self) -> Iterator[int]:
        return iter(self._articles)

    def put(
        self, number: int, story: int, vector: Sequence[tuple[int, float]], at: float, now: float, meaning: bytes | None
    ) -> None:
        """Open an article of these terms, and find those nearest to it."""
        entry = _Open(
            story, array("I", [key for key, _ in vector]), array("f", [w for _, w in vector]), at, now, meaning
        )
        near = self._near(vector, at)
        weight_of, zeros = dict(vector).get, repeat(0.0)
        articles = self._articles
        shared = [
            sum(map(mul, articles[other].weights, map(weight_of, articles[other].keys, zeros))) for other in near
        ]
        for other, by_terms, by_meaning in zip(near, shared, self._meant(meaning, near), strict=True):
            if by_terms >= LEAST_COSINE:
                entry.link(other, by_terms, by_meaning)
                articles[other].link(number, by_terms, by_meaning)
        articles[number] = entry
        self._with_term.put(number, entry.keys)
        self.stories.setdefault(story, set()).add(number)
        while len(articles) > self._limit:
            self.close(next(iter(articles)))

    def _near(self, vector: Sequence[tuple[int, float]], at: float) -> list[int]:
        """The `COMPARED` articles near `at` that share the most, the older first among equals."""
        articles = self._articles
        for most in (ASKED, self._limit):
            shared = self._with_term.best(vector, WALKED, most)
            near = [(-gain, one) for gain, one in shared if abs(articles[one].at - at) <= WITHIN_SECONDS]
            if len(near) >= COMPARED or len(shared) < most:
                break
        return [one for _, one in sorted(near)[:COMPARED]]

    def _meant(self, meaning: bytes | None, others: Sequence[int]) -> list[float]:
        """The cosines of meaning, not a number where one of both has none."""
        found = [nan] * len(others)
        if meaning is not None:
            placed = [(at, self._articles[other].meaning) for at, other in enumerate(others)]
            placed = [(at, other) for at, other in placed if other is not None]
            for (at, _), cosine in zip(placed, cosines(meaning, [other for _, other in placed]), strict=True):
                found[at] = cosine
        return found

    def links(self, number: int, after: int = -1) -> Iterator[tuple[int, float]]:
        """The nearest open articles of a number above `after`, each with the odds that it tells of the same event."""
        articles, at = self._articles, self._articles[number].at
        for other, signals in self.signals(number, after):
            yield other, odds(signals, abs(articles[other].at - at), "later")

    def signals(self, number: int, after: int = -1) -> Iterator[tuple[int, list[float]]]:
        """The nearest open articles of a number above `after`, each with what `linking` judges by."""
        one, articles = self._articles[number], self._articles
        length, crowd, meaning_crowd = len(one.keys), _mean(one.crowd), _mean(one.meaning_crowd)
        for number_there, terms, meaning in zip(one.others, one.by_terms, one.by_meaning, strict=True):
            other = articles.get(number_there) if number_there > after else None
            if other is None:
                continue
            signals = _signals(terms, crowd, _mean(other.crowd))
            length_there = len(other.keys)
            signals += (length, length_there) if length < length_there else (length_there, length)
            if not isnan(meaning):
                signals += _signals(meaning, meaning_crowd, _mean(other.meaning_crowd))
            yield number_there, signals

    def likest(self, number: int) -> tuple[float, int | None]:
        """The odds that an article that just came belongs to one of the stories near it, and that story; the older of
        equals."""
        articles, at, found = self._articles, self._articles[number].at, {}
        for other, signals in self.signals(number):
            there = articles[other]
            found.setdefault(there.story, []).append(odds(signals, abs(there.at - at), "arriving"))
        best = (-inf, None)
        for story in sorted(found):
            asked = min(len(self.stories[story]), LIKEST_ASKED)
            likest = sorted(found[story], reverse=True)[:asked]
            likely = (sum(likest) + APART * (asked - len(likest))) / asked
            if likely > best[0]:
                best = (likely, story)
        return best

    def story(self, number: int) -> int:
        return self._articles[number].story

    def move(self, number: int, story: int) -> None:
        """Put an open article into another story; what is not open stays as it is."""
        entry = self._articles.get(number)
        if entry is not None and entry.story != story:
            self._leave(number, entry.story)
            entry.story = story
            self.stories.setdefault(story, set()).add(number)

    def expire(self, before: float) -> None:
        """Close the articles that came before."""
        while self._articles:
            number, entry = next(iter(self._articles.items()))
            if entry.touched >= before:
                return
            self.close(number)

    def close(self, number: int) -> None:
        entry = self._articles.pop(number, None)
        if entry is not None:
            self._with_term.drop(number, entry.keys)
            self._leave(number, entry.story)

    def _leave(self, number: int, story: int) -> None:
        self.stories[story].remove(number)
        if not self.stories[story]:
            del self.stories[story]


def together(total: float, count: int, one: int, other: int) -> float:
    """The odds that two groups of so many articles are one: the mean over their pairs, of which `count` with odds of
    `total` are known. Of a large group only as many are asked as are like a small one at best."""
    few, many = (one, other) if one < other else (other, one)
    asked = max(count, few * min(many, MOST_ASKED))
    return (total + APART * (asked - count)) / asked


def _signals(cosine: float, here: float, there: float) -> list[float]:
    return [cosine, 2 * cosine - here - there, here, there] if here > there else [
        cosine, 2 * cosine - here - there, there, here
    ]  # fmt: skip


def _mean(crowd: array) -> float:
    return sum(crowd) / max(len(crowd), CROWD / 2)


def _keep(crowd: array, cosine: float) -> None:
    """Take a cosine in where it is among the highest."""
    if len(crowd) < CROWD:
        insort(crowd, cosine)
    elif cosine > crowd[0]:
        del crowd[0]
        insort(crowd, cosine)
