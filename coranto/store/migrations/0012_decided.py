"""Which articles an editor put into their story: merged with another, or split from one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0011_without_copies")]

    operations = [
        migrations.AddField("article", "decided", models.TextField(null=True)),
        migrations.AddIndex(
            "article",
            models.Index(condition=models.Q(("decided__isnull", False)), fields=["decided"], name="article_decided"),
        ),
    ]
