"""How each database is written out, read in again, and given a scratch one to be read into."""

import os
import secrets
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote

from django.db import connection, connections, transaction
from django.db.models import Max

from xinfang.backups.errors import Unusable
from xinfang.files.models import Blob
from xinfang.trace.models import Place


@dataclass(frozen=True)
class Snapshot:
    """What belongs to the very moment that was written out: the files it names, and how far the trace had come."""

    files: list[str]
    entries: int


class Engine(Protocol):
    """One kind of database."""

    file: str

    def dump(self, to: Path) -> Snapshot: ...

    def load(self, file: Path) -> None: ...

    def scratch(self) -> Any: ...


def engine() -> Engine:
    return Postgres() if connection.vendor == "postgresql" else Sqlite()


def is_empty() -> bool:
    """No table at all."""
    return not connection.introspection.table_names()


class Sqlite:
    """SQLite's own online backup: other connections read and write on."""

    file = "database.sqlite3"

    def dump(self, to: Path) -> Snapshot:
        connection.ensure_connection()
        with closing(sqlite3.connect(to)) as copy:
            connection.connection.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
            kept = f'FROM "{Blob._meta.db_table}" WHERE "destroyed_at" IS NULL'
            files = copy.execute(f'SELECT "address" {kept} ORDER BY "address"').fetchall()
            [entries] = copy.execute(f'SELECT COALESCE(MAX("n"), 0) FROM "{Place._meta.db_table}"').fetchone()  # noqa: S608
        return Snapshot([address for (address,) in files], entries)

    def load(self, file: Path) -> None:
        place = Path(connection.settings_dict["NAME"])
        connections.close_all()
        for left in (place, Path(f"{place}-wal"), Path(f"{place}-shm")):
            left.unlink(missing_ok=True)  # an empty one: `is_empty` was asked before
        arriving = place.with_name(f"{place.name}.arriving")
        shutil.copyfile(file, arriving)
        arriving.chmod(0o600)
        arriving.rename(place)

    @contextmanager
    def scratch(self) -> Iterator[str]:
        with tempfile.TemporaryDirectory(prefix="xinfang-drill-") as folder:
            yield f"sqlite:///{folder}/scratch.sqlite3"


class Postgres:
    """pg_dump in its custom format, of one snapshot that is also asked for the files."""

    file = "database.dump"

    def dump(self, to: Path) -> Snapshot:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SELECT pg_export_snapshot()")
            [snapshot] = cursor.fetchone()
            command = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--file={to}"]
            _run("pg_dump", *command)
            files = list(Blob.objects.order_by("address").values_list("address", flat=True))
            return Snapshot(files, Place.objects.aggregate(n=Max("n"))["n"] or 0)

    def load(self, file: Path) -> None:
        name = str(connection.settings_dict["NAME"])
        connections.close_all()
        _run("pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", f"--dbname={name}", str(file))

    @contextmanager
    def scratch(self) -> Iterator[str]:
        name = f"xinfang_drill_{secrets.token_hex(6)}"
        with connection.cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}"')
        try:
            yield _address(name)
        finally:
            with connection.cursor() as cursor:
                cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _address(name: str) -> str:
    said = connection.settings_dict
    user, password = quote(said["USER"] or "", safe=""), quote(said["PASSWORD"] or "", safe="")
    who = f"{user}:{password}" if password else user
    port = f":{said['PORT']}" if said["PORT"] else ""
    return f"postgres://{who}@{quote(said['HOST'] or '', safe='')}{port}/{name}"


def _run(program: str, *arguments: str) -> None:
    """The password goes by the environment, so that no list of processes shows it."""
    said = connection.settings_dict
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    env = {**os.environ, **{name: str(said[key]) for name, key in names.items() if said[key]}}
    done = subprocess.run([_program(program), *arguments], env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["?"])[-1]
        raise Unusable("%(program)s 没有成功：%(last)s", program=program, last=last[:200])


def _program(name: str) -> str:
    """In the path, or the newest that a Debian or Ubuntu has installed beside it."""
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda one: int(one.parts[-3]))
    found = str(installed[-1]) if installed else shutil.which(name)
    if found is None:
        raise Unusable("这台机器上没有 %(program)s，请安装 PostgreSQL 的客户端程序。", program=name)
    return found
