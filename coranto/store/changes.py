"""What the people who run the site did: written down as it happens, with what it takes to undo it.

Undoing itself is `undoing`'s. Secrets never stand in a change. What was done to an outlet that one account alone may
see says so (`private_to` in its details), and is told to nobody else.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from coranto.store.database import numbers, row, rows, run, value
from coranto.store.times import moment, now

UNDOABLE = (
    "note", "pause", "resume", "edit outlet", "edit source", "join", "part", "add rule", "remove rule", "merge stories",
    "split story",
)  # fmt: skip


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

    def told_to(self, user: int | None) -> bool:
        """Whether an owner with this account's id may know of it."""
        return self.details.get("private_to") in (None, user)

    @property
    def undoable(self) -> bool:
        return self.what in UNDOABLE and not self.undone_by


def log(what: str, by: str, article_id: int | None = None, **details) -> int:
    """Write down an act; its id. Called in the transaction of the act itself. `details` name the `outlet` that was
    acted on, where there is one, or whose private one it was."""
    alone = details.pop("private_to", None) or private_to(article_id, details.get("outlet"))
    if alone is not None:
        details["private_to"] = alone
    return value(
        "INSERT INTO change (at, by, what, article_id, details) VALUES (%s, %s, %s, %s, %s) RETURNING id",
        (now(), by, what, article_id, json.dumps(details)),
    )


def private_to(article_id: int | None, outlet_id: int | None) -> int | None:
    """The account that alone may see this outlet, or the one of this article; None where all may."""
    if outlet_id is not None:
        return value("SELECT private_to_id FROM outlet WHERE id = %s", (outlet_id,))
    of = "SELECT o.private_to_id FROM article a JOIN outlet o ON o.id = a.outlet_id WHERE a.id = %s"
    return value(of, (article_id,)) if article_id is not None else None


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


def listed(limit: int = 50, before: int | None = None, user: int | None = None) -> list[ChangeRow]:
    """Acts, the newest first, without those that `user` may not know of; `before` goes on from the id of the last one
    seen."""
    told: list[ChangeRow] = []
    before = before or 2**62
    while len(told) < limit:
        found = rows(f"{COLUMNS} WHERE id < %s ORDER BY id DESC LIMIT %s", (before, limit))
        told += [change for change in map(change_row, found) if change.told_to(user)]
        if len(found) < limit:
            break
        before = found[-1][0]
    return told[:limit]


def of_article(article_id: int) -> list[ChangeRow]:
    """What was done to an article, the newest first."""
    return [change_row(each) for each in rows(f"{COLUMNS} WHERE article_id = %s ORDER BY id DESC", (article_id,))]


def of_kind(what: str, limit: int = 500) -> list[ChangeRow]:
    """The last acts of one kind, the newest first."""
    return [change_row(each) for each in rows(f"{COLUMNS} WHERE what = %s ORDER BY id DESC LIMIT %s", (what, limit))]


def forget_private(user: int) -> None:
    """Forget what was done to the private outlets of an account that goes. Called inside a transaction."""
    found = map(change_row, rows(f"{COLUMNS} WHERE details LIKE '%%private_to%%'"))
    gone = [change.id for change in found if change.details.get("private_to") == user]
    run(f"DELETE FROM change WHERE id IN ({numbers(gone)})")


def mark_undone(change: ChangeRow, by: str) -> None:
    """Remember that an act was undone, and that as an act of its own."""
    run("UPDATE change SET details = %s WHERE id = %s", (json.dumps({**change.details, "undone_by": by}), change.id))
    names = ("outlet", "name", "finding", "private_to")
    kept = {name: change.details[name] for name in names if name in change.details}
    log("undo", by, change.article_id, of=change.id, undid=change.what, **kept)
