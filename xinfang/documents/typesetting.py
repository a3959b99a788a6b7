"""Typst lays the paper out: data in, PDF bytes out. The same paper gives the same bytes."""

import io
import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import typst

from xinfang.documents import codes, fonts
from xinfang.documents.layout import texts_in, without

LAYOUT = 3
"""Raised when the frame changes; printed papers keep the bytes they have."""
_LAYOUTS = Path(__file__).with_name("layouts")
_turn = threading.Lock()
_FIRST_CODES = 3


@dataclass(frozen=True)
class Printed:
    """`lacking` are the characters that no font has: they are blank on the sheet, to be written by hand."""

    pdf: bytes
    pages: int
    lacking: tuple[str, ...]


def typeset(laid: Mapping[str, Any], *, serial: str, at: int, mark: str = "", seal: bytes = b"") -> Printed:
    """A code on every page: how many there are is known when they are set, so a long paper is set twice."""
    faces = fonts.faces()
    lacking = faces.lacks("".join(texts_in(laid)))
    paper = {
        **without(dict(laid), lacking),
        "fonts": {"body": faces.body, "title": faces.title},
        "serial": serial,
        "mark": mark,
        "seal": bool(seal),
        "seal_picture": list(seal),
    }
    count = _FIRST_CODES
    while True:
        pdf = _compiled(paper | {"codes": [codes.runs_of(serial, n) for n in range(1, count + 1)]}, faces, at)
        pages = _pages(pdf)
        if pages <= count:
            return Printed(pdf, pages, tuple(lacking))
        count = pages


def marked(pdf: bytes, mark: str, *, at: int) -> bytes:
    """The same sheets, with a mark at the head of each. What was printed on them stays as it is."""
    faces, made = fonts.faces(), io.BytesIO()
    over = _compiled({"fonts": faces.body, "mark": mark}, faces, at, layout="mark")
    with pikepdf.open(io.BytesIO(pdf)) as sheets, pikepdf.open(io.BytesIO(over)) as opened:
        for page in sheets.pages:
            page.add_overlay(opened.pages[0], None)
        sheets.save(made, deterministic_id=True)
    return made.getvalue()


def _compiled(paper: dict[str, Any], faces: fonts.Faces, at: int, layout: str = "paper") -> bytes:
    text = json.dumps(paper, ensure_ascii=False)
    with _turn:
        compiler = typst.Compiler(_source(layout), font_paths=faces.fonts)
        made = compiler.compile(format="pdf", sys_inputs={"paper": text}, timestamp=at)
    assert isinstance(made, bytes)
    return made


@cache
def _source(layout: str) -> bytes:
    return (_LAYOUTS / f"{layout}.typ").read_bytes()


def _pages(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)
