"""A backup a day and a drill a week where `XINFANG_BACKUPS` names a folder, each in a process of its own: the worker places
entries meanwhile."""

import subprocess
import sys
from datetime import datetime

from django.conf import settings

_under_way: list[subprocess.Popen[bytes]] = []


def back_up(at: datetime) -> None:
    _start("backup")


def drill(at: datetime) -> None:
    _start("drill")


def _start(command: str) -> None:
    """What ended since is asked for its end, or it would stay in the list of processes."""
    _under_way[:] = [one for one in _under_way if one.poll() is None]
    if settings.BACKUPS:
        words = [sys.executable, "-m", "xinfang", command, settings.BACKUPS]
        _under_way.append(subprocess.Popen(words, cwd=settings.BASE_DIR, start_new_session=True))
