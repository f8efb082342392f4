"""Who reads, what they did, and what they may."""

from __future__ import annotations

from django.conf import settings
from django.db.models import (
    CASCADE,
    SET_NULL,
    BigIntegerField,
    BooleanField,
    CharField,
    DateTimeField,
    ForeignKey,
    Index,
    IntegerField,
    Model,
    OneToOneField,
    Q,
    SmallIntegerField,
    TextField,
    UniqueConstraint,
)

from coranto.store.fields import Bare, Moment
from coranto.store.models.articles import Article
from coranto.store.models.outlets import Outlet


class Reader(Model):
    """Somebody who reads, with an account or on one device. What they read is kept as a history only where
    `remembers`: accounts until they say no, devices after they asked for it. `profile` holds their own wishes. `forgot`
    says for a day when they last forgot something: of what they did before nothing is written."""

    key = TextField(unique=True)
    user = ForeignKey(settings.AUTH_USER_MODEL, CASCADE, null=True)
    remembers = BooleanField(default=True, db_default=True)
    profile = TextField(default="{}")
    since = BigIntegerField()
    forgot = Moment()

    class Meta:
        db_table = "reader"


class Read(Model):
    """One visitor's visit to an article, once a day: what is counted, without a word of who it was. `visitor` is the
    day's keyed hash, of the network first, so that all visitors of one network stand together."""

    article = ForeignKey(Article, CASCADE)
    day = IntegerField()
    visitor = CharField(max_length=64)
    at = BigIntegerField()

    class Meta:
        db_table = "read"
        constraints = [UniqueConstraint(fields=["day", "visitor", "article"], name="read_once")]
        indexes = [Index(fields=["at"], name="read_at")]


class Tally(Model):
    """The readers of an article in one hour or one day (`hours`: 1 or 24), the `slot`th since 1970; a network counts
    once a day."""

    article = Bare(Article, CASCADE)
    hours = SmallIntegerField()
    slot = IntegerField()
    readers = IntegerField(default=0)

    class Meta:
        db_table = "tally"
        constraints = [UniqueConstraint(fields=["article", "hours", "slot"], name="tally_once")]
        indexes = [Index(fields=["hours", "slot"], name="tally_slot")]


class Visitors(Model):
    """How many networks readers came from in one hour or one day, everywhere ('all'), to a section ('section:ID') or an
    outlet ('outlet:ID')."""

    scope = CharField(max_length=24)
    hours = SmallIntegerField()
    slot = IntegerField()
    readers = IntegerField(default=0)

    class Meta:
        db_table = "visitors"
        constraints = [UniqueConstraint(fields=["scope", "hours", "slot"], name="visitors_once")]
        indexes = [Index(fields=["hours", "slot"], name="visitors_slot")]


class Event(Model):
    """What a remembered reader did with an article: the one log. Each `kind` stands once a day. Of a read, `place` and
    `position` say in which list it was opened, `dwell` for how many seconds at least its text was in view (None:
    unknown)."""

    reader = Bare(Reader, CASCADE)
    article = ForeignKey(Article, CASCADE)
    kind = CharField(max_length=12)
    day = IntegerField()
    at = BigIntegerField()
    place = CharField(max_length=12, null=True)
    position = SmallIntegerField(null=True)
    dwell = SmallIntegerField(null=True)

    class Meta:
        db_table = "event"
        constraints = [UniqueConstraint(fields=["reader", "article", "kind", "day"], name="event_once")]
        indexes = [Index(fields=["reader", "at"], name="event_reader"), Index(fields=["at"], name="event_at")]


class Showing(Model):
    """A list as a remembered reader got it: the articles' ids in their order, as JSON."""

    reader = Bare(Reader, CASCADE)
    place = CharField(max_length=12)
    at = BigIntegerField()
    articles = TextField()

    class Meta:
        db_table = "showing"
        indexes = [
            Index(fields=["reader", "place", "at"], name="showing_last"),
            Index(fields=["at"], name="showing_at"),
        ]


class Follow(Model):
    """The outlets a user chose; without a row they follow all."""

    user = Bare(settings.AUTH_USER_MODEL, CASCADE)
    outlet = ForeignKey(Outlet, CASCADE)

    class Meta:
        db_table = "follow"
        constraints = [UniqueConstraint(fields=["user", "outlet"], name="follow_once")]


class Mark(Model):
    """What an account did with an article: `read` says read or, against a list's mark, unread (None: neither),
    `kept` since when it is kept for later, `paragraph` where its reader was last."""

    user = Bare(settings.AUTH_USER_MODEL, CASCADE)
    article = ForeignKey(Article, CASCADE)
    read = BooleanField(null=True)
    kept = Moment()
    paragraph = SmallIntegerField(default=0)
    at = BigIntegerField()

    class Meta:
        db_table = "mark"
        constraints = [UniqueConstraint(fields=["user", "article"], name="mark_once")]
        indexes = [Index(fields=["user", "kept"], condition=Q(kept__isnull=False), name="mark_kept")]


class ReadTo(Model):
    """Up to when an account has read a list: what is older counts as read. `scope` is 'all', 'outlet:ID',
    'section:ID', 'topic:ID' or 'author:ID'."""

    user = Bare(settings.AUTH_USER_MODEL, CASCADE)
    scope = CharField(max_length=40)
    at = BigIntegerField()

    class Meta:
        db_table = "read_to"
        constraints = [UniqueConstraint(fields=["user", "scope"], name="read_to_once")]


class Reaction(Model):
    """One reader's word on an article: 'useful', 'thorough', 'moving' or 'unclear'."""

    article = Bare(Article, CASCADE)
    reader = ForeignKey(Reader, CASCADE)
    kind = CharField(max_length=12)
    at = BigIntegerField()

    class Meta:
        db_table = "reaction"
        constraints = [UniqueConstraint(fields=["article", "reader"], name="reaction_once")]
        indexes = [Index(fields=["article", "kind"], name="reaction_article")]


class Access(Model):
    """What an account may and wants. `full_text` is the right to whole texts: accounts made or invited by the owner
    have it, those who signed up by themselves have not. `time_zone` is the account's own ('' is the site's)."""

    user = OneToOneField(settings.AUTH_USER_MODEL, CASCADE, primary_key=True)
    full_text = BooleanField(default=True)
    time_zone = TextField(default="")
    shortcuts = BooleanField(default=True)
    without_copies = BooleanField(default=False, db_default=False)

    class Meta:
        db_table = "access"


class Invitation(Model):
    """A link by which one person may make an account: the BLAKE2b digest of its secret, never the secret."""

    digest = CharField(max_length=64, primary_key=True)
    note = TextField(default="")
    by = TextField()
    made = BigIntegerField()
    until = BigIntegerField()
    used_by = ForeignKey(settings.AUTH_USER_MODEL, SET_NULL, null=True)

    class Meta:
        db_table = "invitation"


class SignInLimit(Model):
    """Django's cache table, where sign-in counts tries: the columns are Django's, the keys hashed."""

    cache_key = CharField(max_length=255, primary_key=True)
    value = TextField()
    expires = DateTimeField(db_index=True)

    class Meta:
        db_table = "sign_in_limit"
