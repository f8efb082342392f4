"""The full-text index, and the counters that ids are taken from; 'originals' is 1 while originals are kept.

SQLite: an FTS5 table over `article_text`. PostgreSQL: a tsvector beside the text. Both are kept by
`coranto.store.index`; triggers would make SQLite write its index out after every row, which takes three times as
long.
"""

from django.db import migrations

SQLITE = (
    """CREATE VIRTUAL TABLE article_words USING fts5(title, body, byline, outlet, topics,
       content='article_text', content_rowid='article_id', tokenize='unicode61 remove_diacritics 2')""",
    "INSERT INTO article_words (article_words, rank) VALUES ('hashsize', 16777216)",
    "INSERT INTO article_words (article_words, rank) VALUES ('rank', 'bm25(10.0, 1.0, 4.0, 2.0, 4.0)')",
)

POSTGRESQL = (
    "ALTER TABLE article_text ADD COLUMN words tsvector",
    "CREATE INDEX article_words ON article_text USING gin (words)",
)


def make(apps, schema):
    connection = schema.connection
    with connection.cursor() as cursor:
        for statement in SQLITE if connection.vendor == "sqlite" else POSTGRESQL:
            cursor.execute(statement)
    counters = apps.get_model("store", "Counter").objects.using(connection.alias)
    for name, value in (("article", 0), ("document", 0), ("originals", 1)):
        counters.create(name=name, value=value)


class Migration(migrations.Migration):
    dependencies = [("store", "0001_tables")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
