"""Who comes seldom goes before all who come often.

SQLite lets one write at a time. Whoever finds it taken looks again after 1, 2, 5 … 100 milliseconds, so that among eight who
write without a pause one that writes four times a second may wait for seconds. It says so on a file beside the database, and
those who are about to begin wait until it has written. What lies there is a lock of the system: it ends with its process.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

MOST = 1.0
"""Seconds that anyone lets others pass: one that has stopped in the middle must not stop the house."""
_LOOK = 0.002
_is_first = ContextVar("is_first", default=False)


@contextmanager
def first(database: str | Path) -> Iterator[None]:
    """For one short transaction, seldom. Two who go first do so one after the other."""
    with _opened(database) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        reset = _is_first.set(True)
        try:
            yield
        finally:
            _is_first.reset(reset)  # closing the file gives the lock back


def let_pass(database: str | Path) -> None:
    """Wait while somebody goes first, who is not we ourselves."""
    until = time.monotonic() + MOST
    with _opened(database) as file:
        while not _is_first.get() and _is_taken(file) and time.monotonic() < until:
            time.sleep(_LOOK)


@contextmanager
def _opened(database: str | Path) -> Iterator[int]:
    """Opened anew each time: a lock belongs to an opening, and threads share none."""
    file = os.open(f"{database}-first", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield file
    finally:
        os.close(file)


def _is_taken(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    return False
