"""The full-text index beside the search's table, and each moved case's family.

SQLite: an FTS5 table over the stored stems, kept in step by triggers; what is taken out of it is
overwritten. PostgreSQL: a generated tsvector with a GIN index. Reversible: the index goes.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SQLITE = """
CREATE VIRTUAL TABLE desk_words USING fts5(
    stems, content='desk_searchdocument', content_rowid='id', detail=none,
    tokenize="unicode61 remove_diacritics 0 tokenchars '_'"
);

INSERT INTO desk_words(desk_words, rank) VALUES ('secure-delete', 1);

CREATE TRIGGER desk_words_come AFTER INSERT ON desk_searchdocument BEGIN
    INSERT INTO desk_words(rowid, stems) VALUES (NEW.id, NEW.stems);
END;

CREATE TRIGGER desk_words_go AFTER DELETE ON desk_searchdocument BEGIN
    INSERT INTO desk_words(desk_words, rowid, stems) VALUES ('delete', OLD.id, OLD.stems);
END;

CREATE TRIGGER desk_words_change AFTER UPDATE ON desk_searchdocument BEGIN
    INSERT INTO desk_words(desk_words, rowid, stems) VALUES ('delete', OLD.id, OLD.stems);
    INSERT INTO desk_words(rowid, stems) VALUES (NEW.id, NEW.stems);
END;
"""

SQLITE_BACK = """
DROP TRIGGER desk_words_come;

DROP TRIGGER desk_words_go;

DROP TRIGGER desk_words_change;

DROP TABLE desk_words;
"""

POSTGRESQL = """
ALTER TABLE desk_searchdocument ADD COLUMN words tsvector
    GENERATED ALWAYS AS (array_to_tsvector(string_to_array(stems, ' '))) STORED;
CREATE INDEX desk_words ON desk_searchdocument USING gin (words);
"""

POSTGRESQL_BACK = "ALTER TABLE desk_searchdocument DROP COLUMN words;"


def build_index(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    del apps
    _run(schema_editor, sqlite=SQLITE, postgresql=POSTGRESQL)


def drop_index(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    del apps
    _run(schema_editor, sqlite=SQLITE_BACK, postgresql=POSTGRESQL_BACK)


def _run(schema_editor: BaseDatabaseSchemaEditor, *, sqlite: str, postgresql: str) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(postgresql, params=None)
        return
    for statement in sqlite.strip().split("\n\n"):
        schema_editor.execute(statement, params=None)


def name_families(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Name the first case in each later one; a move counts when both sides name each other."""
    del schema_editor
    conversations = apps.get_model("desk", "Conversation").objects
    left = {(one.mailbox, one.moved_to): one.case_id for one in conversations.exclude(moved_to="")}
    came = conversations.exclude(moved_from="")
    before = {
        one.case_id: left[one.moved_from, one.mailbox]
        for one in came
        if (one.moved_from, one.mailbox) in left
    }
    for case in before:
        first, seen = case, {case}
        while first in before and before[first] not in seen:
            first = before[first]
            seen.add(first)
        apps.get_model("desk", "Case").objects.filter(pk=case).update(family=first)


class Migration(migrations.Migration):
    dependencies = [("desk", "0004_need_to_know")]

    operations = [
        migrations.RunPython(build_index, drop_index),
        migrations.RunPython(name_families, migrations.RunPython.noop),
    ]
