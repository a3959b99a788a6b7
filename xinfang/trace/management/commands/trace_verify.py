"""`xinfang trace verify`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from xinfang.trace import nightly, sequencer, verify


class Command(BaseCommand):
    help = "Recompute the trace, its tree, checkpoints and files, and name the first place that lies."

    def handle(self, *args: Any, **options: Any) -> None:
        sequencer.place_all()
        with tqdm(total=verify.size(), unit="条", disable=None) as bar:
            found = nightly.verified(bar.update)
        if found.lie:
            raise CommandError(found.lie)
        self.stdout.write(f"痕迹完好，共 {found.places} 条。")
