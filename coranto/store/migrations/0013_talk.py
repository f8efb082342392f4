"""How much readers said of an article of late, of what they had said before it was kept."""

from collections.abc import Callable, Iterable, Sequence

from django.db import migrations

from coranto.ranking.heat import together

HALF_LIFE = 48 * 3_600_000_000


def said_so_far(ask: Callable[[str, Sequence], Iterable[Sequence]]) -> None:
    talk: dict[int, float] = {}
    for article, at in ask("SELECT article_id, at FROM reaction", ()):
        talk[article] = together(talk.get(article, 0.0), at / HALF_LIFE)
    for article, level in talk.items():
        ask("UPDATE article SET talk = %s WHERE id = %s", (level, article))


def count(apps, schema):
    with schema.connection.cursor() as cursor:

        def ask(sql, params):
            cursor.execute(sql, params)
            return cursor

        said_so_far(ask)


ROWS = (said_so_far,)


class Migration(migrations.Migration):
    dependencies = [("store", "0012_decided")]

    operations = [migrations.RunPython(count, migrations.RunPython.noop)]
