"""`python -m coranto.extract FILE...`: read pages, print one JSON object a line.

A file that ends in .txt is read as a flattened page, `-` is standard input, .gz files are opened. Exit code 1 if any
file could not be opened.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from pathlib import Path

from . import extract, extract_text, to_json


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m coranto.extract", description="Read pages, print one JSON object a line."
    )
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help=".html, .html.gz, .txt (a flattened page), or - for standard input"
    )
    parser.add_argument("--url", help="where the page stands; makes its addresses absolute")
    options = parser.parse_args(arguments)
    failed = False
    for name in options.files:
        try:
            data = _bytes(name)
        except (OSError, EOFError) as error:
            print(f"{name}: cannot be read ({error}); give the path of a readable file", file=sys.stderr)
            failed = True
            continue
        bare = name.removesuffix(".gz").lower()
        article = (
            extract_text(data.decode("utf-8", "replace"))
            if bare.endswith((".txt", ".md"))
            else extract(data, options.url)
        )
        print(json.dumps({"file": name, **to_json(article)}, ensure_ascii=False))
    return 1 if failed else 0


def _bytes(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read()
    data = Path(name).read_bytes()
    return gzip.decompress(data) if name.endswith(".gz") else data


if __name__ == "__main__":
    sys.exit(main())
