"""`xinfang init`: a real installation's beginning, once. cli.py has put fresh keys in the environment where none were."""

from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils import timezone

from xinfang.foundation import keys
from xinfang.foundation.errors import Refused
from xinfang.organizations.actions import officers, tenures
from xinfang.organizations.models import Duty, Officer, Post
from xinfang.trace.acts import Hand

STARTER = Hand.system("init")


class Command(BaseCommand):
    """开始一个新的安装。"""

    help = "开始一个新的安装：密钥、区县文件、系统管理员和信访局局长两个人。只能运行一次。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--county", type=Path, required=True, help="区县文件夹，如 counties/lintong")
        for duty in ("administrator", "bureau-head"):
            parser.add_argument(f"--{duty}", nargs=2, required=True, metavar=("登录名", "姓名"))

    def handle(self, *args: Any, county: Path, **options: Any) -> None:
        administrator, bureau_head = options["administrator"], options["bureau_head"]
        settings.HOME.mkdir(mode=0o700, parents=True, exist_ok=True)
        if _has_begun():
            raise CommandError("这里已经有人员账号，init 只能运行一次，什么也没有改动。")
        if administrator[0] == bureau_head[0] or administrator[1] == bureau_head[1]:
            raise CommandError("系统管理员和信访局局长必须是两个人。")
        written = keys.keep(settings.HOME)
        call_command("migrate", interactive=False, verbosity=0)
        call_command("load_county", county, stdout=self.stdout)
        once = self._begin(administrator, bureau_head)
        self._tell(written, once)

    def _begin(self, administrator: list[str], bureau_head: list[str]) -> dict[str, str]:
        at = timezone.now()
        try:
            with transaction.atomic():
                return {
                    administrator[0]: _first(Duty.ADMINISTRATOR, administrator, at),
                    bureau_head[0]: _first(Duty.BUREAU_HEAD, bureau_head, at),
                }
        except Refused as refused:
            raise CommandError(refused.sentence) from None

    def _tell(self, written: Path | None, once: dict[str, str]) -> None:
        if written:
            self.stdout.write(f"密钥写在 {written}，请另行备份，丢失后密文无法恢复。")
        self.stdout.write("一次性密码只显示这一次，请分别交给本人，首次登录须修改：")
        for username, password in once.items():
            self.stdout.write(f"  {username}  {password}")


def _has_begun() -> bool:
    return Officer._meta.db_table in connection.introspection.table_names() and Officer.objects.exists()


def _first(duty: Duty, who: list[str], at: datetime) -> str:
    post = Post.objects.filter(duty=duty).order_by("pk").first()
    if post is None:
        raise Refused("区县文件里没有“%(duty)s”的岗位。", duty=duty.label)
    officer = officers.enrol(username=who[0], name=who[1], by=STARTER, at=at)
    tenures.begin(post, officer=officer, since=timezone.localdate(at), by=STARTER, at=at)
    return officers.reset_password(officer, by=STARTER, at=at)
