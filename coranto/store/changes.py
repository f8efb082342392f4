"""What the people who run the site did: written down as it happens, with what it takes to undo it.

Undoing itself is `undoing`'s. Secrets never stand in a change.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from coranto.store.database import row, rows, run, value
from coranto.store.times import moment, now

UNDOABLE = ("note", "pause", "resume", "edit outlet", "edit source", "join", "part")


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One act. `details` tell what was done, in words of their own for each `what`; `undone_by` names who undid it,
    empty where nobody did."""

    id: int
    at: datetime
    by: str
    what: str
    article_id: int | None
    details: dict

    @property
    def undone_by(self) -> str:
        return self.details.get("undone_by", "")

    @property
    def undoable(self) -> bool:
        return self.what in UNDOABLE and not self.undone_by


def log(what: str, by: str, article_id: int | None = None, **details) -> int:
    """Write down an act; its id. Called in the transaction of the act itself."""
    return value(
        "INSERT INTO change (at, by, what, article_id, details) VALUES (%s, %s, %s, %s, %s) RETURNING id",
        (now(), by, what, article_id, json.dumps(details)),
    )


def acts() -> int:
    """How much was done so far: a number that grows with each act."""
    return value("SELECT COALESCE(max(id), 0) FROM change")


def change_row(found: tuple) -> ChangeRow:
    ident, at, by, what, article, details = found
    return ChangeRow(ident, moment(at), by, what, article, json.loads(details))


COLUMNS = "SELECT id, at, by, what, article_id, details FROM change"


def get(change_id: int) -> ChangeRow | None:
    """The act with this id, or None."""
    found = row(f"{COLUMNS} WHERE id = %s", (change_id,))
    return change_row(found) if found else None


def listed(limit: int = 50, before: int | None = None) -> list[ChangeRow]:
    """Acts, the newest first; `before` goes on from the id of the last one seen."""
    found = rows(f"{COLUMNS} WHERE id < %s ORDER BY id DESC LIMIT %s", (before or 2**62, limit))
    return [change_row(each) for each in found]


def of_article(article_id: int) -> list[ChangeRow]:
    """What was done to an article, the newest first."""
    return [change_row(each) for each in rows(f"{COLUMNS} WHERE article_id = %s ORDER BY id DESC", (article_id,))]


def of_kind(what: str, limit: int = 500) -> list[ChangeRow]:
    """The last acts of one kind, the newest first."""
    return [change_row(each) for each in rows(f"{COLUMNS} WHERE what = %s ORDER BY id DESC LIMIT %s", (what, limit))]


def mark_undone(change: ChangeRow, by: str) -> None:
    """Remember that an act was undone, and that as an act of its own."""
    run("UPDATE change SET details = %s WHERE id = %s", (json.dumps({**change.details, "undone_by": by}), change.id))
    kept = {name: change.details[name] for name in ("outlet", "name", "finding") if name in change.details}
    log("undo", by, change.article_id, of=change.id, undid=change.what, **kept)
