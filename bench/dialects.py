"""How each database takes rows in bulk: SQLite as tuples, PostgreSQL as lines of COPY."""

import json
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Field, JSONField

_COPY = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_IN_BULK = (
    *("journal_mode=OFF", "synchronous=OFF", "foreign_keys=OFF", "ignore_check_constraints=ON"),
    *("locking_mode=EXCLUSIVE", "temp_store=MEMORY", "cache_spill=OFF", "cache_size=-1500000"),
)


class Sqlite:
    """Values as the driver binds them. Numbers may come as text: the column's affinity turns them."""

    def constant(self, field: "Field[Any, Any]", value: Any) -> Any:
        return field.get_db_prep_save(value, connection)

    def json(self, value: Any) -> str:
        return json.dumps(value)

    def escape(self, text: str) -> str:
        return text

    def moment(self, naive: datetime) -> str:
        return str(naive)

    def binary(self, value: bytes) -> Any:
        return value

    def rows(self, rows: list[tuple[Any, ...]]) -> Any:
        return rows

    def load(self, table: str, columns: list[str], rows: Any) -> None:
        marks = ", ".join("?" * len(columns))
        names = ", ".join(f'"{column}"' for column in columns)
        connection.ensure_connection()
        connection.connection.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)

    def prepare(self) -> None:
        """Nothing is promised to the disk until the end; the rows were checked once, when the verbs wrote them."""
        with connection.cursor() as cursor:
            for pragma in _IN_BULK:
                cursor.execute(f"PRAGMA {pragma}")

    def settle(self) -> None:
        """As in production again: without a journal nothing could be rolled back."""
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA locking_mode=NORMAL")
            cursor.execute("PRAGMA journal_mode=WAL")
        connection.close()

    def finish(self) -> None:
        """The last connection to close folds the log into the file."""
        connection.close()


class Postgresql:
    """Every value as COPY's text."""

    def constant(self, field: "Field[Any, Any]", value: Any) -> str:
        if value is None:
            return "\\N"
        if isinstance(value, bool):
            return "t" if value else "f"
        if isinstance(value, bytes | memoryview):
            return self.binary(bytes(value))
        if isinstance(field, JSONField):
            return self.escape(self.json(value))
        return self.escape(str(value))

    def json(self, value: Any) -> str:
        return json.dumps(value, ensure_ascii=False)

    def escape(self, text: str) -> str:
        return text.translate(_COPY)

    def moment(self, naive: datetime) -> str:
        return f"{naive}+00"

    def binary(self, value: bytes) -> str:
        return "\\\\x" + value.hex()

    def rows(self, rows: list[tuple[Any, ...]]) -> Any:
        return "".join(["\t".join(row) + "\n" for row in rows])

    def load(self, table: str, columns: list[str], rows: Any) -> None:
        names = ", ".join(f'"{column}"' for column in columns)
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
                copy.write(rows)
            cursor.execute("SET LOCAL session_replication_role = origin")

    def prepare(self) -> None:
        """Each worker has its own connection; see `load`."""

    def settle(self) -> None:
        """Nothing was changed for the bulk."""

    def finish(self) -> None:
        """What autovacuum would come to later, in the middle of a bench."""
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE)")


def current() -> Sqlite | Postgresql:
    return Postgresql() if connection.vendor == "postgresql" else Sqlite()
