"""A private PostgreSQL that lives as long as one command: `python tools/postgres.py run [--durable] -- COMMAND …`.

Nothing is assumed to be running and nothing is left behind. The server listens on a Unix socket in a folder that only
its owner may enter, so there is no port to collide on and no password to keep. PostgreSQL refuses to run as root, so
root runs it as the user `postgres`.
"""

import argparse
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

OLDEST = 15
PATIENCE = 60
USER = "xinfang"
# A test forgets its database, so nothing waits for a disk; a bench pays what production pays.
SETTINGS = {"listen_addresses": "", "max_connections": 100, "shared_buffers": "256MB", "timezone": "UTC"}
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
DURABLE = {"shared_buffers": "1GB", "max_wal_size": "4GB"}


class NoServer(Exception):
    """PostgreSQL is not installed here, or it did not start."""


def binaries() -> Path | None:
    """The folder of the newest installed server that is not too old."""
    found = [folder for folder in _folders() if _version(folder) >= OLDEST]
    return max(found, key=_version, default=None)


def _folders() -> list[Path]:
    in_path = shutil.which("initdb")
    installed = Path("/usr/lib/postgresql").glob("*/bin")
    return [
        folder for folder in [*installed, *([Path(in_path).parent] if in_path else [])] if (folder / "initdb").exists()
    ]


def _version(folder: Path) -> int:
    said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False).stdout
    number = re.search(r"\d+", said)
    return int(number[0]) if number else 0


@contextmanager
def cluster(*, durable: bool = False, keep: Path | None = None) -> Iterator[str]:
    """Yield a DATABASE_URL. With `keep`, the data stays in that folder and is found there again the next time."""
    programs = binaries()
    if programs is None:
        raise NoServer(f"PostgreSQL {OLDEST} or later is not installed.")
    folder = Path(tempfile.mkdtemp(prefix="xinfang-postgres-", dir="/tmp"))
    try:
        with _server(programs, folder, _prepare(programs, folder, keep), durable=durable):
            yield f"postgres://{USER}@{quote(str(folder), safe='')}/{USER}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _prepare(programs: Path, folder: Path, keep: Path | None) -> Path:
    """The data folder, made and owned by the user that runs the server."""
    data = keep.resolve() if keep else folder / "data"
    data.mkdir(parents=True, exist_ok=True)
    for owned in (folder, data):
        shutil.chown(owned, **_owner())
    if not (data / "PG_VERSION").exists():
        command = [programs / "initdb", "--pgdata", data, "--username", USER, "--auth", "trust", "--no-sync"]
        _must([*command, "--encoding", "UTF8", "--no-locale"])  # sorts by code point, as SQLite does
    return data


def _owner() -> dict[str, str]:
    return (
        {"user": "postgres", "group": "postgres"} if os.geteuid() == 0 else {"user": pwd.getpwuid(os.getuid()).pw_name}
    )


def _as_owner() -> dict[str, Any]:
    """How root starts a program as that user."""
    if os.geteuid() != 0:
        return {"cwd": "/"}
    return {"cwd": "/", "user": "postgres", "group": "postgres", "extra_groups": []}


def _must(command: list[Any]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, **_as_owner())
    if done.returncode:
        raise NoServer(f"{Path(command[0]).name} failed: {(done.stdout + done.stderr)[-2000:]}")


@contextmanager
def _server(programs: Path, folder: Path, data: Path, *, durable: bool) -> Iterator[None]:
    settings = {**SETTINGS, **(DURABLE if durable else FORGETFUL)}
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    log = folder / "log"
    with log.open("wb") as output:
        # A session of its own: Ctrl-C is for us, who then stop it in order.
        command = [programs / "postgres", "-D", data, "-k", folder, *options]
        server = subprocess.Popen(command, stdout=output, stderr=output, start_new_session=True, **_as_owner())
    try:
        _wait(server, programs, folder, log)
        _create_database(programs, folder)
        yield
    finally:
        _stop(server)


def _wait(server: subprocess.Popen[bytes], programs: Path, folder: Path, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while subprocess.run([programs / "pg_isready", "-q", "-h", folder], check=False).returncode:
        if server.poll() is not None or time.monotonic() > until:
            raise NoServer(f"PostgreSQL did not start: {log.read_text(errors='replace')[-2000:]}")
        time.sleep(0.05)


def _create_database(programs: Path, folder: Path) -> None:
    """Once: a kept cluster has it already."""
    client = [programs / "psql", "-h", folder, "-U", USER, "-d", "postgres", "-tAc"]
    known = subprocess.run(
        [*client, f"select 1 from pg_database where datname = '{USER}'"], capture_output=True, check=True
    )
    if not known.stdout.strip():
        _must([*client, f"create database {USER}"])


def _stop(server: subprocess.Popen[bytes]) -> None:
    """Fast shutdown: sessions are cut, data is whole. A second Ctrl-C must not leave it half done."""
    was = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        server.send_signal(signal.SIGQUIT)
        server.wait()
    finally:
        signal.signal(signal.SIGINT, was)


def _leave(number: int, _frame: object) -> None:
    """So that `finally` runs when we are told to stop."""
    sys.exit(128 + number)


def run(command: list[str], **options: Any) -> int:
    """The command's exit code; it finds DATABASE_URL in its environment."""
    with cluster(**options) as url:
        child = subprocess.Popen(command, env={**os.environ, "DATABASE_URL": url})
        try:
            return child.wait()
        finally:
            child.terminate()
            child.wait()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("action", choices=["run"])
    parser.add_argument("--durable", action="store_true", help="wait for the disk as production does")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="leave the data there for the next time")
    parser.add_argument("command", nargs="+")
    chosen = parser.parse_args()
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _leave)
    try:
        return run(chosen.command, durable=chosen.durable, keep=chosen.keep)
    except NoServer as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
