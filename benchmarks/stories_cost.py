"""What adding an article to the stream of stories costs as a store grows to a year's million, and its memory.

    python benchmarks/stories_cost.py [--steps 10000 30000 100000 300000 1000000] [--timed 3000] [--seed 1]

Articles recombined from the corpora, a tenth of them copies, come at a million a year, so that 20,000 are open at a
time after eight days. The first 30,000, and the last `--timed` before each step, are added one by one, these last are
timed. What lies between comes as rows of articles that left the window long ago (`StoryStream.restore`): made-up
fingerprints of 300 words each that go into file and index. The stream's file is in `--folder`. Another process writes
the articles and makes their traces, as in the product the one that reads does, so time (CPU) and memory (RSS) are the
grouper's alone. By wordllama's vectors with the `learn` extra, else by terms. What a look-up costs by itself:
`lookups.py`.
"""

from __future__ import annotations

import argparse
import random
import statistics
import struct
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count, islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from instruments import existing, machine, shared, table
from lookups import made, resident, signature
from recombined import Report, Sentences, Writer, papers, plan

from coranto.stories import Coverage, Kept, StoryStream, trace

OUTLETS = 200
WEEKLY = round(1_000_000 * 7 / 365)
START = datetime(2026, 1, 1, tzinfo=UTC)
ALL_IN_FULL = 30_000
AT_ONCE = 500
HEADS = ("articles", "add: p50, ms", "p99", "slowest", "MB")


def write(seed: int, out: Connection) -> None:
    """Send articles, `AT_ONCE` at a time, as (coverage without its text, trace), until nobody takes them."""
    articles = written(seed)
    try:
        while True:
            out.send(list(islice(articles, AT_ONCE)))
    except BrokenPipeError:
        return


def written(seed: int) -> Iterator[tuple[Coverage, bytes]]:
    """One week's articles after another's."""
    sentences = Sentences(existing(shared() / "corpora", "folder of corpora"))
    outlets = papers(OUTLETS, seed, list(sentences.by_language))
    for week in count():
        writer = Writer(sentences, 1000 * seed + week)
        for report in plan(WEEKLY, outlets, START + timedelta(days=7 * week), writer.seed, 7):
            yield article(report, writer, week * WEEKLY + report.number)


def article(report: Report, writer: Writer, ident: int) -> tuple[Coverage, bytes]:
    text, paper = writer.write(report), report.paper
    coverage = Coverage(
        ident, text.title, "", report.published, paper.name, paper.language, authors=text.authors, seen=report.seen
    )
    return coverage, trace(text.title, text.text)


def older(first: int, last: int, draw: random.Random) -> Iterator[Kept]:
    """Rows of articles of a year before, each a story of its own; their ids are below 0."""
    for number in range(first, last):
        seen = START - timedelta(days=365, seconds=number)
        yield Kept(-number, -number, None, seen, seen, struct.pack("<H", 0) + signature(made(draw)))


def spent(stream: StoryStream, coverage: Coverage, traced: bytes) -> float:
    """Milliseconds of CPU that adding an article takes."""
    began = time.process_time()
    stream.add_traced(coverage, traced)
    return 1000 * (time.process_time() - began)


def grown(stream: StoryStream, step: int, coming: Iterator, draw: random.Random, timed: int) -> tuple:
    """Let the stream grow to `step` articles; what adding the last of them cost."""
    while len(stream) < step - timed and step > ALL_IN_FULL:
        known = len(stream)
        stream.restore(older(known, min(known + 10 * AT_ONCE, step - timed), draw))
    costs = [spent(stream, *each) for each in islice(coming, step - len(stream))][-timed:]
    return statistics.median(costs), statistics.quantiles(costs, n=100)[98], max(costs)


def read_back(path: Path) -> float:
    """Seconds of CPU in which a stream is there again that has nothing but the file."""
    began = time.process_time()
    StoryStream(path=path).close()
    return time.process_time() - began


def main() -> None:
    """Read the command line, let a stream grow, print a row for each step."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--steps", type=int, nargs="+", default=[10_000, 30_000, 100_000, 300_000, 1_000_000])
    parser.add_argument("--timed", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()))
    options = parser.parse_args()
    print(machine(), flush=True)
    come, out = get_context("spawn").Pipe(duplex=False)
    writer = get_context("spawn").Process(target=write, args=(options.seed, out), daemon=True)
    writer.start()
    coming, draw = (each for items in iter(come.recv, None) for each in items), random.Random(options.seed)
    rows = []
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        path = Path(folder) / "fingerprints"
        stream = StoryStream(path=path)
        for step in options.steps:
            rows.append([step, *grown(stream, step, coming, draw, options.timed), f"{resident():.0f}"])
            print(rows[-1], flush=True)
        stream.close()
        print(f"another stream has read the file back in {read_back(path):.1f} s of CPU")
    writer.kill()
    print(table(HEADS, rows))


if __name__ == "__main__":
    main()
