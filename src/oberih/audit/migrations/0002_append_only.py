"""Forbid in the database itself what the audit promises never happens.

An entry is added after the head, never changed or removed; the one exception is the erasure of
its event and salt together. The head moves on by one entry. Reversible: the triggers go.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SQLITE = """
CREATE TRIGGER audit_entry_only_after_the_head BEFORE INSERT ON audit_entry
WHEN NEW.position <> (SELECT position + 1 FROM audit_head WHERE id = 1)
BEGIN SELECT RAISE(ABORT, 'audit: an entry stands after the head'); END;

CREATE TRIGGER audit_entry_never_changes BEFORE UPDATE ON audit_entry
WHEN NOT (
    NEW.event IS NULL AND NEW.salt IS NULL AND NEW.position IS OLD.position
    AND NEW.leaf IS OLD.leaf AND NEW.digest IS OLD.digest
)
BEGIN SELECT RAISE(ABORT, 'audit: an entry never changes'); END;

CREATE TRIGGER audit_entry_never_goes BEFORE DELETE ON audit_entry
BEGIN SELECT RAISE(ABORT, 'audit: an entry never goes'); END;

CREATE TRIGGER audit_head_moves_by_one BEFORE UPDATE ON audit_head
WHEN NEW.id <> OLD.id OR NEW.position <> OLD.position + 1 OR NOT EXISTS (
    SELECT 1 FROM audit_entry WHERE position = NEW.position AND digest = NEW.digest
)
BEGIN SELECT RAISE(ABORT, 'audit: the head moves on by one entry'); END;

CREATE TRIGGER audit_head_never_goes BEFORE DELETE ON audit_head
BEGIN SELECT RAISE(ABORT, 'audit: the head never goes'); END;
"""

SQLITE_BACK = """
DROP TRIGGER audit_entry_only_after_the_head;
DROP TRIGGER audit_entry_never_changes;
DROP TRIGGER audit_entry_never_goes;
DROP TRIGGER audit_head_moves_by_one;
DROP TRIGGER audit_head_never_goes;
"""

POSTGRESQL = """
CREATE FUNCTION audit_guard_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.position <> (SELECT position + 1 FROM audit_head WHERE id = 1) THEN
            RAISE EXCEPTION 'audit: an entry stands after the head'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.event IS NULL AND NEW.salt IS NULL
        AND NEW.position = OLD.position AND NEW.leaf = OLD.leaf AND NEW.digest = OLD.digest THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'audit: an entry never changes or goes'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE FUNCTION audit_guard_head() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.id = OLD.id AND NEW.position = OLD.position + 1 AND EXISTS (
        SELECT 1 FROM audit_entry WHERE position = NEW.position AND digest = NEW.digest
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'audit: the head moves on by one entry'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE FUNCTION audit_never() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit: nothing is emptied' USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER audit_entry_guarded BEFORE INSERT OR UPDATE OR DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_guard_entry();
CREATE TRIGGER audit_entry_not_emptied BEFORE TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_never();
CREATE TRIGGER audit_head_guarded BEFORE UPDATE OR DELETE ON audit_head
    FOR EACH ROW EXECUTE FUNCTION audit_guard_head();
CREATE TRIGGER audit_head_not_emptied BEFORE TRUNCATE ON audit_head
    FOR EACH STATEMENT EXECUTE FUNCTION audit_never();
"""

POSTGRESQL_BACK = """
DROP TRIGGER audit_entry_guarded ON audit_entry;
DROP TRIGGER audit_entry_not_emptied ON audit_entry;
DROP TRIGGER audit_head_guarded ON audit_head;
DROP TRIGGER audit_head_not_emptied ON audit_head;
DROP FUNCTION audit_guard_entry();
DROP FUNCTION audit_guard_head();
DROP FUNCTION audit_never();
"""


def place_head(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    del schema_editor
    head = apps.get_model("audit", "Head")
    head.objects.create(id=1, position=0, digest=bytes(32))


def raise_guards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    del apps
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL, params=None)
        return
    for statement in SQLITE.strip().split("\n\n"):
        schema_editor.execute(statement, params=None)


def lower_guards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    del apps
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL_BACK, params=None)
        return
    for statement in SQLITE_BACK.strip().splitlines():
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.RunPython(place_head, migrations.RunPython.noop),
        migrations.RunPython(raise_guards, lower_guards),
    ]
