"""A small installation of its own, on the engine the suite runs on, and the commands as an operator types them."""

import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest

from tools.throwaway import KEYS

ROOT = Path(__file__).resolve().parents[2]
SERVER = os.environ.get("DATABASE_URL", "")


@dataclass
class Installation:
    """A home and a database. `address` is empty for SQLite, which lies in the home."""

    home: Path
    address: str = ""
    more: dict[str, str] = field(default_factory=dict)

    @property
    def env(self) -> dict[str, str]:
        ours = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "XINFANG_DEMO")}
        place = {"DATABASE_URL": self.address} if self.address else {}
        return {**ours, **KEYS, **place, "XINFANG_HOME": str(self.home), **self.more}

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return self._run("-m", "xinfang", *words)

    def script(self, *words: str) -> str:
        done = self._run(*words)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def _run(self, *words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, *words]
        return subprocess.run(command, env=self.env, cwd=ROOT, capture_output=True, text=True, check=False)


class Grounds:
    """Where installations are made, and taken away again."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.names = folder, []

    def new(self) -> Installation:
        home = self.folder / secrets.token_hex(4)
        home.mkdir()
        return Installation(home, self._database() if SERVER else "")

    def _database(self) -> str:
        name = f"backups_{secrets.token_hex(4)}"
        with psycopg.connect(SERVER, autocommit=True) as server:
            server.execute(f'CREATE DATABASE "{name}"')
        self.names.append(name)
        return f"{SERVER.rpartition('/')[0]}/{name}"

    def clear(self) -> None:
        for name in self.names:
            with psycopg.connect(SERVER, autocommit=True) as server:
                server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="module")
def grounds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Grounds]:
    made = Grounds(tmp_path_factory.mktemp("backups"))
    yield made
    made.clear()


@pytest.fixture(scope="module")
def living(grounds: Grounds) -> Installation:
    """In use: migrated and filled once for all tests of the module, which only read it."""
    one = grounds.new()
    assert one.run("migrate", "-v", "0").returncode == 0
    one.more["PUBLISHED"], one.more["FILED"] = one.script("-m", "tests.backups.fill").splitlines()[-2:]
    return one


@pytest.fixture(scope="module")
def made(living: Installation, grounds: Grounds) -> Path:
    """A backup of it."""
    target = grounds.folder / "target"
    done = living.run("backup", str(target))
    assert done.returncode == 0, done.stderr
    [folder] = target.glob("xinfang-*")
    return folder


@pytest.fixture
def copy(made: Path, tmp_path: Path) -> Path:
    """The backup once more, for a test to spoil."""
    shutil.copytree(made.parent, tmp_path / "target")
    return tmp_path / "target" / made.name
