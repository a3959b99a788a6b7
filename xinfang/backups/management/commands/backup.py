"""`xinfang backup TARGET`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from xinfang.backups import making
from xinfang.foundation.errors import Refused
from xinfang.trace import sequencer


class Command(BaseCommand):
    help = "备份数据库和附件，放进目标文件夹下的一个新文件夹。不含密钥。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("target", type=Path, metavar="文件夹")
        parser.add_argument("--keys", type=Path, metavar="文件", help="另把密钥写进这个文件，不能放在备份里")

    def handle(self, *args: Any, target: Path, keys: Path | None, **options: Any) -> None:
        try:
            if keys:
                making.copy_keys(keys, target)
            sequencer.place_all()
            folder, made = making.make(target, at=timezone.now())
        except (Refused, OSError) as wrong:
            raise CommandError(str(wrong)) from None
        self.stdout.write(
            f"已备份到 {folder}：痕迹 {made.entries} 条，附件 {made.files} 个。密钥不在里面，请另行保管。"
        )
        if made.damaged:
            names = "、".join(address[:12] for address in made.damaged[:5])
            raise CommandError(f"有 {len(made.damaged)} 个附件缺失或者损坏，没有备份进去：{names}")
