"""How long it takes to find the texts like one, as more and more are known, and the memory that takes.

    python benchmarks/lookups.py [--most 1000000] [--folder /tmp]

The ledger of the stream is filled with made-up signatures of texts of 300 words, in the order of arrival, its file in
`--folder` (1.3 KB a text). At each step 500 copies (half of the hashes another's) and 500 unknown texts are looked up:
candidates from the index, their signatures read from the file, shares worked out. CPU time of this process; memory is
what it holds (RSS). All follows from one seed.
"""

from __future__ import annotations

import argparse
import random
import statistics
import struct
import tempfile
import time
from array import array
from pathlib import Path

from instruments import machine, table

from coranto.stories.fingerprints import COPY_SHARE
from coranto.stories.ledger import Ledger

SHINGLES = 300
STEPS = (10_000, 100_000, 300_000, 1_000_000)
ASKED = 500


def made(draw: random.Random, of: array | None = None) -> array:
    """The sorted hashes of a text, half of them those of another."""
    hashes = array("I", draw.randbytes(4 * SHINGLES))
    if of is not None:
        hashes[::2] = of[::2]
    return array("I", sorted(hashes))


def signature(hashes: array) -> bytes:
    return struct.pack("<I", len(hashes)) + hashes.tobytes()


def resident() -> float:
    """Megabytes that this process holds."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


def looked_up(ledger: Ledger, known: list[array], draw: random.Random) -> tuple:
    """Milliseconds of CPU a look-up, the median, the ninety-ninth of a hundred and the most, and the copies found."""
    spent, found = [], 0
    for number in range(2 * ASKED):
        asked = signature(made(draw, draw.choice(known) if number % 2 else None))
        start = time.process_time()
        hits = ledger.alike(asked, COPY_SHARE - 0.1)
        spent.append(1000 * (time.process_time() - start))
        found += bool(hits) and number % 2
    cuts = statistics.quantiles(spent, n=100)
    return statistics.median(spent), cuts[98], max(spent), f"{found} of {ASKED}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--most", type=int, default=STEPS[-1])
    parser.add_argument("--folder", type=Path, default=None)
    asked = parser.parse_args()
    draw, rows, known = random.Random(1), [], []
    print(machine())
    with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
        ledger = Ledger(Path(folder) / "fingerprints")
        for step in (step for step in STEPS if step <= asked.most):
            start, before = time.process_time(), len(ledger)
            for number in range(before, step):
                hashes = made(draw)
                if number % 997 == 0:
                    known.append(hashes)
                ledger.assign(ledger.append(number, float(number), None, signature(hashes)), number, None, None, "new")
            adding = 1000 * (time.process_time() - start) / (step - before)
            rows.append((step, *looked_up(ledger, known, draw), adding, resident()))
        ledger.close()
    heads = ("texts", "p50 ms", "p99 ms", "slowest", "copies found", "adding, ms", "MB")
    print(table(heads, rows))


if __name__ == "__main__":
    main()
