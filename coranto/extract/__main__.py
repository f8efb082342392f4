"""`python -m coranto.extract FILE...`: read pages, print one JSON object a line, in the order of the files.

A file without any tag, or whose name ends in .txt, .text or .md, is read as a flattened page, any other as HTML; `-` is
standard input, .gz files are opened. A file that cannot be read gives a line with `error` in place of an article. Exit
code 1 if there was any.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import zlib
from pathlib import Path

from . import extract, extract_text, is_markup, to_json


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m coranto.extract", description="Read pages, print one JSON object a line."
    )
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="a page, flattened (.txt, .md) or not, also .gz; - is standard input"
    )
    parser.add_argument("--url", help="where the page stands; makes its addresses absolute")
    parser.add_argument("--text", action="store_true", help="read every file as a flattened page, whatever its name")
    options = parser.parse_args(arguments)
    failed = False
    for name in options.files:
        line = _line(name, options.url, options.text)
        failed = failed or "error" in line
        print(json.dumps(line, ensure_ascii=False), flush=True)
    return 1 if failed else 0


def _line(name: str, url: str | None, text: bool) -> dict:
    """The article in a file as a JSON object, or what is wrong with the file."""
    try:
        data = _bytes(name)
    except (OSError, EOFError, zlib.error) as error:
        return {"file": name, "error": f"cannot be read: {error}"}
    named = name.removesuffix(".gz").lower().endswith((".txt", ".text", ".md"))
    flattened = text or named or not is_markup(data)
    return {"file": name, **to_json(extract_text(data) if flattened else extract(data, url))}


def _bytes(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read()
    data = Path(name).read_bytes()
    return gzip.decompress(data) if name.endswith(".gz") else data


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BrokenPipeError:
        # Whoever read the lines (`head`, say) has seen enough; nothing more can be written, not even at the end.
        sys.stdout = None
        sys.exit(1)
