"""`xinfang log witness FILE`: the witness program as one file, to be carried to another office."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from xinfang.trace import offline, signers


class Command(BaseCommand):
    help = "写出见证程序 witness.pyz，交给别的单位运行（docs/operations.md）。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, default=Path("witness.pyz"))

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        file.write_bytes(offline.witness_pyz())
        self.stdout.write(f"写好了：{file}。日志的公钥是：\n{signers.signer().verifier.vkey}")
