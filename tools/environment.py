"""The virtual environment `.venv`, with exactly what one lock file names: `python3 -m tools.environment requirements.lock`.

Nothing but the standard library, and it starts on any Python 3, to be able to say that it is too old.
"""

import hashlib
import importlib.util
import subprocess
import sys
from pathlib import Path

from tools import debian

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
LOG = VENV / "install.log"
OLDEST = (3, 11)


def digest(lock: Path) -> str:
    """It changes when the lock, our own metadata or the place changes."""
    parts = [lock.read_bytes(), (ROOT / "pyproject.toml").read_bytes(), str(ROOT).encode()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def stamp(lock: Path) -> Path:
    return VENV / f".{lock.name}.stamp"


def is_installed(lock: Path) -> bool:
    return stamp(lock).exists() and stamp(lock).read_text() == digest(lock) and runs()


def runs() -> bool:
    """Whether the environment still works: it does not after a move, or when the system's Python was replaced."""
    settings = VENV / "pyvenv.cfg"
    if not settings.exists() or str(VENV) not in settings.read_text():
        return False
    question = "import pip, sys; sys.exit(sys.version_info < (3, 11))"
    return VENV_PYTHON.exists() and subprocess.run([VENV_PYTHON, "-c", question], check=False).returncode == 0


def create() -> None:
    if VENV.is_symlink():  # --clear would empty what it points to
        debian.stop("The folder .venv is a link to another place. Remove the link and run this again.")
    if not importlib.util.find_spec("ensurepip"):  # Debian ships it apart
        debian.install(["python3-venv"])
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], stdout=subprocess.DEVNULL, check=False)
    if made.returncode:
        debian.stop("The virtual environment .venv could not be made.")


def pip(*arguments: str) -> None:
    """Its words go to a log; the last of them are shown when it fails."""
    command = [str(VENV_PYTHON), "-m", "pip", "install", "--no-input", "--progress-bar=off", *arguments]
    with LOG.open("a") as log:
        code = subprocess.run(command, cwd=ROOT, stdout=log, stderr=log, check=False).returncode
    if code:
        debian.stop(
            "\n".join([*LOG.read_text().splitlines()[-15:], f"The libraries could not be installed; see {LOG}"])
        )


def install(lock: Path) -> None:
    debian.say(f"Installing the libraries of {lock.name} into .venv (a minute or two, the first time) …")
    if not runs():
        create()
    # The lock is whole: asked for dependencies, older pips look beside it for `coverage[toml]` and find a newer one.
    pip("--no-deps", "--require-hashes", "--only-binary=:all:", "-r", str(lock))
    pip("--no-deps", "--no-build-isolation", "-e", ".")
    stamp(lock).write_text(digest(lock))


def main() -> None:
    if sys.version_info < OLDEST:
        found = ".".join(str(part) for part in sys.version_info[:3])
        debian.stop(f"Python 3.11 or later is needed, this is {found}. Another one: make PYTHON=python3.12 demo")
    lock = ROOT / sys.argv[1]
    if not is_installed(lock):
        install(lock)


if __name__ == "__main__":
    main()
