"""The square on a printed page: which paper it is and which page of it, by a code that says nothing to anyone else."""

import base64
import re
from typing import Any

import segno

from xinfang.foundation.sealing import keyed_hash

_HEAD = "XFP"
_TEXT = re.compile(r"XFP-([A-Z2-7]{16})-([1-9][0-9]{0,3})")


def serial_of(paper_id: int) -> str:
    """80 bits that nobody can work out without the keys of the installation."""
    return base64.b32encode(keyed_hash("paper", str(paper_id))[:10]).decode()


def text_of(serial: str, page: int) -> str:
    return f"{_HEAD}-{serial}-{page}"


def read(text: str) -> tuple[str, int] | None:
    """Serial and page, or None where it is another house's code."""
    found = _TEXT.fullmatch(text.strip())
    return (found[1], int(found[2])) if found else None


def runs_of(serial: str, page: int) -> list[list[list[int]]]:
    """Each row of the square as its dark stretches: where one begins and how wide it is."""
    square = segno.make(text_of(serial, page), error="q", micro=False)
    return [_stretches(row) for row in square.matrix_iter(border=0)]


def _stretches(row: Any) -> list[list[int]]:
    found: list[list[int]] = []
    for x, dark in enumerate(row):
        if dark and found and sum(found[-1]) == x:
            found[-1][1] += 1
        elif dark:
            found.append([x, 1])
    return found
