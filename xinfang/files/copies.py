"""Clean copies: what handling units get. The original stays sealed as evidence."""

from collections.abc import Callable
from functools import partial
from typing import IO

from xinfang.files import kinds, packages, pdfs, pictures
from xinfang.files.errors import Unclean
from xinfang.files.kinds import Kind
from xinfang.foundation.errors import Refused


def clean_copy(plain: IO[bytes], kind: Kind) -> IO[bytes]:
    """The same content without what tells of its maker: place, camera, author, people, thumbnails, attached files."""
    plain.seek(0)
    try:
        return _CLEANERS[kind](plain)
    except Refused:
        raise
    except Exception as error:  # hostile or broken bytes: four libraries, errors of any kind
        raise Unclean from error


def _as_it_is(plain: IO[bytes]) -> IO[bytes]:
    return plain


_CLEANERS: dict[Kind, Callable[[IO[bytes]], IO[bytes]]] = {
    **{
        kind: partial(pictures.clean, media_type=kind.media_type)
        for kind in (kinds.JPEG, kinds.PNG, kinds.WEBP, kinds.HEIC)
    },
    kinds.PDF: pdfs.clean,
    kinds.DOCX: packages.clean,
    kinds.XLSX: packages.clean,
    kinds.TEXT: _as_it_is,
}
