"""`xinfang demo_load`: the rest of the demonstration's petitions, started by `xinfang demo` beside the pages."""

import os
import signal
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from xinfang.desk import demo
from xinfang.foundation.demonstration import FOLDER


class Command(BaseCommand):
    help = "由 xinfang demo 启动：在后台装入其余的演示数据。"

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO or settings.HOME.name != FOLDER:
            raise CommandError("演示只能由命令 xinfang demo 启动。")
        signal.signal(signal.SIGTERM, lambda *words: sys.exit(0))
        os.nice(15)
        demo.load_rest(at=timezone.now())
