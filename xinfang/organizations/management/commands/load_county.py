"""`xinfang load county DIR`: a county's files into rows, all of them or none."""

from pathlib import Path
from typing import Any

from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from xinfang.foundation.errors import Refused
from xinfang.organizations.actions import counties
from xinfang.organizations.county import read
from xinfang.organizations.errors import BadCounty, Defect
from xinfang.trace.acts import Hand

LOADER = Hand.system("county loader")


class Command(BaseCommand):
    """装载一个区县的文件。"""

    help = "装载一个区县的文件：区划、单位、岗位、内容分类和工作日历。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="区县文件夹，如 counties/lintong")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            with transaction.atomic():
                changed = counties.load(read(folder), by=LOADER, at=timezone.now())
                self._other_rooms(folder)
        except Refused as refused:
            raise CommandError(refused.sentence) from None
        self.stdout.write(
            f"已装载：区划 {changed['divisions']}、单位 {changed['units']}、补设岗位 {changed['posts']}、"
            f"地图 {changed['on_map']}。"
        )

    def _other_rooms(self, folder: Path) -> None:
        """Rooms above have loaders of their own; this room knows only their names."""
        known, categories = get_commands(), folder / "categories.csv"
        for loader in ("load_laws", "load_calendar"):
            if loader in known:
                call_command(loader, verbosity=0)
        if "load_categories" in known:
            if not categories.exists():
                raise BadCounty([Defect(categories.name, 1, _("没有这个文件。"))])
            call_command("load_categories", categories, stdout=self.stdout)
