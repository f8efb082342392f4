"""The first tables."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import coranto.store.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Article",
            fields=[
                ("id", coranto.store.fields.Key(primary_key=True, serialize=False)),
                ("state", models.TextField(default="listed")),
                ("title", models.TextField(default="")),
                ("lead", models.TextField(default="")),
                ("byline", models.TextField(default="")),
                ("url", models.TextField(null=True)),
                ("at", models.BigIntegerField()),
                ("seen", models.BigIntegerField()),
                ("published", models.BigIntegerField(null=True)),
                ("modified", models.BigIntegerField(null=True)),
                ("language", models.TextField(null=True)),
                ("kind", models.TextField(default="article")),
                ("image", models.TextField(null=True)),
                ("reserved", models.BooleanField(default=False)),
                ("document_id", models.BigIntegerField(null=True)),
                ("entry_hash", models.BigIntegerField(null=True)),
                ("reads", models.IntegerField(default=0)),
                ("heat", models.FloatField(default=0)),
                ("story_id", models.BigIntegerField(null=True)),
                ("copy_of", models.BigIntegerField(null=True)),
                ("role", models.TextField(null=True)),
                ("share", models.FloatField(null=True)),
                ("differs", models.BooleanField(default=False)),
                ("copies", models.IntegerField(default=0)),
                ("step", models.TextField(null=True)),
                ("due", models.BigIntegerField(null=True)),
                ("claim", models.TextField(null=True)),
                ("attempts", models.SmallIntegerField(default=0)),
                ("failure", models.TextField(null=True)),
                ("merged_into", models.BigIntegerField(null=True)),
                ("gone_at", models.BigIntegerField(null=True)),
                ("gone_reason", models.TextField(default="")),
            ],
            options={
                "db_table": "article",
            },
        ),
        migrations.CreateModel(
            name="Counter",
            fields=[
                ("name", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("value", models.BigIntegerField(default=0)),
            ],
            options={
                "db_table": "counter",
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", coranto.store.fields.Key(primary_key=True, serialize=False)),
                ("number", models.IntegerField()),
                ("via", models.TextField()),
                ("url", models.TextField(null=True)),
                ("digest", models.CharField(max_length=40)),
                ("media_type", models.TextField()),
                ("charset", models.TextField(null=True)),
                ("headers", models.TextField(default="[]")),
                ("fetched", models.BigIntegerField()),
                ("captured", models.BigIntegerField(null=True)),
                ("pending", models.BooleanField(default=True)),
                (
                    "article",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to="store.article"),
                ),
            ],
            options={
                "db_table": "document",
            },
        ),
        migrations.CreateModel(
            name="Lease",
            fields=[
                ("name", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("holder", models.TextField()),
                ("until", models.BigIntegerField()),
            ],
            options={
                "db_table": "lease",
            },
        ),
        migrations.CreateModel(
            name="RobotsFile",
            fields=[
                ("origin", models.TextField(primary_key=True, serialize=False)),
                ("body", models.TextField(default="")),
                ("status", models.IntegerField(default=0)),
                ("fetched", models.BigIntegerField()),
            ],
            options={
                "db_table": "robots",
            },
        ),
        migrations.CreateModel(
            name="Section",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.TextField()),
                ("slug", models.TextField(unique=True)),
            ],
            options={
                "db_table": "section",
            },
        ),
        migrations.CreateModel(
            name="Topic",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.TextField()),
                ("slug", models.TextField(unique=True)),
                ("articles", models.IntegerField(default=0)),
            ],
            options={
                "db_table": "topic",
            },
        ),
        migrations.CreateModel(
            name="ArticleText",
            fields=[
                (
                    "article",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        serialize=False,
                        to="store.article",
                    ),
                ),
                ("title", models.TextField(default="")),
                ("body", models.TextField(default="")),
                ("byline", models.TextField(default="")),
                ("outlet", models.TextField(default="")),
                ("topics", models.TextField(default="")),
            ],
            options={
                "db_table": "article_text",
            },
        ),
        migrations.CreateModel(
            name="Trace",
            fields=[
                (
                    "article",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        serialize=False,
                        to="store.article",
                    ),
                ),
                ("findings", models.TextField(default="[]")),
                ("signature", models.BinaryField(null=True)),
            ],
            options={
                "db_table": "trace",
            },
        ),
        migrations.CreateModel(
            name="Address",
            fields=[
                ("key", coranto.store.fields.Key(primary_key=True, serialize=False)),
                ("article", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="store.article")),
            ],
            options={
                "db_table": "address",
            },
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.BigIntegerField()),
                ("by", models.TextField()),
                ("what", models.TextField()),
                ("article_id", models.BigIntegerField(null=True)),
                ("details", models.TextField(default="{}")),
            ],
            options={
                "db_table": "change",
                "indexes": [models.Index(fields=["article_id"], name="change_article")],
            },
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        serialize=False,
                        to="store.document",
                    ),
                ),
                ("reader_version", models.IntegerField()),
                ("title", models.TextField(null=True)),
                ("published", models.TextField(null=True)),
                ("text_hash", models.BigIntegerField()),
                ("size", models.IntegerField()),
                ("standing", models.SmallIntegerField(default=0)),
                ("read", models.BigIntegerField()),
                ("body", models.BinaryField()),
            ],
            options={
                "db_table": "reading",
            },
        ),
        migrations.CreateModel(
            name="Original",
            fields=[
                ("digest", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("body", models.BinaryField()),
                ("size", models.BigIntegerField()),
                ("kept_until", models.BigIntegerField()),
            ],
            options={
                "db_table": "original",
                "indexes": [models.Index(fields=["kept_until"], name="original_kept")],
            },
        ),
        migrations.CreateModel(
            name="Outlet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.TextField()),
                ("slug", models.TextField(unique=True)),
                ("host", models.TextField(default="")),
                ("home_url", models.TextField(null=True)),
                ("language", models.TextField(null=True)),
                ("tagline", models.TextField(null=True)),
                ("publisher", models.TextField(null=True)),
                ("user_agent", models.TextField(null=True)),
                ("demo", models.BooleanField(default=False)),
                ("republish", models.BooleanField(default=False)),
                ("since", models.BigIntegerField(null=True)),
                ("articles", models.IntegerField(default=0)),
                (
                    "private_to",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, to="store.section"),
                ),
            ],
            options={
                "db_table": "outlet",
            },
        ),
        migrations.CreateModel(
            name="Follow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("outlet", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="store.outlet")),
            ],
            options={
                "db_table": "follow",
            },
        ),
        migrations.CreateModel(
            name="Author",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.TextField()),
                ("slug", models.TextField()),
                ("role", models.TextField(null=True)),
                ("bio", models.TextField(null=True)),
                ("url", models.TextField(null=True)),
                (
                    "outlet",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to="store.outlet"),
                ),
            ],
            options={
                "db_table": "author",
            },
        ),
        migrations.AddField(
            model_name="article",
            name="outlet",
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to="store.outlet"),
        ),
        migrations.CreateModel(
            name="Picture",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.BigIntegerField()),
                ("url", models.TextField()),
                ("article", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="store.article")),
            ],
            options={
                "db_table": "picture",
            },
        ),
        migrations.CreateModel(
            name="Reader",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.TextField(unique=True)),
                ("profile", models.TextField(default="{}")),
                ("since", models.BigIntegerField()),
                (
                    "user",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "db_table": "reader",
            },
        ),
        migrations.CreateModel(
            name="Read",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.IntegerField()),
                ("visitor", models.CharField(max_length=64)),
                ("at", models.BigIntegerField()),
                ("article", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="store.article")),
                (
                    "reader",
                    models.ForeignKey(
                        db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, to="store.reader"
                    ),
                ),
            ],
            options={
                "db_table": "read",
            },
        ),
        migrations.CreateModel(
            name="Related",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.SmallIntegerField()),
                ("reason", models.TextField()),
                ("reason_values", models.TextField(default="[]")),
                (
                    "article",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to="store.article"),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="store.article"
                    ),
                ),
            ],
            options={
                "db_table": "related",
            },
        ),
        migrations.CreateModel(
            name="Run",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.TextField()),
                ("began", models.BigIntegerField()),
                ("ended", models.BigIntegerField(null=True)),
                ("ok", models.BooleanField(null=True)),
                ("counts", models.TextField(default="{}")),
                ("message", models.TextField(default="")),
            ],
            options={
                "db_table": "run",
                "indexes": [models.Index(fields=["kind", "began"], name="run_kind")],
            },
        ),
        migrations.AddField(
            model_name="article",
            name="section",
            field=models.ForeignKey(
                db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, to="store.section"
            ),
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.TextField()),
                ("url", models.TextField()),
                ("reading", models.TextField(default="auto")),
                ("interval", models.FloatField(default=3600)),
                ("fixed", models.BooleanField(default=False)),
                ("spacing", models.FloatField(null=True)),
                ("allow_private", models.BooleanField(default=False)),
                ("credential", models.TextField(null=True)),
                ("user_agent", models.TextField(null=True)),
                ("etag", models.TextField(null=True)),
                ("last_modified", models.TextField(null=True)),
                ("state", models.TextField(default="active")),
                ("due", models.BigIntegerField(null=True)),
                ("claim", models.TextField(null=True)),
                ("fetched", models.BigIntegerField(null=True)),
                ("last_new", models.BigIntegerField(null=True)),
                ("failures", models.IntegerField(default=0)),
                ("failing_since", models.BigIntegerField(null=True)),
                ("failure_kind", models.TextField(default="")),
                ("failure", models.TextField(default="")),
                ("remedy", models.TextField(default="")),
                ("articles", models.IntegerField(default=0)),
                ("days", models.TextField(default="{}")),
                ("outlet", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="store.outlet")),
                (
                    "section",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, to="store.section"),
                ),
            ],
            options={
                "db_table": "source",
            },
        ),
        migrations.AddField(
            model_name="article",
            name="source",
            field=models.ForeignKey(
                db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, to="store.source"
            ),
        ),
        migrations.CreateModel(
            name="Story",
            fields=[
                ("id", coranto.store.fields.Key(primary_key=True, serialize=False)),
                ("title", models.TextField(default="")),
                ("headline_id", models.BigIntegerField(null=True)),
                ("first_id", models.BigIntegerField(null=True)),
                ("latest_id", models.BigIntegerField(null=True)),
                ("outlets", models.IntegerField(default=0)),
                ("articles", models.IntegerField(default=0)),
                ("copies", models.IntegerField(default=0)),
                ("latest_at", models.BigIntegerField(null=True)),
                ("moved_to", models.BigIntegerField(null=True)),
            ],
            options={
                "db_table": "story",
                "indexes": [models.Index(fields=["latest_at"], name="story_latest")],
            },
        ),
        migrations.CreateModel(
            name="ArticleTopic",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.BigIntegerField()),
                ("article", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="store.article")),
                (
                    "topic",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to="store.topic"),
                ),
            ],
            options={
                "db_table": "article_topic",
            },
        ),
        migrations.CreateModel(
            name="ArticleAuthor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.BigIntegerField()),
                ("position", models.SmallIntegerField(default=0)),
                ("article", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="store.article")),
                (
                    "author",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to="store.author"),
                ),
            ],
            options={
                "db_table": "article_author",
                "indexes": [models.Index(fields=["author", "at", "article"], name="article_author_at")],
                "constraints": [models.UniqueConstraint(fields=("article", "author"), name="article_author_once")],
            },
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["article", "number"], name="document_article"),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["digest"], name="document_digest"),
        ),
        migrations.AddConstraint(
            model_name="follow",
            constraint=models.UniqueConstraint(fields=("user", "outlet"), name="follow_once"),
        ),
        migrations.AddConstraint(
            model_name="author",
            constraint=models.UniqueConstraint(fields=("outlet", "name"), name="author_once"),
        ),
        migrations.AddIndex(
            model_name="picture",
            index=models.Index(fields=["key"], name="picture_key"),
        ),
        migrations.AddIndex(
            model_name="read",
            index=models.Index(
                condition=models.Q(("reader__isnull", False)), fields=["reader", "at"], name="read_reader"
            ),
        ),
        migrations.AddIndex(
            model_name="read",
            index=models.Index(fields=["at"], name="read_at"),
        ),
        migrations.AddConstraint(
            model_name="read",
            constraint=models.UniqueConstraint(fields=("day", "article", "visitor"), name="read_once"),
        ),
        migrations.AddConstraint(
            model_name="related",
            constraint=models.UniqueConstraint(fields=("article", "position"), name="related_place"),
        ),
        migrations.AddIndex(
            model_name="outlet",
            index=models.Index(
                condition=models.Q(("private_to__isnull", False)), fields=["private_to"], name="outlet_private"
            ),
        ),
        migrations.AddIndex(
            model_name="outlet",
            index=models.Index(fields=["host"], name="outlet_host"),
        ),
        migrations.AddIndex(
            model_name="source",
            index=models.Index(condition=models.Q(("state", "active")), fields=["due"], name="source_due"),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.UniqueConstraint(fields=("url", "outlet"), name="source_address"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(condition=models.Q(("state", "listed")), fields=["at", "id"], name="article_latest"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["outlet", "at", "id"], name="article_outlet"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("section__isnull", False), ("state", "listed")),
                fields=["section", "at", "id"],
                name="article_section",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("story_id__isnull", False)), fields=["story_id", "at"], name="article_story"
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(condition=models.Q(("copy_of__isnull", False)), fields=["copy_of"], name="article_copy"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("step__isnull", False)), fields=["step", "due", "id"], name="article_step"
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(condition=models.Q(("heat__gt", 0)), fields=["heat"], name="article_heat"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("merged_into__isnull", False)), fields=["merged_into"], name="article_merged"
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(condition=models.Q(("claim__isnull", False)), fields=["claim"], name="article_claim"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(condition=models.Q(("failure__isnull", False)), fields=["id"], name="article_failure"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(condition=models.Q(("source__isnull", False)), fields=["source"], name="article_source"),
        ),
        migrations.AddIndex(
            model_name="articletopic",
            index=models.Index(fields=["topic", "at", "article"], name="article_topic_at"),
        ),
        migrations.AddConstraint(
            model_name="articletopic",
            constraint=models.UniqueConstraint(fields=("article", "topic"), name="article_topic_once"),
        ),
    ]
