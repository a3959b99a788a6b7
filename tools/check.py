"""`make check`: format, lint, types, floors, migrations, and the quick rules of the house."""

import sys
from pathlib import Path

from tools import steps, throwaway

BIN = Path(sys.executable).parent


def main() -> int:
    with throwaway.environment() as env:

        def tool(*words: str) -> steps.Step:
            return steps.program(str(BIN / words[0]), *words[1:], env=env)

        return steps.run(
            {
                "format": tool("ruff", "format", "--check", "."),
                "lint": tool("ruff", "check", "."),
                "types": tool("mypy"),
                "floors": tool("lint-imports"),
                "migrations": tool("python", "manage.py", "makemigrations", "--check", "--dry-run"),
                "house": tool("pytest", "-q", "tests/house"),
            }
        )


if __name__ == "__main__":
    sys.exit(main())
