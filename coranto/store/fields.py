"""Column types: a whole number given by us as the primary key, a time that may be missing, a bare reference."""

from __future__ import annotations

from functools import partial

from django.db.models import BigIntegerField, ForeignKey


class Key(BigIntegerField):
    """A 63-bit primary key. SQLite calls it "integer", which makes it the row's own place in the file."""

    def db_type(self, connection: object) -> str:
        return "integer" if connection.vendor == "sqlite" else "bigint"

    def rel_db_type(self, connection: object) -> str:
        return self.db_type(connection)


Moment = partial(BigIntegerField, null=True)
Bare = partial(ForeignKey, db_index=False)  # a reference that a longer index begins with, or that is never searched by
