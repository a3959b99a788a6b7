"""The sealed list of what a backup holds. Whoever has not the keys cannot write another that passes."""

import hashlib
import hmac
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from xinfang.backups.errors import Unusable
from xinfang.foundation import canonical
from xinfang.foundation.sealing import keyed_hash

FORMAT = 1
FILE, FILES = "manifest.json", "files.txt"


@dataclass(frozen=True)
class Manifest:
    """`key` tells one set of keys from another and nothing of them; `entries` is how far the trace had come."""

    made_at: str
    vendor: str
    database: str
    database_size: int
    database_digest: str
    files: int
    files_digest: str
    damaged: list[str]
    entries: int
    checkpoint: str
    key: str
    format: int = FORMAT

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.made_at)


def key_mark() -> str:
    return keyed_hash("backup:key", "").hex()[:16]


def write(folder: Path, manifest: Manifest) -> None:
    said = asdict(manifest)
    text = json.dumps({**said, "seal": _seal(said)}, ensure_ascii=False, indent=1)
    (folder / FILE).write_text(text + "\n", encoding="utf-8")


def read(folder: Path) -> Manifest:
    """The list, after it has proved to be ours and unchanged."""
    said = _said(folder)
    if said.get("format") != FORMAT:
        raise Unusable("这份备份的格式（%(format)s）不是这一版认识的。", format=str(said.get("format"))[:20])
    if said.get("key") != key_mark():
        raise Unusable("密钥不对：这份备份是用另一套密钥封存的，没有那一套密钥，谁也读不出来。")
    seal = str(said.pop("seal", ""))
    try:
        manifest = Manifest(**said)
    except TypeError:
        raise Unusable("备份的清单被改动过，这份备份不能用。") from None
    if not hmac.compare_digest(seal, _seal(said)):
        raise Unusable("备份的清单被改动过，这份备份不能用。")
    return manifest


def _said(folder: Path) -> dict[str, Any]:
    try:
        said = json.loads((folder / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise Unusable("%(folder)s 不是一份完整的备份：没有清单，或者清单读不出来。", folder=folder.name) from None
    if not isinstance(said, dict):
        raise Unusable("%(folder)s 不是一份完整的备份：没有清单，或者清单读不出来。", folder=folder.name)
    return said


def _seal(said: dict[str, Any]) -> str:
    return keyed_hash("backup", canonical.canonical(said).decode()).hex()


def digest_of(file: Path) -> str:
    with file.open("rb") as read:
        return hashlib.file_digest(read, "sha256").hexdigest()


def check_database(folder: Path, manifest: Manifest) -> Path:
    """The database file, which is whole and as it was written."""
    file = folder / manifest.database
    size = file.stat().st_size if file.is_file() else 0
    if size != manifest.database_size:
        raise Unusable(
            "数据库文件不完整：应有 %(wanted)s 字节，只有 %(found)s 字节。", wanted=manifest.database_size, found=size
        )
    if digest_of(file) != manifest.database_digest:
        raise Unusable("数据库文件被改动过，摘要与清单不符。")
    return file


def addresses(folder: Path, manifest: Manifest) -> list[str]:
    """The files it needs, by their addresses."""
    file = folder / FILES
    if not file.is_file() or digest_of(file) != manifest.files_digest:
        raise Unusable("附件目录缺失或者被改动过。")
    return file.read_text(encoding="ascii").split()
