"""What adding an article to the stream of stories costs as a store grows to a year's million, and its memory.

    python benchmarks/stories_cost.py [--steps 10000 30000 100000 300000 1000000] [--in-full 23000] [--seed 1]

For each step a stream is opened on a file (in `--folder`) that holds made-up fingerprints of 300 words of all articles
but the last `--in-full`, which left the window long ago. Those last are recombined from the corpora, a tenth of them
copies, come at a million a year, so that 20,000 are open at a time, and are added one by one; the last `--timed` are
timed. Another process writes the articles and makes their traces, as in the product the one that reads does, so time
(CPU) and memory (RSS) are the grouper's alone. By wordllama's vectors with the `learn` extra, else by terms. What a
look-up costs by itself: `lookups.py`.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import count, islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from instruments import existing, machine, shared, table
from lookups import made, resident, signature
from recombined import Report, Sentences, Writer, papers, plan

from coranto.stories import Coverage, StoryStream, trace
from coranto.stories.ledger import Ledger

OUTLETS = 200
WEEKLY = round(1_000_000 * 7 / 365)
START = datetime(2026, 1, 1, tzinfo=UTC)
AT_ONCE = 500


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


def known(path: Path, articles: int, draw: random.Random) -> None:
    """Write the file of a stream to which so many articles came before; their ids are below 0."""
    ledger = Ledger(path)
    for number in range(articles):
        ledger.append(-1 - number, START.timestamp() - 365 * 86400 + number, None, signature(made(draw)))
    ledger.close()


def spent(stream: StoryStream, coverage: Coverage, traced: bytes) -> float:
    """Milliseconds of CPU that adding an article takes."""
    began = time.process_time()
    stream.add_traced(coverage, traced)
    return 1000 * (time.process_time() - began)


def measured(step: int, options: argparse.Namespace) -> list:
    """The row of a step."""
    come, out = get_context("spawn").Pipe(duplex=False)
    writer = get_context("spawn").Process(target=write, args=(options.seed, out), daemon=True)
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        path, added = Path(folder) / "fingerprints", min(step, options.in_full)
        filler = get_context("spawn").Process(target=known, args=(path, step - added, random.Random(options.seed)))
        filler.start()
        filler.join()
        began = time.process_time()
        stream = StoryStream(path=path)
        opening = time.process_time() - began
        writer.start()
        out.close()  # else a writer that fails would be waited for
        coming = (each for items in iter(come.recv, None) for each in items)
        costs = [spent(stream, *each) for each in islice(coming, added)][-options.timed :]
        stream.close()
    writer.kill()
    cuts = statistics.quantiles(costs, n=100)
    return [step, opening, statistics.median(costs), cuts[98], max(costs), f"{resident():.0f}"]


def main() -> None:
    """Read the command line; each step in a process of its own, for its memory; print a row for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--steps", type=int, nargs="+", default=[10_000, 30_000, 100_000, 300_000, 1_000_000])
    parser.add_argument("--in-full", type=int, default=23_000)
    parser.add_argument("--timed", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()))
    options = parser.parse_args()
    print(machine(), flush=True)
    rows = []
    for step in options.steps:
        with ProcessPoolExecutor(1, get_context("spawn")) as alone:
            rows.append(alone.submit(measured, step, options).result())
        print(rows[-1], flush=True)
    print(table(("articles", "opened, s", "add: p50, ms", "p99", "slowest", "MB"), rows))


if __name__ == "__main__":
    main()
