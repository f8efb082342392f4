"""Stored originals read again by a better reader, in one pass over what waits at its start, with what changed by it.

What the reader makes of a page anew is no change of the outlet's: the store keeps both apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from coranto.articles import Article
from coranto.pipeline.reading import BATCH, LEASE, given, read_safely, save
from coranto.store import articles, readings, steps
from coranto.store.claims import worker_name
from coranto.store.source_values import Work

EXAMPLES = 3
"""Examples kept for each field."""
LONGEST = 160
FIELDS = (
    "title", "subtitle", "authors", "published", "section", "tags", "language", "image", "kind", "text", "lists",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Example:
    """One article and what a field of it said before and says now, cut short; of a text the first paragraph that
    differs."""

    field: str
    article_id: int
    title: str
    before: str
    after: str


@dataclass(slots=True)
class Changes:
    """What a pass did, in counts of articles: `marked` were read by an older reader, `read` were read in this pass,
    `changed` read otherwise than before, by `fields`; `failed` are documents that the reader failed on."""

    marked: int = 0
    read: int = 0
    changed: int = 0
    failed: int = 0
    fields: dict[str, int] = field(default_factory=dict)
    examples: list[Example] = field(default_factory=list)

    def note(self, results: Iterable[tuple[Work, Article | str]], before: dict[int, Article]) -> None:
        """Add what became of a batch, `before` by the ids of its documents; articles come with all their documents."""
        found: dict[int, set[str]] = {}
        for work, result in results:
            names = found.setdefault(work.article_id, set())
            old = before.get(work.document_id)
            if isinstance(result, str):
                self.failed += 1
            elif old is not None and old != result:
                differing = {name for name in FIELDS if getattr(old, name) != getattr(result, name)}
                self.show(work.article_id, differing - names, old, result)
                names |= differing or {"other"}
        self.read += len(found)
        self.changed += sum(map(bool, found.values()))
        for name in (name for names in found.values() for name in names):
            self.fields[name] = self.fields.get(name, 0) + 1

    def show(self, article_id: int, names: set[str], old: Article, new: Article) -> None:
        kept = Counter(example.field for example in self.examples)
        for name in FIELDS[:-1]:
            if name in names and kept[name] < EXAMPLES:
                before, after = beside(name, old, new)
                self.examples.append(Example(name, article_id, new.title or old.title or "", before, after))


def beside(name: str, old: Article, new: Article) -> tuple[str, str]:
    """What a field says in two readings, in short."""
    if name == "text":
        parts, others = old.text.split("\n\n"), new.text.split("\n\n")
        gone, come = set(parts) - set(others), set(others) - set(parts)
        return tuple(next((text[:LONGEST] for text in side if text in only), "") for side, only in
                     ((parts, gone), (others, come)))  # fmt: skip
    return tuple(short(getattr(reading, name)) for reading in (old, new))


def short(value: object) -> str:
    if isinstance(value, tuple):
        value = ", ".join(map(str, value))
    if hasattr(value, "isoformat"):
        value = value.isoformat()
    return str(getattr(value, "url", value) or "")[:LONGEST]


def reread(outlet: str | None = None, report: Callable[[int, int], None] | None = None) -> Changes:
    """Have stored originals that an older reader read (of one `outlet`) read again, and read what waits by then.
    `report` is told how many articles were read, and how many there are."""
    changes = Changes(articles.reread(outlet=outlet))
    waits = steps.waiting()["read"]
    while changes.read < waits and (works := steps.claim("read", worker_name(), BATCH, LEASE)):
        before = readings.stored(work.document_id for work in works)
        results = [(work, read_safely(*given(work))) for work in works]
        save(results)
        changes.note(results, before)
        if report:
            report(changes.read, waits)
    return changes
