"""`xinfang restore BACKUP`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from xinfang.backups import restoring
from xinfang.foundation.errors import Refused


class Command(BaseCommand):
    help = "把一份备份恢复到空的数据库里。密钥须是原来那一套。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("backup", type=Path, metavar="备份")

    def handle(self, *args: Any, backup: Path, **options: Any) -> None:
        try:
            said = restoring.restore(backup)
        except (Refused, OSError) as wrong:
            raise CommandError(str(wrong)) from None
        if said.checkpoint:
            self.stdout.write(f"备份时公布过的检查点，请与见证人手里的对照：\n{said.checkpoint}")
        self.stdout.write(f"已恢复 {said.made_at} 的备份：痕迹 {said.entries} 条。请运行 xinfang trace verify 核对。")
