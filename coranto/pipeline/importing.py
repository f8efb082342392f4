"""Saved pages and archives into the store, read in the same run: resumable, and the same page twice is one article.

Where a page does not name its own address it is known by its content, and its outlet is the folder it lies in. Which
files hold pages is `coranto.sources.files`' knowledge.
"""

from __future__ import annotations

import os
import resource
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from hashlib import blake2b
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from coranto.articles import Article, Document
from coranto.pipeline import profiling
from coranto.pipeline.crew import Crew
from coranto.pipeline.exported import exported, is_export
from coranto.pipeline.keys import keys_of
from coranto.pipeline.reading import given, read_safely, save
from coranto.settings import Settings
from coranto.sources.files import Found, Unreadable, count, documents
from coranto.store import claims, intake, runs, sources, steps
from coranto.store.readings import is_listed
from coranto.store.source_values import Work

TOGETHER = 50
"""Pages stored and saved between two notes of how far the import is."""

Report = Callable[[int, int | None, str], None]


@dataclass(slots=True)
class Tally:
    """What an import did. `pages_no_article` are stored and searchable, and on no list; times in seconds."""

    files: int = 0
    new: int = 0
    changed: int = 0
    known: int = 0
    pages_no_article: int = 0
    outlets: int = 0
    feeds: int = 0
    withheld: int = 0
    failed: int = 0
    seconds: float = 0.0
    peak_mb: float = 0.0
    failures: list[str] = field(default_factory=list)

    def sentence(self) -> str:
        if not self.files:
            return "Nothing to import was found"
        rate = self.files / self.seconds if self.seconds else 0.0
        words = (
            f"{self.files:,} pages in {self.seconds:.1f} s ({rate:.0f} a second, peak memory {self.peak_mb:.0f} MB): "
        )
        words += f"{self.new:,} new, {self.changed:,} changed, {self.known:,} known"
        words += f"; {self.pages_no_article:,} are no articles" if self.pages_no_article else ""
        words += f"; {self.feeds:,} feeds added" if self.feeds else ""
        words += f"; {self.withheld:,} were withheld by the export" if self.withheld else ""
        return words + (f"; {self.failed:,} gave nothing" if self.failed else "")


@dataclass(slots=True)
class Page:
    """A page on its way in; `outlet` (name and home page) and `section` where it is known before it is read."""

    position: str
    path: Path
    document: Document
    outlet: tuple[str, str | None] | None = None
    section: str | None = None


