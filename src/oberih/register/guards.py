"""The statements that keep events append-only."""

_ONLY_AT_THE_END = """CREATE TRIGGER register_event_only_at_the_end BEFORE INSERT ON register_event
WHEN NEW.position <> (SELECT coalesce(max(position), 0) + 1 FROM register_event)
BEGIN SELECT RAISE(ABORT, 'register: an event stands at the end'); END;"""
_NEVER_GOES = """CREATE TRIGGER register_event_never_goes BEFORE DELETE ON register_event
BEGIN SELECT RAISE(ABORT, 'register: an event never goes'); END;"""
_GUARD_EVENT = """FUNCTION register_guard_event() RETURNS trigger LANGUAGE plpgsql AS $$
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
END $$;"""

SQLITE = f"""
{_ONLY_AT_THE_END}

CREATE TRIGGER register_event_never_changes BEFORE UPDATE ON register_event
BEGIN SELECT RAISE(ABORT, 'register: an event never changes'); END;

{_NEVER_GOES}
"""

SQLITE_BACK = """
DROP TRIGGER register_event_only_at_the_end;
DROP TRIGGER register_event_never_changes;
DROP TRIGGER register_event_never_goes;
"""

POSTGRESQL = f"""
CREATE {_GUARD_EVENT}

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

ERASURE_SQLITE = """
DROP TRIGGER register_event_only_at_the_end;

DROP TRIGGER register_event_never_goes;

CREATE TRIGGER register_event_only_at_the_end BEFORE INSERT ON register_event
WHEN NEW.position <> 1 + max(
    (SELECT coalesce(max(position), 0) FROM register_event),
    (SELECT coalesce(max(position), 0) FROM register_erasedevent))
BEGIN SELECT RAISE(ABORT, 'register: an event stands at the end'); END;

CREATE TRIGGER register_event_goes_for_a_tombstone BEFORE DELETE ON register_event
WHEN NOT EXISTS (SELECT 1 FROM register_erasedevent
    WHERE position = OLD.position AND leaf = OLD.leaf AND digest = OLD.digest)
BEGIN SELECT RAISE(ABORT, 'register: an event never goes'); END;

CREATE TRIGGER register_tombstone_of_an_event BEFORE INSERT ON register_erasedevent
WHEN NOT EXISTS (SELECT 1 FROM register_event
    WHERE position = NEW.position AND leaf = NEW.leaf AND digest = NEW.digest)
BEGIN SELECT RAISE(ABORT, 'register: a tombstone stands for an event'); END;

CREATE TRIGGER register_tombstone_never_changes BEFORE UPDATE ON register_erasedevent
BEGIN SELECT RAISE(ABORT, 'register: a tombstone never changes'); END;

CREATE TRIGGER register_tombstone_never_goes BEFORE DELETE ON register_erasedevent
BEGIN SELECT RAISE(ABORT, 'register: a tombstone never goes'); END;
"""

ERASURE_SQLITE_BACK = f"""
DROP TRIGGER register_event_only_at_the_end;

DROP TRIGGER register_event_goes_for_a_tombstone;

DROP TRIGGER register_tombstone_of_an_event;

DROP TRIGGER register_tombstone_never_changes;

DROP TRIGGER register_tombstone_never_goes;

{_ONLY_AT_THE_END}

{_NEVER_GOES}
"""

ERASURE_POSTGRESQL = """
CREATE OR REPLACE FUNCTION register_guard_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' AND NEW.position = 1 + greatest(
        (SELECT coalesce(max(position), 0) FROM register_event),
        (SELECT coalesce(max(position), 0) FROM register_erasedevent)) THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' AND EXISTS (SELECT 1 FROM register_erasedevent
        WHERE position = OLD.position AND leaf = OLD.leaf AND digest = OLD.digest) THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'TRUNCATE' AND NOT EXISTS (SELECT 1 FROM register_event) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'register: an event is added at the end, never changed, never removed'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE FUNCTION register_guard_tombstone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' AND EXISTS (SELECT 1 FROM register_event
        WHERE position = NEW.position AND leaf = NEW.leaf AND digest = NEW.digest) THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'TRUNCATE' AND NOT EXISTS (SELECT 1 FROM register_erasedevent) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'register: a tombstone stands for an event, never changes, never goes'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER register_tombstone_guarded BEFORE INSERT OR UPDATE OR DELETE ON register_erasedevent
    FOR EACH ROW EXECUTE FUNCTION register_guard_tombstone();
CREATE TRIGGER register_tombstone_not_emptied BEFORE TRUNCATE ON register_erasedevent
    FOR EACH STATEMENT EXECUTE FUNCTION register_guard_tombstone();
"""

ERASURE_POSTGRESQL_BACK = f"""
DROP TRIGGER register_tombstone_guarded ON register_erasedevent;
DROP TRIGGER register_tombstone_not_emptied ON register_erasedevent;
DROP FUNCTION register_guard_tombstone();
CREATE OR REPLACE {_GUARD_EVENT}
"""
