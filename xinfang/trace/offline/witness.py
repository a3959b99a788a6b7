"""A witness of a petition office's log: remembers the last checkpoint it saw and signs only what grew from it.

One file, Python 3.9 or later and nothing else, on Linux and Windows:

    python witness.pyz setup --name city.example/witness --log https://xinfang.example/log --key KEY
    python witness.pyz run             one round
    python witness.pyz run --every 600

`setup` makes a key and prints its public half, which the office's administrator enters. `--folder` names another place than
`witness` beside you for what it keeps: its key, the last checkpoint, and every checkpoint it has seen.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import http.client
import json
import os
import re
import secrets
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xinfang.trace import merkle
from xinfang.trace.offline import verify
from xinfang.trace.offline.verify import Refused

PATIENCE = 20
MOST = 100_000
STATE = "witness.json"


class Alarm(Exception):
    """The log shows something else than it did: its keeper has rewritten it, or shows different people different logs."""


@dataclass
class State:
    """What must outlive a restart."""

    seed: str
    name: str
    log: str
    key: str
    size: int = 0
    root: str = ""
    note: str = ""

    @classmethod
    def read(cls, folder: Path) -> State:
        try:
            return cls(**json.loads((folder / STATE).read_text(encoding="utf-8"))).checked()
        except FileNotFoundError:
            raise Refused("还没有设置：请先运行 setup。") from None
        except (ValueError, TypeError):
            raise Refused("%(name)s 被改动过，读不出来。请从备份恢复，不要重新设置。", name=folder / STATE) from None

    def checked(self) -> State:
        """ValueError where somebody has been at it."""
        self.size = int(self.size)
        if self.size < 0 or len(bytes.fromhex(self.root)) != 32 * bool(self.size):
            raise ValueError(self.size)
        return self

    def write(self, folder: Path) -> None:
        """Whole or not at all, on the disk before anything is signed."""
        folder.mkdir(parents=True, exist_ok=True)
        beside = folder / (STATE + ".new")
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            json.dump(vars(self), file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(folder / STATE)
        _settle(folder)


def _settle(folder: Path) -> None:
    """That a file has its name outlives a power cut once its folder is on the disk. Windows sees to it itself."""
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """One round at a time: two at once could sign two logs that do not fit. The system lets go when the program ends."""
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _lock(handle)
        yield
    finally:
        os.close(handle)


def _lock(handle: int) -> None:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise Refused("另一个见证程序正在用这个文件夹，这一次不签。") from None


def public(seed: bytes) -> bytes:
    return verify.packed(verify.times(_scalar(seed)[0], verify.BASE))


def _scalar(seed: bytes) -> tuple[int, bytes]:
    digest = hashlib.sha512(seed).digest()
    number = int.from_bytes(digest[:32], "little") & (1 << 254) - 8 | 1 << 254
    return number, digest[32:]


def sign(seed: bytes, message: bytes) -> bytes:
    """Ed25519, RFC 8032."""
    a, prefix = _scalar(seed)
    key = verify.packed(verify.times(a, verify.BASE))
    r = int.from_bytes(hashlib.sha512(prefix + message).digest(), "little") % verify.L
    start = verify.packed(verify.times(r, verify.BASE))
    k = int.from_bytes(hashlib.sha512(start + key + message).digest(), "little") % verify.L
    return start + ((r + k * a) % verify.L).to_bytes(32, "little")


def vkey(name: str, seed: bytes) -> str:
    material = bytes([verify.WITNESS]) + public(seed)
    number = hashlib.sha256(f"{name}\n".encode() + material).digest()[:4]
    return f"{name}+{number.hex()}+{base64.b64encode(material).decode()}"


def cosignature(state: State, text: str, seconds: int) -> str:
    """The line of cosignature/v1."""
    seed = base64.b64decode(state.seed)
    signed = sign(seed, f"cosignature/v1\ntime {seconds}\n{text}".encode())
    number = bytes.fromhex(vkey(state.name, seed).split("+")[1])
    line = base64.b64encode(number + seconds.to_bytes(8, "big") + signed).decode()
    return f"\u2014 {state.name} {line}\n"


def fetch(url: str) -> bytes:
    try:
        with urllib.request.urlopen(url, timeout=PATIENCE) as answer:  # noqa: S310  # setup takes http and https only
            return bytes(answer.read(MOST))
    except urllib.error.HTTPError as error:
        raise Refused("日志没有给：%(url)s（%(code)s）。", url=url, code=error.code) from None
    except (OSError, http.client.HTTPException) as error:
        raise _away(url, error) from None


def bring(url: str, note: str) -> None:
    kind = {"Content-Type": "text/plain; charset=utf-8"}
    asked = urllib.request.Request(url, note.encode(), kind)  # noqa: S310
    try:
        urllib.request.urlopen(asked, timeout=PATIENCE).close()  # noqa: S310
    except urllib.error.HTTPError as error:
        said = error.read(500).decode(errors="replace").strip()
        raise Refused("对方没有收下签名：%(said)s", said=said) from None
    except (OSError, http.client.HTTPException) as error:
        raise _away(url, error) from None


def _away(url: str, error: Exception) -> Refused:
    why = getattr(error, "reason", None) or error
    return Refused("连不上日志：%(url)s（%(why)s）。", url=url, why=str(why) or type(error).__name__)


def logs_part(note: str, key: str) -> tuple[str, str]:
    """The text, and the note with the log's own signature only: others' lines are none of our business."""
    text, gap, lines = note.rpartition("\n\n")
    name, number, *_ = verify.read_key(key)
    ours = [line for line in lines.split("\n") if line.startswith(f"\u2014 {name} ") and _has_id(line, number)]
    if not gap or len(ours) != 1:
        raise Refused("检查点上没有日志的签名，或者格式不对。")
    whole = f"{text}\n\n{ours[0]}\n"
    verify.open_note(whole, [verify.read_key(key)])
    return text + "\n", whole


def _has_id(line: str, number: bytes) -> bool:
    return verify.unbase64(line.rsplit(" ", maxsplit=1)[-1])[:4] == number


def read_head(text: str, key: str) -> tuple[int, bytes]:
    found = re.fullmatch("(.+)\n(0|[1-9][0-9]{0,18})\n(.{44})\n", text)
    if not found or found[1] != verify.read_key(key)[0]:
        raise Refused("这是另一个日志的检查点。")
    return int(found[2]), verify.unbase64(found[3])


class Tiles:
    """The log's tiles of a tree of this size, each fetched once."""

    def __init__(self, log: str, size: int) -> None:
        self.log, self.size = log, size
        self.kept: dict[tuple[int, int], list[bytes]] = {}

    def row(self, level: int, first: int, end: int) -> Sequence[bytes]:
        i, offset = divmod(first, merkle.WIDTH)
        if (level, i) not in self.kept:
            width = min(merkle.WIDTH, (self.size >> 8 * level) - i * merkle.WIDTH)
            partial = "" if width == merkle.WIDTH else f".p/{width}"
            raw = fetch(f"{self.log}/tile/{level}/{spelled(i)}{partial}")
            if len(raw) != width * 32:
                raise Refused("对方给的哈希块长度不对。")
            self.kept[level, i] = [raw[at : at + 32] for at in range(0, len(raw), 32)]
        return self.kept[level, i][offset : offset + end - first]


