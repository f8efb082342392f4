"""Whether an account wants lists without copies."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0010_rankings")]

    operations = [
        migrations.AddField(
            model_name="access", name="without_copies", field=models.BooleanField(default=False, db_default=False)
        ),
    ]
