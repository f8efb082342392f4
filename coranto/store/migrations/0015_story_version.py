"""Which version worked a story's row out."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0014_forgot")]

    operations = [
        migrations.AddField(
            model_name="story", name="version", field=models.SmallIntegerField(default=0, db_default=0)
        ),
    ]
