"""When an account forgot everything."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0013_talk")]

    operations = [migrations.AddField("reader", "forgot", models.BigIntegerField(null=True))]
