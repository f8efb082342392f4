"""Make a large store to measure on: articles recombined from the corpora, a tenth of them true copies.

    python benchmarks/large_store.py FOLDER [--articles 100000] [--outlets 200] [--days 365] [--seed 1]

FOLDER must be empty or new; it becomes a data folder for `coranto serve --data FOLDER`. Articles enter by the store's
own doors, as feeds bring them: entries with their originals, then a reading each, then story, original, findings and
related articles, and reads for the last day. Only the work of the reader and the grouper is skipped: what they would
find is known here. Prints a table of rates.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import deque
from collections.abc import Callable
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from instruments import existing, machine, shared, shown, table
from recombined import Paper, Report, Sentences, Writer, Written, papers, plan

from coranto import store
from coranto.articles import Article, DateEvidence
from coranto.pipeline.grouping import plain
from coranto.settings import load, make_key
from coranto.sources.entrydocument import entry_document
from coranto.sources.feed.values import Entry, Feed
from coranto.store import articles, grouping, intake, reads, sources
from coranto.store.source_values import Fetched, IncomingEntry, SourceRow
from coranto.stories import Coverage, compare, trace

BATCH = 200
RELATED = 8
READERS, READS_EACH = 200, 10


class Filling:
    """One store being filled. `spent` are the seconds of each step."""

    def __init__(self, folder: Path, outlets: list[Paper], writer: Writer):
        self.writer, self.spent = writer, {}
        open_new(folder)
        self.rows: list[SourceRow] = sources.add_many(map(source_of, outlets))
        self.by_topic: dict[str, deque[int]] = {}

    @contextmanager
    def step(self, name: str):
        start = time.perf_counter()
        yield
        self.spent[name] = self.spent.get(name, 0.0) + time.perf_counter() - start

    def add(self, reports: list[Report]) -> None:
        """Take in reports that follow each other, as one visit to each of their outlets brings them."""
        with self.step("writing the texts"):
            written = {report.number: self.writer.write(report) for report in reports}
            by_paper: dict[int, list[Report]] = {}
            for report in reports:
                by_paper.setdefault(report.paper.number, []).append(report)
            batch = [
                (self.rows[paper], found[0].paper.language, [entry_of(each, written[each.number]) for each in found])
                for paper, found in by_paper.items()
            ]
        with self.step("storing entries"):
            stored = intake.store_entries(batch, reports[-1].seen)
            visits = zip(batch, stored, strict=True)
            sources.fetched_many([Fetched(row.id, new=each.new) for (row, _, _), each in visits])
        for found, each in zip(by_paper.values(), stored, strict=True):
            for report, ident in zip(found, each.article_ids, strict=True):
                report.article_id = ident
        readings = {report.article_id: reading_of(report, written[report.number]) for report in reports}
        with self.step("saving readings"):
            works = articles.claim("read", "fill", len(reports))
            articles.save_readings([(work, readings[work.article_id]) for work in works])
        self.group(reports, readings)

    def group(self, reports: list[Report], readings: dict[int, Article]) -> None:
        with self.step("stories and findings"):
            claims = {work.article_id: work.claim for work in articles.claim("group", "fill", len(reports))}
            assignments = [
                self.assignment(report, readings[report.article_id]) | {"claim": claims[report.article_id]}
                for report in reports
            ]
        with self.step("saving stories"):
            grouping.save_assignments(assignments)
            grouping.save_related({report.article_id: self.related(report, readings) for report in reports})

    def assignment(self, report: Report, reading: Article) -> dict:
        made = {
            "article_id": report.article_id,
            "story_id": (report.first or report).article_id,
            "role": "own_report" if report.first else "original",
            "signature": trace(reading.title, reading.text),
        }
        if report.original:
            earlier = reading_of(report.original, self.writer.write(report.original))
            found = compare(coverage(report, reading), coverage(report.original, earlier))
            made |= {"copy_of": found.copy_of, "share": found.share, "role": found.role, "flags": found.flags}
            made["findings"] = [plain(finding) for finding in found.findings]
        return made

    def related(self, report: Report, readings: dict[int, Article]) -> list[tuple[int, str, tuple[str, ...]]]:
        """The latest articles that share topics with this one, those that share most first."""
        common: dict[int, list[str]] = {}
        topics = readings[report.article_id].tags
        for topic in topics:
            for other in self.by_topic.get(topic, ()):
                common.setdefault(other, []).append(topic)
        for topic in topics:
            self.by_topic.setdefault(topic, deque(maxlen=20)).append(report.article_id)
        best = sorted(common, key=lambda other: (-len(common[other]), -other))[:RELATED]
        return [(other, "topics", tuple(common[other])) for other in best]


def open_new(folder: Path) -> None:
    """A data folder with an empty database, opened."""
    if folder.exists() and any(folder.iterdir()):
        raise SystemExit(f"{folder} is not empty. Name a new folder: nothing is written over.")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    make_key(folder)
    store.open(load(folder), web=True)
    store.migrate()


def source_of(paper: Paper) -> dict:
    outlet = {"name": paper.name, "home_url": paper.home, "language": paper.language, "section": paper.section}
    return {"outlet": outlet, "kind": "feed", "url": f"{paper.home}feed", "reading": "feed"}


def entry_of(report: Report, written: Written) -> IncomingEntry:
    url = f"{report.paper.home}news/{report.number}"
    entry = Entry(
        id=url, title=written.title, link=url, published=report.published, authors=written.authors,
        content=written.html, tags=written.topics,
    )  # fmt: skip
    feed = Feed(title=report.paper.name, link=report.paper.home, language=report.paper.language)
    return IncomingEntry(
        (url,), url, written.title, written.text, entry_document(entry, feed), ", ".join(written.authors),
        report.published, None, report.paper.language, written.topics,
    )  # fmt: skip


def reading_of(report: Report, written: Written) -> Article:
    return Article(
        title=written.title, authors=written.authors, published=report.published, language=report.paper.language,
        date_evidence=(DateEvidence("published", report.published, "feed", "published", 0.7),), tags=written.topics,
        text=written.text, html=written.html,
    )  # fmt: skip


def coverage(report: Report, reading: Article) -> Coverage:
    return Coverage(
        report.article_id, reading.title, reading.text, reading.published, report.paper.name, reading.language,
        authors=reading.authors, seen=report.seen, date_evidence=reading.date_evidence,
    )  # fmt: skip


def read_by_some(reports: list[Report], until: datetime, seed: int) -> None:
    """Let readers read the latest articles, so that there is a list of what was read most."""
    chance = random.Random(f"{seed} readers")
    latest = [report.article_id for report in reports[-1000:]]
    given = [
        (latest[-min(len(latest), int(chance.paretovariate(0.7)))], f"visitor {reader}", None,
         until - timedelta(minutes=chance.randint(1, 1400)))
        for reader in range(READERS) for _ in range(READS_EACH)
    ]  # fmt: skip
    reads.record_many(given)


def fill(
    folder: Path, corpora: Path, count: int, outlets: int, days: int, seed: int, until: datetime,
    say: Callable[[str], None] = print,
) -> dict[str, float]:  # fmt: skip
    """Fill a new data folder; the seconds of each step."""
    sentences = Sentences(corpora)
    known = papers(outlets, seed, list(sentences.by_language))
    reports = plan(count, known, until, seed, days)
    filling = Filling(folder, known, Writer(sentences, seed))
    for start in range(0, count, BATCH):
        filling.add(reports[start : start + BATCH])
        if (start + BATCH) % 10_000 == 0:
            say(f"{start + BATCH:,} articles, {sum(filling.spent.values()):.0f} s")
    with filling.step("reads"):
        read_by_some(reports, until, seed)
    store.close()
    return filling.spent


def main() -> None:
    """Read the command line, fill, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--outlets", type=int, default=200)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--until", type=datetime.fromisoformat, default=datetime.now(UTC), help="the newest moment")
    options = parser.parse_args()
    corpora = existing(shared() / "corpora", "folder of corpora")
    print(machine())
    spent = fill(
        options.folder, corpora, options.articles, options.outlets, options.days, options.seed, options.until,
        lambda line: print(line, flush=True),
    )  # fmt: skip
    size = sum(file.stat().st_size for file in options.folder.rglob("*") if file.is_file()) / 1e6
    rows = [(name, seconds, shown(options.articles / seconds)) for name, seconds in spent.items()]
    print(f"\n{options.articles:,} articles, {size:,.0f} MB\n")
    print(table(("step", "seconds", "articles a second"), rows))


if __name__ == "__main__":
    main()
