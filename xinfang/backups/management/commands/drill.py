"""`xinfang drill TARGET`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from xinfang.backups.drilling import drill
from xinfang.foundation.speaking import SpeakingCommand


class Command(SpeakingCommand):
    help = "把最近一份备份恢复到临时的数据库里，核对痕迹，记下结果。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("target", type=Path, metavar="文件夹")

    def handle(self, *args: Any, target: Path, **options: Any) -> None:
        done = drill(target, at=timezone.now(), say=self.say)
        if not done.is_sound:
            raise CommandError(f"演练没有通过：{done.said}")
        lost = f"现在出事会丢 {done.lost_seconds // 60} 分钟、{done.lost_entries} 条痕迹"
        self.stdout.write(f"演练通过：{done.backup}，用时 {done.took_seconds} 秒；{lost}。")
