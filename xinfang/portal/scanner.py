"""A virus scanner, where the house has one: what it names as infected is not taken. Speaks to clamd (INSTREAM)."""

import socket
from typing import IO

from django.conf import settings

from xinfang.files.chunks import pieces
from xinfang.foundation.errors import Refused

PATIENCE = 60


def refuse_infected(file: IO[bytes]) -> None:
    """Nothing without XINFANG_CLAMD. A scanner that does not answer holds back the file, never the words."""
    if not settings.CLAMD:
        return
    try:
        answer = _asked(file)
    except OSError:
        raise Refused("现在不能检查文件里有没有病毒，请稍后再交；文字可以照常提交。") from None
    finally:
        file.seek(0)
    if answer.endswith("FOUND"):
        raise Refused("这个文件里查出了病毒，不能收。请用杀毒软件处理后再交，或者把内容拍成照片。")


def _asked(file: IO[bytes]) -> str:
    host, _, port = settings.CLAMD.rpartition(":")
    file.seek(0)
    with socket.create_connection((host, int(port)), timeout=PATIENCE) as line:
        line.sendall(b"zINSTREAM\0")
        for piece in pieces(file):
            line.sendall(len(piece).to_bytes(4, "big") + piece)
        line.sendall(bytes(4))
        return line.recv(4096).decode(errors="replace").rstrip("\0\n ")
