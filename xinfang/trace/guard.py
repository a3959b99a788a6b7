"""The database itself refuses to change or remove what the trace has written, on both engines.

On SQLite a foreign connection can still drop a trigger; the tree and its witnesses are what shows that (docs/attacks.md).
"""

from collections.abc import Iterable

from django.db.backends.base.base import BaseDatabaseWrapper

ENTRIES = ("trace_entry", "trace_place")
LOG = ("trace_leaf", "trace_node", "trace_checkpoint", "trace_cosignature")
GUARDED = (*ENTRIES, *LOG)

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


def install(connection: BaseDatabaseWrapper, tables: Iterable[str] = GUARDED) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL)
        for table in tables:
            for name, rule in _rules(connection.vendor, table).items():
                cursor.execute(f"CREATE TRIGGER {name} {rule}")


def remove(connection: BaseDatabaseWrapper, tables: Iterable[str] = GUARDED) -> None:
    """Only migrations and the tests' cleaning may."""
    with connection.cursor() as cursor:
        for table in tables:
            for name in _rules(connection.vendor, table):
                cursor.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if connection.vendor == "postgresql" else ""))
