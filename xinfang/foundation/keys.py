"""The keys of an installation, made by `xinfang init` before settings can be read. Standard library only.

They are fresh in the environment first and written down once init knows that nothing was here before: a database whose
keys are lost must not be given others.
"""

import base64
import os
import secrets
from collections.abc import Callable
from pathlib import Path

FILE = "keys.env"
_fresh: dict[str, str] = {}
_MAKERS: dict[str, Callable[[], str]] = {
    "XINFANG_SECRET_KEY": lambda: secrets.token_urlsafe(48),
    "XINFANG_MASTER_KEY": lambda: base64.b64encode(secrets.token_bytes(32)).decode(),
    "XINFANG_LOG_KEY": lambda: base64.b64encode(secrets.token_bytes(32)).decode(),
}


def home() -> Path:
    return Path(os.environ.get("XINFANG_HOME", Path(__file__).resolve().parents[2] / "var"))


def prepare(folder: Path) -> None:
    """Put a fresh key into the environment for each that neither it nor the file has. An empty one is none."""
    file = folder / FILE
    kept = {line.partition("=")[0].strip() for line in file.read_text().splitlines()} if file.exists() else set()
    for name, make in _MAKERS.items():
        if not os.environ.get(name) and name not in kept:
            os.environ[name] = _fresh[name] = make()


def keep(folder: Path) -> Path | None:
    """Write the fresh keys down, for the owner's eyes only. None when there were none."""
    if not _fresh:
        return None
    handle = os.open(folder / FILE, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "w") as file:
        os.fchmod(handle, 0o600)
        file.writelines(f"{name}={value}\n" for name, value in _fresh.items())
        file.flush()
        os.fsync(handle)
    _fresh.clear()
    return folder / FILE
