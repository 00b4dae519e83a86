"""Forbid in the database itself that an event is changed or removed. Reversible."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from oberih.register import guards


def raise_guards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    del apps
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(guards.POSTGRESQL, params=None)
        return
    for statement in guards.SQLITE.strip().split("\n\n"):
        schema_editor.execute(statement, params=None)


def lower_guards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    del apps
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(guards.POSTGRESQL_BACK, params=None)
        return
    for statement in guards.SQLITE_BACK.strip().splitlines():
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("register", "0001_records")]

    operations = [migrations.RunPython(raise_guards, lower_guards)]
