"""轮换: so many backups are kept, and the newest that a drill has proven, whatever its age; the pool holds what they name."""

import fcntl
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from xinfang.backups import manifest
from xinfang.backups.errors import Unusable
from xinfang.backups.making import POOL
from xinfang.backups.models import Drill

_OURS = re.compile(r"xinfang-\d{8}T\d{6}Z")
_LEAVING = ".leaving"


@dataclass(frozen=True)
class Rotated:
    """What went, and which folders were left alone because their list is not ours or was altered."""

    gone: list[str]
    files: int
    left: list[str]


@contextmanager
def alone(target: Path) -> Iterator[None]:
    """One at a time: a file that a backup finds in the pool must still be there when its list is written."""
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (target / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def rotate(target: Path, *, keep: int) -> Rotated:
    """The older ones go. Whoever calls it is `alone`."""
    for broken_off in target.glob(f"xinfang-*{_LEAVING}"):
        shutil.rmtree(broken_off)
    ours, others = _found(target)
    spared = {*ours[-keep:], *_proven(ours)}
    gone = [folder for folder in ours if folder not in spared]
    for folder in gone:
        _remove(folder)
    files = 0 if others else _sweep(target / POOL, sorted(spared))
    return Rotated([folder.name for folder in gone], files, others)


def _found(target: Path) -> tuple[list[Path], list[str]]:
    """Ours, oldest first; and those that are not, or no longer, what they say they are."""
    ours, others = [], []
    for folder in sorted(one.parent for one in target.glob(f"xinfang-*/{manifest.FILE}")):
        if not _OURS.fullmatch(folder.name):
            continue
        try:
            manifest.read(folder)
            ours.append(folder)
        except Unusable:
            others.append(folder.name)
    return ours, others


def _proven(ours: list[Path]) -> list[Path]:
    """The newest of them that was restored and verified."""
    names = [folder.name for folder in ours]
    proven = set(Drill.objects.filter(is_sound=True, backup__in=names).values_list("backup", flat=True))
    return [folder for folder in ours if folder.name in proven][-1:]


def _remove(folder: Path) -> None:
    """The list first: what has none is no backup, should this be broken off."""
    leaving = folder.with_name(f"{folder.name}{_LEAVING}")
    folder.rename(leaving)
    (leaving / manifest.FILE).unlink()
    shutil.rmtree(leaving)


def _sweep(pool: Path, kept: list[Path]) -> int:
    """The files of the pool that none of these names. Where a list cannot be read nothing is taken away."""
    try:
        named = {address for folder in kept for address in manifest.addresses(folder, manifest.read(folder))}
    except Unusable:
        return 0
    unnamed = [file for file in pool.rglob("*") if file.is_file() and file.name not in named]
    for file in unnamed:
        file.unlink()
    return len(unnamed)
