"""The database itself refuses to change or remove what the trace has written, on both engines.

On SQLite a foreign connection can still drop a trigger; the tree of part 5 and its witnesses are what shows that.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

GUARDED = ("trace_entry", "trace_place")

_POSTGRESQL = """
CREATE OR REPLACE FUNCTION trace_refuse() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'the trace is insert-only'; END $$ LANGUAGE plpgsql;
"""


def _rules(vendor: str, table: str) -> dict[str, str]:
    if vendor == "postgresql":
        event = {
            "rows": "BEFORE UPDATE OR DELETE ON {0} FOR EACH ROW",
            "all": "BEFORE TRUNCATE ON {0} FOR EACH STATEMENT",
        }
        return {f"{table}_{k}": f"{v.format(table)} EXECUTE FUNCTION trace_refuse()" for k, v in event.items()}
    refuse = "BEGIN SELECT RAISE(ABORT, 'the trace is insert-only'); END"
    return {f"{table}_{e.lower()}": f"BEFORE {e} ON {table} {refuse}" for e in ("UPDATE", "DELETE")}


def install(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL)
        for table in GUARDED:
            for name, rule in _rules(connection.vendor, table).items():
                cursor.execute(f"CREATE TRIGGER {name} {rule}")


def remove(connection: BaseDatabaseWrapper) -> None:
    """Only migrations and the tests' cleaning may."""
    with connection.cursor() as cursor:
        for table in GUARDED:
            for name in _rules(connection.vendor, table):
                cursor.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if connection.vendor == "postgresql" else ""))
