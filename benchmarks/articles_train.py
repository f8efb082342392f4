"""Train the judge of body runs: write `coranto/extract/body_model.json` and `body_names.json`.

    python benchmarks/articles_train.py --corpus ../shared/corpora/articles             # train and write
    python benchmarks/articles_train.py --corpus ../shared/corpora/articles --check     # cross-validate by domain only
    python benchmarks/articles_train.py --corpus ../shared/corpora/articles --ablation  # without each group of signals

Needs LightGBM and NumPy (`pip install 'coranto[learn]'`); the files it writes need neither. A run of a page is labelled
by the share of its four-word shingles that stand in the gold body; every page weighs the same whatever its length.
Pages of `trafilatura` have no gold body but segments that must and must not appear: runs with one of these are
labelled by it, the others by a judge trained on the rest, and weigh less the less sure it was. Pages of one registered
domain are never in training and test at once. Same corpus and seed give the same files.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import lightgbm
import numpy
from names_train import Name, NameWeights, names_of

from coranto.extract import blocks, body, charset, context, metadata, reader, signals, standfirst, tree
from coranto.extract.places import Known
from coranto.extract.words import host

SETS = {"naeb": 1.0, "fundus": 1.2, "wcxb": 1.0, "daniel": 0.25, "trafilatura": 0.5}
SEGMENTS = "trafilatura"
FOLDS = 4
ROUNDS = 180
OPTIONS = {
    "objective": "cross_entropy", "num_leaves": 20, "learning_rate": 0.07, "min_data_in_leaf": 80,
    "feature_fraction": 0.4, "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 5.0, "max_bin": 63,
    "num_threads": 1, "verbose": -1, "seed": 1, "deterministic": True,
}  # fmt: skip
FIRST_ROUNDS = 100
ROOM = Path(__file__).parent.parent / "coranto" / "extract"
WIDE = re.compile(r"([\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff])")
NAMES_COLUMN = signals.NAMES.index("names")


@dataclass
class Page:
    """One page ready for training: a row of signals, a label, a weight and the names around it for each run that the
    judge is asked about, which are `asked`."""

    set: str
    domain: str
    gold: dict
    layout: blocks.Layout
    known: Known
    asked: list[int]
    signals: numpy.ndarray
    names: list[list[Name]]
    labels: numpy.ndarray = field(default_factory=lambda: numpy.zeros(0))
    weights: numpy.ndarray = field(default_factory=lambda: numpy.zeros(0))

    @property
    def fold(self) -> int:
        return int(hashlib.sha256(self.domain.encode()).hexdigest(), 16) % FOLDS

    @property
    def texts(self) -> list[str]:
        return [self.layout.runs[index].text for index in self.asked]


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", WIDE.sub(r" \1 ", text))


def shingles(words: list[str]) -> list[tuple[str, ...]]:
    return [tuple(words[place : place + 4]) for place in range(max(1, len(words) - 3))] if words else []


def read(corpus: Path, name: str) -> Iterator[Page]:
    for line in (corpus / name / "gold.jsonl").open(encoding="utf-8"):
        gold = json.loads(line)
        if gold.get("body") or name == SEGMENTS:
            data = gzip.decompress((corpus / name / "pages" / f"{gold['id']}.html.gz").read_bytes())
            page = prepare(name, data.decode("utf-8", "replace"), gold)
            if page.asked:
                label(page)
                yield page


def prepare(name: str, html: str, gold: dict) -> Page:
    url = gold.get("url")
    parsed, _ = tree.parse(charset.mended(html))
    layout = blocks.lay_out(parsed)
    facts = metadata.gather(layout.elements)
    own_host = host(url) or host(facts.canonical)
    title, headline = reader.headline_of(facts, layout, context.site_names(facts), own_host, url)
    known = reader.known_of(facts, title, headline, standfirst.shown(facts, layout, headline))
    rows = body.asked(layout, known)
    names = names_of(layout)
    # Nodes hold their whole tree; thousands of pages are to stay in memory without theirs.
    boxes = [replace(box, node=None) for box in layout.boxes]
    pictures = [(index, box, None) for index, box, _ in layout.pictures]
    layout = replace(layout, boxes=boxes, pictures=pictures, elements=None)
    domain = ".".join((own_host or gold["id"]).split(".")[-2:])
    matrix = numpy.array(list(rows.values()), dtype=numpy.float32)
    return Page(name, domain, gold, layout, known, list(rows), matrix, [names[index] for index in rows])


def label(page: Page) -> None:
    """Label and weigh the runs of a page by its gold body."""
    gold = words_of(page.gold.get("body") or "")
    known, joined = set(shingles(gold)), f" {' '.join(gold)} "
    labels, sizes = [], []
    for text in page.texts:
        words = words_of(text)
        if len(words) >= 5:
            found = shingles(words)
            labels.append(sum(shingle in known for shingle in found) / len(found))
            sizes.append(len(words))
        else:
            labels.append(float(len(words) > 1 and f" {' '.join(words)} " in joined))
            sizes.append(max(0.6, 0.6 * len(words)))
    page.labels = numpy.array(labels)
    page.weights = numpy.minimum(numpy.array(sizes), 150.0) ** 0.8
    weigh(page)


def weigh(page: Page) -> None:
    """Make a page weigh what its set gives it, however long its body is."""
    page.weights = SETS[page.set] * page.weights / (page.weights[page.labels > 0.5].sum() + 60)


def label_by_segments(page: Page, chances: numpy.ndarray) -> None:
    """Label the runs of a page by its segments where they hold one, else by a judge's `chances`."""
    wanted = [segment for text in page.gold.get("with") or () if len(segment := " ".join(text.split())) > 3]
    unwanted = [" ".join(text.split()) for text in page.gold.get("without") or ()]
    sure = abs(chances - 0.5) * 1.2
    labels = chances.copy()
    for place, text in enumerate(page.texts):
        if any(segment in text for segment in wanted):
            labels[place], sure[place] = 1.0, 2.0
        elif any(segment in text and len(text) < 4 * len(segment) + 60 for segment in unwanted):
            labels[place], sure[place] = 0.0, 2.0
    sizes = numpy.array([len(words_of(text)) for text in page.texts])
    page.labels, page.weights = labels, numpy.clip(sizes, 0.6, 150.0) ** 0.8
    weigh(page)
    page.weights *= sure


