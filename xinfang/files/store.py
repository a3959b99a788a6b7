"""The store: files lie under the digest of their ciphertext, are written once and are never overwritten.

A file is written before its row, and outside the database transaction: when the act is rolled back, an orphan is left
that nobody can find or read, and `sweep_orphans` takes it away.
"""

import hashlib
import hmac
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain, islice
from pathlib import Path
from shutil import copyfileobj
from tempfile import NamedTemporaryFile, TemporaryFile
from typing import IO

from django.conf import settings

from xinfang.files import chunks, copies, kinds
from xinfang.files.errors import Damaged
from xinfang.files.models import Blob

_ADDRESS = re.compile("[0-9a-f]{64}")
_ARRIVING = "arriving"
_BATCH = 500
_IN_MEMORY = 2 * 1024 * 1024


@dataclass(frozen=True)
class Taken:
    """A file that was looked into and cleaned, before any act and without a key: as it came, and the copy for units."""

    kind: kinds.Kind
    plain: IO[bytes]
    copy: IO[bytes]


@dataclass(frozen=True)
class Sealed:
    """Both files lie in the store and have no row yet: the act writes the rows, and touches no disk."""

    original: Blob
    copy: Blob

    def save(self) -> None:
        for blob in (self.original, self.copy):
            blob.save(force_insert=True)


def take(stream: IO[bytes]) -> Taken:
    """What a person hands in: of a kind that is taken, within its limit, that a clean copy can be made of.

    `stream` can seek; it is read from its beginning and left open. Slow for large files, so never inside an act.
    """
    stream.seek(0)
    kind = kinds.kind_of(stream.read(kinds.HEAD), stream)
    copy = copies.clean_copy(stream, kind)
    return Taken(kind, stream, stream if copy is stream else _aside(copy))


def seal(taken: Taken, *, key: bytes) -> Sealed:
    """Both under the key. The limits are for people: a copy may come out larger than its original."""
    sealed = Sealed(_stored(taken.plain, taken.kind, key), _stored(taken.copy, kinds.of_copy(taken.kind), key))
    if taken.copy is not taken.plain:
        taken.copy.close()
    return sealed


def under(sealed: Sealed, *, old: bytes, new: bytes) -> Sealed:
    """The same two files under another key: they were handed in before there was a petition to have one."""
    return Sealed(*(_moved(blob, old, new) for blob in (sealed.original, sealed.copy)))


def is_there(sealed: Sealed) -> bool:
    return all(_path(blob.address).exists() for blob in (sealed.original, sealed.copy))


def discard(sealed: Sealed) -> None:
    """What was put by and is not wanted after all. Never what has a row."""
    addresses = {sealed.original.address, sealed.copy.address}
    for address in addresses - set(Blob.objects.filter(address__in=addresses).values_list("address", flat=True)):
        _path(address).unlink(missing_ok=True)


def _moved(blob: Blob, old: bytes, new: bytes) -> Blob:
    return _sealed(open_blob(blob.address, key=old), blob.media_type, new)


def keep(made: IO[bytes], kind: kinds.Kind, *, key: bytes) -> Blob:
    """What the house made itself, under the key; its row is left to the act."""
    return _stored(made, kind, key)


def _aside(copy: IO[bytes]) -> IO[bytes]:
    """Not in memory when it is large: a form may bring twenty."""
    if copy.seek(0, os.SEEK_END) <= _IN_MEMORY:
        return copy
    copy.seek(0)
    aside = TemporaryFile()  # noqa: SIM115  # closed when it is sealed
    copyfileobj(copy, aside)
    return aside


def open_blob(address: str, *, key: bytes) -> Iterator[bytes]:
    """The plain bytes, a chunk at a time. Damaged comes before the first byte, or before the last chunk is given."""
    plain = _plain(address, key)
    return chain((next(plain),), plain)


def verify(blob: Blob) -> bool:
    """Whether the file still is what its address says. Needs no key."""
    try:
        with _path(blob.address).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == blob.address
    except FileNotFoundError:
        return False


