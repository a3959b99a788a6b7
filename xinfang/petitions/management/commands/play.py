"""`xinfang play`: imported petitions travel the whole road, each step by the right officer through its verb."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from xinfang.petitions.play.run import Run
from xinfang.trace import sequencer
from xinfang.trace.models import Place, Waiting
from xinfang.trace.verify import verify

PATIENCE = 20.0


class Command(BaseCommand):
    help = "演练：让导入的信访件走完全程。可以中断，再运行时接着走；最后核对期限和痕迹。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--count", type=int, default=500, help="多少件，默认 500")

    def handle(self, *args: Any, count: int, **options: Any) -> None:
        run, began = Run(count, timezone.now()), time.monotonic()
        total = run.petitions.count()
        if not total:
            raise CommandError(f"没有可以演练的信访件，请先导入：xinfang import messages FILE{_left(run.too_young())}")
        try:
            with tqdm(total=total, unit="件", disable=None) as bar:
                run.live(advance=bar.update)
        except KeyboardInterrupt:
            raise CommandError("已中断。再运行一次会接着走。") from None
        for number, reason in run.stuck:
            self.stdout.write(f"{number} 没有走完：{reason}")
        _prove(run)
        self._tell(run, total, time.monotonic() - began)
        if run.stuck:
            raise CommandError(f"{len(run.stuck)} 件没有走完。")

    def _tell(self, run: Run, total: int, seconds: float) -> None:
        figures = "、".join(f"{label} {n}" for label, n in run.figures().items())
        self.stdout.write(
            f"演练 {total} 件：{figures}；期限全部停止，痕迹完好，共 {Place.objects.count()} 条；"
            f"用时 {seconds:.0f} 秒{_left(run.too_young())}"
        )


def _left(too_young: int) -> str:
    return f"；另有 {too_young} 件日期太近，没有走。" if too_young else "。"


def _prove(run: Run) -> None:
    """All clocks of whoever lived to the end are stopped, and the trace verifies."""
    if not run.stuck and (clocks := run.running_clocks()):
        raise CommandError(f"还有 {clocks} 个期限没有停止。")
    place_all()
    if lie := verify():
        raise CommandError(lie.what)


def place_all() -> None:
    """A worker beside us may hold the sequencer's lock for a moment."""
    until = time.monotonic() + PATIENCE
    while sequencer.place_all() or (Waiting.objects.exists() and time.monotonic() < until):
        time.sleep(0.05)
