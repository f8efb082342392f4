"""Train the judges of flattened pages and write `coranto/extract/line_models.json`.

    python benchmarks/flattened_train.py --keep FOLDER            # train on all domains and write
    python benchmarks/flattened_train.py --keep FOLDER --check    # train without the domains held aside, write as well

FOLDER holds flattened texts as `flattened.py --keep FOLDER` leaves them; of each page a few engines' texts are taken,
drawn by a fixed seed. Four judges: which lines are the body's (labelled by the share of their four-word shingles that
stand in the gold body), which candidate is the headline, the date, the signature (labelled by equality with the gold,
as the judges' script compares them). Every page weighs the same. Needs LightGBM and NumPy (`pip install
'coranto[learn]'`); what it writes needs neither.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
from collections.abc import Sequence
from pathlib import Path

import flattened
import flattening
import lightgbm
import numpy
from articles_train import plain
from body_labels import shingles, words_of
from instruments import existing, shared

from coranto.extract import line_candidates, line_signals
from coranto.extract.heads import outlet_beside
from coranto.extract.lines import Line, logical_lines
from coranto.extract.words import fold

SETS = {"naeb": 1.0, "fundus": 1.2, "wcxb": 1.0, "daniel": 0.4}
ENGINES_A_PAGE = 5
NAMES = {
    "body": line_signals.NAMES, "title": line_candidates.TITLE_NAMES, "date": line_candidates.DATE_NAMES,
    "names": line_candidates.NAME_NAMES,
}  # fmt: skip
ROUNDS = {"body": 180, "title": 110, "date": 60, "names": 80}
LEAVES = {"body": 24, "title": 16, "date": 12, "names": 12}
OPTIONS = {
    "objective": "cross_entropy", "learning_rate": 0.08, "min_data_in_leaf": 60, "feature_fraction": 0.6,
    "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 5.0, "num_threads": 1, "verbose": -1, "seed": 1,
    "deterministic": True, "force_col_wise": True,
}  # fmt: skip
MODELS = Path(__file__).parent.parent / "coranto" / "extract" / "line_models.json"

Rows = tuple[numpy.ndarray, numpy.ndarray, numpy.ndarray]
"""Signals, labels and weights of what a judge sees of one page."""


def prepare(job: tuple[str, str, dict]) -> list[dict[str, Rows]]:
    """What every judge sees of one flattened page, and of some as if only the article had been copied; empty where
    there is no text or no gold body."""
    name, text, gold = job
    lines = logical_lines(text)
    if not lines or not gold.get("body"):
        return []
    found = [_seen(name, lines, gold)]
    if len(text) % 3 == 0 and (part := _article_alone(lines, gold)):
        found.append(_seen(name, part, gold))
    return found


def _article_alone(lines: list[Line], gold: dict) -> list[Line]:
    """The lines from a little above the headline to a little below the body's end, as who copies an article takes."""
    known = set(shingles(words_of(gold["body"])))
    body = [
        number for number, line in enumerate(lines)
        if len(line.text) > 60 and sum(part in known for part in shingles(words_of(line.text))) > 5
    ]  # fmt: skip
    if len(body) < 3:
        return []
    key = fold(gold.get("title") or "")
    heads = [number for number, line in enumerate(lines[: body[0] + 1]) if key and fold(line.text) == key]
    return lines[max(0, (heads[-1] if heads else body[0] - 4) - len(lines) % 3) : body[-1] + 1 + len(lines) % 7]


def _seen(name: str, lines: list[Line], gold: dict) -> dict[str, Rows]:
    bench = flattened.judges()
    sheet = line_signals.Sheet(lines)
    notes = line_candidates.Notes(sheet)
    found = {}
    heads = line_candidates.headlines(sheet, notes)
    headline = None
    if gold.get("title"):
        key = fold(gold["title"])
        labels = [float(fold(head.value) == key) for head in heads]
        headline = next((head.number for head, label in zip(heads, labels, strict=True) if label), None)
        found["title"] = _rows([head.signals for head in heads], labels, SETS[name])
    if gold.get("date"):
        days = gold.get("dates_ok") or [bench.day(gold["date"])]
        dated = line_candidates.dates(sheet, notes, headline)
        labels = [float(bench.day(one.value[0]) in days) for one in dated]
        found["date"] = _rows([one.signals for one in dated], labels, SETS[name])
    if name != "daniel":
        outlet = outlet_beside(lines[: (headline or 0) + 6], gold.get("title") or "\n")
        signed = line_candidates.signatures(sheet, notes, headline, outlet)
        known = bench.names(gold.get("authors"))
        labels = [float(bool(known) and bench.names(one.value) == known) for one in signed]
        found["names"] = _rows([one.signals for one in signed], labels, SETS[name])
    found["body"] = _body(sheet, gold, headline, SETS[name])
    return {judge: rows for judge, rows in found.items() if rows is not None}


