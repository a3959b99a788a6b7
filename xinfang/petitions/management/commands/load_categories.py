"""`xinfang load categories FILE`: 内容分类 from a CSV of code, name, parent."""

import csv
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from xinfang.foundation.errors import Refused
from xinfang.petitions.actions.categories import load_categories
from xinfang.trace.hands import Hand


class Command(BaseCommand):
    help = "装载内容分类。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines))
        try:
            with transaction.atomic():
                count = load_categories(rows, by=Hand.system("category loader"), at=timezone.now())
        except Refused as refused:
            raise CommandError(refused.sentence) from None
        self.stdout.write(f"已装载内容分类 {count}。")
