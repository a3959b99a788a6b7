"""The database itself refuses to move a promised date that no shift accounts for, on both engines."""

from django.db.backends.base.base import BaseDatabaseWrapper

NAME = "promise_moves_by_a_shift"
TABLE = "deadlines_promise"
_DATES = ("started_on", "due_strict", "due_legal", "due_on")
_SENTENCE = "a promised date moves only by a shift"
# The newest shift of the promise says what its dates are now.
_ACCOUNTED = """EXISTS (SELECT 1 FROM deadlines_shift s WHERE s.promise_id = NEW.id AND s.due_after = NEW.due_on
 AND s.started_on = NEW.started_on AND s.id = (SELECT max(id) FROM deadlines_shift WHERE promise_id = NEW.id))"""
_MOVED = " OR ".join(f"OLD.{name} <> NEW.{name}" for name in _DATES)
_POSTGRESQL = (
    f"""CREATE FUNCTION {NAME}() RETURNS trigger AS $$
BEGIN IF NOT {_ACCOUNTED} THEN RAISE EXCEPTION '{_SENTENCE}' USING ERRCODE = 'check_violation'; END IF; RETURN NEW;
END $$ LANGUAGE plpgsql""",
    f"""CREATE TRIGGER {NAME} BEFORE UPDATE OF {", ".join(_DATES)} ON {TABLE}
 FOR EACH ROW WHEN ({_MOVED}) EXECUTE FUNCTION {NAME}()""",
)
_SQLITE = (
    f"""CREATE TRIGGER {NAME} BEFORE UPDATE OF {", ".join(_DATES)} ON {TABLE}
 WHEN ({_MOVED}) AND NOT {_ACCOUNTED} BEGIN SELECT RAISE(ABORT, '{_SENTENCE}'); END""",
)


def install(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        for statement in _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE:
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Only migrations may."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"DROP TRIGGER {NAME} ON {TABLE}")
            cursor.execute(f"DROP FUNCTION {NAME}()")
        else:
            cursor.execute(f"DROP TRIGGER {NAME}")
