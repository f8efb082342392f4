"""What all readers' logs together teach about the order of a list: `train` makes a `Model`, which is plain text.

It takes the signals that For you weighs anyway. Their weights are moved as far from the fixed ones as the log bears out
(a conditional logit over each list, with the fixed weights as prior), and small trees (LambdaRank; Burges 2010, by
LightGBM) are added to their sum. Both are first made on the earlier days and tried on the later ones; what does not
order those better than the fixed weights is not used. A model is applied without LightGBM.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib.util import find_spec
from math import isfinite, log
from statistics import fmean
from typing import TYPE_CHECKING

from coranto import trees
from coranto.ranking import measures
from coranto.ranking.items import Impression, embed
from coranto.ranking.likeness import Prepared
from coranto.ranking.signals import NAMES, Signals, profile_of, signals

if TYPE_CHECKING:
    import numpy

LEAST_IMPRESSIONS = 1000
VERSION = 2
PARTS = 5
"""The log is cut into so many parts by time; each of the last three is tried with what all before it teach."""
TRIED = 3
PRIOR = 30.0
"""How much the fixed weights count, on the scale of signals that vary by 1."""
LEAST_SPREAD = 0.1
"""Signals that hardly vary, such as topics where few articles have any, are held to their fixed weight."""
STEPS, CLOSE = 25, 1e-6
ROUNDS = 120
PARAMETERS = {
    "objective": "lambdarank", "learning_rate": 0.05, "num_leaves": 6, "min_data_in_leaf": 300, "lambda_l2": 50,
    "feature_fraction": 0.5, "bagging_fraction": 0.6, "bagging_freq": 1, "seed": 1, "num_threads": 1,
    "deterministic": True, "force_row_wise": True, "verbose": -1,
}  # fmt: skip
TREES_COUNT = 0.5
"""What the sum of the trees counts beside that of the signals."""
SEEN_BY_TREES = (*NAMES, "sum", "rate here", "reads")
"""Beside the signals: their weighted sum and `rate`, both less their mean in the list, and how much was read."""


DEEPEST = 20
"""Trees that were learned are not as deep as this."""
LARGEST = 100
"""No weight, and no answer of a tree, is larger: those that logs teach are below 10."""


class CannotTrain(ValueError):
    """Why no model can be made, as a sentence."""


class NoModel(ValueError):
    """Why something is no model, and what to do, as sentences."""


REMEDY = "Make one with 'coranto train', or go back to the one before with 'coranto train --undo'."


@dataclass(frozen=True)
class Model:
    """Weights of the signals and trees, for lists whose likeness is told `by` the same as when they were made; and the
    figures of its trial: means, and the paired differences to the fixed weights. NoModel where a number is absurd."""

    by: str
    weights: dict[str, float]
    trees: list = field(default_factory=list)
    figures: dict[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, weight in self.weights.items():
            _bounded(f"The weight of “{name}”", weight)
        for tree in self.trees:
            _check(tree)

    @property
    def better(self) -> bool:
        """Whether it did better on the held-out days than the fixed weights; else it is the same as these."""
        return bool(self.figures.get("better"))

    def scores(self, found: Signals, reads: int, weights: dict[str, float] | None = None) -> list[float]:
        """A score for each candidate whose signals these are; `reads` is how long the reader's history is, `weights`
        take the place of the model's own."""
        sums = found.weighed(self.weights if weights is None else weights)
        if not self.trees:
            return sums
        rows = zip(*_columns(found, sums, reads), strict=True)
        return [total + TREES_COUNT * self._summed(row, 0.0) for total, row in zip(sums, rows, strict=True)]

    @cached_property
    def _summed(self) -> trees.Sum:
        return trees.summed(self.trees, "model")

    def text(self) -> str:
        """The model as plain text, which `Model.read` takes."""
        kept = {"version": VERSION, "by": self.by, "weights": self.weights, "trees": self.trees,
                "figures": self.figures}  # fmt: skip
        return json.dumps(kept, indent=1)

    @classmethod
    def read(cls, text: str) -> Model:
        """The model that `text` holds; NoModel where it is none that `train` of this version made."""
        try:
            kept = json.loads(text)
            by, weights, figures = str(kept["by"]), dict(kept["weights"]), kept["figures"]
            told = figures["impressions"], figures["auc"]["fixed"], figures["auc"][figures["kind"]]
            known = kept["version"] == VERSION and weights.keys() <= {*NAMES} and weights["rate"]
            if known and all(map(isfinite, told)):
                return cls(by, weights, list(kept["trees"]), figures)
        except NoModel:
            raise
        except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
            pass
        raise NoModel(f"It is no model of this version. {REMEDY}")


