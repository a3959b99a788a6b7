"""The pack's part of verify.py (see `offline.verifier`), and how a pack lies in its zip: written and read by the same lines."""

from __future__ import annotations

import hashlib
import json
import os
import re
import struct
import sys
import zlib
from pathlib import Path
from typing import IO, Any

from xinfang.trace.offline.verify import LOG, Refused, check, no, open_note, read, read_key, tell_witnesses, unbase64

# From here on it is packed.


HEADER = "xinfang-case-pack/v1"
NOTE, LIST, KEYS = "pack.note", "digests.txt", "keys.txt"
MOST_BYTES, MOST_FILES = 2**32 - 2**20, 60_000
DAY_ONE = 33  # 1980-01-01, as a zip writes days
MOST_READ = 1 << 20


def local_header(name: str, crc: int, size: int) -> bytes:
    """Stored, not deflated: two machines deflate differently. One day, one kind of permission, nothing extra."""
    fixed = struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 0, 0, DAY_ONE, crc, size, size, len(name), 0)
    return fixed + name.encode("ascii")


def central_header(name: str, crc: int, size: int, offset: int) -> bytes:
    sizes = (crc, size, size, len(name), 0, 0, 0, 0, 0o100644 << 16, offset)
    return struct.pack("<4s6H3I5H2I", b"PK\1\2", 0x0314, 20, 0, 0, 0, DAY_ONE, *sizes) + name.encode("ascii")


def end_header(count: int, size: int, offset: int) -> bytes:
    return struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, count, count, size, offset, 0)


def read_file(file: IO[bytes], name: str, crc: int, size: int, keep: bool) -> tuple[str, bytes]:
    """(digest, the bytes where they are kept)."""
    digest, sums, kept, left = hashlib.sha256(), 0, [], size
    while left:
        piece = file.read(min(left, MOST_READ))
        if not piece:
            raise Refused("案卷包不完整：文件在“%(name)s”处中断了。", name=name)
        digest.update(piece)
        sums, left = zlib.crc32(piece, sums), left - len(piece)
        if keep:
            kept.append(piece)
    if sums != crc:
        raise Refused("案卷包被改动过：“%(name)s”的内容不对。", name=name)
    return digest.hexdigest(), b"".join(kept)


def is_read(name: str) -> bool:
    return "/" not in name or name.startswith("trace/")


def open_pack(file: IO[bytes]) -> tuple[dict[str, str], dict[str, bytes]]:
    """The digests of all files, and the content of those that verifying reads. Not one byte of the zip is free."""
    digests: dict[str, str] = {}
    kept: dict[str, bytes] = {}
    central, at = b"", 0
    while True:
        mark = file.read(4)
        if mark != b"PK\3\4":
            break
        fixed = file.read(26)
        if len(fixed) < 26:
            raise Refused("案卷包不完整：文件中断了。")
        crc, size, _size, length, _extra = struct.unpack("<3I2H", fixed[10:])
        raw = file.read(length)
        name = raw.decode("ascii", "replace")
        if len(raw) < length:
            raise Refused("案卷包不完整：文件中断了。")
        if not re.fullmatch(r"[a-z0-9_./-]{1,80}", name) or mark + fixed + raw != local_header(name, crc, size):
            raise Refused("案卷包被改动过：目录项不对。")
        if digests and name <= max(digests):
            raise Refused("案卷包被改动过：文件的次序不对。")
        digests[name], content = read_file(file, name, crc, size, is_read(name))
        if is_read(name):
            kept[name] = content
        central += central_header(name, crc, size, at)
        at += 30 + length + size
    if not digests:
        raise Refused("这不是案卷包。")
    rest = mark + file.read(len(central) + 22)
    if rest != central + end_header(len(digests), len(central), at) or file.read(1):
        short = len(rest) < len(central) + 22
        raise Refused("案卷包不完整：文件末尾中断了。" if short else "案卷包被改动过：末尾的目录不对。")
    return digests, kept


