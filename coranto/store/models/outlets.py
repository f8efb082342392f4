"""Who publishes, where documents come from, and the sections both are put into."""

from __future__ import annotations

from django.conf import settings
from django.db.models import (
    CASCADE,
    SET_NULL,
    BigIntegerField,
    BooleanField,
    CharField,
    FloatField,
    ForeignKey,
    Index,
    IntegerField,
    Model,
    OneToOneField,
    Q,
    TextField,
    UniqueConstraint,
)

from coranto.store.fields import Moment


class Section(Model):
    name = TextField()
    slug = TextField(unique=True)

    class Meta:
        db_table = "section"


class Outlet(Model):
    """Who publishes. `articles` counts the listed ones; `republish` says that its owner allows full texts to all."""

    name = TextField()
    slug = TextField(unique=True)
    host = TextField(default="")
    home_url = TextField(null=True)
    language = TextField(null=True)
    section = ForeignKey(Section, SET_NULL, null=True)
    tagline = TextField(null=True)
    publisher = TextField(null=True)
    user_agent = TextField(null=True)
    private_to = ForeignKey(settings.AUTH_USER_MODEL, CASCADE, null=True, db_index=False)
    demo = BooleanField(default=False)
    republish = BooleanField(default=False)
    since = Moment()
    articles = IntegerField(default=0)

    class Meta:
        db_table = "outlet"
        indexes = [
            Index(fields=["private_to"], condition=Q(private_to__isnull=False), name="outlet_private"),
            Index(fields=["host"], name="outlet_host"),
        ]


class Source(Model):
    """Where documents come from. `due` says when to visit next and lies ahead while somebody holds `claim`; `fixed`
    is an interval the owner set; `days` counts new articles by day (of 1970), for the last 30."""

    outlet = ForeignKey(Outlet, CASCADE)
    kind = TextField()
    url = TextField()
    section = ForeignKey(Section, SET_NULL, null=True)
    reading = TextField(default="auto")
    interval = FloatField(default=3600)
    fixed = BooleanField(default=False)
    spacing = FloatField(null=True)
    allow_private = BooleanField(default=False)
    credential = TextField(null=True)
    user_agent = TextField(null=True)
    etag = TextField(null=True)
    last_modified = TextField(null=True)
    state = TextField(default="active")
    due = Moment()
    claim = TextField(null=True)
    fetched = Moment()
    last_new = Moment()
    failures = IntegerField(default=0)
    failing_since = Moment()
    failure_kind = TextField(default="")
    failure = TextField(default="")
    remedy = TextField(default="")
    articles = IntegerField(default=0)
    days = TextField(default="{}")

    class Meta:
        db_table = "source"
        constraints = [UniqueConstraint(fields=["url", "outlet"], name="source_address")]
        indexes = [Index(fields=["due"], condition=Q(state="active"), name="source_due")]


class OutletRule(Model):
    """A correction of how an outlet's pages are read (`coranto.articles.Rule`), and who made it."""

    outlet = ForeignKey(Outlet, CASCADE)
    kind = CharField(max_length=10)
    value = TextField()
    by = TextField()
    at = BigIntegerField()

    class Meta:
        db_table = "outlet_rule"
        constraints = [UniqueConstraint(fields=["outlet", "kind", "value"], name="outlet_rule_once")]


class OutletProfile(Model):
    """What repeats across an outlet's pages, as a list of the blocks' numbers in JSON; `articles` is how many the
    outlet had when that was found out."""

    outlet = OneToOneField(Outlet, CASCADE, primary_key=True)
    repeated = TextField(default="[]")
    articles = IntegerField(default=0)

    class Meta:
        db_table = "outlet_profile"


class RobotsFile(Model):
    """A host's robots.txt as last seen."""

    origin = TextField(primary_key=True)
    body = TextField(default="")
    status = IntegerField(default=0)
    fetched = BigIntegerField()

    class Meta:
        db_table = "robots"
