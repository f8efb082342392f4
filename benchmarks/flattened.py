"""Measure how flattened pages are read: corpora pages without their markup, as many programs leave them.

    python benchmarks/flattened.py                              # every engine that is installed, every third page
    python benchmarks/flattened.py --every 1 --keep FOLDER      # all pages; flattened texts are kept for the next run
    python benchmarks/flattened.py --engine lynx w3m --set fundus --show 5

Title, authors, date and body are scored by the judges' own measures (`articles.py` of the bench folder). A third of the
domains, drawn by a hash of their names, is held aside: nobody looked at those pages, and the model was trained without
them unless it says so. Beside `extract_text` stand the plainest readings of a text: all of it as the body, its first
line as the title, the first date in it. An engine that is not installed is named, with what would bring it, and left
out.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import importlib.util
import multiprocessing
import re
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import ModuleType

import flattening
from instruments import existing, machine, shared, table

from coranto.articles import Article
from coranto.extract import extract, extract_text
from coranto.extract.dates import find_moment
from coranto.extract.words import host

SETS = ("naeb", "fundus", "wcxb")
COLUMNS = ("f1", "p", "r", "title", "authors", "date", "empty")
Field = dict[str, object]
Text = tuple[str, str, str]
"""A flattened page: its set, its id, its text."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=shared() / "corpora" / "articles")
    parser.add_argument("--set", nargs="+", default=SETS)
    parser.add_argument("--engine", nargs="+", choices=flattening.names(), default=flattening.names())
    parser.add_argument("--every", type=int, default=3, help="take every Nth page only (3)")
    parser.add_argument("--keep", type=Path, help="folder in which flattened texts stay for later runs")
    parser.add_argument("--show", type=int, default=0, help="name this many of the worst pages that are not held aside")
    options = parser.parse_args()
    print(machine())
    for name, wanted in flattening.missing().items():
        if name in options.engine:
            print(f"left out: {name} is not installed ({wanted})")
            options.engine.remove(name)
    gold = gold_of(existing(options.corpus, "corpus"), options.set, options.every)
    with tempfile.TemporaryDirectory() as folder:
        keep = options.keep or Path(folder)
        texts = {name: flattened(options.corpus, list(gold), name, keep) for name in options.engine}
    rows = []
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        for name, found in texts.items():
            for system, read in SYSTEMS.items():
                got = dict(zip(found, pool.map(read, found.values(), chunksize=8), strict=True))
                got = {key: value for key, value in got.items() if found[key].strip()}
                rows += rows_of(gold, name, system, got, options.show)
        pages = [(options.corpus, *key, gold[key].get("url")) for key in gold]
        rows += rows_of(gold, "none", "extract", dict(zip(gold, pool.starmap(of_markup, pages, 8), strict=True)), 0)
    print(table(("engine", "read by", "domains", "pages", *COLUMNS), rows))


@cache
def judges() -> ModuleType:
    """The judges' script as a module: its measures are used, not copied."""
    path = existing(shared() / "bench" / "articles.py", "judges' script")
    spec = importlib.util.spec_from_file_location("judges", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def gold_of(corpus: Path, sets: list[str], every: int) -> dict[tuple[str, str], Field]:
    """What the pages should give, by set and id. Days that are none are dropped, as the judges' script does."""
    found = {}
    for name in sets:
        gold, _ = judges().load(corpus, name, every)
        found |= {(name, key): value for key, value in gold.items()}
    return found


def is_held(url: object) -> bool:
    """Whether a page's domain is held aside: one in three, by a hash of its name."""
    domain = ".".join(host(str(url or "")).split(".")[-2:])
    return int(hashlib.sha256(f"flat {domain}".encode()).hexdigest(), 16) % 3 == 0


def flattened(corpus: Path, keys: list[tuple[str, str]], engine: str, keep: Path) -> dict[tuple[str, str], str]:
    """The texts that `engine` makes of the pages, from `keep` where they are there already."""
    wanted = [key for key in keys if not place_of(keep, engine, *key).exists()]
    if wanted:
        with multiprocessing.get_context("spawn").Pool(1 if engine == flattening.BROWSER else 2) as pool:
            pool.starmap(_flatten, [(corpus, wanted[start::8], engine, keep) for start in range(8)], chunksize=1)
    return {key: place_of(keep, engine, *key).read_text("utf-8") for key in keys}


def place_of(keep: Path, engine: str, name: str, key: str) -> Path:
    """The file that keeps what `engine` made of a page."""
    return keep / re.sub(r"\W+", "-", engine) / name / f"{key}.txt"


def _flatten(corpus: Path, keys: list[tuple[str, str]], engine: str, keep: Path) -> None:
    with tempfile.TemporaryDirectory() as scratch, flattening.engine(engine, Path(scratch)) as flatten:
        for name, key in keys:
            page = gzip.decompress((corpus / name / "pages" / f"{key}.html.gz").read_bytes()).decode("utf-8", "replace")
            place = place_of(keep, engine, name, key)
            place.parent.mkdir(parents=True, exist_ok=True)
            try:
                text = flatten(page)
            except Exception as error:
                print(f"{engine}: {name}/{key}: {type(error).__name__}: {str(error)[:100]}")
                text = ""
            place.write_text(text, "utf-8", errors="replace")


def fields_of(article: Article) -> Field:
    return {
        "body": article.text, "title": article.title, "authors": list(article.authors),
        "date": judges().day(article.published),
    }  # fmt: skip


def by_coranto(text: str) -> Field:
    return fields_of(extract_text(text))


def plainest(text: str) -> Field:
    """All of the text as the body, its first line as the title, the first date in it; nobody is named."""
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    moment = find_moment(text[:20_000])
    return {"body": text, "title": first, "authors": [], "date": judges().day(moment[0]) if moment else None}


def of_markup(corpus: Path, name: str, key: str, url: str | None) -> Field:
    """What `extract` reads from the page with its markup: what a flattened page could give at best, or nearly."""
    page = gzip.decompress((corpus / name / "pages" / f"{key}.html.gz").read_bytes())
    return fields_of(extract(page, url))


SYSTEMS: dict[str, Callable[[str], Field]] = {"extract_text": by_coranto, "plainest": plainest}


def rows_of(gold: dict, engine: str, system: str, got: dict[tuple[str, str], Field], show: int) -> list[tuple]:
    """One row for the domains at hand and one for those held aside. Pages that an engine could not flatten are left
    out for it."""
    rows = []
    for held in (False, True):
        part = {key: gold[key] for key in got if is_held(gold[key].get("url")) == held}
        if not part:
            continue
        scores = judges().score(part, {key: got[key] for key in part})
        rows.append((
            engine, system, "held aside" if held else "at hand", len(part),
            *(f"{value:.3f}" if isinstance(value := scores.get(name, ""), float) else value for name in COLUMNS),
        ))  # fmt: skip
        if show and not held and system == "extract_text":
            for key in scores.get("_worst", [])[:show]:
                print(f"worst of {engine}: {key[0]}/{key[1]} {gold[key].get('url')}")
    return rows


if __name__ == "__main__":
    main()