def listed(digests: dict[str, str]) -> str:
    """The list of digests, as sha256sum writes it; the list and the signature over it stand outside."""
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(digests.items()) if name not in (NOTE, LIST))


def check_pack(file: IO[bytes], lines: list[str] | None = None) -> dict[str, Any]:
    """What the pack proves; Refused when it proves nothing. `lines` are public keys from outside."""
    digests, kept = open_pack(file)
    for name in (NOTE, LIST, KEYS, "case.json"):
        if name not in kept:
            raise Refused("案卷包不完整：缺少“%(name)s”。", name=name)
    lines = lines if lines is not None else kept[KEYS].decode("utf-8", "replace").split("\n")
    said = read_note(kept[NOTE].decode("utf-8", "replace"), lines)
    if listed(digests).encode() != kept[LIST]:
        raise Refused("案卷包被改动过：文件和清单不符。")
    if hashlib.sha256(kept[LIST]).digest() != unbase64(said[3]):
        raise Refused("案卷包被改动过：清单和签名不符。")
    if json.loads(kept["case.json"]).get("number") != said[2]:
        raise Refused("案卷包里的件不是签名写明的那一件。")
    return {"number": said[2], "at": said[4], "files": len(digests), **check_records(kept, lines)}


def read_note(note: str, lines: list[str]) -> list[str]:
    """[format, log, number, digest of the list, time, ""] as the office signed it."""
    keys = [read_key(line) for line in lines if line.strip()]
    if not keys or keys[0][2] != LOG:
        raise Refused("第一行应当是日志的公钥。")
    said = note.split("\n")
    if said[0] == HEADER and len(said) > 1 and said[1] != keys[0][0]:
        raise Refused("这是另一个日志的案卷包：%(name)s。", name=said[1])
    text, others = open_note(note, keys)
    said = text.split("\n")
    if others:
        raise Refused("案卷包被改动过：签名多了一行。")
    if len(said) != 6 or said[0] != HEADER:
        raise Refused("签名的不是案卷包。")
    return said


def check_records(kept: dict[str, bytes], lines: list[str]) -> dict[str, Any]:
    """Each record of the trace against the log."""
    found: dict[str, Any] = {"records": 0, "size": 0, "witnesses": []}
    for name in sorted(kept):
        if name.endswith(".record"):
            proof = kept.get(name[: -len("record")] + "proof")
            if proof is None:
                raise Refused("案卷包不完整：缺少“%(name)s”的证明。", name=name)
            one = check(proof.decode("utf-8", "replace"), lines, kept[name])
            found.update(records=found["records"] + 1, size=one["size"], witnesses=one["witnesses"])
    return found


def is_other(word: str) -> bool:
    """Not the pack: its keys, then."""
    with Path(word if Path(word).exists() else os.devnull).open("rb") as file:
        return file.read(2) != b"PK"


def main(words: list[str]) -> int:
    getattr(sys.stdout, "reconfigure", dict)(encoding="utf-8", errors="replace")
    if len(words) not in (1, 2):
        print(__doc__)
        return 2
    try:
        pack, *rest = sorted(words, key=is_other)
        keys = read(rest[0]).decode("utf-8-sig").split("\n") if rest else None
        with Path(pack).open("rb") as file:
            found = check_pack(file, keys)
    except OSError as error:
        return no(f"打不开文件：{error.filename}。")
    except (Refused, ValueError) as error:
        return no(error if isinstance(error, Refused) else "里面有读不出来的文字。")
    print(f"成立：{found['number']} 的案卷包，{found['at']} 制作，{found['files']} 个文件，一个字节也没有改动。")
    print(f"成立：{found['records']} 条痕迹都在日志里，日志当时共 {found['size']} 条。")
    tell_witnesses(found["witnesses"])
    if keys is None:
        print("提示：用的是包里的公钥。请和信访局公布的公钥核对一遍，或者在命令后面写上公钥文件。")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