def gather(corpus: Path) -> list[Page]:
    """All pages, labelled, with what their names weigh by weights that saw no page of their fold."""
    pages = [page for name in SETS for page in read(corpus, name)]
    print(f"{len(pages)} pages, {sum(len(page.asked) for page in pages)} runs", flush=True)
    with_body = [page for page in pages if page.set != SEGMENTS]
    first = train(with_body, FIRST_ROUNDS, without=["names"])
    for page in pages:
        if page.set == SEGMENTS:
            label_by_segments(page, first.predict(masked(page, ["names"]), num_threads=1))
    for fold in range(FOLDS):
        weights = name_weights([page for page in pages if page.fold != fold])
        for page in pages:
            if page.fold == fold:
                page.signals[:, NAMES_COLUMN] = weights.sums(page.names)
    return pages


def name_weights(pages: Sequence[Page]) -> NameWeights:
    labels = numpy.concatenate([page.labels for page in pages])
    weights = numpy.concatenate([page.weights for page in pages])
    return NameWeights([page.domain for page in pages], [page.names for page in pages], labels, weights)


def masked(page: Page, without: Sequence[str]) -> numpy.ndarray:
    """A page's signals with those of the groups `without` told to none."""
    rows = page.signals.copy()
    for group in without:
        rows[:, [signals.NAMES.index(name) for name in signals.GROUPS[group]]] = 0.0
    return rows


