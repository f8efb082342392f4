"""Runs of background work and commands: when each began and ended, and how."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from coranto.store.database import row, rows, run, value
from coranto.store.times import DAY, moment, now


@dataclass(frozen=True, slots=True)
class RunRow:
    """One run: `ok` is None while it lasts, and where it died."""

    kind: str
    began: datetime
    ended: datetime | None
    ok: bool | None
    counts: dict[str, int]
    message: str


def begin(kind: str) -> int:
    """Write down that a run begins; its id."""
    run("DELETE FROM run WHERE began < %s", (now() - 30 * DAY,))
    return value("INSERT INTO run (kind, began, counts, message) VALUES (%s, %s, '{}', '') RETURNING id", (kind, now()))


def end(ident: int, ok: bool, counts: dict[str, int] | None = None, message: str = "") -> None:
    """Write down how a run ended."""
    run(
        "UPDATE run SET ended = %s, ok = %s, counts = %s, message = %s WHERE id = %s",
        (now(), ok, json.dumps(counts or {}), message[:500], ident),
    )


def last(kind: str) -> RunRow | None:
    """The last run of a kind."""
    found = row(f"{COLUMNS} WHERE kind = %s ORDER BY began DESC LIMIT 1", (kind,))
    return run_row(found) if found else None


def latest(limit: int = 20) -> list[RunRow]:
    """The last runs of all kinds, the newest first."""
    return [run_row(found) for found in rows(f"{COLUMNS} ORDER BY id DESC LIMIT %s", (limit,))]


COLUMNS = "SELECT kind, began, ended, ok, counts, message FROM run"


def run_row(found: tuple) -> RunRow:
    name, began, ended, ok, counts, message = found
    return RunRow(name, moment(began), moment(ended), None if ok is None else bool(ok), json.loads(counts), message)