def _bounded(what: str, number: float) -> None:
    if not -LARGEST <= number <= LARGEST:
        raise NoModel(f"{what} is {number}, and lies between -{LARGEST} and {LARGEST} in a model. {REMEDY}")


def _check(tree: list | float, depth: int = DEEPEST) -> None:
    """NoModel, ValueError or TypeError where a tree is none that `coranto.trees` takes."""
    if not isinstance(tree, list):
        _bounded("An answer of a tree", tree)
        return
    signal, threshold, *sides = tree
    if not depth or len(sides) != 2 or signal not in range(len(SEEN_BY_TREES)) or not isfinite(threshold):
        raise NoModel(f"A model has no tree that sets signal {signal} against {threshold}, or so deep a one. {REMEDY}")
    for side in sides:
        _check(side, depth - 1)


@dataclass(slots=True)
class _List:
    """An impression as it is learned from."""

    found: Signals
    clicked: list[bool]
    reads: int


def train(impressions: Sequence[Impression], fixed: dict[str, dict[str, float]]) -> Model:
    """A model of logged impressions, in order of time; `fixed` are the weights for each kind of likeness. Where the
    later days are not ordered better by what the earlier ones teach, the model is the fixed weights. CannotTrain below
    1,000 impressions of which something was opened and something not, or without the `learn` extra."""
    clicked = [one for one in impressions if 0 < sum(map(bool, one.clicked)) < len(one.clicked)]
    if len(clicked) < LEAST_IMPRESSIONS:
        raise CannotTrain(
            f"{len(clicked):,} lists of which something was opened are too few to learn from: {LEAST_IMPRESSIONS:,} are"
            " needed, and until then each reader's own reads order what they see"
        )
    if lacking := [name for name in ("numpy", "lightgbm") if find_spec(name) is None]:
        raise CannotTrain(f"{' and '.join(lacking)} not installed: pip install 'coranto[learn]'")
    lists = [_list(one) for one in sorted(clicked, key=lambda one: one.at)]
    by = Counter(one.found.by for one in lists).most_common(1)[0][0]
    lists = [one for one in lists if one.found.by == by]
    made = _Made(by, fixed[by])
    figures, kind = made.tried(lists)
    return Model(by, *made.kinds()[kind](lists), {**figures, "impressions": len(lists), "better": kind != "fixed"})


def gain(model: Model, impressions: Sequence[Impression], fixed: dict[str, dict[str, float]]) -> float | None:
    """How much better a model orders lists than the fixed weights do, as the mean of AUC and nDCG@10; None where
    likeness is told otherwise in all of them, so that none says so."""
    clicked = [_list(one) for one in impressions if 0 < sum(map(bool, one.clicked)) < len(one.clicked)]
    plain = Model(model.by, fixed.get(model.by, {}))
    pairs = [(_measured(one, model), _measured(one, plain)) for one in clicked if one.found.by == model.by]
    return fmean(fmean(now) - fmean(then) for now, then in pairs) if pairs else None


def _list(one: Impression) -> _List:
    embed([*one.candidates, *(read.item for read in one.history)])
    profile = profile_of(one.history, one.at)
    found = signals(profile, Prepared(one.candidates), one.at, one.popularity)
    return _List(found, [bool(each) for each in one.clicked], len(one.history))


