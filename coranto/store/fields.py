"""One column type: a whole number given by us as the primary key."""

from __future__ import annotations

from django.db.models import BigIntegerField


class Key(BigIntegerField):
    """A 63-bit primary key. SQLite calls it "integer", which makes it the row's own place in the file."""

    def db_type(self, connection: object) -> str:
        return "integer" if connection.vendor == "sqlite" else "bigint"

    def rel_db_type(self, connection: object) -> str:
        return self.db_type(connection)
