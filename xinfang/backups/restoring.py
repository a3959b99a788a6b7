"""Reading a backup in again: everything is looked at first, and only an empty place is filled."""

from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from xinfang.backups import manifest
from xinfang.backups.engines import engine, is_empty
from xinfang.backups.errors import Unusable
from xinfang.backups.making import POOL, copied, place_of
from xinfang.backups.manifest import Manifest

_CALLED = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def look_through(folder: Path) -> tuple[Manifest, Path, list[str]]:
    """The list, the database file and the addresses of the files: all there, whole, ours, and of this kind of database."""
    said = manifest.read(folder)
    if said.vendor != connection.vendor:
        theirs, ours = (_CALLED.get(one, one) for one in (said.vendor, connection.vendor))
        raise Unusable("这份备份来自 %(theirs)s，这里用的是 %(ours)s，不能恢复。", theirs=theirs, ours=ours)
    database, damaged = manifest.check_database(folder, said), set(said.damaged)
    files = [address for address in manifest.addresses(folder, said) if address not in damaged]
    for address in files:
        _look_at(place_of(folder.parent / POOL, address))
    return said, database, files


def _look_at(file: Path) -> None:
    if not file.is_file():
        raise Unusable("备份里缺少附件 %(address)s。", address=file.name[:12])
    if manifest.digest_of(file) != file.name:
        raise Unusable("备份里的附件 %(address)s 被改动过。", address=file.name[:12])


def restore(folder: Path) -> Manifest:
    """The database and its files, into the place that the settings name. The keys must be the ones it was sealed with."""
    said, database, files = look_through(folder)
    if not is_empty():
        raise Unusable("这里已经有数据，不能覆盖。请在空的数据库上恢复。")
    for address in files:
        copied(address, folder.parent / POOL, Path(settings.STORE))
    engine().load(database)
    call_command("migrate", interactive=False, verbosity=0)  # a backup of an earlier release
    return said
