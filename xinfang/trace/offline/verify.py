#!/usr/bin/env python3
"""核对登记凭证：只要 Python 3.9 和这一个文件，不用联网。Verify a receipt or a proof (KEYS FILE [RECORD], in either order).

    python3 verify.py 公钥 凭证 [记录]

公钥    一行公钥，或者公钥文件（一行一把，第一行是日志的，后面是见证方的）；写在凭证后面也可以
凭证    登记时的二维码文字（.txt），或者凭证文件（.tlog-proof）
记录    只有证明、没有登记承诺的，另给它证明的那条记录

只给日志的公钥，见证方的签名不核对，会说明白；给了见证方的公钥就要给全，这样一个字节也改不了。
"""

from __future__ import annotations

import base64
import calendar
import hashlib
import re
import sys
import time
from pathlib import Path
from typing import Any

Point = tuple[int, int, int, int]
Key = tuple[str, bytes, int, bytes]  # name, id, type, key
LOG, WITNESS, DAY = 1, 4, 86_400
PROOF = "c2sp.org/tlog-proof@v1\n(?:extra (\\S+)\n)?index (0|[1-9][0-9]{0,18})\n((?:[A-Za-z0-9+/]{43}=\n)*)\n(.*)"


class Refused(Exception):
    """It proves nothing; says why. `values` stand in the sentence as %(name)s."""

    def __init__(self, sentence: str, **values: object) -> None:
        super().__init__(sentence % values if values else sentence)
        self.sentence, self.values = sentence, values


# Ed25519 (RFC 8032), only what verifying needs.
P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def add(p: Point, q: Point) -> Point:
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(n: int, p: Point) -> Point:
    rest = times(n >> 1, add(p, p)) if n > 1 else (0, 1, 1, 0)
    return add(rest, p) if n & 1 else rest


def point(raw: bytes) -> Point | None:
    sign, y = divmod(int.from_bytes(raw, "little"), 1 << 255)
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if x * x % P == square else x * ROOT % P
    if y >= P or x * x % P != square or (not x and sign):
        return None
    x = x if x & 1 == sign else P - x
    return x, y, 1, x * y % P


def packed(p: Point) -> bytes:
    x, y = (one * pow(p[2], P - 2, P) % P for one in p[:2])
    return (y | (x & 1) << 255).to_bytes(32, "little")


BASE = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little")) or (0, 1, 1, 0)


def is_signed(key: bytes, message: bytes, signature: bytes) -> bool:
    minus, s = point(key), int.from_bytes(signature[32:], "little")
    if minus is None or len(signature) != 64 or s >= L:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    minus = (P - minus[0], minus[1], 1, P - minus[3])
    return packed(add(times(s, BASE), times(k, minus))) == signature[:32]


def unbase64(text: str) -> bytes:
    """Only the one spelling of these bytes."""
    try:
        plain = base64.b64decode(text, validate=True)
    except ValueError:
        plain = b""
    if base64.b64encode(plain).decode() != text:
        raise Refused("文件被改动过：有一段编码不对。")
    return plain


def read_key(line: str) -> Key:
    """(name, id, type, key) of a line name+id+base64."""
    found = re.fullmatch(r"([^\s+]+)\+([0-9a-f]{8})\+(\S+)", line.strip())
    if not found:
        raise Refused("公钥不对：应当是“名称+编号+密钥”的一行。")
    raw = unbase64(found[3])
    known = hashlib.sha256(f"{found[1]}\n".encode() + raw).digest()[:4]
    if len(raw) != 33 or raw[0] not in (LOG, WITNESS) or known.hex() != found[2]:
        raise Refused("公钥的类型不对，或者抄错了。")
    return found[1], known, raw[0], raw[1:]


def open_note(note: str, keys: list[Key]) -> tuple[str, list[tuple[str, int | None]]]:
    """The text of a signed note that the log signed, and [(witness, time)]: no time where no witness's key was given to check."""
    shape = re.fullmatch("(.*\n)\n((?:\u2014 [^\\s+]+ \\S+\n)+)", note, re.DOTALL)
    if not shape:
        raise Refused("文件不完整，或者不是凭证。")
    text, known, done = shape[1], {one[:2]: one for one in keys}, set()
    is_whole, seen = any(one[2] == WITNESS for one in keys), list[tuple[str, "int | None"]]()
    for line in shape[2].split("\n")[:-1]:
        _, name, signed = line.split(" ")
        raw = unbase64(signed)
        who = (name, raw[:4])
        if who in done or (is_whole and who not in known):
            raise Refused(
                "有一行签名没有对应的公钥，或者写了两次：%(name)s。请把见证方的公钥给全，或者只给日志的公钥。",
                name=name,
            )
        done.add(who)
        if who not in known:
            seen.append((name, None))
            continue
        _, _, kind, key = known[who]
        message, signature = text, raw[4:]
        if kind == WITNESS:
            seconds, signature = int.from_bytes(raw[4:12], "big"), raw[12:]
            if seconds > time.time() + DAY:
                raise Refused("见证签名的时间在将来。")
            message = f"cosignature/v1\ntime {seconds}\n{text}"
            seen.append((name, seconds))
        if not is_signed(key, message.encode(), signature):
            raise Refused("签名不对：%(name)s。", name=name)
    if not any(one[:2] in done for one in keys if one[2] == LOG and one[0] == keys[0][0]):
        raise Refused("没有日志的签名：可能是另一个日志的凭证，或者公钥不是这个日志的。")
    return text, seen