def mark_destroyed(addresses: Iterable[str], *, at: datetime) -> None:
    """Inside the act: from its commit on these files are nobody's, and the sweep takes what `destroy` did not come to."""
    Blob.objects.filter(address__in=list(addresses)).update(destroyed_at=at)


def destroy(addresses: Iterable[str]) -> int:
    """Remove these files and keep their rows: what lay here, never what it said. Call it once the deed is committed."""
    removed = 0
    for file in map(_path, addresses):
        if file.exists():
            file.unlink()
            _sync(file.parent)
            removed += 1
    return removed


def sweep_orphans(older_than: timedelta = timedelta(days=1), *, at: datetime) -> int:
    """Remove files without a row. A day, because an act still under way has written its file and not yet its row."""
    before, removed = (at - older_than).timestamp(), 0
    files = (file for file in Path(settings.STORE).rglob("*") if file.is_file() and file.stat().st_mtime < before)
    while batch := list(islice(files, _BATCH)):
        known = set(Blob.objects.filter(address__in=[file.name for file in batch]).values_list("address", flat=True))
        for file in batch:
            if file.name not in known:
                file.unlink(missing_ok=True)
                removed += 1
    return removed


def _salt(key: bytes) -> bytes:
    return hmac.digest(key, b"files:digest", "sha256")


def salted_digest(plain: bytes, *, key: bytes) -> str:
    """What a row keeps of a file, to be compared once it is read: its address alone could be exchanged for another's."""
    return hashlib.sha256(_salt(key) + plain).hexdigest()


def _stored(stream: IO[bytes], kind: kinds.Kind, key: bytes) -> Blob:
    stream.seek(0)
    return _sealed(chunks.pieces(stream), kind.media_type, key)


def _sealed(pieces: Iterable[bytes], media_type: str, key: bytes) -> Blob:
    passed = _Passed(_salt(key))
    address = _write(chunks.seal(passed.through(pieces), key))
    return Blob(address=address, size=passed.size, media_type=media_type, plain_digest_salted=passed.digest.hexdigest())


class _Passed:
    """Size and salted digest of the plain bytes on their way."""

    def __init__(self, salt: bytes) -> None:
        self.size = 0
        self.digest = hashlib.sha256(salt)

    def through(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            self.size += len(piece)
            self.digest.update(piece)
            yield piece


class _Hashed:
    """A file whose digest is known once it has been read."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.digest = hashlib.sha256()

    def read(self, size: int, /) -> bytes:
        piece = self.file.read(size)
        self.digest.update(piece)
        return piece


def _plain(address: str, key: bytes) -> Iterator[bytes]:
    try:
        file = _path(address).open("rb")
    except FileNotFoundError:
        raise Damaged from None
    with file:
        sealed = _Hashed(file)
        for piece, is_last in chunks.unseal(sealed, key):
            # Every chunk may be sound and the file still be another one of the same key.
            if is_last and sealed.digest.hexdigest() != address:
                raise Damaged
            yield piece


def _write(sealed: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    with _arriving() as file:
        for piece in sealed:
            digest.update(piece)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
        _settle(Path(file.name), digest.hexdigest())
    return digest.hexdigest()


@contextmanager
def _arriving() -> Iterator[IO[bytes]]:
    """A file that is gone again unless it has settled at its address."""
    folder = Path(settings.STORE) / _ARRIVING
    _make(folder)
    with NamedTemporaryFile(dir=folder, delete=False) as file:
        try:
            yield file
        finally:
            Path(file.name).unlink(missing_ok=True)


def _settle(file: Path, address: str) -> None:
    place = _path(address)
    _make(place.parent)
    if not place.exists():  # the same address is the same bytes
        file.chmod(0o400)
        file.rename(place)
        _sync(place.parent)


def _make(folder: Path) -> None:
    """Each new folder is made to outlive a power cut, as the file in it is."""
    if not folder.is_dir():
        _make(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        _sync(folder.parent)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _path(address: str) -> Path:
    if not _ADDRESS.fullmatch(address):
        raise Damaged
    return Path(settings.STORE) / address[:2] / address[2:4] / address
