"""A demonstration's own ground, entered before settings are read: a home beside the real one, and keys made there.

Its passwords are public, so nothing of a real installation may reach into it: no database, no keys, no addresses, no seal.
"""

import os
from collections.abc import Sequence

from xinfang.foundation import keys

FOLDER = "demo"
_OF_THE_MACHINE = ("XINFANG_HOME", "XINFANG_WEB_WORKERS", "XINFANG_WEB_THREADS")
"""What says how this machine works. Every other setting is a real installation's, those of later releases too."""


def enter() -> None:
    home = keys.home() / FOLDER
    for name in [name for name in os.environ if _is_real(name)]:
        del os.environ[name]
    os.environ.update(XINFANG_HOME=str(home), XINFANG_DEMO="1")
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    keys.prepare(home)
    keys.keep(home)


def is_there() -> bool:
    """Whether `make demo` has been here."""
    return (keys.home() / FOLDER / keys.FILE).exists()


def hint(program: str, words: Sequence[str]) -> str:
    """The line to type where there are no keys but a demonstration's; nothing where there is none."""
    return f"\n这里有演示数据。要对演示运行，请在命令前加 demo：{program} demo {' '.join(words)}" if is_there() else ""


def _is_real(name: str) -> bool:
    return name == "DATABASE_URL" or (name.startswith("XINFANG_") and name not in _OF_THE_MACHINE)
