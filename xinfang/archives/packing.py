"""案卷包: one zip in which no byte is free. Read once to be counted and digested, once more to be written; never whole in memory.

The order, the headers and the days of its files are fixed, nothing is compressed, so that whoever verifies it can hold every byte
against the list of digests, and the list against the log's signature (archives/offline/pack.py, which lies in every pack).
"""

import hashlib
import json
import logging
import zlib
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from xinfang.archives import moments, offline
from xinfang.archives.case import FORMAT, Case
from xinfang.archives.offline import pack as zipped
from xinfang.archives.offline.pack import KEYS, LIST, MOST_BYTES, MOST_FILES, NOTE
from xinfang.files import store
from xinfang.foundation.errors import Refused
from xinfang.trace import checkpoints, leaves, receipts, signers, tree
from xinfang.trace.models import Checkpoint
from xinfang.trace.notes import NotSigned

log = logging.getLogger(__name__)
Opened = Callable[[], Iterable[bytes]]


@dataclass(frozen=True)
class Part:
    """One file of the pack, once it has been read: its name, sum, size and digest, and how to read it again."""

    name: str
    crc: int
    size: int
    digest: str
    read: Opened

    @classmethod
    def of(cls, name: str, read: Opened) -> "Part":
        crc, size, digest = 0, 0, hashlib.sha256()
        for piece in read():
            crc, size = zlib.crc32(piece, crc), size + len(piece)
            digest.update(piece)
        return cls(name, crc, size, digest.hexdigest(), read)

    @classmethod
    def holding(cls, name: str, body: bytes) -> "Part":
        return cls.of(name, lambda: (body,))


class TooLarge(Refused):
    """More than a plain zip holds."""

    def __init__(self) -> None:
        super().__init__("附件太多或者太大，一个案卷包装不下（不能超过4GB）。请把附件另行导出。")


class CannotSign(Refused):
    """The log's signer is away, or it will not sign over rows that are gone."""

    def __init__(self) -> None:
        super().__init__("日志现在不能签名，案卷包暂时导不出来。请稍后再试，仍然不行的，请告诉系统管理员。")


@contextmanager
def _signing() -> Iterator[None]:
    try:
        yield
    except (NotSigned, checkpoints.NotGrown) as error:
        log.exception("no pack can be signed")
        raise CannotSign from error


def require_signer() -> None:
    """Asked before anybody is said to have taken a case away."""
    with _signing():
        signers.signed(f"{FORMAT}\n")
        checkpoints.over(tree.size())


def parts(case: Case, page: bytes, *, at: datetime) -> list[Part]:
    """Everything, in the order of the zip. Files are opened here for the first time: Damaged comes now."""
    key = case.petition.key
    found = [Part.of(one.name, _opener(one.blob.address, key)) for one in case.files]
    found += [Part.holding(name, body) for name, body in case.papers]
    with _signing():
        checkpoint, proofs = _proofs(case)
    found += proofs
    told = {**case.told, "checkpoint": _told(checkpoint)}
    plain = {
        "case.json": json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n",
        "index.html": page,
        "verify.py": offline.verifier().encode(),
        KEYS: "".join(f"{line}\n" for line in receipts.public_keys()).encode(),
    }
    if checkpoint:
        plain["checkpoint.txt"] = str(checkpoints.cosigned(checkpoint)).encode()
    found += [Part.holding(name, body) for name, body in plain.items()]
    digests = zipped.listed({part.name: part.digest for part in found}).encode()
    found += [Part.holding(LIST, digests), Part.holding(NOTE, _note(case, digests, at))]
    found.sort(key=lambda part: part.name)
    if len(found) > MOST_FILES or sum(part.size + 2 * len(part.name) + 76 for part in found) > MOST_BYTES:
        raise TooLarge
    return found


def written(found: list[Part]) -> Iterator[bytes]:
    """The zip, a piece at a time."""
    central, at = b"", 0
    for part in found:
        header = zipped.local_header(part.name, part.crc, part.size)
        yield header
        yield from part.read()
        central += zipped.central_header(part.name, part.crc, part.size, at)
        at += len(header) + part.size
    yield central + zipped.end_header(len(found), len(central), at)


def size_of(found: list[Part]) -> int:
    return sum(part.size + 30 + 46 + 2 * len(part.name) for part in found) + 22


def _opener(address: str, key: bytes) -> Opened:
    return lambda: store.open_blob(address, key=key)


def _proofs(case: Case) -> tuple[Checkpoint | None, list[Part]]:
    """Each entry as the log has it, and that it stands under the checkpoint."""
    last = max((place.n for place in case.places), default=0)
    checkpoint = checkpoints.over(last) if last else None
    if checkpoint is None:
        return None, []
    note = checkpoints.cosigned(checkpoint)
    paths = tree.inclusions([place.n - 1 for place in case.places], checkpoint.size)
    found = []
    for place, path in zip(case.places, paths, strict=True):
        name = f"trace/{place.n:09}"
        found.append(Part.holding(f"{name}.record", leaves.canonical_bytes(place.entry)))
        found.append(Part.holding(f"{name}.proof", receipts.written_out(place.n, path, note).encode()))
    return checkpoint, found


def _told(checkpoint: Checkpoint | None) -> dict[str, object] | None:
    return {"origin": settings.LOG_ORIGIN, "size": checkpoint.size} if checkpoint else None


def _note(case: Case, digests: bytes, at: datetime) -> bytes:
    """The office's signature over the list of digests."""
    made, digest = moments.at(at), b64encode(hashlib.sha256(digests).digest())
    text = f"{FORMAT}\n{settings.LOG_ORIGIN}\n{case.petition.number}\n{digest.decode()}\n{made}\n"
    with _signing():
        return str(signers.signed(text)).encode()
