"""What is known of an outlet when its pages are read: rules of those who run the site, and what repeats."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0005_sign_in_limit")]

    operations = [
        migrations.CreateModel(
            name="OutletProfile",
            fields=[
                (
                    "outlet",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        serialize=False,
                        to="store.outlet",
                    ),
                ),
                ("repeated", models.TextField(default="[]")),
                ("articles", models.IntegerField(default=0)),
            ],
            options={
                "db_table": "outlet_profile",
            },
        ),
        migrations.AddField(
            model_name="reading",
            name="ways",
            field=models.BigIntegerField(null=True),
        ),
        migrations.CreateModel(
            name="OutletRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=10)),
                ("value", models.TextField()),
                ("by", models.TextField()),
                ("at", models.BigIntegerField()),
                ("outlet", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="store.outlet")),
            ],
            options={
                "db_table": "outlet_rule",
                "constraints": [
                    models.UniqueConstraint(fields=("outlet", "kind", "value"), name="outlet_rule_once"),
                ],
            },
        ),
    ]
