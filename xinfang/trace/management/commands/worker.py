"""`xinfang worker`: places entries within a second, lets readers read on, does timed work, verifies at night."""

import logging
import signal
import threading
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from django.utils import timezone

from xinfang.trace import followers, nightly, sequencer, timetable

log = logging.getLogger(__name__)


def _timed() -> object:
    return timetable.run_due(timezone.now())


# Apart from one another: a long sweep must not keep an entry from its place.
WORK: tuple[tuple[str, float, Callable[[], object]], ...] = (
    ("sequencer", 0.25, sequencer.place_all),
    ("readers", 0.25, followers.read_all),
    ("timed work", 5.0, _timed),
    ("nightly verification", 300.0, nightly.run),
)


class Command(BaseCommand):
    help = "Background work: the sequencer, the trace's readers, timed work, verification at night. Any number may run."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due and stop")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            for _, _, do in WORK:
                do()
            return
        stop = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stop.set())
        threads = [threading.Thread(target=_repeat, args=(*work, stop), name=work[0], daemon=True) for work in WORK]
        for thread in threads:
            thread.start()
        stop.wait()
        for thread in threads:
            thread.join(timeout=10)


def _repeat(name: str, pause: float, do: Callable[[], object], stop: threading.Event) -> None:
    """Until told to stop. A failure is logged and tried again: a database that was away comes back."""
    while True:
        try:
            do()
        except Exception:
            log.exception("%s failed", name)
        close_old_connections()
        if stop.wait(pause):
            return