def spelled(i: int) -> str:
    """1234067 is x001/x234/067."""
    parts = [f"{i % 1000:03d}"]
    while i := i // 1000:
        parts.append(f"x{i % 1000:03d}")
    return "/".join(reversed(parts))


def require_growth(state: State, size: int, root: bytes) -> None:
    """Alarm unless the log still begins with what we saw."""
    old, old_root = state.size, bytes.fromhex(state.root)
    if size < old:
        raise Alarm(f"日志变短了：上次 {old} 条，这次 {size} 条。")
    if not old:
        return
    proof = merkle.consistency(old, size, Tiles(state.log, size).row) if size > old else []
    if not merkle.is_grown(old, size, old_root, root, proof):
        raise Alarm(f"日志改写过：第 1 到 {old} 条与上次看到的不同。")


def round_of(folder: Path) -> str:
    """Look once. Returns what to say; Refused when it could not be done, Alarm when the log lies."""
    State.read(folder)  # nothing is made where nothing was set up
    with alone(folder):
        return _looked(folder, State.read(folder))


def _looked(folder: Path, state: State) -> str:
    served = fetch(f"{state.log}/checkpoint").decode(errors="replace")
    text, whole = logs_part(served, state.key)
    size, root = read_head(text, state.key)
    try:
        require_growth(state, size, root)
    except Alarm as alarm:
        keep(folder, f"ALARM-{int(time.time())}.txt", f"{alarm}\n\n{state.note}\n{whole}")
        raise
    keep(folder, f"{size:020d}-{root.hex()[:16]}.txt", whole)
    state.size, state.root, state.note = size, root.hex(), whole
    state.write(folder)
    if f"\u2014 {state.name} " in served:
        return f"没有增长，仍是 {size} 条，已经签过。"
    bring(f"{state.log}/cosignature", whole + cosignature(state, text, int(time.time())))
    return f"已签：{size} 条。"


