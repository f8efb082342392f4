"""For you beside plain orders, on lists whose clicks are known: how well each would have ordered them.

Besides the measures of order (`measures`), each over the lists of which something was opened and something not, what
the first ten of each list are like: coverage (the share of all articles offered that stood among them at least once),
diversity (1 less the mean likeness of two of them), novelty (bits: how unlikely it was so far that somebody saw them)
and copies (the share whose text stood in the list already, or was read).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import log2, sqrt
from statistics import fmean

from coranto.ranking import measures
from coranto.ranking.items import Impression, Item, ItemId
from coranto.ranking.learned import Model
from coranto.ranking.likeness import rarity_of, term_vector
from coranto.ranking.recommend import score_candidates
from coranto.ranking.signals import PRIOR_CLICKS, PRIOR_SHOWN

FIRST = 10
ORDERS = ("auc", "mrr", "ndcg5", "ndcg10")
BESIDE = "tfidf"
"""The plain order that the others are compared with."""

Scores = Callable[[Impression], Sequence[float]]


@dataclass(frozen=True, slots=True)
class Row:
    """A system's means with their intervals, and those of the paired differences to `BESIDE` of the orders. Coverage is
    of all lists together."""

    system: str
    lists: int
    orders: Mapping[str, measures.Interval]
    differences: Mapping[str, measures.Interval]
    coverage: float
    diversity: measures.Interval
    novelty: measures.Interval
    copies: measures.Interval


def popular(one: Impression) -> list[float]:
    """How often an article was opened of the times it was shown, with a prior."""
    seen = [one.popularity.get(item.id, (0.0, 0.0)) for item in one.candidates]
    return [(clicks + PRIOR_CLICKS) / (shown + PRIOR_SHOWN) for clicks, shown in seen]


def latest(one: Impression) -> list[float]:
    """The newest first; where no time is known all are equal."""
    return [item.published.timestamp() if item.published else 0.0 for item in one.candidates]


def tfidf(one: Impression) -> list[float]:
    """The cosine of a headline with the sum of those that were read, and how popular it is."""
    read = [each.item for each in one.history if each.kind in ("read", "star")]
    rarity = rarity_of([*one.candidates, *read])
    profile: dict[str, float] = {}
    for item in read:
        for term, share in term_vector(item, rarity):
            profile[term] = profile.get(term, 0.0) + share
    length = sqrt(sum(share * share for share in profile.values())) or 1.0
    like = [
        sum(share * profile.get(term, 0.0) for term, share in term_vector(item, rarity)) for item in one.candidates
    ]
    return [near / length + 2 * rate for near, rate in zip(like, popular(one), strict=True)]


def systems(model: Model | None = None) -> dict[str, Scores]:
    """The plain orders, For you, and For you as the model has learned."""

    def product(taught: Model | None) -> Scores:
        return lambda one: score_candidates(one.history, one.candidates, one.at, one.popularity, taught)

    found: dict[str, Scores] = {"popular": popular, "latest": latest, "tfidf": tfidf, "coranto": product(None)}
    return {**found, "coranto, trained": product(model)} if model is not None else found


def evaluate(impressions: Sequence[Impression], scored: Mapping[str, Scores]) -> list[Row]:
    """A row for each system on the same lists; none where no list has something opened and something not."""
    lists = [one for one in impressions if 0 < sum(map(bool, one.clicked)) < len(one.clicked)]
    if not lists:
        return []
    offered = {item.id for one in lists for item in one.candidates}
    tried = {name: _Tried.of(lists, scores) for name, scores in scored.items()}
    return [one.row(name, len(lists), tried.get(BESIDE), len(offered)) for name, one in tried.items()]


@dataclass(slots=True)
class _Tried:
    """What one system made of each list."""

    orders: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in ORDERS})
    shown: set[ItemId] = field(default_factory=set)
    diversity: list[float] = field(default_factory=list)
    novelty: list[float] = field(default_factory=list)
    copies: list[float] = field(default_factory=list)

    @classmethod
    def of(cls, lists: Sequence[Impression], scores: Scores) -> _Tried:
        found = cls()
        for one in lists:
            found.add(one, scores(one))
        return found

    def add(self, one: Impression, scores: Sequence[float]) -> None:
        ordered = measures.in_order(one.clicked, scores)
        values = measures.auc(one.clicked, scores), measures.reciprocal_rank(ordered), *(
            measures.ndcg(ordered, k) for k in (5, 10)
        )  # fmt: skip
        for name, value in zip(ORDERS, values, strict=True):
            self.orders[name].append(value)
        first = [one.candidates[at] for at in sorted(range(len(scores)), key=lambda at: -scores[at])[:FIRST]]
        self.shown.update(item.id for item in first)
        self.diversity.append(1 - _likeness(first))
        total = sum(shown for _, shown in one.popularity.values())
        seen = [one.popularity.get(item.id, (0.0, 0.0))[1] for item in first]
        self.novelty.append(fmean(-log2((shown + 1) / (total + len(one.candidates))) for shown in seen))
        read = {each.item.root for each in one.history}
        self.copies.append(1 - len({item.root for item in first} - read) / len(first))

    def row(self, system: str, lists: int, beside: _Tried | None, offered: int) -> Row:
        differences = {}
        if beside is not None and beside is not self:
            for name in ORDERS:
                pairs = zip(self.orders[name], beside.orders[name], strict=True)
                differences[name] = measures.interval([mine - theirs for mine, theirs in pairs])
        return Row(
            system,
            lists,
            {name: measures.interval(values) for name, values in self.orders.items()},
            differences,
            len(self.shown) / offered,
            *map(measures.interval, (self.diversity, self.novelty, self.copies)),
        )


def _likeness(items: Sequence[Item]) -> float:
    """The mean cosine of the terms of two headlines."""
    rarity = rarity_of(items)
    vectors = [dict(term_vector(item, rarity)) for item in items]
    pairs = [
        sum(share * other.get(term, 0.0) for term, share in one.items()) for one, other in combinations(vectors, 2)
    ]
    return fmean(pairs) if pairs else 0.0
