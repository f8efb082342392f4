"""Whether a copy names the copy that it was taken from; bylines are found by their name."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0008_origins")]

    operations = [
        migrations.AddField(
            model_name="article", name="taken_named", field=models.BooleanField(default=False, db_default=False)
        ),
        migrations.AddIndex(model_name="author", index=models.Index(fields=["name"], name="author_name")),
    ]
