"""Copies and provenance, scored: on the judges' corpus and on launderings of our own; what evidence is worth.

    python benchmarks/copies.py [--shared ../shared] [--seed 1] [--ablation]

The measures are those of the judges' instrument, which is imported for it; the launderings are `launder.py`'s. With
`--ablation` each kind of evidence by which the first of several copies is told, the record of outlets, credit and the
alignment of sentences is taken away in turn, and both corpora are scored again.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from instruments import existing, machine, shared, table
from launder import laundered
from launder_again import laundered_again

from coranto.stories import Context, Coverage, StoryStream, examine, origins
from coranto.vectors import Looking

TIMES = ("published", "seen", "captured")
LISTS = ("authors", "notices")
HEADINGS = ("set", "role", "copy_of", "redated", "resigned", "source_stripped", "headline", "body", "accused", "days",
            "ms")  # fmt: skip


def rows_of(path: Path) -> list[dict]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return list(map(json.loads, lines))


def coverage_of(row: dict) -> Coverage:
    given = {name: datetime.fromisoformat(value) if name in TIMES and value else value for name, value in row.items()}
    return Coverage(**{name: tuple(value) if name in LISTS else value for name, value in given.items()})


def arranged(rows: list[dict]) -> tuple[list[list[Coverage]], Context]:
    """The articles by story, and the records of all of them."""
    Looking.off = True  # Copies are found by their texts; meaning would take minutes.
    by_id = {row["id"]: coverage_of(row) for row in rows}
    stream = StoryStream()
    stream.add_many(by_id.values())
    stories = [[by_id[ident] for ident in story.article_ids] for story in stream.stories()]
    return stories, Context.from_coverages(by_id.values())


def told(stories: list[list[Coverage]], context: Context | None) -> dict[str, dict]:
    """What is said of each article, as the judges' instrument asks for it."""
    return {
        one.id: {"role": one.role, "copy_of": one.copy_of, "flags": set(one.flags), "published": one.published.best}
        for story in stories for one in examine(story, context)
    }  # fmt: skip


def held_aside(gold: list[dict]) -> list[dict]:
    """The third of the stories on which no rule was made, by the hash of the story."""
    return [one for one in gold if hashlib.sha256(one["group"].encode()).digest()[0] % 3 == 0]


def scored(
    name: str, judge: object, gold: list[dict], stories: list[list[Coverage]], context: Context | None
) -> Iterator[tuple]:
    start = time.process_time()
    said = told(stories, context)
    spent = (time.process_time() - start) * 1000 / len(said)
    yield figures(name, judge.score(gold, said), judge.FLAGS, spent)
    if name == "copies":
        yield figures("of these the third held aside", judge.score(held_aside(gold), said), judge.FLAGS, spent)


def figures(name: str, found: dict, kinds: tuple[str, ...], spent: float) -> tuple:
    flags = [" / ".join("–" if part is None else f"{part:.3f}" for part in found[flag]) for flag in kinds]
    days = "{:g} / {:g}".format(*found["days"])
    shares = (f"{found[one]:.3f}" for one in ("role", "copy_of"))
    return (name, *shares, *flags, f"{found['accused']:.4f}", days, f"{spent:.1f}")


@contextmanager
def without(kind: str) -> Iterator[None]:
    """One kind of evidence counts nothing within the block."""
    kept = origins.WEIGHTS[kind]
    origins.WEIGHTS[kind] = 0.0
    try:
        yield
    finally:
        origins.WEIGHTS[kind] = kept


def ablated(judge: object, sets: dict[str, tuple]) -> Iterator[tuple]:
    for name, (rows, gold) in sets.items():
        stories, context = arranged(rows)
        yield from scored(f"{name}, all evidence", judge, gold, stories, context)
        yield from scored(f"{name}, without records", judge, gold, stories, None)
        for kind in origins.WEIGHTS:
            with without(kind):
                yield from scored(f"{name}, without {kind}", judge, gold, stories, context)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--shared", type=Path, default=shared())
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--ablation", action="store_true")
    asked = parser.parse_args()
    folder = existing(asked.shared / "corpora", "folder of corpora")
    sys.path.insert(0, str(existing(asked.shared / "bench" / "provenance.py", "instrument").parent))
    import provenance as judge

    corpus = tuple(rows_of(folder / "copies" / f"{name}.jsonl.gz") for name in ("coverages", "gold"))
    sets = {
        "copies": corpus,
        "launderings": laundered(folder / "articles", asked.seed),
        "others": laundered_again(folder / "articles", asked.seed),
    }
    print(machine())
    rows = (
        row for name, (rows, gold) in sets.items() for row in scored(name, judge, gold, *arranged(rows))
    )  # fmt: skip
    print(table(HEADINGS, list(ablated(judge, sets) if asked.ablation else rows)))


if __name__ == "__main__":
    main()
