"""`make test` after the checks: the suite on SQLite, the same on PostgreSQL, then the pages in a browser."""

import os
import sys
from pathlib import Path

from tools import postgres, steps

PYTEST = str(Path(sys.executable).parent / "pytest")
ALL_CORES = ["-n", "2", "--dist", "worksteal"]


def pytest(*words: str, **env: str) -> int:
    """Without DATABASE_URL the suite runs on SQLite."""
    ours = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return steps.program(PYTEST, "-q", *words, env={**ours, **env})()


def on_sqlite() -> int:
    """Races need writers that really run side by side, so they are left to PostgreSQL."""
    return pytest(*ALL_CORES, "-m", "not browser and not race", "--cov", "--cov-report=term:skip-covered")


def on_postgresql() -> int:
    with postgres.cluster() as url:
        return pytest(*ALL_CORES, "-m", "not browser", DATABASE_URL=url)


def in_the_browser() -> int:
    return pytest("-m", "browser", "tests/browser")


def main() -> int:
    return steps.run(
        {
            "the suite on SQLite": on_sqlite,
            "the suite on PostgreSQL": on_postgresql,
            "the pages in a browser": in_the_browser,
        }
    )


if __name__ == "__main__":
    sys.exit(main())
