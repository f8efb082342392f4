"""Train what tells whether two articles are of one event: `coranto/stories/link_models.json`.

    python benchmarks/stories_train.py [--shared ../shared]

The articles of each development set go through the stream's own neighbours in the order of arrival. Each pair of
neighbours is a sample: with its signals as the later one comes for the trees of that moment, with those at the end for
the trees of the second look. Sets count alike, and within a set articles do, however large their story; `mixed` is made
of the others and left out. Needs LightGBM and the `learn` extra.
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
from instruments import existing, shared

from coranto import stories as room
from coranto.stories.likeness import Rarity, outline, outline_counts
from coranto.stories.linking import SIGNALS
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


def samples(folder: Path, name: str) -> dict[str, Samples]:
    """The pairs of a set, by the moment at which they are judged."""
    import stories as judge

    with gzip.open(folder / "corpora" / "stories" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        articles = sorted(map(json.loads, lines), key=lambda one: (one.get("date") or "", one["id"]))
    near, rarity, arriving = Neighbours(), Rarity(), []
    for number, one in enumerate(articles):
        text = one.get("text") or ""
        counts, at = outline_counts(outline(one["title"], text)), judge.when(one, number).timestamp()
        rarity.learn(counts)
        near.put(number, number, rarity.vector(counts), at, at, article_vector(one["title"], text))
        arriving += [(number, other, signals) for other, signals in near.signals(number)]
    later = [(other, number, signals) for number in near for other, signals in near.signals(number, number)]
    story = [one["cluster"] for one in articles]
    return {"arriving": weighed(arriving, story), "later": weighed(later, story)}


def weighed(pairs: list[tuple[int, int, list[float]]], story: list[str]) -> Samples:
    """Pairs (later article, earlier, signals) as samples, all that are alike weighing 1 together."""
    size = Counter(story)
    alike = numpy.array([story[one] == story[other] for one, other, _ in pairs])
    within = numpy.array([1 / size[story[one]] for one, *_ in pairs])
    weights = numpy.where(alike, within, UNLIKE_COUNT)
    return Samples(numpy.array([signals for *_, signals in pairs]), alike, weights / weights[alike].sum())


def trained(parts: list[Samples], names: tuple[str, ...]) -> lightgbm.Booster:
    signals = numpy.concatenate([part.signals[:, : len(names)] for part in parts])
    alike, weights = (numpy.concatenate([getattr(part, what) for part in parts]) for what in ("alike", "weights"))
    data = lightgbm.Dataset(signals, alike, weight=weights / weights.mean(), feature_name=list(names))
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
        moment = name.split(",")[0]
        trees = trained([part[moment] for part in parts], signals).dump_model()["tree_info"]
        models[name] = {"signals": signals, "trees": [plain(tree["tree_structure"]) for tree in trees]}
    text = json.dumps(models, separators=(",", ":")) + "\n"
    (Path(room.__file__).parent / "link_models.json").write_text(text, encoding="utf-8")
    print(f"link_models.json: {len(text)} bytes")


if __name__ == "__main__":
    main()
