"""页数: how many sheets a thing makes when it is bound. What no machine can count, the archivist counts."""

import math
from collections.abc import Callable
from io import BytesIO

import pypdfium2
from PIL import Image, UnidentifiedImageError

from xinfang.documents.models import Paper
from xinfang.documents.papers import lines_of
from xinfang.files import store
from xinfang.files.errors import Damaged
from xinfang.files.models import Blob

WORDS_ON_A_PAGE = 700
LINES_ON_A_PAGE = 40


def of_blob(blob: Blob, key: bytes) -> int | None:
    """None where it cannot be told: a sheet of a table, a damaged file. Sound and film have no pages."""
    kind = blob.media_type.partition("/")[0]
    if kind in ("audio", "video"):
        return 0
    count = _BY_MEDIA_TYPE.get(blob.media_type) or _BY_KIND.get(kind)
    if count is None:
        return None
    try:
        return count(b"".join(store.open_blob(blob.address, key=key)))
    except (Damaged, pypdfium2.PdfiumError, UnidentifiedImageError, OSError):
        return None


def of_paper(paper: Paper, key: bytes) -> int:
    """As it was printed; before it was, by what it says."""
    if rendering := getattr(paper, "rendering", None):
        return int(rendering.pages)
    words = sum(len(str(part)) for _label, value in lines_of(paper, key=key) for part in _parts(value))
    return max(1, math.ceil(words / WORDS_ON_A_PAGE))


def _parts(value: object) -> list[object]:
    return list(value) if isinstance(value, list) else [value]


def _of_pdf(plain: bytes) -> int:
    document = pypdfium2.PdfDocument(plain)
    try:
        return len(document)
    finally:
        document.close()


def _of_picture(plain: bytes) -> int:
    with Image.open(BytesIO(plain)) as picture:
        return int(getattr(picture, "n_frames", 1))


def _of_text(plain: bytes) -> int:
    return max(1, math.ceil(len(plain.decode(errors="replace").splitlines()) / LINES_ON_A_PAGE))


_BY_MEDIA_TYPE: dict[str, Callable[[bytes], int]] = {"application/pdf": _of_pdf, "text/plain": _of_text}
_BY_KIND: dict[str, Callable[[bytes], int]] = {"image": _of_picture}