def read_promise(text: str, origin: str) -> dict[str, Any]:
    """{number, leaf, at, seconds} of what the office promised."""
    lines = text.split("\n")
    if len(lines) != 6 or lines[0] != "xinfang-receipt/v1":
        raise Refused("这不是登记凭证。")
    if lines[1] != origin:
        raise Refused("这份凭证是另一个日志的：%(name)s。", name=lines[1])
    try:
        seconds = calendar.timegm(time.strptime(lines[4], "%Y-%m-%dT%H:%M:%SZ"))
    except ValueError:
        seconds = sys.maxsize
    if seconds > time.time() + DAY:
        raise Refused("凭证写明的时间在将来，或者不是时间。")
    return {"number": lines[2], "leaf": unbase64(lines[3]), "at": lines[4], "seconds": seconds}


def check_path(leaf: bytes, index: int, size: int, path: list[bytes], root: bytes) -> None:
    """RFC 6962: the leaf stands at `index` of the tree with this root."""
    at, last, found = index, size - 1, hashlib.sha256(b"\0" + leaf).digest()
    if index >= size:
        raise Refused("位次比日志还长。")
    for part in path:
        if not last:
            raise Refused("证明不对：太长。")
        pair = part + found if at & 1 or at == last else found + part
        while at == last and not at & 1:
            at, last = at >> 1, last >> 1
        at, last, found = at >> 1, last >> 1, hashlib.sha256(b"\1" + pair).digest()
    if last or found != root:
        raise Refused("证明与检查点不符：这一条不在日志里，或者被改动过。")


def check(text: str, lines: list[str], record: bytes | None = None) -> dict[str, Any]:
    """What the file proves, as a dict; Refused when it proves nothing."""
    keys = [read_key(line) for line in lines if line.strip()]
    if not keys or keys[0][2] != LOG:
        raise Refused("第一行应当是日志的公钥。")
    origin = keys[0][0]
    if not text.startswith("c2sp.org/tlog-proof@v1\n"):
        return read_promise(open_note(text, keys)[0], origin)
    shape = re.fullmatch(PROOF, text, re.DOTALL)
    if not shape:
        raise Refused("文件不完整，或者不是凭证。")
    extra, index, path, note = shape.groups()
    found = {}
    if extra:
        found = read_promise(open_note(unbase64(extra).decode(errors="replace"), keys)[0], origin)
    body, seen = open_note(note, keys)
    head_of = re.fullmatch("(.+)\n(0|[1-9][0-9]{0,18})\n(.{44})\n", body)
    if not head_of or head_of[1] != origin:
        raise Refused("检查点不是这个日志的。")
    leaf = hashlib.sha256(record).digest() if record is not None else found.get("leaf")
    if leaf is None or (found and leaf != found["leaf"]):
        raise Refused("缺少原始记录，或者原始记录与凭证不符。")
    at, size = int(index), int(head_of[2])
    check_path(leaf, at, size, [unbase64(line) for line in path.split()], unbase64(head_of[3]))
    return {**found, "n": at + 1, "size": size, "witnesses": seen}


def no(why: object) -> int:
    print("不成立：", why)
    return 1


def read(word: str) -> bytes:
    """What the file holds; a public key stands for itself."""
    return word.encode() if "+" in word and not Path(word).exists() else Path(word).read_bytes()


def local(seconds: int) -> str:
    return time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(seconds + 8 * 3600)) + "（北京时间）"


def tell_witnesses(seen: list[tuple[str, int | None]]) -> None:
    for name, seconds in seen:
        unknown = f"提示：见证方 {name} 的签名没有核对（您没有给出它的公钥）。"
        print(f"见证：{name}，{local(seconds)}。" if seconds is not None else unknown)
    if not seen:
        print("提示：还没有见证方签名，只有日志自己的签名。")


def main(words: list[str]) -> int:
    getattr(sys.stdout, "reconfigure", dict)(encoding="utf-8", errors="replace")
    if len(words) not in (2, 3):
        print(__doc__)
        return 2
    try:
        keys, told, *record = [read(word) for word in words]
        if keys.startswith((b"c2sp.org/tlog-proof@", b"xinfang-receipt/")):
            keys, told = told, keys
        found = check(told.decode(), keys.decode("utf-8-sig").split("\n"), *record)
    except OSError as error:
        return no(f"打不开文件：{error.filename}。")
    except (Refused, ValueError) as error:
        return no(error if isinstance(error, Refused) else "这个文件不是文字。")
    if "number" in found:
        print(f"成立：日志签名确认，{found['number']} 于 {local(found['seconds'])} 登记。")
    if "n" in found:
        print(f"成立：它是日志的第 {found['n']} 条，日志当时共 {found['size']} 条。")
        tell_witnesses(found["witnesses"])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
