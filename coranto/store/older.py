"""Rows of an older backup, brought up: what migrations since then did with the rows that were there.

A migration names these steps in `ROWS`: statements, or functions that take one which carries statements out.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from importlib import import_module
from typing import Any

from coranto.store import schema
from coranto.store.database import ask, many

LOGGED = (
    "INSERT INTO event (reader_id, article_id, kind, day, at) VALUES (%s, %s, 'read', %s, %s)"
    " ON CONFLICT (reader_id, article_id, kind, day) DO UPDATE"
    " SET at = CASE WHEN excluded.at < event.at THEN excluded.at ELSE event.at END"
)
READER = "reader_id"
"""Before 0007 a read told whose it was, and was the log."""


def bring_up(applied: Collection[str]) -> None:
    """Do with all rows what the migrations outside `applied` did with rows. Called inside a transaction."""
    for name in sorted(schema.known().difference(applied)):
        for step in getattr(import_module(f"coranto.store.migrations.{name}"), "ROWS", ()):
            step(ask) if callable(step) else ask(step, ())


def log_reads(names: Sequence[str], reads: Sequence[Sequence[Any]]) -> None:
    """Put reads that tell whose they are into the log."""
    places = [names.index(name) for name in (READER, "article_id", "day", "at")]
    found = ([each[place] for place in places] for each in reads)
    many(LOGGED, [each for each in found if each[0] is not None])
