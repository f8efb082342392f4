"""What a story's page chooses: whose headline stands for it, and which parts a long story has.

    python benchmarks/story_pages.py --corpus ../shared/corpora/stories

Headline: the mean cosine (wordllama's vectors) of the chosen headline to the other reports of its story, beside that of
the longest report's, of any and of the nearest of all. Parts: two look-alike events of ECB+ put into one story, how
often parts are found, BCubed precision and recall of what stands in parts; and how often one event falls into parts.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections import Counter, defaultdict
from itertools import combinations
from math import log
from pathlib import Path

import numpy as np

from coranto.stories import Candidate, headline_of, parts
from coranto.stories.headline import LONGEST
from coranto.stories.likeness import outline, outline_counts
from coranto.stories.parts import LEAST_REPORTS
from coranto.vectors import static

LOOK_ALIKE = 0.15
"""Events whose mean outlines have this cosine are told apart with pains."""


def events(path: Path) -> list[list[dict]]:
    """The articles of each event with three to sixty of them."""
    found = defaultdict(list)
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            found[row["cluster"]].append(row | {"text": row.get("text") or ""})
    return [rows for rows in found.values() if 3 <= len(rows) <= 60]


def unit(texts: list[str]) -> np.ndarray:
    found = np.frombuffer(b"".join(static.vectors(texts)), np.int8).reshape(len(texts), -1).astype(float)
    return found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9)


def headlines(path: Path) -> None:
    told = []
    for rows in events(path):
        count = len(rows)
        alike = unit([row["title"] for row in rows]) @ unit([f"{row['title']} {row['text'][:600]}" for row in rows]).T
        near = (alike.sum(1) - alike.diagonal()) / (count - 1)
        told_by = [(row["title"], row["text"]) for row in rows]
        reports = [Candidate(n, title, outline(title, text), len(text)) for n, (title, text) in enumerate(told_by)]
        longest = max(reports, key=lambda report: (min(report.length, LONGEST), -report.id)).id
        told.append((near[headline_of(reports)], near[longest], near.mean(), near.max()))
    chosen, longest, any_of_them, nearest = np.mean(told, 0)
    print(f"{path.name}: {len(told)} stories, chosen {chosen:.3f}, longest {longest:.3f},", end=" ")
    print(f"any {any_of_them:.3f}, nearest {nearest:.3f}")


def cosine(one: Counter, other: Counter, rarity: dict[int, float]) -> float:
    def dot(a, b):
        return sum(n * b[key] * rarity[key] ** 2 for key, n in a.items() if key in b)

    return dot(one, other) / (dot(one, one) * dot(other, other)) ** 0.5


def look_alikes(told: list[list[tuple[str, bytes]]]) -> list[tuple[int, int]]:
    """Each event with the one most like it, where it is like it at all."""
    sums = [Counter(key for _, each in event for key in outline_counts(each)) for event in told]
    having = Counter(key for one in sums for key in one)
    rarity = {key: log(1 + len(sums) / n) for key, n in having.items()}
    alike = {(a, b): cosine(sums[a], sums[b], rarity) for a, b in combinations(range(len(sums)), 2)}
    best = {n: max((pair for pair in alike if n in pair), key=alike.__getitem__) for n in range(len(sums))}
    return sorted({pair for pair in best.values() if alike[pair] > LOOK_ALIKE})


def split(path: Path) -> None:
    told = [[(row["id"], outline(row["title"], row["text"])) for row in rows] for rows in events(path) if len(rows) > 3]
    pairs, found, scores = look_alikes(told), 0, []
    for pair in pairs:
        reports = told[pair[0]] + told[pair[1]]
        gold = {ident: event for event in pair for ident, _ in told[event]}
        random.Random(1).shuffle(reports)
        made = parts(reports)
        found += bool(made)
        placed = {event: sum(gold[each] == event for part in made for each in part) for event in pair}
        for part in made:
            for each in part:
                both = sum(gold[other] == gold[each] for other in part)
                scores.append((both / len(part), both / placed[gold[each]]))
    precision, recall = np.mean(scores, 0)
    long = [event for event in told if len(event) >= LEAST_REPORTS]
    broken = sum(bool(parts(event)) for event in long)
    print(f"{path.name}: parts in {found} of {len(pairs)} pairs, precision {precision:.3f}, recall {recall:.3f}")
    print(f"{path.name}: one event alone in parts, {broken} of {len(long)}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True)
    corpus = parser.parse_args().corpus
    for name in ("ecbplus", "allsides", "basil", "mixed"):
        headlines(corpus / f"{name}.jsonl.gz")
    split(corpus / "ecbplus.jsonl.gz")
