"""Which runs of a page are its gold body: the labels that `articles_train.py` learns from.

A run of five words or more is body by the share of its four-word shingles that stand in the gold. What stands twice on
a page, and what is too short for shingles, is body where page and gold say it at the same place of their order.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy

WIDE = re.compile(r"([\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff])")
FEWEST = 5
"""Words from which a run is labelled by its shingles."""
_LEAST_SHARE = 0.3
_MOST_PLACES, _MOST_OF_WORD, _PLACES_TRIED = 20, 200, 4
_DRIFT, _SLACK, _LONG = 6, 2, 8
_COVERED = 0.7


class _Match(NamedTuple):
    """A run found in the gold at words [start, end); `worth` is about how many of its words are there."""

    run: int
    start: int
    end: int
    worth: float


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", WIDE.sub(r" \1 ", text))


def shingles(words: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(words[place : place + 4]) for place in range(max(1, len(words) - 3))] if words else []


def labels_of(texts: Sequence[str], gold: str) -> numpy.ndarray:
    """For the runs of a page, in order, how much of each is gold body, between 0 and 1."""
    runs, words = [words_of(text) for text in texts], words_of(gold)
    known = set(shingles(words)) if len(words) > 3 else set()
    shares = [
        sum(shingle in known for shingle in shingles(run)) / (len(run) - 3) if len(run) >= FEWEST else 0.0
        for run in runs
    ]
    matches = _matches(runs, shares, words)
    chain = _chain([match for found in matches for match in found], len(words))
    covered = numpy.zeros(len(words) + 1, bool)
    for match in chain.values():
        covered[match.start : match.end] = True
    labels = numpy.array(shares)
    for number, (run, found) in enumerate(zip(runs, matches, strict=True)):
        said = [covered[match.start : match.end].mean() for match in found]
        if len(run) < FEWEST:
            labels[number] = number in chain or (len(run) > 1 and min(said, default=1.0) == 0)
        elif number not in chain and max(said, default=0.0) > _COVERED:
            labels[number] = 0.0
    return labels


def _matches(runs: list[list[str]], shares: list[float], gold: list[str]) -> list[list[_Match]]:
    """For each run the places of the gold where it may stand."""
    of_words, of_shingles = defaultdict(list), defaultdict(list)
    for place, word in enumerate(gold):
        of_words[word].append(place)
    for place in range(len(gold) - 3):
        of_shingles[tuple(gold[place : place + 4])].append(place)
    found = []
    for number, run in enumerate(runs):
        if len(run) >= FEWEST:
            found.append(_long_matches(number, run, of_shingles) if shares[number] >= _LEAST_SHARE else [])
        else:
            places = of_words.get(run[0], [])[:_MOST_OF_WORD] if run else []
            size = len(run)
            found.append(
                [
                    _Match(number, place, place + size, 0.9 * size - 0.3)
                    for place in places
                    if gold[place : place + size] == run
                ]
            )
    return found


def _long_matches(number: int, run: list[str], of_shingles: dict[tuple[str, ...], list[int]]) -> list[_Match]:
    """The places where most of a run's shingles stand in its own order, or nearly."""
    hits = [
        (place, place - offset)
        for offset, shingle in enumerate(shingles(run))
        for place in of_shingles.get(shingle, ())[:_MOST_PLACES]
    ]
    found = []
    for start, _ in Counter(start for _, start in hits).most_common(_PLACES_TRIED):
        near = [place for place, other in hits if abs(other - start) <= _DRIFT]
        found.append(_Match(number, min(near), max(near) + 4, min(len(near), len(run) - 3) + 3.0))
    return found


def _chain(matches: list[_Match], size: int) -> dict[int, _Match]:
    """Of matches, in the order of their runs, those that are worth most together, one a run, where each stands in the
    gold of `size` words behind the one before."""
    ends, sums = [0], [(0.0, -1)]  # the best sum of a chain that ends at or before a word, with its last match
    before: list[int] = []
    place = 0
    while place < len(matches):
        reached = []
        first = place
        while place < len(matches) and matches[place].run == matches[first].run:
            match = matches[place]
            slack = _SLACK if match.end - match.start >= _LONG else 0
            best, last = sums[bisect_left(ends, min(size, match.start + slack) + 1) - 1]
            before.append(last)
            reached.append((match.end, best + match.worth, place))
            place += 1
        for end, total, last in reached:
            _note(ends, sums, end, (total, last))
    chain, last = {}, sums[-1][1]
    while last >= 0:
        chain[matches[last].run] = matches[last]
        last = before[last]
    return chain


def _note(ends: list[int], sums: list[tuple[float, int]], end: int, reached: tuple[float, int]) -> None:
    """Take down what a chain that ends at `end` has reached; what is no longer best goes."""
    at = bisect_left(ends, end + 1)
    if sums[at - 1][0] > reached[0]:
        return
    stop = at
    while stop < len(ends) and sums[stop][0] <= reached[0]:
        stop += 1
    if ends[at - 1] == end:
        at -= 1
    ends[at:stop], sums[at:stop] = [end], [reached]
