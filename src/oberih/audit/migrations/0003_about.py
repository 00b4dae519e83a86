"""A register of subjects, so that a case finds its own acts among a million others."""

import json

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

BATCH = 2_000


def register(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    del schema_editor
    entries = apps.get_model("audit", "Entry").objects.filter(event__isnull=False)
    about = apps.get_model("audit", "About")
    rows = entries.order_by("position").values_list("position", "event")
    about.objects.bulk_create(
        (
            about(position=position, subject=str(json.loads(event)["subject"])[:120])
            for position, event in rows.iterator(BATCH)
        ),
        batch_size=BATCH,
    )


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]

    operations = [
        migrations.CreateModel(
            name="About",
            fields=[
                ("position", models.BigIntegerField(primary_key=True, serialize=False)),
                ("subject", models.CharField(db_index=True, max_length=120)),
            ],
        ),
        migrations.RunPython(register, migrations.RunPython.noop),
    ]
