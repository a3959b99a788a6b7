"""`xinfang reset_password 登录名`: on the host, for whom no other officer may do it (decision 0010)."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from xinfang.organizations.actions import officers
from xinfang.organizations.models import Officer
from xinfang.trace.acts import Hand

HOST = Hand.system("reset_password")


class Command(BaseCommand):
    """在主机上重置一个人的密码。"""

    help = "重置一个人的密码，只在没有别人可以办的时候用；要两个人在场，痕迹里记为系统所为。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", metavar="登录名")

    def handle(self, *args: Any, username: str, **options: Any) -> None:
        officer = Officer.objects.filter(username=username).first()
        if officer is None:
            raise CommandError(f"没有登录名为“{username}”的人员。")
        once = officers.reset_password(officer, by=HOST, at=timezone.now())
        self.stdout.write(f"一次性密码只显示这一次，请交给本人，首次登录须修改：\n{once}")
