"""How long the first `make run` takes from a fresh clone to a home page full of news, and the second to its first page.

    python benchmarks/startup.py [--keep-cache]

Clones this repository (what is committed) into a temporary folder and runs `make run` there with a data folder and port
of its own: environment, installation, migration, demo, first news. The home page is asked for until it links at least
twenty articles. Then it is stopped as by Ctrl-C and started again. Needs the package registry; the installers' caches
are left aside unless --keep-cache. Prints a Markdown table.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from instruments import REPOSITORY, free_port, machine, page, running, table, tail

FULL = 20
LIMIT = 300.0


def links(port: int) -> int:
    """How many articles the home page links; -1 where nobody answers."""
    status, text = page(f"http://127.0.0.1:{port}/", timeout=5)
    return len(set(re.findall(r'href="/article/(\d+)', text))) if status == 200 else -1


def started(clone: Path, log: Path, port: int, data: Path, **more: str) -> tuple[float, float, float, float]:
    """Seconds until the first answer, until the home page is full, and from Ctrl-C to the end; the links on it."""
    command = ["make", "run", f"PORT={port}", f"DATA={data}", f"PYTHON={sys.executable}"]
    start, first = time.perf_counter(), 0.0
    with running(command, log, cwd=clone, **more) as process:
        while (found := links(port)) < FULL:
            passed = time.perf_counter() - start
            if found >= 0 and not first:
                first = passed
            if passed > LIMIT or process.poll() is not None:
                raise SystemExit(f"No full home page after {passed:.0f} s ({found} links). Last words:\n{tail(log)}")
            time.sleep(0.1)
        full = time.perf_counter() - start
        stopping = time.perf_counter()
    return first or full, full, time.perf_counter() - stopping, found


def main() -> None:
    """Read the command line, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keep-cache", action="store_true", help="let pip and uv use what they downloaded before")
    options = parser.parse_args()
    print(machine(), flush=True)
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        clone, log = scratch / "coranto", scratch / "log"
        subprocess.run(["git", "clone", "--quiet", "--depth", "1", f"file://{REPOSITORY}", str(clone)], check=True)
        caches = {"PIP_CACHE_DIR": str(scratch / "pip"), "UV_CACHE_DIR": str(scratch / "uv")}
        caches = {} if options.keep_cache else caches
        rows = []
        for name in ("first `make run`", "second"):
            rows.append([name, *started(clone, log, free_port(), scratch / "data", **caches)])
            print(rows[-1], file=sys.stderr, flush=True)
    heads = ("start", "first page, s", "20 articles, s", "stopped within, s", "articles on it")
    print("\n" + table(heads, rows))
    print("\nAims: the first full of news in under 90 s, the second's first page in under 5 s.")


if __name__ == "__main__":
    main()
