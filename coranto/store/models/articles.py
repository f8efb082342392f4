"""Articles as lists show them, their words and links, and the stories they make."""

from __future__ import annotations

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

from coranto.store.fields import Bare, Key, Moment
from coranto.store.models.outlets import Outlet, Section, Source

LISTED = Q(state="listed")


class Story(Model):
    """A story bears the id of the article that opened it, wherever that stands. Private outlets are not counted;
    `origins` are independent of each other; `version` is that of what worked the row out."""

    id = Key(primary_key=True)
    title = TextField(default="")
    headline_id = BigIntegerField(null=True)
    first_id = BigIntegerField(null=True)
    latest_id = BigIntegerField(null=True)
    outlets = IntegerField(default=0)
    articles = IntegerField(default=0)
    copies = IntegerField(default=0)
    origins = IntegerField(default=0, db_default=0)
    latest_at = Moment()
    moved_to = BigIntegerField(null=True)
    version = SmallIntegerField(default=0, db_default=0)

    class Meta:
        db_table = "story"
        indexes = [
            Index(fields=["latest_at"], name="story_latest"),
            Index(fields=["latest_at"], condition=Q(origins__gt=1), name="story_covered"),
        ]


class Article(Model):
    """What lists show. `state`: 'listed', 'unlisted', 'withdrawn', 'merged'. `step` is what it waits for, from `due`
    on; `claim` names who works on it. `entry_hash` is the content of the feed's entry when it was last seen. `copy_of`
    is the earliest article with its text, `taken_from` another copy that it was taken from (`taken_named`: by its own
    word), `named_source` who it says its text is from. `reserved` (noarchive, a TDM reservation) keeps the text to the
    owner's readers, `nosnippet` the lead, too."""

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
    nosnippet = BooleanField(default=False, db_default=False)
    document_id = BigIntegerField(null=True)
    entry_hash = BigIntegerField(null=True)
    reads = IntegerField(default=0)
    heat = FloatField(default=0)
    warmth = FloatField(default=0, db_default=0)
    talk = FloatField(default=0, db_default=0)
    story_id = BigIntegerField(null=True)
    decided = TextField(null=True)
    copy_of = BigIntegerField(null=True)
    taken_from = BigIntegerField(null=True)
    taken_named = BooleanField(default=False, db_default=False)
    named_source = TextField(null=True)
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
            Index(fields=["decided"], condition=Q(decided__isnull=False), name="article_decided"),
            Index(fields=["copy_of"], condition=Q(copy_of__isnull=False), name="article_copy"),
            Index(fields=["step", "due", "id"], condition=Q(step__isnull=False), name="article_step"),
            Index(fields=["heat"], condition=Q(heat__gt=0), name="article_heat"),
            Index(fields=["warmth"], condition=Q(warmth__gt=0), name="article_warmth"),
            Index(fields=["talk"], condition=Q(talk__gt=0), name="article_talk"),
            Index(fields=["section", "heat"], condition=Q(heat__gt=0), name="article_section_heat"),
            Index(fields=["section", "warmth"], condition=Q(warmth__gt=0), name="article_section_warmth"),
            Index(fields=["outlet", "heat"], condition=Q(heat__gt=0), name="article_outlet_heat"),
            Index(fields=["outlet", "warmth"], condition=Q(warmth__gt=0), name="article_outlet_warmth"),
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
    """A name within one outlet; `joined_to` is the same person elsewhere, as markup or an editor says, or the name
    itself where an editor set it apart."""

    outlet = Bare(Outlet, CASCADE)
    name = TextField()
    slug = TextField()
    role = TextField(null=True)
    bio = TextField(null=True)
    url = TextField(null=True)

    joined_to = ForeignKey("self", SET_NULL, null=True)

    class Meta:
        db_table = "author"
        constraints = [UniqueConstraint(fields=["outlet", "name"], name="author_once")]
        indexes = [
            Index(fields=["url"], condition=Q(url__isnull=False), name="author_url"),
            Index(fields=["name"], name="author_name"),
        ]


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


class CachedPicture(Model):
    """A picture made ready for pages, or waiting for it, under the number of its address. `state`: 'waiting', 'kept',
    'refused'; `due` says when a waiting one may be tried, `claim` who works on it. Sizes are those of the decoded
    original in pixels, `size` the bytes of all that was made of it; `used` is when a page last showed it."""

    key = Key(primary_key=True)
    url = TextField()
    state = TextField(default="waiting")
    due = Moment()
    claim = TextField(null=True)
    attempts = SmallIntegerField(default=0)
    failure = TextField(default="")
    width = IntegerField(null=True)
    height = IntegerField(null=True)
    size = IntegerField(default=0)
    made = Moment()
    used = BigIntegerField()

    class Meta:
        db_table = "cached_picture"
        indexes = [
            Index(fields=["due"], condition=Q(state="waiting"), name="cached_picture_due"),
            Index(fields=["used"], condition=Q(state="kept"), name="cached_picture_used"),
        ]


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


class RecordNote(Model):
    """What the people who run the site say of an article's provenance record: `finding` names one finding ('' is the
    whole record), which is shown with `note` beside it, or not at all where `hidden`."""

    article = Bare(Article, CASCADE)
    finding = CharField(max_length=60, default="")
    hidden = BooleanField(default=False)
    note = TextField(default="")
    by = TextField()
    at = BigIntegerField()

    class Meta:
        db_table = "record_note"
        constraints = [UniqueConstraint(fields=["article", "finding"], name="record_note_once")]
