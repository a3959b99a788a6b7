"""One filled database for all benches, found again by its size and the digest of the schema.

Standard library and psycopg only: a bench asks for a database before it may read the settings.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parent.parent
OF_THE_FILL = (
    "compiler",
    "county",
    "dialects",
    "fill",
    "growth",
    "harvest",
    "lives",
    "mix",
    "patterns",
    "press",
    "slots",
    "words",
)
COPIED_UP_TO = 20_000  # a larger one is used as it lies: a bench adds a few hundred to a million


def digest() -> str:
    """It changes with the schema, the county's files and the fill itself."""
    files = [*ROOT.glob("xinfang/*/migrations/0*.py"), *ROOT.glob("counties/lintong/*.*")]
    files += [ROOT / "bench" / f"{name}.py" for name in OF_THE_FILL]
    whole = hashlib.sha256()
    for file in sorted(files):
        whole.update(file.name.encode() + file.read_bytes())
    return whole.hexdigest()[:10]


class Sqlite:
    """Files in the home of the bench."""

    name = "sqlite"

    def __init__(self) -> None:
        self.home = Path(os.environ["XINFANG_HOME"])

    def url(self, name: str) -> str:
        return f"sqlite:///{self._file(name)}"

    def names(self) -> set[str]:
        return {file.stem for file in self.home.glob("*.sqlite3")}

    def copy(self, name: str, to: str) -> None:
        self.drop(to)
        shutil.copyfile(self._file(name), self._file(to))

    def create(self, name: str) -> None:
        """The first connection does."""

    def rename(self, name: str, to: str) -> None:
        self._file(name).rename(self._file(to))

    def drop(self, name: str) -> None:
        for file in self.home.glob(f"{name}.sqlite3*"):
            file.unlink()

    def _file(self, name: str) -> Path:
        return self.home / f"{name}.sqlite3"


class Postgresql:
    """Databases of the server that DATABASE_URL names."""

    name = "postgresql"

    def __init__(self) -> None:
        self.base, _, database = os.environ["DATABASE_URL"].rpartition("/")
        place = urlsplit(f"{self.base}/{database}")
        self.login = {"host": unquote(place.netloc.rpartition("@")[2].partition(":")[0]), "user": place.username}
        self.login |= {"port": str(place.port or 5432)} | ({"password": place.password} if place.password else {})

    def url(self, name: str) -> str:
        return f"{self.base}/{name}"

    def names(self) -> set[str]:
        return {row[0] for row in self._do("SELECT datname FROM pg_database")}

    def copy(self, name: str, to: str) -> None:
        self.drop(to)
        self._do("CREATE DATABASE {} TEMPLATE {}", to, name)

    def create(self, name: str) -> None:
        self._do("CREATE DATABASE {}", name)

    def rename(self, name: str, to: str) -> None:
        self._do("ALTER DATABASE {} RENAME TO {}", name, to)

    def drop(self, name: str) -> None:
        self._do("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def _do(self, statement: str, *names: str) -> list[tuple[str, ...]]:
        with psycopg.connect(dbname="postgres", autocommit=True, **self.login) as server:
            done = server.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
            return done.fetchall() if done.description else []


def keeper() -> Sqlite | Postgresql:
    return Postgresql() if os.environ.get("DATABASE_URL", "").startswith("postgres") else Sqlite()


@contextmanager
def database(count: int) -> Iterator[dict[str, str]]:
    """An environment whose database has so many petitions, lived or running."""
    kept = keeper()
    name = _found(kept, count)
    if count > COPIED_UP_TO:
        yield {**os.environ, "DATABASE_URL": kept.url(name)}
        return
    used = f"used_{count}_{os.getpid()}"
    kept.copy(name, used)
    try:
        yield {**os.environ, "DATABASE_URL": kept.url(used)}
    finally:
        kept.drop(used)


def _found(kept: Sqlite | Postgresql, count: int) -> str:
    name = f"filled_{count}_{digest()}"
    if name not in kept.names():
        _make(kept, name, count)
    for stale in kept.names():
        if stale.startswith(f"filled_{count}_") and stale != name:
            kept.drop(stale)
    return name


def _make(kept: Sqlite | Postgresql, name: str, count: int) -> None:
    """On top of the empty county. Only a whole one gets its name."""
    part = f"filling_{count}"
    kept.drop(part)
    kept.copy(_found(kept, 0), part) if count else kept.create(part)
    environment = {**os.environ, "DATABASE_URL": kept.url(part)}
    subprocess.run([sys.executable, "-m", "bench.fill", "-n", str(count)], env=environment, cwd=ROOT, check=True)
    kept.rename(part, name)
