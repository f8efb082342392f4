"""How many translations are found, and how many pairs of texts in two languages are wrongly taken for one.

    python benchmarks/translations.py [--shared ../shared]

Translations: the invented texts of `tests/cases/stories/translations.json`; on set 1 the limits were set, set 2 was
written after that (and one limit loosened once by it). No translations: reports of the same invented event in two
languages, there and in the demo, and articles of the corpora that have numbers enough in common to be looked at.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from instruments import existing, machine, shared, table
from launder import tongue

from coranto.stories import Coverage
from coranto.stories.translations import in_common, told_again

ROOT = Path(__file__).resolve().parent.parent
CORPORA = ("naeb", "fundus", "wcxb")
LEAST_WORDS = 80


def coverage(ident: str, language: str, text: str) -> Coverage:
    return Coverage(ident, "", text, None, ident, language)


def cases() -> Iterator[tuple]:
    """A row for each set of invented texts."""
    rows = json.loads((ROOT / "tests" / "cases" / "stories" / "translations.json").read_text(encoding="utf-8"))
    for number in sorted({row["set"] for row in rows}):
        found = {True: [0, 0], False: [0, 0]}
        for one, other in combinations([row for row in rows if row["set"] == number], 2):
            if one["language"] != other["language"]:
                is_one = one["story"] == other["story"] and "report" not in (one["kind"], other["kind"])
                told = in_common(*(coverage(str(row is one), row["language"], row["text"]) for row in (one, other)))
                found[is_one][0] += told is not None
                found[is_one][1] += 1
        yield f"invented, set {number}", "{} of {}".format(*found[True]), "{} of {}".format(*found[False])


def demo() -> tuple:
    folder, pairs, false = ROOT / "coranto" / "demo", 0, 0
    world = json.loads((folder / "world.json").read_text(encoding="utf-8"))
    language = {outlet["id"]: outlet["language"] for outlet in world["outlets"]}
    for path in sorted((folder / "texts").glob("ev*.json")):
        told = []
        for article in json.loads(path.read_text(encoding="utf-8"))["articles"]:
            text = "\n".join(part for part in article.get("paragraphs") or () if isinstance(part, str))
            if text:
                told.append(coverage(article["id"], language[article["outlet"]], text))
        for one, other in combinations(told, 2):
            if one.language != other.language:
                pairs += 1
                false += in_common(one, other) is not None
    return "demo, reports of one event", "", f"{false} of {pairs}"


def corpora(folder: Path) -> tuple:
    articles = []
    for name in CORPORA:
        for line in (folder / name / "gold.jsonl").read_text(encoding="utf-8").strip().split("\n"):
            gold = json.loads(line)
            if len((gold.get("body") or "").split()) >= LEAST_WORDS:
                articles.append(coverage(f"{name} {gold['id']}", tongue(gold["body"]), gold["body"]))
    false = sum(len(group) - 1 for group in told_again(articles))
    return f"corpora, {len(articles):,} articles", "", f"{false}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--shared", type=Path, default=shared())
    asked = parser.parse_args()
    folder = existing(asked.shared / "corpora" / "articles", "folder of pages")
    print(machine())
    print(table(("texts", "translations found", "others taken for one"), [*cases(), demo(), corpora(folder)]))


if __name__ == "__main__":
    main()
