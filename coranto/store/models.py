"""The tables, for migrations and for the few places that need no speed. Nobody outside this room imports them.

Every time is a whole number of microseconds since 1970 (`coranto.store.database`). The full-text index stands beside
these tables and is made by the first migration, each database having its own way.
"""

from __future__ import annotations

from functools import partial

from django.conf import settings
from django.db.models import (
    CASCADE,
    SET_NULL,
    BigIntegerField,
    BinaryField,
    BooleanField,
    CharField,
    FloatField,
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

from coranto.store.fields import Key

Moment = partial(BigIntegerField, null=True)
Bare = partial(ForeignKey, db_index=False)  # a reference that a longer index begins with, or that is never searched by

LISTED = Q(state="listed")


class Counter(Model):
    """The last id given out, by table."""

    name = CharField(max_length=20, primary_key=True)
    value = BigIntegerField(default=0)

    class Meta:
        db_table = "counter"


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


class Story(Model):
    """A story bears the id of its first article. The counts leave private outlets out."""

    id = Key(primary_key=True)
    title = TextField(default="")
    headline_id = BigIntegerField(null=True)
    first_id = BigIntegerField(null=True)
    latest_id = BigIntegerField(null=True)
    outlets = IntegerField(default=0)
    articles = IntegerField(default=0)
    copies = IntegerField(default=0)
    latest_at = Moment()
    moved_to = BigIntegerField(null=True)

    class Meta:
        db_table = "story"
        indexes = [Index(fields=["latest_at"], name="story_latest")]


class Article(Model):
    """What lists show. `state`: 'listed', 'unlisted', 'withdrawn', 'merged'. `step` is what it waits for, from `due`
    on; `claim` names who works on it. `entry_hash` is the content of the feed's entry when it was last seen."""

    id = Key(primary_key=True)
    outlet = Bare(Outlet, CASCADE)
    source = Bare(Source, SET_NULL, null=True)
    section = Bare(Section, SET_NULL, null=True)
    state = TextField(default="listed")
    title = TextField(default="")
    lead = TextField(default="")
    byline = TextField(default="")
    url = TextField(null=True)
    at = BigIntegerField()
    seen = BigIntegerField()
    published = Moment()
    modified = Moment()
    language = TextField(null=True)
    kind = TextField(default="article")
    image = TextField(null=True)
    reserved = BooleanField(default=False)
    document_id = BigIntegerField(null=True)
    entry_hash = BigIntegerField(null=True)
    reads = IntegerField(default=0)
    heat = FloatField(default=0)
    story_id = BigIntegerField(null=True)
    copy_of = BigIntegerField(null=True)
    role = TextField(null=True)
    share = FloatField(null=True)
    differs = BooleanField(default=False)
    copies = IntegerField(default=0)
    step = TextField(null=True)
    due = Moment()
    claim = TextField(null=True)
    attempts = SmallIntegerField(default=0)
    failure = TextField(null=True)
    merged_into = BigIntegerField(null=True)
    gone_at = Moment()
    gone_reason = TextField(default="")

    class Meta:
        db_table = "article"
        indexes = [
            Index(fields=["at", "id"], condition=LISTED, name="article_latest"),
            Index(fields=["outlet", "at", "id"], name="article_outlet"),
            Index(fields=["section", "at", "id"], condition=Q(section__isnull=False) & LISTED, name="article_section"),
            Index(fields=["story_id", "at"], condition=Q(story_id__isnull=False), name="article_story"),
            Index(fields=["copy_of"], condition=Q(copy_of__isnull=False), name="article_copy"),
            Index(fields=["step", "due", "id"], condition=Q(step__isnull=False), name="article_step"),
            Index(fields=["heat"], condition=Q(heat__gt=0), name="article_heat"),
            Index(fields=["merged_into"], condition=Q(merged_into__isnull=False), name="article_merged"),
            Index(fields=["claim"], condition=Q(claim__isnull=False), name="article_claim"),
            Index(fields=["id"], condition=Q(failure__isnull=False), name="article_failure"),
            Index(fields=["source"], condition=Q(source__isnull=False), name="article_source"),
        ]


class ArticleText(Model):
    """The words that are searched; scripts without blanks have a zero-width space between their letters here."""

    article = OneToOneField(Article, CASCADE, primary_key=True)
    title = TextField(default="")
    body = TextField(default="")
    byline = TextField(default="")
    outlet = TextField(default="")
    topics = TextField(default="")

    class Meta:
        db_table = "article_text"


class Original(Model):
    """Bytes as received, compressed by zstd, under the BLAKE2b digest of what they were before."""

    digest = CharField(max_length=40, primary_key=True)
    body = BinaryField()
    size = BigIntegerField()
    kept_until = BigIntegerField()

    class Meta:
        db_table = "original"
        indexes = [Index(fields=["kept_until"], name="original_kept")]


class Document(Model):
    """A version of what the outlet gave. `via`: 'feed', 'page' or 'import'. `pending` documents wait to be read;
    `digest` stays when the original itself is no longer kept."""

    id = Key(primary_key=True)
    article = Bare(Article, CASCADE)
    number = IntegerField()
    via = TextField()
    url = TextField(null=True)
    digest = CharField(max_length=40)
    media_type = TextField()
    charset = TextField(null=True)
    headers = TextField(default="[]")
    fetched = BigIntegerField()
    captured = Moment()
    pending = BooleanField(default=True)

    class Meta:
        db_table = "document"
        indexes = [
            Index(fields=["article", "number"], name="document_article"),
            Index(fields=["digest"], name="document_digest"),
        ]


class Reading(Model):
    """What the reader made of one document. `body` holds the whole of it (`coranto.store.packing`); the columns are
    what versions are compared by."""

    document = OneToOneField(Document, CASCADE, primary_key=True)
    reader_version = IntegerField()
    title = TextField(null=True)
    published = TextField(null=True)
    text_hash = BigIntegerField()
    size = IntegerField()
    standing = SmallIntegerField(default=0)
    read = BigIntegerField()
    body = BinaryField()

    class Meta:
        db_table = "reading"


class Address(Model):
    """Every address and guid an article is known by, as a number. Those of a withdrawn article stay, so that no fetch
    brings it back; those of a merged one lead to the survivor."""

    key = Key(primary_key=True)
    article = ForeignKey(Article, CASCADE)

    class Meta:
        db_table = "address"


class Topic(Model):
    name = TextField()
    slug = TextField(unique=True)
    articles = IntegerField(default=0)

    class Meta:
        db_table = "topic"


class ArticleTopic(Model):
    article = ForeignKey(Article, CASCADE)
    topic = Bare(Topic, CASCADE)
    at = BigIntegerField()

    class Meta:
        db_table = "article_topic"
        indexes = [Index(fields=["topic", "at", "article"], name="article_topic_at")]
        constraints = [UniqueConstraint(fields=["article", "topic"], name="article_topic_once")]


class Author(Model):
    """A name within one outlet."""

    outlet = Bare(Outlet, CASCADE)
    name = TextField()
    slug = TextField()
    role = TextField(null=True)
    bio = TextField(null=True)
    url = TextField(null=True)

    class Meta:
        db_table = "author"
        constraints = [UniqueConstraint(fields=["outlet", "name"], name="author_once")]


class ArticleAuthor(Model):
    article = ForeignKey(Article, CASCADE)
    author = Bare(Author, CASCADE)
    at = BigIntegerField()
    position = SmallIntegerField(default=0)

    class Meta:
        db_table = "article_author"
        indexes = [Index(fields=["author", "at", "article"], name="article_author_at")]
        constraints = [UniqueConstraint(fields=["article", "author"], name="article_author_once")]


class Picture(Model):
    """Addresses of the pictures found in stored articles: the only ones that are fetched."""

    key = BigIntegerField()
    article = ForeignKey(Article, CASCADE)
    url = TextField()

    class Meta:
        db_table = "picture"
        indexes = [Index(fields=["key"], name="picture_key")]


class Trace(Model):
    """What grouping keeps of an article, to be restored from: the findings readers may see and its own signature."""

    article = OneToOneField(Article, CASCADE, primary_key=True)
    findings = TextField(default="[]")
    signature = BinaryField(null=True)

    class Meta:
        db_table = "trace"


class Related(Model):
    article = Bare(Article, CASCADE)
    position = SmallIntegerField()
    other = ForeignKey(Article, CASCADE, related_name="+")
    reason = TextField()
    reason_values = TextField(default="[]")

    class Meta:
        db_table = "related"
        constraints = [UniqueConstraint(fields=["article", "position"], name="related_place")]


class Reader(Model):
    """Somebody who reads, with an account or on one device; `profile` is set after they asked for it."""

    key = TextField(unique=True)
    user = ForeignKey(settings.AUTH_USER_MODEL, CASCADE, null=True)
    profile = TextField(default="{}")
    since = BigIntegerField()

    class Meta:
        db_table = "reader"


class Read(Model):
    """One reader's visit to an article, once a day. `visitor` is the day's keyed hash, `reader` who asked for it."""

    article = ForeignKey(Article, CASCADE)
    day = IntegerField()
    visitor = CharField(max_length=64)
    reader = Bare(Reader, CASCADE, null=True)
    at = BigIntegerField()

    class Meta:
        db_table = "read"
        constraints = [UniqueConstraint(fields=["day", "article", "visitor"], name="read_once")]
        indexes = [
            Index(fields=["reader", "at"], condition=Q(reader__isnull=False), name="read_reader"),
            Index(fields=["at"], name="read_at"),
        ]


class Follow(Model):
    """The outlets a user chose; without a row they follow all."""

    user = Bare(settings.AUTH_USER_MODEL, CASCADE)
    outlet = ForeignKey(Outlet, CASCADE)

    class Meta:
        db_table = "follow"
        constraints = [UniqueConstraint(fields=["user", "outlet"], name="follow_once")]


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


class RobotsFile(Model):
    """A host's robots.txt as last seen."""

    origin = TextField(primary_key=True)
    body = TextField(default="")
    status = IntegerField(default=0)
    fetched = BigIntegerField()

    class Meta:
        db_table = "robots"


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
