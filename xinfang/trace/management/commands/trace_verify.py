"""`xinfang trace verify`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from xinfang.trace import sequencer
from xinfang.trace.models import Place
from xinfang.trace.verify import verify


class Command(BaseCommand):
    help = "Recompute the trace from the rows and name the first place that lies."

    def handle(self, *args: Any, **options: Any) -> None:
        sequencer.place_all()
        with tqdm(total=Place.objects.count(), unit="条", disable=None) as bar:
            lie = verify(progress=bar.update)
        if lie:
            raise CommandError(lie.what)
        self.stdout.write(f"痕迹完好，共 {Place.objects.count()} 条。")
