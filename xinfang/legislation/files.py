"""Law files into numbered lines: Markdown and plain text, Word, PDF."""

import re
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from pathlib import PurePath
from typing import IO
from zipfile import BadZipFile

from django.utils.translation import gettext as _

from xinfang.foundation.errors import Refused
from xinfang.legislation.errors import LawRefused
from xinfang.legislation.reading import Draft, read

LARGEST = 5 * 1024 * 1024
SUFFIXES = (".md", ".txt", ".docx", ".pdf")
_ITEM = re.compile(r"[（(]")
_PAGES = 400


def draft_of(file: IO[bytes], name: str) -> Draft:
    """The law in a file; its name says of which kind it is."""
    suffix = PurePath(name).suffix.lower()
    if suffix not in SUFFIXES:
        raise LawRefused(_("只能导入Markdown、纯文本、Word（docx）和PDF文件。"))
    data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise LawRefused(_("文件不能超过5MB。"))
    return read(list(enumerate(_READERS[suffix](data), start=1)))


def _plain(data: bytes) -> list[str]:
    try:
        return data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise LawRefused(_("文件不是UTF-8编码。"), line=data[: error.start].count(b"\n") + 1) from error


def _word(data: bytes) -> list[str]:
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError

    from xinfang.files import packages

    try:
        packages.opened(BytesIO(data)).close()  # neither a bomb nor a trick
        return [line for one in Document(BytesIO(data)).paragraphs for line in one.text.split("\n")]
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError, Refused) as error:
        raise LawRefused(_("无法读取这个Word文件。")) from error


def _pdf(data: bytes) -> list[str]:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(BytesIO(data))
        if len(reader.pages) > _PAGES:
            raise LawRefused(_("PDF不能超过%(pages)s页。") % {"pages": _PAGES})
        pages = [page.extract_text() for page in reader.pages]
    except (PyPdfError, ValueError, KeyError, TypeError, OSError, RecursionError) as error:
        raise LawRefused(_("无法读取这个PDF文件。")) from error
    lines = [line for page in pages for line in page.splitlines() if not _is_page_number(line)]
    if not any(line.strip() for line in lines):
        raise LawRefused(_("这个PDF里没有文字，可能是扫描件。"))
    return list(_rejoined(lines))


def _is_page_number(line: str) -> bool:
    """- 3 -, or 第3页."""
    return line.strip(" -—－·第页").isdecimal()


def _rejoined(lines: list[str]) -> Iterator[str]:
    """A PDF breaks lines where the page ends: a full line goes on in the next one, a short one ends with its sentence."""
    kept = [line.rstrip() for line in lines if line.strip()]
    width, held = max(map(len, kept)), ""
    for line, following in pairwise([*kept, ""]):
        held += line.strip()
        if len(line) < 0.9 * width or _ends(held, following.strip()):
            yield held
            held = ""
    if held:
        yield held


def _ends(words: str, following: str) -> bool:
    """A full line is the last of its clause after 。; after ； and ： only where an item follows."""
    return words.endswith("。") or (words.endswith(("；", "：")) and _ITEM.match(following) is not None)


_READERS = {".md": _plain, ".txt": _plain, ".docx": _word, ".pdf": _pdf}
