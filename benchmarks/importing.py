"""How fast saved pages are imported, and how much memory that takes.

    python benchmarks/importing.py [FOLDER...] [--site-bench ../shared/bench/site.py]

Imports the stored pages of the corpora (or of FOLDER...) into a new data folder by `coranto import`, process start
included, and once more, when every page is known. Weighed by the judges' instrument: peak proportional share (PSS) of
all processes, CPU seconds. Prints a Markdown table, and what `coranto import` says.
"""

from __future__ import annotations

import argparse
import json
import shlex
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

from instruments import REPOSITORY, clean_environment, coranto, existing, machine, shared, table, timed

CORPORA = ("naeb", "fundus", "wcxb", "trafilatura", "daniel", "postlight")


def main() -> None:
    """Read the command line, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, help="instead of the corpora")
    parser.add_argument("--site-bench", type=Path, default=shared() / "bench" / "site.py")
    options = parser.parse_args()
    script = existing(options.site_bench, "instrument")
    articles = shared() / "corpora" / "articles"
    folders = [existing(folder, "folder of pages") for folder in options.folders or [articles / n for n in CORPORA]]
    print(machine(), flush=True)
    with tempfile.TemporaryDirectory() as scratch:
        data, log = Path(scratch) / "data", Path(scratch) / "log"
        timed(coranto(data, "init", "--no-user"), log)
        command = shlex.join(coranto(data, "import", *map(str, folders)))
        first, words = weighed(script, command)
        again, words_again = weighed(script, command)
        with sqlite3.connect(data / "coranto.sqlite3") as database:
            pages = database.execute("SELECT count(*) FROM document").fetchone()[0]
            found = dict(database.execute("SELECT state, count(*) FROM article GROUP BY state"))
            searchable = database.execute("SELECT count(*) FROM article_words").fetchone()[0]
    rows = [
        [name, measured["seconds"], measured["cpu_seconds"], files / measured["seconds"], measured["peak_pss_mb"]]
        for name, measured, files in (("first time", first, pages), ("all known", again, pages))
    ]
    print("\n" + table(("import", "seconds", "CPU seconds", "pages a second", "peak PSS, MB"), rows))
    states = ", ".join(f"{count:,} {state}" for state, count in sorted(found.items()))
    print(f"\n{pages:,} documents, {searchable:,} searchable; articles: {states}. The command's own words:\n")
    print(words + "\n" + words_again)


def weighed(script: Path, command: str) -> tuple[dict, str]:
    """What the instrument measured of a command, and what the command said last."""
    done = subprocess.run(
        [sys.executable, str(script), "memory", "--run", command], capture_output=True, text=True, timeout=1800,
        cwd=REPOSITORY, env=clean_environment(),
    )  # fmt: skip
    measured = json.loads(done.stdout.strip().splitlines()[-1])
    if measured["exit"] not in (0, 4):
        raise SystemExit(f"{command} ended with {measured['exit']}:\n{done.stderr[-2000:]}")
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    return measured, lines[-1] if lines else ""


if __name__ == "__main__":
    main()
