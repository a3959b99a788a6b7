"""`xinfang load terms FILE`: a county's own terms, over the policies that come with the system."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from xinfang.deadlines import actions, queries, term_file, terms
from xinfang.deadlines.clocks import Term
from xinfang.deadlines.errors import TermRefused
from xinfang.trace.acts import Hand

HAND = Hand.system("load_terms")


class Command(BaseCommand):
    help = "Load a county's own terms; they take the place of those loaded before. Loading again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="terms.toml of the county")

    def handle(self, *, file: Path, verbosity: int, **options: Any) -> None:
        try:
            with transaction.atomic():
                said = _load(_read(file))
        except TermRefused as refused:
            raise CommandError(refused.sentence) from refused
        if verbosity:
            self.stdout.write(said)


def _read(file: Path) -> list[Term]:
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise TermRefused(_("无法读取%(file)s。") % {"file": file.name}) from error
    return term_file.local(text, terms.packaged())


def _load(own: list[Term]) -> str:
    if [queries.written(term) for term in own] == [queries.written(term) for term in queries.local_terms()]:
        return "本级期限：没有变化。"
    actions.load_terms(own, by=HAND, at=timezone.now())
    return f"本级期限：已载入{len(own)}项。"
