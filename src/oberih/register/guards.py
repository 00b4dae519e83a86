"""The statements that keep events append-only."""

SQLITE = """
CREATE TRIGGER register_event_only_at_the_end BEFORE INSERT ON register_event
WHEN NEW.position <> (SELECT coalesce(max(position), 0) + 1 FROM register_event)
BEGIN SELECT RAISE(ABORT, 'register: an event stands at the end'); END;

CREATE TRIGGER register_event_never_changes BEFORE UPDATE ON register_event
BEGIN SELECT RAISE(ABORT, 'register: an event never changes'); END;

CREATE TRIGGER register_event_never_goes BEFORE DELETE ON register_event
BEGIN SELECT RAISE(ABORT, 'register: an event never goes'); END;
"""

SQLITE_BACK = """
DROP TRIGGER register_event_only_at_the_end;
DROP TRIGGER register_event_never_changes;
DROP TRIGGER register_event_never_goes;
"""

POSTGRESQL = """
CREATE FUNCTION register_guard_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT'
        AND NEW.position = (SELECT coalesce(max(position), 0) + 1 FROM register_event) THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'TRUNCATE' AND NOT EXISTS (SELECT 1 FROM register_event) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'register: an event is added at the end, never changed, never removed'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER register_event_guarded BEFORE INSERT OR UPDATE OR DELETE ON register_event
    FOR EACH ROW EXECUTE FUNCTION register_guard_event();
CREATE TRIGGER register_event_not_emptied BEFORE TRUNCATE ON register_event
    FOR EACH STATEMENT EXECUTE FUNCTION register_guard_event();
"""

POSTGRESQL_BACK = """
DROP TRIGGER register_event_guarded ON register_event;
DROP TRIGGER register_event_not_emptied ON register_event;
DROP FUNCTION register_guard_event();
"""
