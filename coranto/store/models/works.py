"""What keeps the work in order: ids given out, runs, leases, and what the people who run the site did."""

from __future__ import annotations

from django.db.models import (
    BigIntegerField,
    BooleanField,
    CharField,
    Index,
    Model,
    TextField,
)

from coranto.store.fields import Moment


class Counter(Model):
    """The last id given out, by table."""

    name = CharField(max_length=20, primary_key=True)
    value = BigIntegerField(default=0)

    class Meta:
        db_table = "counter"


class Run(Model):
    """One run of a background task or command."""

    kind = TextField()
    began = BigIntegerField()
    ended = Moment()
    ok = BooleanField(null=True)
    counts = TextField(default="{}")
    message = TextField(default="")

    class Meta:
        db_table = "run"
        indexes = [Index(fields=["kind", "began"], name="run_kind")]


class Lease(Model):
    """Who alone may do a thing, and until when."""

    name = CharField(max_length=40, primary_key=True)
    holder = TextField()
    until = BigIntegerField()

    class Meta:
        db_table = "lease"


class Change(Model):
    """What the people who run the site did, with what it takes to undo it."""

    at = BigIntegerField()
    by = TextField()
    what = TextField()
    article_id = BigIntegerField(null=True)
    details = TextField(default="{}")

    class Meta:
        db_table = "change"
        indexes = [Index(fields=["article_id"], name="change_article")]
