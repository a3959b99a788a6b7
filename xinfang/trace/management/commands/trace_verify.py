"""`xinfang trace verify`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from xinfang.trace import nightly, sequencer, verify


class Command(BaseCommand):
    help = "从头核验痕迹、树、检查点和附件，说出第一处不符。"

    def handle(self, *args: Any, **options: Any) -> None:
        sequencer.place_all()
        self.stdout.write(f"正在核验：痕迹和附件共 {verify.size()} 项，从头算一遍……")
        self.stdout.flush()
        with tqdm(total=verify.size(), unit="条", disable=None) as bar:
            found = nightly.verified(bar.update)
        if found.lie:
            raise CommandError(found.lie)
        self.stdout.write(f"痕迹完好，共 {found.places} 条。")
