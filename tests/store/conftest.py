"""The newsroom on both databases, and a count of the statements that a call takes."""

from __future__ import annotations

from contextlib import contextmanager

import pytest
from newsroom import Newsroom

from coranto.store import database


@pytest.fixture
def newsroom(stored) -> Newsroom:
    return Newsroom()


@pytest.fixture
def statements(monkeypatch):
    """Counts the statements that go to the database inside a block."""
    asked = database.ask
    seen: list[str] = []

    def counted(sql, params):
        seen.append(sql)
        return asked(sql, params)

    monkeypatch.setattr(database, "ask", counted)

    @contextmanager
    def counting():
        seen.clear()
        yield seen

    return counting
