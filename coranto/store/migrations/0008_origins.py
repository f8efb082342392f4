"""How many independent origins a story has, whose text an article says it is, from which copy another was taken."""

from django.db import migrations, models

COUNT = """UPDATE story SET origins = (SELECT count(DISTINCT lower(COALESCE(o.publisher, o.name))) FROM article a
    LEFT JOIN article r ON r.id = a.copy_of JOIN outlet o ON o.id = COALESCE(r.outlet_id, a.outlet_id)
    WHERE a.story_id = story.id AND a.state = 'listed' AND o.private_to_id IS NULL)"""
ROWS = (COUNT,)


class Migration(migrations.Migration):
    dependencies = [("store", "0007_event_log")]

    operations = [
        migrations.AddField(model_name="story", name="origins", field=models.IntegerField(default=0, db_default=0)),
        migrations.AddField(model_name="article", name="taken_from", field=models.BigIntegerField(null=True)),
        migrations.AddField(model_name="article", name="named_source", field=models.TextField(null=True)),
        migrations.RunSQL(COUNT, migrations.RunSQL.noop),
    ]
