"""Train what tells whether two articles are of one event: `coranto/stories/link_models.json`.

    python benchmarks/stories_train.py [--shared ../shared] [--check]

The articles of each development set go through the stream's own neighbours in the order of arrival; each pair of
neighbours is a sample, with its signals when the later one comes and those at the end. Sets count alike, and within a set
articles do, however large their story. `mixed` is made of the others and left out. With `--check` nothing is written:
for each set the trees learn from the other sets alone, and from half of all stories where it is asked of the other
half, and the pairs' average precision is told. Needs LightGBM.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import lightgbm
import numpy
from instruments import existing, shared, table

from coranto import stories as room
from coranto.stories.likeness import Rarity, outline, outline_counts
from coranto.stories.linking import SIGNALS, TERM_SIGNALS
from coranto.stories.neighbours import Neighbours
from coranto.vectors import article_vector, missing

SETS = ("basil", "allsides", "ecbplus", "uci", "allsides-undated")
LIKE = {"terms", "terms_beyond", "meaning", "meaning_beyond"}
"""Signals of which more never makes two articles less alike."""
UNLIKE_COUNT = 0.1
"""What a pair of two stories counts beside an article's pairs within its story."""
ROUNDS = 60
PARAMETERS = {
    "objective": "binary", "num_leaves": 12, "learning_rate": 0.12, "min_data_in_leaf": 100, "lambda_l2": 5,
    "bagging_fraction": 0.6, "bagging_freq": 1, "seed": 1, "num_threads": 1, "deterministic": True, "verbose": -1,
}  # fmt: skip


@dataclass
class Samples:
    signals: numpy.ndarray
    alike: numpy.ndarray
    weights: numpy.ndarray
    halves: numpy.ndarray
    """Into which half of the stories the later article of a pair falls."""


def samples(folder: Path, name: str) -> Samples:
    import stories as judge

    with gzip.open(folder / "corpora" / "stories" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        articles = sorted(map(json.loads, lines), key=lambda one: (one.get("date") or "", one["id"]))
    story, size = [one["cluster"] for one in articles], Counter(one["cluster"] for one in articles)
    half = {cluster: number % 2 for number, cluster in enumerate(sorted(size))}
    near, rarity, pairs = Neighbours(), Rarity(), []
    for number, one in enumerate(articles):
        text = one.get("text") or ""
        counts, at = outline_counts(outline(one["title"], text)), judge.when(one, number).timestamp()
        rarity.learn(counts)
        near.put(number, number, rarity.vector(counts), at, at, article_vector(one["title"], text))
    for number in range(len(articles)):
        pairs += [(number, other, signals) for other, signals in near.signals(number) if other < number]
    alike = numpy.array([story[one] == story[other] for one, other, _ in pairs])
    weights = numpy.array([1 / size[story[one]] if same else UNLIKE_COUNT for (one, *_), same in zip(pairs, alike)])
    halves = numpy.array([half[story[one]] for one, *_ in pairs])
    return Samples(numpy.array([s for *_, s in pairs]), alike, weights / weights[alike].sum(), halves)


def trained(parts: list[Samples], names: tuple[str, ...]) -> lightgbm.Booster:
    signals = numpy.concatenate([part.signals[:, : len(names)] for part in parts])
    weights = numpy.concatenate([part.weights for part in parts])
    data = lightgbm.Dataset(
        signals, numpy.concatenate([part.alike for part in parts]), weight=weights / weights.mean(),
        feature_name=list(names),
    )  # fmt: skip
    rising = [int(name in LIKE) for name in names]
    return lightgbm.train(PARAMETERS | {"monotone_constraints": rising}, data, ROUNDS)


def plain(node: dict) -> list | float:
    """A tree as `coranto.trees` reads it."""
    if "leaf_value" in node:
        return round(node["leaf_value"], 4)
    branches = plain(node["left_child"]), plain(node["right_child"])
    return [node["split_feature"], float(f"{node['threshold']:.5g}"), *branches]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=shared(), help="the folder of corpora and instruments")
    folder = existing(parser.parse_args().shared, "folder of corpora")
    if lacking := missing():
        raise SystemExit(f"{lacking}: pip install 'coranto[learn]'")
    sys.path.insert(0, str(folder / "bench"))
    parts = [samples(folder, name) for name in SETS]
    models = {}
    for name, signals in SIGNALS.items():
        trees = trained(parts, signals).dump_model()["tree_info"]
        models[name] = {"signals": signals, "trees": [plain(tree["tree_structure"]) for tree in trees]}
    text = json.dumps(models, separators=(",", ":")) + "\n"
    (Path(room.__file__).parent / "link_models.json").write_text(text, encoding="utf-8")
    print(f"link_models.json: {len(text)} bytes")


if __name__ == "__main__":
    main()
