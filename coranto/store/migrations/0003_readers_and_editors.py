"""What readers do and may, pictures made ready for pages, and what editors say of a record."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import coranto.store.fields


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("store", "0002_search"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Access",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("full_text", models.BooleanField(default=True)),
                ("time_zone", models.TextField(default="")),
                ("shortcuts", models.BooleanField(default=True)),
            ],
            options={
                "db_table": "access",
            },
        ),
        migrations.AddField(
            model_name="article",
            name="nosnippet",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="author",
            name="joined_to",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, to="store.author"),
        ),
        migrations.AddField(
            model_name="reader",
            name="remembers",
            field=models.BooleanField(db_default=True, default=True),
        ),
        migrations.CreateModel(
            name="CachedPicture",
            fields=[
                ("key", coranto.store.fields.Key(primary_key=True, serialize=False)),
                ("url", models.TextField()),
                ("state", models.TextField(default="waiting")),
                ("due", models.BigIntegerField(null=True)),
                ("claim", models.TextField(null=True)),
                ("attempts", models.SmallIntegerField(default=0)),
                ("failure", models.TextField(default="")),
                ("width", models.IntegerField(null=True)),
                ("height", models.IntegerField(null=True)),
                ("size", models.IntegerField(default=0)),
                ("made", models.BigIntegerField(null=True)),
                ("used", models.BigIntegerField()),
            ],
            options={
                "db_table": "cached_picture",
                "indexes": [
                    models.Index(condition=models.Q(("state", "waiting")), fields=["due"], name="cached_picture_due"),
                    models.Index(condition=models.Q(("state", "kept")), fields=["used"], name="cached_picture_used"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("note", models.TextField(default="")),
                ("by", models.TextField()),
                ("made", models.BigIntegerField()),
                ("until", models.BigIntegerField()),
                (
                    "used_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "db_table": "invitation",
            },
        ),
        migrations.CreateModel(
            name="Mark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("read", models.BooleanField(null=True)),
                ("kept", models.BigIntegerField(null=True)),
                ("paragraph", models.SmallIntegerField(default=0)),
                ("at", models.BigIntegerField()),
                ("article", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="store.article")),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "db_table": "mark",
                "indexes": [
                    models.Index(condition=models.Q(("kept__isnull", False)), fields=["user", "kept"], name="mark_kept")
                ],
                "constraints": [models.UniqueConstraint(fields=("user", "article"), name="mark_once")],
            },
        ),
        migrations.CreateModel(
            name="Reaction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=12)),
                ("at", models.BigIntegerField()),
                (
                    "article",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to="store.article"),
                ),
                ("reader", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="store.reader")),
            ],
            options={
                "db_table": "reaction",
                "indexes": [models.Index(fields=["article", "kind"], name="reaction_article")],
                "constraints": [models.UniqueConstraint(fields=("article", "reader"), name="reaction_once")],
            },
        ),
        migrations.CreateModel(
            name="ReadTo",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("scope", models.CharField(max_length=40)),
                ("at", models.BigIntegerField()),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "db_table": "read_to",
                "constraints": [models.UniqueConstraint(fields=("user", "scope"), name="read_to_once")],
            },
        ),
        migrations.CreateModel(
            name="RecordNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("finding", models.CharField(default="", max_length=60)),
                ("hidden", models.BooleanField(default=False)),
                ("note", models.TextField(default="")),
                ("by", models.TextField()),
                ("at", models.BigIntegerField()),
                (
                    "article",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to="store.article"),
                ),
            ],
            options={
                "db_table": "record_note",
                "constraints": [models.UniqueConstraint(fields=("article", "finding"), name="record_note_once")],
            },
        ),
    ]
