"""Count how rare terms are in the news at large: `coranto/stories/rarity.json`, from which every stream begins.

    python benchmarks/stories_rarity.py [--shared ../shared]

In how many articles each term stands, by the bodies of the corpora of articles (title and lead) and the headlines of
`recs`, many languages among them; the story corpora, on which stories are measured, are not read. Terms in fewer than
`LEAST` articles are left out: they count as rare. A few seconds.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from instruments import existing, shared

from coranto.stories import likeness
from coranto.stories.likeness import LEAD_CHARACTERS
from coranto.terms import terms

LEAST = 3
TABLE = Path(likeness.__file__).with_name("rarity.json")


def articles(folder: Path) -> Iterator[tuple[str, str]]:
    """Title and text of each article."""
    for file in sorted((folder / "articles").glob("*/gold.jsonl")):
        with file.open(encoding="utf-8") as lines:
            for one in map(json.loads, lines):
                yield one.get("title") or "", one.get("body") or ""
    with gzip.open(folder / "recs" / "news.tsv.gz", "rt", encoding="utf-8", newline="") as lines:
        for one in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield one["title"], one["abstract"] or ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=shared(), help="the folder of corpora and instruments")
    folder = existing(parser.parse_args().shared / "corpora", "folder of corpora")
    known = {(title, text[:LEAD_CHARACTERS]) for title, text in articles(folder)} - {("", "")}
    counts = Counter(term for title, lead in known for term in {*terms(title), *terms(lead)})
    by_count = defaultdict(list)
    for term, count in sorted(counts.items()):
        if count >= LEAST:
            by_count[count].append(term)
    made = {"articles": len(known), "terms": {count: " ".join(found) for count, found in sorted(by_count.items())}}
    TABLE.write_text(json.dumps(made, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print(f"{sum(map(len, by_count.values()))} terms of {len(known)} articles: {TABLE.stat().st_size} bytes")


if __name__ == "__main__":
    main()
