"""Fixtures that every room may ask for."""

from databases import postgresql_server, postgresql_tables, sqlite_template, stored

__all__ = ["postgresql_server", "postgresql_tables", "sqlite_template", "stored"]
