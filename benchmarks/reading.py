"""Where the time goes when pages are read, and how that compares with another reader.

    python benchmarks/reading.py [--set naeb]                # CPU milliseconds a page by step
    python benchmarks/reading.py --trafilatura               # both page by page in turn, so that both bear one load

Every page is read once, with caches as the pages before it left them. The corpora are expected at `../shared` (or where
CORANTO_SHARED says).
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from collections import Counter
from collections.abc import Callable
from functools import wraps

import instruments

from coranto.extract import body, extract, reader, signals

Page = tuple[str, str | None]
"""A page's HTML and its address."""

STEPS: dict[str, list[tuple[object, str]]] = {
    "parsing": [(reader, "parse"), (reader.charsets, "mended")],
    "laying out": [(reader, "lay_out")],
    "body: trees and the rest": [(reader.bodies, "find_body")],
    "body: rules": [(body, "_by_rule")],
    "body: sums of the page": [(body, "Page")],
    "body: signals": [(signals, "rows")],
    "titles": [(reader, "headline_of"), (reader.standfirst, "shown")],
    "who signs": [(reader.signing, "signatures")],
    "dates": [(reader.dating, "witnesses")],
    "facts and what stands around": [
        (reader.metadata, "gather"), (reader.context, "breadcrumb"), (reader.context, "outlet_of"),
        (reader.context, "section"), (reader.context, "language"), (reader.context, "counts"), (reader, "topics"),
    ],
    "text and markup": [(reader.composing, "compose")],
    "pictures": [(reader.composing, "pictures_in"), (reader.composing, "lead_image")],
    "cited sources": [(reader, "cited_sources")],
    "lists": [(reader.lists, "collect")],
    "data in scripts": [(reader, "_unseen")],
    "freeing and the rest": [(reader, "extract")],
}  # fmt: skip
"""What is timed, by the modules in which it is called. A step's time is without that of other steps called in it."""


def pages(name: str) -> list[Page]:
    folder = instruments.existing(instruments.shared() / "corpora" / "articles" / name, "set of articles")
    rows = [json.loads(line) for line in (folder / "gold.jsonl").open(encoding="utf-8")]
    read = ((folder / "pages" / f"{row['id']}.html.gz").read_bytes() for row in rows)
    texts = [gzip.decompress(data).decode("utf-8", "replace") for data in read]
    return list(zip(texts, (row.get("url") for row in rows), strict=True))


def timed(spent: Counter[str]) -> None:
    """Have every step add the seconds of CPU that it takes to `spent`."""
    within = [0.0]

    def wrapped(step: str, function: Callable) -> Callable:
        @wraps(function)
        def call(*given: object, **named: object) -> object:
            start = time.process_time()
            within.append(0.0)
            try:
                return function(*given, **named)
            finally:
                took = time.process_time() - start
                spent[step] += took - within.pop()
                within[-1] += took

        return call

    for step, places in STEPS.items():
        for place, name in places:
            setattr(place, name, wrapped(step, getattr(place, name)))


def profile(read: list[Page]) -> None:
    extract(*read[0])
    spent: Counter[str] = Counter()
    timed(spent)
    for html, url in read:
        reader.extract(html, url)
    whole = spent.total()
    rows = [(step, f"{took / len(read) * 1000:.2f}", f"{took / whole:.1%}") for step, took in spent.most_common()]
    print(instruments.table(("step", "ms a page", "share"), [*rows, ("all", f"{whole / len(read) * 1000:.2f}", "")]))


def beside_trafilatura(read: list[Page]) -> None:
    from trafilatura import bare_extraction

    def other(html: str, url: str | None) -> None:
        bare_extraction(html, url=url, include_comments=False, with_metadata=True)

    readers = {"coranto": extract, "trafilatura": other}
    spent: Counter[str] = Counter()
    for function in readers.values():
        function(*read[0])
    for page in read:
        for name, function in readers.items():
            start = time.process_time()
            function(*page)
            spent[name] += time.process_time() - start
    for name, took in spent.items():
        print(f"{name}: {len(read) / took:.1f} pages a CPU second")
    print(f"{spent['trafilatura'] / spent['coranto']:.2f} times its rate")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--set", default="naeb")
    options.add_argument("--trafilatura", action="store_true")
    given = options.parse_args()
    read = pages(given.set)
    if given.trafilatura:
        beside_trafilatura(read)
    else:
        profile(read)


if __name__ == "__main__":
    main()
