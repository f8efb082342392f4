"""One log of what remembered readers do, apart from the visits that are counted."""

import django.db.models.deletion
from django.db import migrations, models

KEPT_SO_FAR = (
    "INSERT INTO event (reader_id, article_id, kind, day, at) SELECT reader_id, article_id, 'read', day, min(at)"
    " FROM read WHERE reader_id IS NOT NULL GROUP BY reader_id, article_id, day"
)


def number() -> tuple[str, models.Field]:
    return "id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


def whose() -> tuple[str, models.Field]:
    return "reader", models.ForeignKey(
        db_index=False, on_delete=django.db.models.deletion.CASCADE, to="store.reader"
    )


class Migration(migrations.Migration):
    dependencies = [("store", "0006_outlet_readings")]

    operations = [
        migrations.CreateModel(
            name="Event",
            fields=[
                number(),
                whose(),
                ("article", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="store.article")),
                ("kind", models.CharField(max_length=12)),
                ("day", models.IntegerField()),
                ("at", models.BigIntegerField()),
                ("place", models.CharField(max_length=12, null=True)),
                ("position", models.SmallIntegerField(null=True)),
                ("dwell", models.SmallIntegerField(null=True)),
            ],
            options={
                "db_table": "event",
                "constraints": [
                    models.UniqueConstraint(fields=("reader", "article", "kind", "day"), name="event_once"),
                ],
                "indexes": [
                    models.Index(fields=["reader", "at"], name="event_reader"),
                    models.Index(fields=["at"], name="event_at"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Showing",
            fields=[
                number(),
                whose(),
                ("place", models.CharField(max_length=12)),
                ("at", models.BigIntegerField()),
                ("articles", models.TextField()),
            ],
            options={
                "db_table": "showing",
                "indexes": [
                    models.Index(fields=["reader", "place", "at"], name="showing_last"),
                    models.Index(fields=["at"], name="showing_at"),
                ],
            },
        ),
        migrations.RunSQL(KEPT_SO_FAR),
        migrations.RemoveConstraint(model_name="read", name="read_once"),
        migrations.RemoveIndex(model_name="read", name="read_reader"),
        migrations.RemoveField(model_name="read", name="reader"),
        migrations.AddConstraint(
            model_name="read",
            constraint=models.UniqueConstraint(fields=("day", "visitor", "article"), name="read_once"),
        ),
    ]
