"""`xinfang load help_lines FILE`: whom this county calls when somebody may harm himself."""

import tomllib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from xinfang.foundation.errors import Refused
from xinfang.petitions import actions, help_card
from xinfang.trace.acts import Hand

HAND = Hand.system("load_help_lines")


class Command(BaseCommand):
    help = "Load a county's own help lines; they take the place of those loaded before."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="a TOML file with [[line]] entries: name, telephone, hours")

    def handle(self, *, file: Path, verbosity: int, **options: Any) -> None:
        try:
            content = tomllib.loads(file.read_text(encoding="utf-8"))
            lines = help_card.read(content.get("line"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise CommandError(f"无法读取{file.name}：{error}") from error
        except Refused as refused:
            raise CommandError(refused.sentence) from refused
        actions.load_help_lines(lines, by=HAND, at=timezone.now())
        if verbosity:
            self.stdout.write(f"求助电话：已载入{len(lines)}项。")
