"""What outlets gave, as received and as read."""

from __future__ import annotations

from django.db.models import (
    CASCADE,
    BigIntegerField,
    BinaryField,
    BooleanField,
    CharField,
    Index,
    IntegerField,
    Model,
    OneToOneField,
    SmallIntegerField,
    TextField,
)

from coranto.store.fields import Bare, Key, Moment
from coranto.store.models.articles import Article


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
    what versions are compared by. `ways` is a number for what the outlet's rules and other pages changed in it."""

    document = OneToOneField(Document, CASCADE, primary_key=True)
    reader_version = IntegerField()
    title = TextField(null=True)
    published = TextField(null=True)
    text_hash = BigIntegerField()
    size = IntegerField()
    standing = SmallIntegerField(default=0)
    ways = BigIntegerField(null=True)
    read = BigIntegerField()
    body = BinaryField()

    class Meta:
        db_table = "reading"
