"""`xinfang log root SIZE`."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from xinfang.backups.rebuilding import root_of_entries


class Command(BaseCommand):
    help = "从痕迹本身重算前若干条的树根（十六进制），与检查点对照。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("size", type=int, metavar="条数")

    def handle(self, *args: Any, size: int, **options: Any) -> None:
        self.stdout.write(root_of_entries(size).hex())
