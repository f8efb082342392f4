"""Train the judge of body runs: write `coranto/extract/body_model.json` and `body_names.json`.

    python benchmarks/articles_train.py --corpus ../shared/corpora/articles             # train and write
    python benchmarks/articles_train.py --corpus ../shared/corpora/articles --check     # cross-validate by domain only
    python benchmarks/articles_train.py --corpus ../shared/corpora/articles --ablation  # without each group of signals

Needs LightGBM and NumPy (`pip install 'coranto[learn]'`); the files it writes need neither. Runs of a page are labelled
by its gold body (`body_labels.py`); every page weighs the same whatever its length. Pages of `trafilatura` have no gold
body but segments that must and must not appear: runs with one of these are labelled by it, the others by a judge
trained on the rest, and weigh less the less sure it was. The second look learns from what first looks, each trained
without the page's fold, leave in doubt. Pages of one registered domain are never in training and test at once. Same
corpus and seed give the same files.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import lightgbm
import numpy
from body_labels import FEWEST, labels_of, shingles, words_of
from names_train import Name, NameWeights, names_of

from coranto.extract import blocks, body, charset, context, metadata, reader, signals, standfirst, tree, weighing
from coranto.extract.expected import Expected
from coranto.extract.places import Known
from coranto.extract.words import host

SETS = {"naeb": 1.0, "fundus": 1.2, "wcxb": 1.0, "daniel": 0.25, "trafilatura": 0.5}
SEGMENTS = "trafilatura"
FOLDS = 4
OPTIONS = {
    "objective": "cross_entropy", "num_leaves": 20, "min_data_in_leaf": 80, "bagging_fraction": 0.8, "bagging_freq": 1,
    "lambda_l2": 5.0, "max_bin": 63, "num_threads": 1, "verbose": -1, "seed": 1, "deterministic": True,
}  # fmt: skip
FIRST = {"num_iterations": 70, "learning_rate": 0.14, "feature_fraction": 0.2}
SECOND = {"num_iterations": 60, "learning_rate": 0.13, "feature_fraction": 0.3}
ROOM = Path(__file__).parent.parent / "coranto" / "extract"
NAMES_COLUMN = signals.NAMES.index("names")


@dataclass
class Page:
    """One page ready for training: for each run that the judge is asked about (`asked`) a label, a weight, the names
    around it, and its signals for the first look. `chances` are those of a first look that did not see the page's fold,
    `second` the rows for the second look of the runs that these leave in doubt.
    """

    set: str
    domain: str
    gold: dict
    draft: body.Draft
    known: Known
    asked: list[int]
    first: numpy.ndarray
    names: list[list[Name]]
    labels: numpy.ndarray = field(default_factory=lambda: numpy.zeros(0))
    weights: numpy.ndarray = field(default_factory=lambda: numpy.zeros(0))
    chances: numpy.ndarray = field(default_factory=lambda: numpy.zeros(0))
    second: numpy.ndarray = field(default_factory=lambda: numpy.zeros((0, 0)))

    @property
    def fold(self) -> int:
        return int(hashlib.sha256(self.domain.encode()).hexdigest(), 16) % FOLDS

    @property
    def texts(self) -> list[str]:
        return [self.draft.page.layout.runs[index].text for index in self.asked]

    @property
    def doubted(self) -> numpy.ndarray:
        """Which of the runs asked about the judge looks at again."""
        low, high = weighing.DOUBT
        return (self.chances > low) & (self.chances < high) & numpy.isin(self.asked, self.draft.open)


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
    names = names_of(layout)
    # Nodes hold their whole tree; thousands of pages are to stay in memory without theirs.
    layout.boxes = [replace(box, node=None) for box in layout.boxes]
    layout.pictures = [(index, box, None) for index, box, _ in layout.pictures]
    layout.elements = None
    draft = body.draft(layout, known)
    rows = body.asked(draft)
    domain = ".".join((own_host or gold["id"]).split(".")[-2:])
    matrix = numpy.array(list(rows.values()), dtype=numpy.float32)
    return Page(name, domain, gold, draft, known, list(rows), matrix, [names[index] for index in rows])


def label(page: Page) -> None:
    """Label and weigh the runs of a page by its gold body."""
    page.labels = labels_of(page.texts, page.gold.get("body") or "")
    sizes = (len(words_of(text)) for text in page.texts)
    rated = numpy.array([size if size >= FEWEST else max(0.6, 0.6 * size) for size in sizes])
    page.weights = numpy.minimum(rated, 150.0) ** 0.8
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
    model = train_first([page for page in pages if page.set != SEGMENTS], ["names"])
    for page in pages:
        if page.set == SEGMENTS:
            label_by_segments(page, predicted(model, masked(page.first, ["names"])))
    for fold in range(FOLDS):
        weights = name_weights([page for page in pages if page.fold != fold])
        for page in pages:
            if page.fold == fold:
                page.first[:, NAMES_COLUMN] = weights.sums(page.names)
    return pages


def look(pages: Sequence[Page], without: Sequence[str] = ()) -> None:
    """Give pages the chances of first looks that saw no page of their fold, and rows for the second."""
    for fold in range(FOLDS):
        model = train_first([page for page in pages if page.fold != fold], without)
        for page in pages:
            if page.fold == fold:
                page.chances = first_chances(model, masked(page.first, without))
                left = set(page.draft.open)
                found = zip(page.asked, page.chances.tolist(), strict=True)
                expected = Expected(page.draft.page, {index: chance for index, chance in found if index in left})
                doubted = numpy.flatnonzero(page.doubted)
                rows = zip((page.asked[place] for place in doubted), page.first[doubted].tolist(), strict=True)
                again = [signals.again(row, expected, index) for index, row in rows]
                page.second = numpy.array(again, dtype=numpy.float32).reshape(-1, len(signals.NAMES))


def name_weights(pages: Sequence[Page]) -> NameWeights:
    labels = numpy.concatenate([page.labels for page in pages])
    weights = numpy.concatenate([page.weights for page in pages])
    return NameWeights([page.domain for page in pages], [page.names for page in pages], labels, weights)


def masked(rows: numpy.ndarray, without: Sequence[str]) -> numpy.ndarray:
    """Rows of signals with those of the groups `without` told to none."""
    columns = [signals.NAMES.index(name) for group in without for name in signals.GROUPS[group]]
    rows = rows.copy()
    rows[:, [column for column in columns if column < rows.shape[1]]] = 0.0
    return rows


def train_first(pages: Sequence[Page], without: Sequence[str] = ()) -> lightgbm.Booster:
    rows = numpy.concatenate([masked(page.first, without) for page in pages])
    labels = numpy.concatenate([page.labels for page in pages])
    return trained(FIRST, rows, labels, numpy.concatenate([page.weights for page in pages]))


def train_second(pages: Sequence[Page], without: Sequence[str] = ()) -> lightgbm.Booster:
    rows = numpy.concatenate([masked(page.second, without) for page in pages])
    labels = numpy.concatenate([page.labels[page.doubted] for page in pages])
    return trained(SECOND, rows, labels, numpy.concatenate([page.weights[page.doubted] for page in pages]))


def trained(options: dict, rows: numpy.ndarray, labels: numpy.ndarray, weights: numpy.ndarray) -> lightgbm.Booster:
    return lightgbm.train(OPTIONS | options, lightgbm.Dataset(rows, labels, weight=weights / weights.mean()))


def predicted(model: lightgbm.Booster, rows: numpy.ndarray) -> numpy.ndarray:
    return model.predict(rows, num_threads=1) if len(rows) else numpy.zeros(0)


def first_chances(model: lightgbm.Booster, rows: numpy.ndarray) -> numpy.ndarray:
    """What the first look says of runs: where its opening trees are sure the rest are not asked."""
    if not len(rows):
        return numpy.zeros(0)
    low, high = weighing.UNSURE
    opening = model.predict(rows, num_threads=1, num_iteration=weighing.OPENING)
    return numpy.where((low < opening) & (opening < high), predicted(model, rows), opening)


def check(pages: Sequence[Page], without: Sequence[str] = ()) -> dict[str, tuple[float, float, float]]:
    """F1, precision and recall by set, of bodies or of segments, each page judged by models that saw no page of its
    domain."""
    look(pages, without)
    results: dict[str, list[tuple[float, float, float]]] = {name: [] for name in SETS}
    for fold in range(FOLDS):
        model = train_second([page for page in pages if page.fold != fold], without)
        for page in pages:
            if page.fold == fold:
                chances, doubted = page.chances.copy(), page.doubted
                chances[doubted] = predicted(model, masked(page.second, without))
                results[page.set].append(measured(page, chances))
    return {name: means(found, name == SEGMENTS) for name, found in results.items()}


def measured(page: Page, chances: numpy.ndarray) -> tuple[float, float, float]:
    """What is right of what was found, of the gold, and both sizes, of shingles or of segments."""
    kept = body.decided(page.draft, page.known, dict(zip(page.asked, chances, strict=True))).kept
    text = "\n\n".join(page.draft.page.layout.runs[index].text for index in kept)
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


def trees(model: lightgbm.Booster) -> list:
    return [plain(info["tree_structure"]) for info in model.dump_model()["tree_info"]]


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
        look(pages)
        models = {"first": train_first(pages), "second": train_second(pages)}
        write("body_model.json", {"signals": signals.NAMES} | {name: trees(model) for name, model in models.items()})
        write("body_names.json", name_weights(pages).table())


if __name__ == "__main__":
    main()
