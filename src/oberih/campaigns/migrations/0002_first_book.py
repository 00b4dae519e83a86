"""The first book, so that filing always finds one."""

import os

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils.timezone import now

from oberih.campaigns.lexicon import empty_lexicon


def open_first(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    del schema_editor
    salt = int.from_bytes(os.urandom(4), "little")
    apps.get_model("campaigns", "Book").objects.get_or_create(
        number=1,
        defaults={
            "is_live": True,
            "lexicon": empty_lexicon(salt=salt).to_bytes(),
            "opened_at": now(),
        },
    )


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0001_groups_and_links")]

    operations = [migrations.RunPython(open_first, migrations.RunPython.noop)]