def train(pages: Sequence[Page], rounds: int = ROUNDS, without: Sequence[str] = ()) -> lightgbm.Booster:
    weights = numpy.concatenate([page.weights for page in pages])
    data = lightgbm.Dataset(
        numpy.concatenate([masked(page, without) for page in pages]),
        numpy.concatenate([page.labels for page in pages]),
        weight=weights / weights.mean(),
    )
    return lightgbm.train(OPTIONS, data, rounds)


def check(pages: Sequence[Page], without: Sequence[str] = ()) -> dict[str, tuple[float, float, float]]:
    """F1, precision and recall by set, of bodies or of segments, each page judged by a model that saw no page of its
    domain."""
    results: dict[str, list[tuple[float, float, float]]] = {name: [] for name in SETS}
    for fold in range(FOLDS):
        model = train([page for page in pages if page.fold != fold], without=without)
        for page in pages:
            if page.fold == fold:
                chances = model.predict(masked(page, without), num_threads=1)
                results[page.set].append(measured(page, chances))
    return {name: means(found, name == SEGMENTS) for name, found in results.items()}


def measured(page: Page, chances: numpy.ndarray) -> tuple[float, float, float]:
    """What is right of what was found, of the gold, and both sizes, of shingles or of segments."""
    kept = body.find_body(page.layout, page.known, dict(zip(page.asked, chances, strict=True))).kept
    text = "\n\n".join(page.layout.runs[index].text for index in kept)
    if page.set == SEGMENTS:
        flat = " ".join(text.split())
        right = sum(" ".join(segment.split()) in flat for segment in page.gold["with"])
        wrong = sum(" ".join(segment.split()) in flat for segment in page.gold.get("without") or ())
        return right, right + wrong, len(page.gold["with"])
    got, gold = Counter(shingles(words_of(text))), Counter(shingles(words_of(page.gold["body"])))
    return sum((got & gold).values()), max(1, sum(got.values())), max(1, sum(gold.values()))


def means(found: list[tuple[float, float, float]], pooled: bool) -> tuple[float, float, float]:
    """F1, precision and recall over pages; `pooled` counts all segments alike."""
    if pooled:
        right, got, gold = (sum(side) for side in zip(*found, strict=True))
        precision, recall = right / got, right / gold
    else:
        precision = statistics.mean(right / got for right, got, _ in found)
        recall = statistics.mean(right / gold for right, _, gold in found)
    return 2 * precision * recall / (precision + recall), precision, recall


def ablation(pages: Sequence[Page]) -> None:
    """Print a table: F1 with all signals, and what is lost without each group of them."""
    print("| without | " + " | ".join(SETS) + " |\n|" + "---|" * (len(SETS) + 1), flush=True)
    whole = check(pages)
    print("| nothing | " + " | ".join(f"{whole[name][0]:.4f}" for name in SETS) + " |", flush=True)
    for group in signals.GROUPS:
        less = check(pages, [group])
        lost = [f"{less[name][0] - whole[name][0]:+.4f}" for name in SETS]
        print(f"| {group} | " + " | ".join(lost) + " |", flush=True)


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


def write(name: str, value: object) -> None:
    text = json.dumps(value, separators=(",", ":"), ensure_ascii=False) + "\n"
    (ROOM / name).write_text(text, encoding="utf-8")
    print(f"{name}: {len(text.encode())} bytes")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--corpus", type=Path, required=True, help="folder that holds one folder a set")
    parser.add_argument("--check", action="store_true", help="cross-validate by domain and write nothing")
    parser.add_argument("--ablation", action="store_true", help="cross-validate without each group of signals in turn")
    options = parser.parse_args()
    pages = gather(options.corpus)
    if options.ablation:
        ablation(pages)
    elif options.check:
        for name, (f1, precision, recall) in check(pages).items():
            print(f"{name}: F1 {f1:.4f} (P {precision:.3f}, R {recall:.3f})")
    else:
        trees = [plain(info["tree_structure"]) for info in train(pages).dump_model()["tree_info"]]
        write("body_model.json", {"signals": signals.NAMES, "trees": trees})
        write("body_names.json", name_weights(pages).table())


if __name__ == "__main__":
    main()
