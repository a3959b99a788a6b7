"""`xinfang load laws`: the two petition regulations by article, and the laws known by name."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from xinfang.legislation import library
from xinfang.trace.acts import Hand

HAND = Hand.system("load_laws")


class Command(BaseCommand):
    help = "载入随系统提供的法规：两部信访条例的条文编号和说明，以及只知道名称的法规。再次载入不会重复。"

    def handle(self, *, verbosity: int, **options: Any) -> None:
        done = library.load(by=HAND, at=timezone.now())
        if verbosity:
            self.stdout.write(f"法规库：新增{done['laws']}部法规、{done['versions']}个版本。")
