"""演练: the latest backup is restored elsewhere by the very command that an operator would use, verified, and thrown away."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Max
from django.utils.translation import gettext as _

from xinfang.backups import actions, manifest
from xinfang.backups.actions import Found
from xinfang.backups.engines import engine
from xinfang.backups.errors import Unusable
from xinfang.backups.making import POOL, latest
from xinfang.backups.models import Drill
from xinfang.backups.rebuilding import to_compare
from xinfang.trace.acts import Hand
from xinfang.trace.models import Checkpoint, Place

DRILLER = Hand.system("drill")
LONGEST = 300
OLDEST = timedelta(days=2)
"""A backup is due every day: one that is older shows that none was made since."""


def drill(target: Path, *, at: datetime, say: Callable[[str], object] = lambda sentence: None) -> Drill:
    """Recorded whatever comes of it."""
    begun, found = time.monotonic(), Found(took_seconds=0, is_sound=False)
    try:
        folder = latest(target)
        said = manifest.read(folder)
        found = replace(
            found,
            backup=folder.name,
            made_at=said.moment,
            entries=said.entries,
            lost_entries=max((Place.objects.aggregate(n=Max("n"))["n"] or 0) - said.entries, 0),
            lost_seconds=int((at - said.moment).total_seconds()),
            files=said.files,
        )
        compared = to_compare(said.entries)
        _try(folder, target / POOL, compared, say)
        found = replace(found, is_sound=True, **_tree(compared))
        if at - said.moment > OLDEST:
            raise Unusable("恢复得了，可是最近一份备份是 %(days)s 天以前做的。", days=(at - said.moment).days)
    except Unusable as unusable:
        found = replace(found, is_sound=False, said=unusable.sentence[:LONGEST])
    return actions.note_drill(replace(found, took_seconds=round(time.monotonic() - begun)), by=DRILLER, at=at)


def _tree(compared: Checkpoint | None) -> dict[str, Any]:
    if compared is None:
        return {}
    return {"tree_size": compared.size, "is_witnessed": compared.cosignatures.exists()}


def _try(folder: Path, pool: Path, compared: Checkpoint | None, say: Callable[[str], object]) -> None:
    with engine().scratch() as address, tempfile.TemporaryDirectory(prefix="xinfang-drill-") as home:
        (Path(home) / "files").symlink_to(pool.resolve())
        env = _environment(address, home)
        say(_("正在恢复 %(name)s……") % {"name": folder.name})
        _must(env, "restore", str(folder.resolve()))
        say(_("正在核验恢复出来的痕迹和附件，数据多的要几分钟……"))
        _must(env, "trace", "verify")
        if compared and _must(env, "log", "root", str(compared.size)).strip() != bytes(compared.root).hex():
            raise Unusable(
                "恢复出来的痕迹与检查点不符：前 %(size)s 条重算的树根，不是公布过的那一个。", size=compared.size
            )


def _environment(address: str, home: str) -> dict[str, str]:
    """Ours, with the same keys, in another place. A demonstration's switch would lead back to its own."""
    ours = {name: value for name, value in os.environ.items() if name != "XINFANG_DEMO"}
    keys = {"XINFANG_SECRET_KEY": settings.SECRET_KEY, "XINFANG_MASTER_KEY": settings.MASTER_KEY}
    keys |= {"XINFANG_LOG_KEY": settings.LOG_KEY, "XINFANG_LOG_ORIGIN": settings.LOG_ORIGIN}
    return {**ours, **keys, "DATABASE_URL": address, "XINFANG_HOME": home, "XINFANG_COUNTY": settings.COUNTY}


def _must(env: dict[str, str], *words: str) -> str:
    command = [sys.executable, "-m", "xinfang", *words]
    done = subprocess.run(command, env=env, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["?"])[-1].removeprefix("CommandError: ")
        raise Unusable(last)
    return done.stdout
