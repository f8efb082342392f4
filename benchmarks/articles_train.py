"""Train the judge of body runs and write `coranto/extract/body_model.json`.

    python benchmarks/articles_train.py --corpus ../shared/corpora/articles            # train and write
    python benchmarks/articles_train.py --corpus ../shared/corpora/articles --check    # cross-validate by domain only

Needs LightGBM and NumPy (`pip install 'coranto[learn]'`); the file it writes needs neither. A run of a page is labelled
by the share of its four-word shingles that stand in the gold body; every page weighs the same whatever its length.
Pages of one registered domain are never in training and test at once. Same corpus and seed give the same file.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import statistics
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import lightgbm
import numpy

from coranto.extract import blocks, body, context, metadata, reader, signals, tree
from coranto.extract.words import host

SETS = {"naeb": 1.0, "fundus": 1.2, "wcxb": 1.0, "daniel": 0.25}
FOLDS = 4
ROUNDS = 100
OPTIONS = {
    "objective": "cross_entropy", "num_leaves": 16, "learning_rate": 0.08, "min_data_in_leaf": 60,
    "feature_fraction": 0.6,
    "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 5.0, "num_threads": 2, "verbose": -1, "seed": 1,
    "deterministic": True,
}  # fmt: skip
MODEL = Path(__file__).parent.parent / "coranto" / "extract" / "body_model.json"
WIDE = re.compile(r"([\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff])")


@dataclass
class Page:
    """One page ready for training: a row of signals, a label and a weight for each run."""

    set: str
    domain: str
    signals: numpy.ndarray
    labels: numpy.ndarray
    weights: numpy.ndarray
    texts: list[str]
    headings: list[bool]
    gold: str


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", WIDE.sub(r" \1 ", text))


def shingles(words: list[str]) -> list[tuple[str, ...]]:
    return [tuple(words[place : place + 4]) for place in range(max(1, len(words) - 3))] if words else []


def read(corpus: Path, name: str) -> list[Page]:
    pages = []
    for line in (corpus / name / "gold.jsonl").open(encoding="utf-8"):
        gold = json.loads(line)
        if not gold.get("body"):
            continue
        data = gzip.decompress((corpus / name / "pages" / f"{gold['id']}.html.gz").read_bytes())
        page = prepare(name, data.decode("utf-8", "replace"), gold.get("url"), gold["body"])
        if page is not None:
            pages.append(page)
    return pages


def prepare(name: str, html: str, url: str | None, gold: str) -> Page | None:
    parsed, _ = tree.parse(html)
    layout = blocks.lay_out(parsed)
    if not layout.runs:
        return None
    facts = metadata.gather(layout.elements)
    title, headline = reader.headline_of(facts, layout, context.site_names(facts), host(url), url)
    rows = body.rows(layout, reader.known_of(facts, title, headline))
    known, joined = set(shingles(words_of(gold))), f" {' '.join(words_of(gold))} "
    labels, sizes = [], []
    for run in layout.runs:
        words = words_of(run.text)
        if len(words) >= 5:
            found = shingles(words)
            labels.append(sum(shingle in known for shingle in found) / len(found))
            sizes.append(len(words))
        else:
            labels.append(float(len(words) > 1 and f" {' '.join(words)} " in joined))
            sizes.append(max(0.6, 0.6 * len(words)))
    weights = numpy.minimum(numpy.array(sizes), 150.0) ** 0.8
    marks = numpy.array(labels)
    weights = SETS[name] * weights / (weights[marks > 0.5].sum() + 60)
    texts, headings = (
        [run.text for run in layout.runs],
        [run.tag[0] == "h" and run.tag[1:].isdigit() for run in layout.runs],
    )
    domain = ".".join(host(url).split(".")[-2:])
    return Page(name, domain, numpy.array(rows), marks, weights, texts, headings, gold)


def train(pages: list[Page]) -> lightgbm.Booster:
    weights = numpy.concatenate([page.weights for page in pages])
    data = lightgbm.Dataset(
        numpy.concatenate([page.signals for page in pages]),
        numpy.concatenate([page.labels for page in pages]),
        weight=weights / weights.mean(),
    )
    return lightgbm.train(OPTIONS, data, ROUNDS)


def check(pages: list[Page]) -> None:
    """Print body F1 by set, each page judged by a model that saw no page of its domain."""
    fold_of = [int(hashlib.sha256(page.domain.encode()).hexdigest(), 16) % FOLDS for page in pages]
    results: dict[str, list[tuple[float, float]]] = {name: [] for name in SETS}
    for fold in range(FOLDS):
        model = train([page for page, own in zip(pages, fold_of, strict=True) if own != fold])
        for page, own in zip(pages, fold_of, strict=True):
            if own == fold:
                results[page.set].append(overlap(page, model.predict(page.signals, num_threads=2)))
    for name, pairs in results.items():
        precision, recall = (statistics.mean(pair[side] for pair in pairs) for side in (0, 1))
        print(f"{name}: F1 {2 * precision * recall / (precision + recall):.4f} (P {precision:.3f}, R {recall:.3f})")


def overlap(page: Page, chances: numpy.ndarray) -> tuple[float, float]:
    """Precision and recall of the runs judged body, headings without text after them left out."""
    kept, follows = [], False
    for place in range(len(chances) - 1, -1, -1):
        if chances[place] > 0.5 and (follows or not page.headings[place]):
            follows = follows or not page.headings[place]
            kept.append(page.texts[place])
    got, gold = Counter(shingles(words_of("\n".join(kept[::-1])))), Counter(shingles(words_of(page.gold)))
    both = sum((got & gold).values())
    return both / max(1, sum(got.values())), both / max(1, sum(gold.values()))


def plain(node: dict) -> list | float:
    """A LightGBM tree as nested lists."""
    if "leaf_value" in node:
        return round(node["leaf_value"], 5)
    return [
        node["split_feature"],
        float(f"{node['threshold']:.12g}"),
        plain(node["left_child"]),
        plain(node["right_child"]),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--corpus", type=Path, required=True, help="folder that holds one folder a set")
    parser.add_argument("--check", action="store_true", help="cross-validate by domain and write nothing")
    options = parser.parse_args()
    pages = [page for name in SETS for page in read(options.corpus, name)]
    print(f"{len(pages)} pages, {sum(len(page.labels) for page in pages)} runs")
    if options.check:
        check(pages)
        return
    trees = [plain(info["tree_structure"]) for info in train(pages).dump_model()["tree_info"]]
    MODEL.write_text(
        json.dumps({"signals": signals.NAMES, "trees": trees}, separators=(",", ":")) + "\n", encoding="utf-8"
    )
    print(f"{MODEL.name}: {len(trees)} trees, {MODEL.stat().st_size} bytes")


if __name__ == "__main__":
    main()
