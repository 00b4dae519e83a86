"""How the front's tables are made: on SQLite without row numbers, on PostgreSQL swept at once.

What this does not hide: a database keeps the newest rows in its write-ahead log until it is
checkpointed, and PostgreSQL keeps the order of arrival in its pages.
"""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import ProjectState

POSTGRESQL = (
    "ALTER TABLE {table} SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 50)"
)


class CreateHashedTable(migrations.CreateModel):
    """CreateModel whose table keeps its rows in the order of their hashed key, not of arrival."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Create the table in the way of its database."""
        editor: Any = schema_editor
        vendor = schema_editor.connection.vendor
        usual = editor.sql_create_table
        if vendor == "sqlite":
            editor.sql_create_table = usual + " WITHOUT ROWID"
        super().database_forwards(app_label, schema_editor, from_state, to_state)
        editor.sql_create_table = usual
        if vendor == "postgresql":
            table = schema_editor.quote_name(f"{app_label}_{self.name.lower()}")
            schema_editor.execute(POSTGRESQL.format(table=table))
