"""The documents of an article, one after another: what changed from each to the next, and when the last change came.

What changed is said between documents that came the same way and were read by the same version of the reader in the
same ways.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby

from coranto.store.database import numbers, rows
from coranto.store.times import moment
from coranto.store.values import Version

DOCUMENTS = """SELECT d.article_id, d.number, d.fetched, d.via, r.title, r.reader_version, r.published, r.text_hash,
    r.ways FROM document d LEFT JOIN reading r ON r.document_id = d.id"""
FIELDS = ("headline", "date", "body")


def versions(article_id: int) -> tuple[Version, ...]:
    """The documents of an article, the first first."""
    return told(rows(f"{DOCUMENTS} WHERE d.article_id = %s ORDER BY d.number", (article_id,)))


def updated(article_ids: Iterable[int]) -> dict[int, datetime]:
    """When each of these articles last changed; one of which no two documents are known to differ is left out."""
    found = rows(
        f"{DOCUMENTS} WHERE d.article_id IN (SELECT article_id FROM document WHERE article_id IN"
        f" ({numbers(article_ids)}) GROUP BY article_id, via HAVING count(*) > 1) ORDER BY d.article_id, d.number"
    )
    changes = {}
    for article, documents in groupby(found, key=lambda each: each[0]):
        times = [version.fetched for version in told(list(documents)) if version.changed]
        if times:
            changes[article] = max(times)
    return changes


def told(documents: Sequence[tuple]) -> tuple[Version, ...]:
    """The documents of one article as versions."""
    before: dict[str, tuple] = {}
    shown = []
    for _, number, fetched, via, title, reader, published, text, ways in documents:
        last, changed = before.get(via), None
        if last is not None and reader is not None and last[0] == (reader, ways):
            fields = zip(FIELDS, last[1:], (title, published, text), strict=True)
            changed = tuple(name for name, old, new in fields if old != new)
        shown.append(Version(number, moment(fetched), title, reader, changed))
        if reader is not None:
            before[via] = ((reader, ways), title, published, text)
    return tuple(shown)
