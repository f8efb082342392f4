"""Authors are found by the address that an outlet gives of them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0003_readers_and_editors")]

    operations = [
        migrations.AddIndex(
            model_name="author",
            index=models.Index(fields=["url"], condition=models.Q(url__isnull=False), name="author_url"),
        ),
    ]