class _Made:
    """The ways to make weights and trees of lists, and their trial."""

    def __init__(self, by: str, fixed: dict[str, float]):
        self.by, self.fixed = by, fixed

    def kinds(self) -> dict[str, Callable[[Sequence[_List]], tuple[dict[str, float], list]]]:
        return {"fixed": lambda lists: (self.fixed, []), "weights and trees": self._both, "trees": self._trees}

    def _both(self, lists: Sequence[_List]) -> tuple[dict[str, float], list]:
        weights = _fitted(lists, self.fixed)
        return weights, _grown(lists, weights)

    def _trees(self, lists: Sequence[_List]) -> tuple[dict[str, float], list]:
        return self.fixed, _grown(lists, self.fixed)

    def tried(self, lists: Sequence[_List]) -> tuple[dict[str, object], str]:
        """Figures of the best way on the later days, and which it is; 'fixed' unless another is surely better."""
        edges = [len(lists) * part // PARTS for part in range(PARTS + 1)]
        scores: dict[str, list[tuple[float, float]]] = {kind: [] for kind in self.kinds()}
        for part in range(PARTS - TRIED, PARTS):
            before, later = lists[: edges[part]], lists[edges[part] : edges[part + 1]]
            for kind, make in self.kinds().items():
                model = Model(self.by, *make(before))
                scores[kind] += [_measured(one, model) for one in later]
        means = {kind: fmean(sum(pair) for pair in found) for kind, found in scores.items()}
        best = max(means, key=means.__getitem__)
        differences = [
            [now[at] - then[at] for now, then in zip(scores[best], scores["fixed"], strict=True)] for at in (0, 1)
        ]
        surely = measures.interval([a + b for a, b in zip(*differences, strict=True)]).low > 0
        told = {}
        for at, name in enumerate(("auc", "ndcg10")):
            found = measures.interval(differences[at])
            told[name] = {kind: round(fmean(pair[at] for pair in pairs), 4) for kind, pairs in scores.items()}
            told[name]["difference"] = [round(each, 4) for each in (found.mean, found.low, found.high)]
        return {**told, "held out": len(scores["fixed"]), "kind": best}, best if surely else "fixed"


def _measured(one: _List, model: Model) -> tuple[float, float]:
    scores = model.scores(one.found, one.reads)
    return measures.auc(one.clicked, scores), measures.ndcg(measures.in_order(one.clicked, scores), 10)


def _columns(found: Signals, sums: Sequence[float], reads: int) -> list[list[float]]:
    """What the trees see of a list, in the order of `SEEN_BY_TREES`."""
    none = [0.0] * len(sums)
    columns = [list(map(float, found.columns.get(name, none))) for name in NAMES]
    for column in (sums, found.columns["rate"]):
        mean = fmean(column)
        columns.append([value - mean for value in column])
    return [*columns, [log(1 + reads)] * len(sums)]


def _fitted(lists: Sequence[_List], fixed: dict[str, float]) -> dict[str, float]:
    """The weights under which what was opened is likeliest, given the fixed ones as prior; by Newton's steps."""
    import numpy

    names = [name for name in NAMES if name in fixed]
    tables = [_table(one, names) for one in lists]
    spread = numpy.concatenate(tables).std(0)
    prior = numpy.array([fixed[name] for name in names])
    weights, penalty = prior.copy(), PRIOR * spread.clip(LEAST_SPREAD) ** 2
    opened = [numpy.array(one.clicked, float) / sum(one.clicked) for one in lists]
    for _ in range(STEPS):
        slope, bend = -penalty * (weights - prior), numpy.diag(penalty)
        for table, share in zip(tables, opened, strict=True):
            sums = table @ weights
            likely = numpy.exp(sums - sums.max())
            likely /= likely.sum()
            centred = table - likely @ table
            slope = slope + (share - likely) @ table
            bend = bend + (centred * likely[:, None]).T @ centred
        step = numpy.linalg.solve(bend, slope)
        weights = weights + step
        if abs(step).max() < CLOSE:
            break
    return {name: round(float(weight), 5) for name, weight in zip(names, weights, strict=True)}


def _table(one: _List, names: Sequence[str]) -> numpy.ndarray:
    import numpy

    none = [0.0] * len(one.clicked)
    return numpy.array([one.found.columns.get(name, none) for name in names], float).T


def _grown(lists: Sequence[_List], weights: dict[str, float]) -> list:
    """Trees that order the lists, as `coranto.trees` takes them."""
    import lightgbm
    import numpy

    tables = [numpy.array(_columns(one.found, one.found.weighed(weights), one.reads)).T for one in lists]
    labels = numpy.concatenate([numpy.array(one.clicked, int) for one in lists])
    data = lightgbm.Dataset(numpy.concatenate(tables), labels, group=[len(one.clicked) for one in lists])
    grown = lightgbm.train(PARAMETERS, data, ROUNDS).dump_model()["tree_info"]
    return [_plain(tree["tree_structure"]) for tree in grown]


def _plain(node: dict) -> list | float:
    """A tree of LightGBM's as a number or [signal, threshold, tree if <=, tree if >]."""
    if "leaf_value" in node:
        return round(node["leaf_value"], 6)
    low, high = _plain(node["left_child"]), _plain(node["right_child"])
    return [node["split_feature"], node["threshold"], low, high]
