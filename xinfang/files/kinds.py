"""What kind of file it is: told by its content. The name it came under is never asked."""

import codecs
import os
import re
from dataclasses import dataclass
from typing import IO

import filetype
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xinfang.files import packages, pictures
from xinfang.files.chunks import pieces
from xinfang.files.errors import EmptyFile, TooLarge, WrongKind
from xinfang.foundation.text import listed

HEAD = 8192
_MIB = 1024 * 1024


@dataclass(frozen=True)
class Kind:
    """A kind of file that is taken, up to `limit` bytes."""

    media_type: str
    extension: str
    label: str
    limit: int


JPEG = Kind("image/jpeg", "jpg", gettext_noop("JPEG 图片"), 50 * _MIB)
PNG = Kind("image/png", "png", gettext_noop("PNG 图片"), 50 * _MIB)
WEBP = Kind("image/webp", "webp", gettext_noop("WebP 图片"), 50 * _MIB)
HEIC = Kind("image/heic", "heic", gettext_noop("手机照片（HEIC）"), 50 * _MIB)
PDF = Kind("application/pdf", "pdf", gettext_noop("PDF 文档"), 50 * _MIB)
DOCX = Kind(packages.WORD, "docx", gettext_noop("Word 文档（DOCX）"), 20 * _MIB)
XLSX = Kind(packages.EXCEL, "xlsx", gettext_noop("Excel 表格（XLSX）"), 20 * _MIB)
TEXT = Kind("text/plain", "txt", gettext_noop("纯文本（TXT）"), 5 * _MIB)

ACCEPTED = (JPEG, PNG, WEBP, HEIC, PDF, DOCX, XLSX, TEXT)
BY_MEDIA_TYPE = {kind.media_type: kind for kind in ACCEPTED}
_BY_MAGIC = {kind.extension: kind for kind in (JPEG, PNG, WEBP, HEIC, PDF)}

_CONTROL = bytes(set(range(32)) - set(b"\t\n\r\f")) + b"\x7f"
_ENCODINGS = ("utf-8", "gb18030")
# Readable as text, but a browser or an office program would make something else of it.
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<[!?]|</?[a-z][a-z0-9:]*[\s/>]|\{\\rtf|%!PS)", re.IGNORECASE)

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_MOVING = gettext_noop("动图请先另存为静止的图片。")
_UNPACK = gettext_noop("压缩包请先解开，再逐个上传里面的文件。")
_SAVE_ANEW = gettext_noop("旧版的或者设有密码的 Word、Excel 文件，请另存为不加密码的 DOCX、XLSX。")
_HINTS = {"gif": _MOVING, "apng": _MOVING, "zip": _UNPACK, "rar": _UNPACK, "7z": _UNPACK}


def kind_of(head: bytes, file: IO[bytes]) -> Kind:
    """The kind of `file`, which begins with `head` (HEAD bytes of it), or the reason why it is not taken."""
    size = file.seek(0, os.SEEK_END)
    if not size:
        raise EmptyFile
    _require_size(size, settings.UPLOAD_LIMIT, _("文件"))
    kind = _by_magic(head) or _by_package(head, file) or _by_letters(head)
    if kind is None:
        raise WrongKind(accepted(), hint=_hint(head))
    _require_size(size, kind.limit, _(kind.label))
    _look_inside(file, kind)
    file.seek(0)
    return kind


def of_copy(kind: Kind) -> Kind:
    """What the clean copy is: an iPhone's photo becomes one that every browser and printer shows."""
    return JPEG if kind is HEIC else kind


def accepted() -> str:
    """What may be handed in, for a sentence or beside a form."""
    return listed(_(kind.label) for kind in ACCEPTED)


def _by_magic(head: bytes) -> Kind | None:
    return _BY_MAGIC.get(filetype.guess_extension(head) or "")


def _by_package(head: bytes, file: IO[bytes]) -> Kind | None:
    return BY_MEDIA_TYPE.get(packages.media_type(file)) if head.startswith(packages.MAGIC) else None


def _by_letters(head: bytes) -> Kind | None:
    return None if _has_control(head) or _MARKUP.match(head) else TEXT


def _require_size(size: int, limit: int, label: str) -> None:
    if size > limit:
        raise TooLarge(_("%(kind)s不能超过 %(limit)s MB。") % {"kind": label, "limit": f"{limit / _MIB:g}"})


def _hint(head: bytes) -> str:
    hint = _SAVE_ANEW if head.startswith(_OLD_OFFICE) else _HINTS.get(filetype.guess_extension(head) or "")
    return _(hint) if hint else ""


def _look_inside(file: IO[bytes], kind: Kind) -> None:
    if kind.media_type in pictures.FORMS:
        if pictures.is_moving(pictures.opened(file, kind.media_type)):
            raise WrongKind(accepted(), hint=_(_MOVING))
    elif kind is TEXT and not any(_reads_as(file, encoding) for encoding in _ENCODINGS):
        raise WrongKind(accepted())


def _reads_as(file: IO[bytes], encoding: str) -> bool:
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for piece in pieces(file):
            decoder.decode(piece)
            if _has_control(piece):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _has_control(data: bytes) -> bool:
    return len(data.translate(None, _CONTROL)) < len(data)
