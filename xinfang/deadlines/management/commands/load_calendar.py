"""`xinfang load calendar [FILE …]`: the packaged years, or the next year's notice from a file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from xinfang.deadlines import actions, holidays, queries
from xinfang.deadlines.errors import CalendarRefused
from xinfang.trace.acts import Hand

HAND = Hand.system("load_calendar")


class Command(BaseCommand):
    help = "Load the working calendar: all packaged years, or the files named. Loading again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, help="calendar files, one year each")

    def handle(self, *, files: list[Path], verbosity: int, **options: Any) -> None:
        try:
            years = [holidays.read(file) for file in files] if files else holidays.packaged()
            with transaction.atomic():
                said = [_load(year) for year in years]
        except CalendarRefused as refused:
            raise CommandError(refused.sentence) from refused
        if verbosity:
            self.stdout.write("\n".join(said))


def _load(year: holidays.HolidayYear) -> str:
    if queries.is_loaded(year):
        return f"{year.year}年：没有变化。"
    actions.load_year(year, by=HAND, at=timezone.now())
    return f"{year.year}年：已载入{len(year.days)}天。"