def import_paths(
    settings: Settings,
    paths: Iterable[Path],
    *,
    jobs: int = 0,
    outlet: str | None = None,
    section: str | None = None,
    report: Report | None = None,
) -> Tally:
    """Import all that these files and folders hold. Killed at any point, the same call goes on where it was."""
    began, tally, paths = time.monotonic(), Tally(), list(paths)
    claims.free_dead()
    run = runs.begin("import")
    total = sum(map(count, paths))
    with Crew(min(jobs or os.cpu_count() or 1, max(1, total // 8))) as crew:
        for path in paths:
            Import(settings, path, outlet, section, tally).run(crew, total, report)
    tally.seconds = time.monotonic() - began
    tally.peak_mb = peak_mb(crew.jobs)
    runs.end(run, True, {name: value for name, value in asdict(tally).items() if isinstance(value, int)})
    return tally


def peak_mb(jobs: int) -> float:
    """The most memory in MB (2**20 bytes) that this process and its `jobs` held, as if all peaked at once."""
    own, child = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    kilobytes = own + (child * jobs if jobs > 1 else 0)
    return kilobytes / (1024 if sys.platform != "darwin" else 1024 * 1024)


class Import:
    """One path on its way into the store."""

    def __init__(self, settings: Settings, path: Path, outlet: str | None, section: str | None, tally: Tally):
        self.path, self.outlet, self.section, self.tally = path, outlet, section, tally
        name = blake2b(os.fsencode(path.absolute()), digest_size=8).hexdigest()
        self.note = settings.data / f"import-{name}.position"
        self.names = {host_of(known.home_url): known.name for known in sources.outlets() if known.home_url}

    def run(self, crew: Crew, total: int, report: Report | None) -> None:
        batch: list[tuple[Page, Article | str]] = []
        labelled = ((page, page.document) for page in self.pages())
        for page, result in crew.map(read_safely, labelled):
            batch.append((page, result))
            if len(batch) >= TOGETHER:
                self.keep(batch)
                batch = []
                if report:
                    report(self.tally.files, total, f"{self.tally.new:,} new")
        self.keep(batch)
        self.note.unlink(missing_ok=True)

    def pages(self) -> Iterator[Page]:
        """The pages below the path, from where an earlier run was stopped; lists of feeds are added as they come."""
        if is_export(self.path):
            yield from self.exported_pages()
            return
        for found in documents(self.path, after=self.stopped_at()):
            if isinstance(found, Found):
                yield Page(found.position, found.path, found.document)
            elif isinstance(found, Unreadable):
                self.fail(f"{found.message} {found.remedy}")
            else:
                self.subscribe(found.path, found.body)

    def exported_pages(self) -> Iterator[Page]:
        stopped = self.stopped_at() or ""
        for found in exported(self.path, int(stopped) if stopped.isdecimal() else 0):
            if isinstance(found, str):
                self.fail(found)
            elif found is None:
                self.tally.withheld += 1
            else:
                place = (found.outlet, found.home_url)
                yield Page(str(found.line), self.path, found.document, place, found.section)

    def stopped_at(self) -> str | None:
        try:
            return self.note.read_text(encoding="utf-8") or None
        except FileNotFoundError:
            return None

    def fail(self, sentence: str) -> None:
        self.tally.files += 1
        self.tally.failed += 1
        self.tally.failures.append(sentence)

    def subscribe(self, path: Path, body: bytes) -> None:
        from coranto.pipeline.adding import Wish, from_subscriptions
        from coranto.sources import parse_opml

        found = parse_opml(body)
        if found.error:
            self.fail(f"{path}: {found.error} Export the list again from the reader it came from.")
            return
        self.tally.files += 1
        self.tally.feeds += from_subscriptions(str(path), found, Wish(section=self.section)).fresh

    def keep(self, batch: list[tuple[Page, Article | str]]) -> None:
        """Store a batch and what was read in it, and only then note how far the import is."""
        if not batch:
            return
        ids, made = [], {}
        for page, result in batch:
            self.tally.files += 1
            if isinstance(result, str):
                self.fail_page(page, result)
            stored = self.store(page, result if isinstance(result, Article) else Article())
            self.tally.new += stored.new
            self.tally.changed += stored.changed
            self.tally.known += stored.known + stored.refused
            self.tally.pages_no_article += bool(stored.new and isinstance(result, Article) and not is_listed(result))
            for ident in stored.article_ids:
                ids.append(ident)
                made[ident, page.document.body] = result
        works = steps.claim("read", claims.worker_name(), len(ids), only=ids) if ids else []
        ready = [(work, made.get((work.article_id, work.document.body))) for work in works]
        save([(work, as_known(work, result)) for work, result in ready])
        self.note.write_text(batch[-1][0].position, encoding="utf-8")

    def fail_page(self, page: Page, sentence: str) -> None:
        self.tally.failed += 1
        self.tally.failures.append(
            f"{page.path}: {sentence}. It is stored unread; try again later with: coranto reread"
        )

    def store(self, page: Page, article: Article):
        """Store one page: under the address it names itself, else under its content, in its folder's outlet."""
        url = article.canonical_url or page.document.url
        keys = tuple(dict.fromkeys(keys_of(url) + keys_of(page.document.url)))
        return intake.store_document(
            page.document,
            outlet_hint=page.outlet or self.outlet_of(page, url if keys else None, article),
            section=self.section or page.section,
            via="import",
            keys=keys,
        )

    def outlet_of(self, page: Page, url: str | None, article: Article) -> tuple[str, str | None]:
        """An outlet's name and home page: one outlet for each host, under the name by which it was met first."""
        if url is not None:
            host = host_of(url)
            if host not in self.names:
                self.names[host] = article.outlet or host
                self.tally.outlets += 1
            return self.names[host], urljoin(url, "/")
        folder = page.path.parent.name if page.path != self.path or page.path.suffix != ".warc" else page.path.stem
        return self.outlet or folder or "Imported", None


def as_known(work: Work, result: Article | str | None) -> Article | str:
    """What was read of a page before its outlet was known, or anew where that is missing or would be another."""
    if isinstance(result, str) or (result is not None and not profiling.read_otherwise(work, result)):
        return result
    return read_safely(*given(work))


def host_of(url: str | None) -> str:
    try:
        return (urlsplit(url or "").netloc.rpartition("@")[2]).lower().removeprefix("www.")
    except ValueError:
        return ""
