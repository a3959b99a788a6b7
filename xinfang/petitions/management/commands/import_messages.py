"""`xinfang import messages FILE`: a file of citizens' messages into registered petitions, each row once."""

import csv
import os
import time
from argparse import ArgumentParser
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from xinfang.foundation.errors import Refused
from xinfang.petitions import messages
from xinfang.petitions.imports import Import, Outcome, Refusal, standing

MOST_PRINTED = 20


class Command(BaseCommand):
    help = "把信访留言文件登记为信访件。可以中断，再运行时接着登记，每行只登记一次。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="CSV 文件，或 XINFANG_DATA 文件夹里的文件名；sample 是自带的虚构样例")
        parser.add_argument("--dataset", default="", help="这批留言的名字，编号在其中唯一；默认是文件名")
        parser.add_argument("--limit", type=int, help="只读前若干行")
        parser.add_argument("--report", type=Path, help="把拒绝的行写入这个 CSV 文件")

    def handle(self, *args: Any, file: str, **options: Any) -> None:
        path, began = find(file), time.monotonic()
        try:
            outcome = bring(path, dataset=options["dataset"] or Path(file).stem, limit=options["limit"])
        except Refused as refused:
            raise CommandError(refused.sentence) from None
        except KeyboardInterrupt:
            raise CommandError("已中断。再运行一次会接着登记，不会重复。") from None
        self._tell(outcome, time.monotonic() - began)
        if options["report"]:
            write_report(options["report"], outcome.refused)

    def _tell(self, outcome: Outcome, seconds: float) -> None:
        for refusal in outcome.refused[:MOST_PRINTED]:
            self.stdout.write(f"第 {refusal.line} 行（{refusal.number or '无编号'}）：{refusal.reason}")
        if len(outcome.refused) > MOST_PRINTED:
            self.stdout.write(f"……另有 {len(outcome.refused) - MOST_PRINTED} 行，用 --report 写出全部。")
        undated = f"（其中 {outcome.undated} 件没有时间，按现在收到登记）" if outcome.undated else ""
        self.stdout.write(
            f"登记 {outcome.registered} 件{undated}，以前已登记 {outcome.present} 件，拒绝 {len(outcome.refused)} 行；"
            f"用时 {seconds:.1f} 秒。"
        )


def find(file: str) -> Path:
    """The sample, a file by its path, or one in the folder that XINFANG_DATA names."""
    if file == "sample":
        return messages.SAMPLE
    data = os.environ.get("XINFANG_DATA")
    for path in (Path(file), *([Path(data, file)] if data else [])):
        if path.is_file():
            return path
    hint = "" if data else "。XINFANG_DATA 没有设置；自带的虚构样例是 sample"
    raise CommandError(f"没有这个文件：{file}{hint}。")


def bring(path: Path, *, dataset: str, limit: int | None) -> Outcome:
    organ, ground = standing(timezone.now())
    total = sum(1 for _ in islice(messages.read(path), limit))
    with tqdm(total=total, unit="件", disable=None) as bar:
        return Import(dataset, organ, ground).bring(islice(messages.read(path), limit), advance=bar.update)


def write_report(path: Path, refused: Iterable[Refusal]) -> None:
    """With a byte order mark, by which spreadsheet programs know UTF-8."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow(["行", "编号", "原因"])
        table.writerows([refusal.line, refusal.number, refusal.reason] for refusal in refused)
