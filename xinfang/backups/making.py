"""Making a backup: the database first, then the files it names; the list last, so that what has none was broken off."""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from xinfang.backups import manifest
from xinfang.backups.engines import Engine, engine
from xinfang.backups.errors import Unusable
from xinfang.backups.manifest import Manifest
from xinfang.backups.rebuilding import note_of
from xinfang.foundation import keys

POOL = "files"
_NAME = "xinfang-%Y%m%dT%H%M%SZ"
_BROKEN_OFF = ".arriving"


def make(target: Path, *, at: datetime, say: Callable[[str], object] = lambda sentence: None) -> tuple[Path, Manifest]:
    """A new folder under the target. A second backup within the same second is refused."""
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder = target / at.astimezone(UTC).strftime(_NAME)
    if folder.exists():
        raise Unusable("%(folder)s 已经有了，请稍后再备份。", folder=folder.name)
    arriving = target / f"{folder.name}{_BROKEN_OFF}"
    shutil.rmtree(arriving, ignore_errors=True)
    arriving.mkdir(mode=0o700)
    written = _write(arriving, target / POOL, engine(), at, say)
    arriving.rename(folder)
    return folder, written


def _write(folder: Path, pool: Path, database: Engine, at: datetime, say: Callable[[str], object]) -> Manifest:
    file = folder / database.file
    say(_("正在备份数据库……"))
    snapshot = database.dump(file)
    file.chmod(0o600)
    say(_("正在备份附件：%(n)s 个……") % {"n": len(snapshot.files)})
    damaged = _copy(snapshot.files, Path(settings.STORE), pool)
    (folder / manifest.FILES).write_text("\n".join(snapshot.files), encoding="ascii")
    written = Manifest(
        made_at=at.isoformat(),
        vendor=connection.vendor,
        database=database.file,
        database_size=file.stat().st_size,
        database_digest=manifest.digest_of(file),
        files=len(snapshot.files),
        files_digest=manifest.digest_of(folder / manifest.FILES),
        damaged=damaged,
        entries=snapshot.entries,
        checkpoint=note_of(snapshot.entries),
        key=manifest.key_mark(),
    )
    manifest.write(folder, written)
    return written


def place_of(store: Path, address: str) -> Path:
    """Where a file lies, in the store and in the pool."""
    return store / address[:2] / address[2:4] / address


def _copy(addresses: Iterable[str], store: Path, pool: Path) -> list[str]:
    """What the pool has not yet. Returns those that are missing or no longer what their address says."""
    return [address for address in addresses if not copied(address, store, pool)]


def copied(address: str, store: Path, pool: Path) -> bool:
    """Copy one file unless it is there; whether it is whole. A pool keeps it under another name until it is."""
    source, goal = place_of(store, address), place_of(pool, address)
    if goal.exists():
        return True
    goal.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    arriving = goal.with_name(f"{address}{_BROKEN_OFF}")
    digest = hashlib.sha256()
    try:
        with source.open("rb") as read, arriving.open("wb") as write:
            while piece := read.read(1 << 20):
                digest.update(piece)
                write.write(piece)
            write.flush()
            os.fsync(write.fileno())
        if digest.hexdigest() != address:
            return False
        arriving.chmod(0o400)
        arriving.rename(goal)
    except FileNotFoundError:
        return False
    finally:
        arriving.unlink(missing_ok=True)
    return True


def latest(target: Path) -> Path:
    """The newest whole backup under the target."""
    found = sorted(one.parent for one in target.glob(f"xinfang-*/{manifest.FILE}") if _BROKEN_OFF not in one.parts[-2])
    if not found:
        raise Unusable("%(target)s 里没有备份。", target=str(target))
    return found[-1]


def copy_keys(to: Path, target: Path) -> None:
    """The keys, on request and never beside the backup: whoever has both can read everything."""
    if to.resolve().is_relative_to(target.resolve()):
        raise Unusable("密钥不能和备份放在一处：拿到这一处的人，什么都能读。")
    source = settings.HOME / keys.FILE
    if not source.is_file():
        raise Unusable("密钥不在 %(source)s，而在环境变量里，请从那里另行备份。", source=str(source))
    handle = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as write:
        write.write(source.read_bytes())
