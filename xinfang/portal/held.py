"""Files handed in before there is a petition: put by in the store under keys that only the page in the visitor's hand knows.

What the page carries is sealed, so nobody can point it at another's file. What is not filed within a day is swept away
(`files.store.sweep_orphans`), and without the page nobody could have read it meanwhile (docs/decisions/0014).
"""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from xinfang.files import store
from xinfang.files.models import Blob
from xinfang.foundation.errors import Refused
from xinfang.foundation.sealing import Unreadable, new_key, page_key, seal, unseal
from xinfang.portal import scanner, tally

MOST_FILES = 20
LONGEST_NAME = 100
KEPT_FOR = timedelta(hours=20)
"""Less than the day after which the sweep comes by."""
BUSY = 4 * 1024**3
"""Bytes put by within an hour, by everybody together, above which the words are taken and files must wait."""
_HOUR = 3600


class Incomplete(Exception):
    """Not all that was handed in is there: he is told before anything is filed."""


@dataclass(frozen=True)
class Held:
    """One file put by, under the name it came with."""

    name: str
    key: bytes
    file: store.Sealed
    at: float

    @property
    def size(self) -> int:
        return self.file.original.size


def put_by(uploads: Sequence[UploadedFile], held: Sequence[Held], *, at: datetime) -> tuple[list[Held], list[str]]:
    """What was there and what is taken now; and a sentence for each that is not. One bad file costs no other."""
    kept, refused = list(held), []
    for upload in uploads:
        try:
            kept.append(_taken(upload, len(kept), at))
        except Refused as why:
            refused.append(_("“%(name)s”：%(why)s") % {"name": _named(upload), "why": why.sentence})
    return kept, refused


def _taken(upload: UploadedFile, count: int, at: datetime) -> Held:
    assert upload.file is not None
    if count >= MOST_FILES:
        raise Refused("一次最多交%(most)s个文件，其余的可以登记以后再补交。", most=MOST_FILES)
    _refuse_flood(upload.size or 0)
    taken, key = store.take(upload.file), new_key()
    scanner.refuse_infected(upload.file)
    return Held(_named(upload), key, store.seal(taken, key=key), at.timestamp())


def _named(upload: UploadedFile) -> str:
    return (upload.name or "")[-LONGEST_NAME:]


def _refuse_flood(size: int) -> None:
    """Counted for the house, not for anybody."""
    if tally.counted("portal.held.bytes", within=_HOUR) + size > BUSY:
        raise Refused("现在交材料的人太多。文字可以照常提交，材料请稍后凭编号和办事密码补交。")
    tally.count("portal.held.bytes", size, within=_HOUR)


def packed(held: Sequence[Held]) -> str:
    """For the page to carry."""
    if not held:
        return ""
    rows = [
        {"name": one.name, "key": one.key.hex(), "at": one.at, "files": [_row(blob) for blob in _blobs(one.file)]}
        for one in held
    ]
    return base64.urlsafe_b64encode(seal(page_key(), json.dumps(rows).encode(), context="held")).decode()


def unpacked(carried: str, *, at: datetime) -> tuple[list[Held], bool]:
    """What the page carried, and whether some of it is too old to be there still."""
    try:
        plain = unseal(page_key(), base64.urlsafe_b64decode(carried.encode()), context="held") if carried else b"[]"
    except (Unreadable, ValueError):
        return [], bool(carried)
    held = [_held(row) for row in json.loads(plain)]
    fresh = [one for one in held if one.at > (at - KEPT_FOR).timestamp()]
    return fresh, len(fresh) < len(held)


def _blobs(file: store.Sealed) -> tuple[Blob, Blob]:
    return file.original, file.copy


def _row(blob: Blob) -> list[Any]:
    return [blob.address, blob.size, blob.media_type, blob.plain_digest_salted]


def _held(row: dict[str, Any]) -> Held:
    original, copy = (
        Blob(address=address, size=size, media_type=kind, plain_digest_salted=digest)
        for address, size, kind, digest in row["files"]
    )
    return Held(row["name"], bytes.fromhex(row["key"]), store.Sealed(original, copy), row["at"])
