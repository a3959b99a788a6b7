"""`xinfang pack NUMBER`: the case pack of one petition, written to a file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from tqdm import tqdm

from xinfang.archives.models import PackPurpose
from xinfang.desk import packs
from xinfang.foundation.errors import Refused
from xinfang.petitions.models import Petition
from xinfang.trace import sequencer
from xinfang.trace.acts import Hand


class Command(BaseCommand):
    help = "把一件信访的全部案卷写成一个可以离线验证的文件。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", help="18位编号")
        parser.add_argument("--purpose", choices=PackPurpose.values, required=True, help="用途，记入痕迹")
        parser.add_argument("--note", default="", help="用途说明；用途是 other 的必须写")
        parser.add_argument("--out", help="写到哪个文件；不写的，写在当前目录")

    def handle(self, *args: Any, **options: Any) -> None:
        petition = Petition.objects.filter(number=options["number"].strip().upper()).first()
        if petition is None:
            raise CommandError(f"没有编号为 {options['number']} 的信访件。")
        sequencer.place_all()
        purpose, note = PackPurpose(options["purpose"]), options["note"]
        try:
            made = packs.make(petition, purpose=purpose, note=note, by=Hand.system("console"), at=timezone.now())
            out = Path(options["out"] or made.name)
            self._write(made, out)
        except Refused as refused:
            raise CommandError(refused.sentence) from None
        except OSError as error:
            raise CommandError(f"不能写入：{error}") from None
        self.stdout.write(f"已写入 {out}。验证：python3 verify.py {out}（verify.py 在案卷包里，先取出来）。")

    def _write(self, made: packs.Made, out: Path) -> None:
        """Beside it first: a pack that broke off never lies there under its name."""
        beside = out.with_name(f"{out.name}.part")
        with beside.open("wb") as file, tqdm(total=made.size, unit="B", unit_scale=True, disable=None) as bar:
            for piece in made.pieces:
                file.write(piece)
                bar.update(len(piece))
        beside.replace(out)
