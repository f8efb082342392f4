"""What the people who run the site say of an article's record: a finding hidden or annotated, each act written down."""

from __future__ import annotations

import json
from collections.abc import Iterable

from coranto.store import changes
from coranto.store.database import numbers, row, rows, run, storable, value, writing
from coranto.store.times import moment, now
from coranto.store.values import RecordNote

LONGEST = 1000
DIFFERING = {"date_differs": "redated", "name_differs": "resigned"}
"""The findings that let a copy bear the mark of one whose name or date differs, and the flags that tell of them."""
UNSURE = "first_unsure"
"""The finding that it is open who had a text first: what differs is then held against no copy."""


def of(article_id: int) -> tuple[RecordNote, ...]:
    """The notes on an article's record, the one on the whole of it first."""
    found = rows(
        "SELECT finding, hidden, note, by, at FROM record_note WHERE article_id = %s ORDER BY finding", (article_id,)
    )
    return tuple(RecordNote(finding, bool(hidden), note, by, moment(at)) for finding, hidden, note, by, at in found)


def hidden_of(article_ids: Iterable[int]) -> dict[int, frozenset[str]]:
    """The hidden findings of these articles, by article; '' is the whole record. Articles without one are left out."""
    found: dict[int, set[str]] = {}
    these = numbers(article_ids)
    sql = f"SELECT article_id, finding FROM record_note WHERE article_id IN ({these}) AND hidden"
    for article, finding in rows(sql):
        found.setdefault(article, set()).add(finding)
    return {article: frozenset(findings) for article, findings in found.items()}


def unsure_among(article_ids: Iterable[int]) -> frozenset[int]:
    """Those of these copies that may have had their text first themselves."""
    found = rows(f"SELECT article_id, findings FROM trace WHERE article_id IN ({numbers(article_ids)})")
    return frozenset(ident for ident, told in found if any(each["kind"] == UNSURE for each in json.loads(told)))


def may_stand(article_id: int) -> bool:
    """Whether there is such an article, neither withdrawn nor merged into another."""
    there = "SELECT 1 FROM article WHERE id = %s AND state NOT IN ('withdrawn', 'merged')"
    return value(there, (article_id,)) is not None


def told_to_differ(kinds: Iterable[str], hidden: frozenset[str] = frozenset()) -> bool:
    """Whether a copy with findings of these kinds is marked as one that differs, once `hidden` ones are left out."""
    left = set(kinds) - hidden
    return "" not in hidden and UNSURE not in left and bool(DIFFERING.keys() & left)


def write(article_id: int, finding: str, hidden: bool, note: str, by: str) -> None:
    """Hide or annotate a finding ('' is the whole record); neither takes the note away. Raises `LookupError` where
    there is no such article."""
    finding, note = storable(finding)[:60], storable(note.strip())[:LONGEST]
    with writing():
        if not may_stand(article_id):
            raise LookupError(f"there is no article {article_id}")
        known = row(
            "SELECT hidden, note FROM record_note WHERE article_id = %s AND finding = %s", (article_id, finding)
        )
        before = (bool(known[0]), known[1]) if known else (False, "")
        if before == (hidden, note):
            return
        put(article_id, finding, hidden, note, by)
        told = {"before": list(before), "after": [hidden, note]}
        changes.log("note", by, article_id, finding=finding, **told)


def put(article_id: int, finding: str, hidden: bool, note: str, by: str) -> None:
    """Make the note so, without writing it down, and let the article's mark in lists follow. Called inside a
    transaction."""
    run("DELETE FROM record_note WHERE article_id = %s AND finding = %s", (article_id, finding))
    if hidden or note:
        run(
            "INSERT INTO record_note (article_id, finding, hidden, note, by, at) VALUES (%s, %s, %s, %s, %s, %s)",
            (article_id, finding, hidden, note, by, now()),
        )
    found = row("SELECT findings FROM trace WHERE article_id = %s", (article_id,))
    kinds = [one.get("kind", "") for one in json.loads(found[0])] if found else []
    differs = told_to_differ(kinds, hidden_of((article_id,)).get(article_id, frozenset()))
    run("UPDATE article SET differs = %s WHERE id = %s AND copy_of IS NOT NULL", (differs, article_id))
