"""`xinfang import law FILE`: a law's text from Markdown, Word or PDF, all of it or nothing."""

from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from xinfang.foundation.errors import Refused
from xinfang.legislation import files, importing
from xinfang.legislation.importing import Plan, Said
from xinfang.legislation.models import Kind, Level
from xinfang.trace.acts import Hand

HAND = Hand.system("import_law")


def _date(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError as error:
        raise ArgumentTypeError(f"{words} 不是日期，请写作 2024-03-01。") from error


class Command(BaseCommand):
    help = "从 Markdown、Word 或 PDF 文件导入一部法规的条文。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--code", default="", help="新法规的代号，如 wuye-tiaoli")
        parser.add_argument("--version-date", "--in-force-on", dest="in_force_on", type=_date, help="施行日期")
        parser.add_argument("--repealed-on", type=_date, help="废止日期")
        parser.add_argument("--kind", choices=Kind.values, default=Kind.LAW.value)
        parser.add_argument("--level", choices=Level.values, default=Level.NATIONAL.value)
        parser.add_argument("--issuer", default="", help="制定机关")
        parser.add_argument("--replaces", action="store_true", help="接替这部法规的现行版本")
        parser.add_argument("--succeeds", default="", metavar="CODE", help="接替另一部法规，它自施行之日起废止")
        parser.add_argument("--dry-run", action="store_true", help="只说明将要做什么")

    def handle(self, *, file: Path, dry_run: bool, **options: Any) -> None:
        said = Said(**{name: options[name] for name in Said.__dataclass_fields__})
        try:
            with file.open("rb") as stream:
                planned = importing.plan(files.draft_of(stream, file.name), said, source=file.name)
            is_known = planned.is_known
            if not is_known and not dry_run:
                importing.carry_out(planned, by=HAND, at=timezone.now())
        except OSError as error:
            raise CommandError(f"无法读取 {file}。") from error
        except Refused as refused:
            raise CommandError(f"{file.name}：{refused.sentence}") from refused
        self.stdout.write(_told(planned, is_known=is_known, done=not dry_run))


def _told(planned: Plan, *, is_known: bool, done: bool) -> str:
    title, articles = planned.draft.title, len(planned.draft.provisions)
    if is_known:
        return f"《{title}》{planned.in_force_on}施行的版本：条文已经导入过，没有变化。"
    repeals = "".join(f"正文写明同时废止《{one}》。" for one in planned.draft.repeals() if one != title)
    verb = "已导入" if done else "将导入"
    return f"《{title}》{planned.in_force_on}施行的版本：{verb}{articles}条。{repeals}"
