"""`xinfang demo`: what `make demo` runs. cli.py has put it on ground of its own before settings were read."""

import shutil
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from xinfang.desk import demo, serving
from xinfang.foundation.demonstration import FOLDER
from xinfang.foundation.speaking import SpeakingCommand

HOST = "127.0.0.1"


class Command(SpeakingCommand):
    help = "在本机演示：自己的数据库，虚构的数据，公开的密码。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--reset", action="store_true", help="清除演示数据，不启动")

    def handle(self, *args: Any, port: int, reset: bool, **options: Any) -> None:
        if not settings.DEMO or settings.HOME.name != FOLDER:
            raise CommandError("演示只能由命令 xinfang demo 启动。")
        if reset:
            shutil.rmtree(settings.HOME)
            self.stdout.write("演示数据已清除。")
            return
        if not serving.is_free(HOST, port):
            raise CommandError(f"端口 {port} 不能用，可能已被占用，请换一个：.venv/bin/xinfang demo --port {port + 1}")
        self._open(port)

    def _open(self, port: int) -> None:
        at = timezone.now()
        call_command("migrate", interactive=False, verbosity=0)
        demo.prepare(at=at, say=self.say)
        self.say(demo.card(port))
        with serving.beside([sys.executable, "-m", "xinfang", "demo_load"]):
            call_command("serve", host=HOST, port=port, stdout=self.stdout, stderr=self.stderr)
