"""`make bench`: `python -m bench.NAME` on both databases, each filled once and kept in var/bench.

A bench prints one JSON line a figure to stdout, and everything else to stderr.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from tools import throwaway

HOME = Path(__file__).resolve().parent.parent / "var" / "bench"
SERVER = Path(__file__).parent / "postgres.py"


def bench(name: str, arguments: list[str], *, database: str) -> int:
    """PostgreSQL waits for the disk here, as in production; so does SQLite, by the settings."""
    home = HOME / database
    home.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", f"bench.{name}", *arguments]
    if database == "postgresql":
        command = [sys.executable, str(SERVER), "run", "--durable", "--keep", str(home / "data"), "--", *command]
    ours = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    return subprocess.run(command, env={**ours, **throwaway.KEYS, "XINFANG_HOME": str(home)}, check=False).returncode


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("name")
    parser.add_argument("--on", nargs="+", default=["sqlite", "postgresql"], choices=["sqlite", "postgresql"])
    parser.add_argument("arguments", nargs="*")
    chosen = parser.parse_args()
    return max(bench(chosen.name, chosen.arguments, database=database) for database in chosen.on)


if __name__ == "__main__":
    sys.exit(main())
