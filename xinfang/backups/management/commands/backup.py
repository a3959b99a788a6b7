"""`xinfang backup TARGET`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import timezone

from xinfang.backups import making, rotating
from xinfang.foundation.errors import Refused
from xinfang.foundation.speaking import SpeakingCommand
from xinfang.trace import sequencer


class Command(SpeakingCommand):
    help = "备份数据库和附件，放进目标文件夹下的一个新文件夹。不含密钥。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("target", type=Path, metavar="文件夹")
        parser.add_argument(
            "--keep", type=int, metavar="份数", help="只留最近这么多份；不写的，只在每日备份的文件夹里轮换"
        )
        parser.add_argument("--keys", type=Path, metavar="文件", help="另把密钥写进这个文件，不能放在备份里")

    def handle(self, *args: Any, target: Path, keep: int | None, keys: Path | None, **options: Any) -> None:
        if keep is not None and keep < 1:
            raise CommandError("至少要留一份。")
        try:
            if keys:
                making.copy_keys(keys, target)
            with rotating.alone(target):
                self._make(target)
                if kept := _kept(target) if keep is None else keep:
                    self._rotate(target, kept)
        except (Refused, OSError) as wrong:
            raise CommandError(str(wrong)) from None

    def _make(self, target: Path) -> None:
        sequencer.place_all()
        folder, made = making.make(target, at=timezone.now(), say=self.say)
        self.stdout.write(
            f"已备份到 {folder}：痕迹 {made.entries} 条，附件 {made.files} 个。密钥不在里面，请另行保管。"
        )
        if made.damaged:
            names = "、".join(address[:12] for address in made.damaged[:5])
            raise CommandError(f"有 {len(made.damaged)} 个附件缺失或者损坏，没有备份进去：{names}")

    def _rotate(self, target: Path, keep: int) -> None:
        done = rotating.rotate(target, keep=keep)
        if done.gone:
            self.stdout.write(
                f"删去旧备份 {len(done.gone)} 份（{'、'.join(done.gone)}），不再用到的附件 {done.files} 个。"
            )
        if done.left:
            self.stdout.write(f"没有动：{'、'.join(done.left)}，不是这套系统的，或者被改动过；附件也都留着。")


def _kept(target: Path) -> int:
    """How many are kept in the folder of the daily backup; elsewhere, where somebody copied to, all."""
    is_daily = bool(settings.BACKUPS) and Path(settings.BACKUPS).resolve() == target.resolve()
    return settings.BACKUPS_KEPT if is_daily else 0
