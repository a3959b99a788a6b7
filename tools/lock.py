"""`make lock`: pin every library with its hashes, for every system and Python 3.11 or later, and name no index.

Pins that still fit are kept; `make lock ARGS=--upgrade` takes newer ones. The tool, uv, lives in an environment of its
own for the length of this.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STYLE = ["--quiet", "--generate-hashes", "--universal", "--python-version", "3.11"]
SILENT = ["--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links"]


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="xinfang-lock-") as folder:
        python = Path(folder) / "bin" / "python"
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "uv"], check=True)
        pin = [python, "-m", "uv", "pip", "compile", "pyproject.toml", *STYLE, *SILENT, *sys.argv[1:]]
        subprocess.run([*pin, "--extra", "dev", "-o", "requirements-dev.lock"], cwd=ROOT, check=True)
        # The tests run on what is installed at a county: one version of each library in both files.
        subprocess.run([*pin, "-c", "requirements-dev.lock", "-o", "requirements.lock"], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
