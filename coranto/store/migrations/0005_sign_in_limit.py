"""Where sign-in counts tries, shared by all processes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0004_author_addresses")]

    operations = [
        migrations.CreateModel(
            name="SignInLimit",
            fields=[
                ("cache_key", models.CharField(max_length=255, primary_key=True, serialize=False)),
                ("value", models.TextField()),
                ("expires", models.DateTimeField(db_index=True)),
            ],
            options={
                "db_table": "sign_in_limit",
            },
        ),
    ]
