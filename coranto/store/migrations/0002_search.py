"""The full-text index, and the counters that ids are taken from.

SQLite: an FTS5 table over `article_text`, kept by triggers. PostgreSQL: a tsvector beside the text, filled by the store
(the words are folded by us, so that both databases find the same).
"""

from django.db import migrations

SQLITE = (
    """CREATE VIRTUAL TABLE article_words USING fts5(title, body, byline, outlet, topics,
       content='article_text', content_rowid='article_id', tokenize='unicode61 remove_diacritics 2')""",
    """CREATE TRIGGER article_text_in AFTER INSERT ON article_text BEGIN
       INSERT INTO article_words (rowid, title, body, byline, outlet, topics)
       VALUES (new.article_id, new.title, new.body, new.byline, new.outlet, new.topics); END""",
    """CREATE TRIGGER article_text_out AFTER DELETE ON article_text BEGIN
       INSERT INTO article_words (article_words, rowid, title, body, byline, outlet, topics)
       VALUES ('delete', old.article_id, old.title, old.body, old.byline, old.outlet, old.topics); END""",
    """CREATE TRIGGER article_text_anew AFTER UPDATE ON article_text BEGIN
       INSERT INTO article_words (article_words, rowid, title, body, byline, outlet, topics)
       VALUES ('delete', old.article_id, old.title, old.body, old.byline, old.outlet, old.topics);
       INSERT INTO article_words (rowid, title, body, byline, outlet, topics)
       VALUES (new.article_id, new.title, new.body, new.byline, new.outlet, new.topics); END""",
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
    for name in ("article", "document"):
        counters.create(name=name, value=0)


class Migration(migrations.Migration):
    dependencies = [("store", "0001_tables")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
