"""`xinfang worker`: places entries within a second, lets readers read on, does timed work. Any number may run."""

import signal
import threading
import time
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils import timezone

from xinfang.trace import followers, sequencer, timetable

PAUSE = 0.25
TIMED_EVERY = 5.0


class Command(BaseCommand):
    help = "Background work: the sequencer, the trace's readers, timed work."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due and stop")

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        if not options["once"]:
            for name in (signal.SIGTERM, signal.SIGINT):
                signal.signal(name, lambda *_: stop.set())
        timed_at = 0.0
        while True:
            sequencer.place_all()
            followers.read_all()
            if time.monotonic() - timed_at >= TIMED_EVERY or options["once"]:
                timetable.run_due(timezone.now())
                timed_at = time.monotonic()
                close_old_connections()
            if options["once"] or stop.wait(PAUSE):
                return