def keep(folder: Path, name: str, text: str) -> None:
    """Every checkpoint seen: two that do not fit are the proof against whoever signed them."""
    seen = folder / "seen"
    seen.mkdir(parents=True, exist_ok=True)
    (seen / name).write_bytes(text.encode())


def setup(chosen: Any) -> str:
    folder = Path(chosen.folder)
    if (folder / STATE).exists():
        raise Refused("这里已经设置过，什么也没有改动。")
    if not re.fullmatch(r"[^\s+]+", chosen.name):
        raise Refused("名称里不能有空格和加号。")
    if not re.match("https?://[^/]", chosen.log):
        raise Refused("日志的地址应当以 https:// 或者 http:// 开头。")
    if verify.read_key(chosen.key)[2] != verify.LOG:
        raise Refused("这不是日志的公钥。")
    seed = secrets.token_bytes(32)
    State(base64.b64encode(seed).decode(), chosen.name, chosen.log.rstrip("/"), chosen.key).write(folder)
    return f"请把这一行交给信访局的系统管理员登记：\n{vkey(chosen.name, seed)}"


def run(chosen: Any) -> int:
    """0 when all is well, 1 when it could not be done, 2 when the log lies."""
    while True:
        code = _said(Path(chosen.folder))
        if not chosen.every or code == 2:
            return code
        time.sleep(chosen.every)


def _said(folder: Path) -> int:
    try:
        print(time.strftime("%Y-%m-%d %H:%M:%S"), round_of(folder), flush=True)
    except Alarm as alarm:
        print("警报！", alarm, f"证据在 {folder / 'seen'}，不再签名。", flush=True)
        return 2
    except (Refused, OSError, ValueError) as error:
        why = f"读写文件没有成功，{error}" if isinstance(error, OSError) else error
        print(time.strftime("%Y-%m-%d %H:%M:%S"), "这一次没有办成：", why, flush=True)
        return 1
    return 0


def _seconds(text: str) -> int:
    """argparse tells what is wrong with it."""
    if not re.fullmatch("[1-9][0-9]{0,6}", text):
        raise argparse.ArgumentTypeError("间隔应当是多少秒，至少一秒。")
    return int(text)


def parser() -> argparse.ArgumentParser:
    found = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = found.add_subparsers(required=True)
    begin = verbs.add_parser("setup", help="make a key, once")
    for name in ("--name", "--log", "--key"):
        begin.add_argument(name, required=True)
    begin.set_defaults(do=setup)
    again = verbs.add_parser("run", help="look, and sign what grew")
    again.add_argument("--every", type=_seconds, default=0, help="seconds between rounds; without it one round")
    again.set_defaults(do=run)
    for verb in (begin, again):
        verb.add_argument("--folder", default="witness")
    return found


def main(words: list[str] | None = None) -> int:
    for stream in (sys.stdout, sys.stderr):
        getattr(stream, "reconfigure", dict)(encoding="utf-8", errors="replace")
    chosen = parser().parse_args(words)
    try:
        said = chosen.do(chosen)
    except (Refused, OSError) as wrong:
        print(wrong)
        return 1
    except KeyboardInterrupt:
        return 130
    if isinstance(said, str):
        print(said)
        return 0
    return int(said)


if __name__ == "__main__":
    sys.exit(main())
