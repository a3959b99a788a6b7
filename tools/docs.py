"""`make docs`: what the tables of moves print, and the pictures where a browser is; then every link must lead somewhere."""

import re
import subprocess
import sys
from pathlib import Path

from tools import steps, system

ROOT = Path(__file__).resolve().parent.parent
LINK = re.compile(r"\]\(([^)\s]+)\)")
OUTSIDE = re.compile(r"[a-z]+:|#")


def documents() -> list[Path]:
    """What git knows, so that no environment and no build is read."""
    listed = subprocess.run(["git", "ls-files", "*.md"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.splitlines()]


def broken(document: Path) -> list[str]:
    links = [link for link in LINK.findall(document.read_text()) if not OUTSIDE.match(link)]
    return [link for link in links if not (document.parent / link.partition("#")[0]).exists()]


def linked() -> int:
    lost = [f"{document.relative_to(ROOT)}: {link}" for document in documents() for link in broken(document)]
    print("\n".join(lost) or f"{len(documents())} documents, every link leads somewhere.")
    return 1 if lost else 0


def pictured() -> int:
    """Each in a process of its own, which has Django in it."""
    if missing := system.missing_for_browser():
        print(f"The pictures stay as they are; to take them anew, install: {' '.join(missing)}")
        return 0
    each = ("tools.pictures", "tools.panels")
    return max(subprocess.run([sys.executable, "-m", name], cwd=ROOT, check=False).returncode for name in each)


def printed() -> int:
    return subprocess.run([sys.executable, "-m", "tools.tables"], cwd=ROOT, check=False).returncode


def main() -> int:
    return steps.run({"tables": printed, "pictures": pictured, "links": linked})


if __name__ == "__main__":
    sys.exit(main())