def _rows(signals: list[list[float]], labels: list[float], weight: float) -> Rows | None:
    if not signals:
        return None
    return (
        numpy.array(signals, numpy.float32), numpy.array(labels),
        numpy.array([weight if label else weight / max(10, len(labels)) * 2 for label in labels]),
    )  # fmt: skip


def _body(sheet: line_signals.Sheet, gold: dict, headline: int | None, weight: float) -> Rows:
    known, joined = set(shingles(words_of(gold["body"]))), f" {' '.join(words_of(gold['body']))} "
    labels, sizes = [], []
    for line in sheet.lines:
        words = words_of(line.text)
        if len(words) >= 5:
            found = shingles(words)
            labels.append(sum(shingle in known for shingle in found) / len(found))
            sizes.append(len(words))
        else:
            labels.append(float(len(words) > 1 and f" {' '.join(words)} " in joined))
            sizes.append(max(0.6, 0.6 * len(words)))
    marks, weights = numpy.array(labels), numpy.minimum(numpy.array(sizes), 150.0) ** 0.8
    signals = numpy.array(line_signals.rows(sheet, gold.get("title"), headline), numpy.float32)
    return signals, marks, weight * weights / (weights[marks > 0.5].sum() + 60)


def jobs(keep: Path, corpus: Path, with_held: bool) -> list[tuple[str, str, dict]]:
    """Pages as (set, text, gold): of each page the texts of some engines, drawn by a fixed seed."""
    bench = flattened.judges()
    chance = random.Random(4)
    found = []
    for name in SETS:
        for line in (corpus / name / "gold.jsonl").open(encoding="utf-8"):
            gold = json.loads(line)
            gold["date"] = gold.get("date") if bench.day(gold.get("date")) else None
            places = [flattened.place_of(keep, engine, name, gold["id"]) for engine in flattening.names()]
            places = [place for place in places if place.exists() and place.stat().st_size]
            drawn = chance.sample(places, min(ENGINES_A_PAGE, len(places)))
            if with_held or not flattened.is_held(gold.get("url")):
                found += [(name, place.read_text("utf-8"), gold) for place in drawn]
    return found


def train(judge: str, pages: Sequence[Rows]) -> list:
    """The trees of one judge as nested lists."""
    weights = numpy.concatenate([rows[2] for rows in pages])
    data = lightgbm.Dataset(
        numpy.concatenate([rows[0] for rows in pages]), numpy.concatenate([rows[1] for rows in pages]),
        weight=weights / weights.mean(),
    )  # fmt: skip
    booster = lightgbm.train({**OPTIONS, "num_leaves": LEAVES[judge]}, data, ROUNDS[judge])
    gains = sorted(zip(booster.feature_importance("gain"), NAMES[judge], strict=True), reverse=True)
    rows = sum(len(part[1]) for part in pages)
    print(f"{judge}: {rows} rows; most used: {', '.join(name for _, name in gains[:12])}")
    return [plain(info["tree_structure"]) for info in booster.dump_model()["tree_info"]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--corpus", type=Path, default=shared() / "corpora" / "articles")
    parser.add_argument("--keep", type=Path, required=True, help="folder of flattened texts")
    parser.add_argument("--check", action="store_true", help="leave out the domains that flattened.py holds aside")
    options = parser.parse_args()
    work = jobs(existing(options.keep, "folder of flattened texts"), options.corpus, not options.check)
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        pages = [page for found in pool.imap(prepare, work, chunksize=20) for page in found]
    print(f"{len(pages)} flattened pages")
    models = {
        judge: {"signals": names, "trees": train(judge, [page[judge] for page in pages if judge in page])}
        for judge, names in NAMES.items()
    }
    MODELS.write_text(json.dumps(models, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{MODELS.name}: {MODELS.stat().st_size} bytes")


if __name__ == "__main__":
    main()
