"""A backup a day and a drill a week where `XINFANG_BACKUPS` names a folder, each in a process of its own: the worker places
entries meanwhile. One after the other: a drill tries the backup that has ended, never the one that is being written.
"""

import subprocess
import sys
import threading
import time
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from xinfang.backups import actions, making
from xinfang.backups.actions import Found
from xinfang.backups.drilling import DRILLER, LONGEST
from xinfang.backups.errors import Unusable
from xinfang.backups.models import Drill

_last: list[threading.Thread] = []


def back_up(at: datetime) -> None:
    if settings.BACKUPS:
        _start("backup")


def drill(at: datetime) -> None:
    """Of the latest backup; where there is none yet, one is made first."""
    if settings.BACKUPS:
        if not _has_any(Path(settings.BACKUPS)):
            _start("backup")
        _start("drill")


def _has_any(target: Path) -> bool:
    try:
        making.latest(target)
    except Unusable:
        return False
    return True


def _start(command: str) -> None:
    before = _last.pop() if _last else None
    _last.append(threading.Thread(target=_in_turn, args=(command, before), daemon=True))
    _last[0].start()


def _in_turn(command: str, before: threading.Thread | None) -> None:
    if before:
        before.join()
    begun = time.monotonic()
    done = subprocess.run(
        _words(command), cwd=settings.BASE_DIR, start_new_session=True, stderr=subprocess.PIPE, text=True, check=False
    )
    if command == "backup" and done.returncode:
        try:
            note_failed(done.stderr, seconds=round(time.monotonic() - begun), at=timezone.now())
        finally:
            connection.close()


def _words(command: str) -> list[str]:
    return [sys.executable, "-m", "xinfang", command, settings.BACKUPS]


def note_failed(said: str, *, seconds: int, at: datetime) -> Drill:
    """A backup that failed is a drill that was not passed: it stands where the administrator looks."""
    last = (said.strip().splitlines() or ["?"])[-1].removeprefix("CommandError: ")
    told = (_("备份没有做成：%(why)s") % {"why": last})[:LONGEST]
    return actions.note_drill(Found(took_seconds=seconds, is_sound=False, said=told), by=DRILLER, at=at)
