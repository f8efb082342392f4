"""Fixtures that every room may ask for."""

from databases import postgresql_server, postgresql_tables, sqlite_template, stored

__all__ = ["postgresql_server", "postgresql_tables", "sqlite_template", "stored"]


def pytest_collection_modifyitems(items):
    """Browser journeys come last: Playwright keeps an event loop in this thread, and beside it Django refuses work."""
    items.sort(key=lambda item: "journeys" in item.path.parts)
