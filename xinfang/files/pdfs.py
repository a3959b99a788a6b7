"""PDF: the clean copy keeps the pages and what is on them."""

from collections.abc import Iterator
from io import BytesIO
from typing import IO, Any, BinaryIO, cast

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from pikepdf.sanitize import Sanitizer

from xinfang.files import pictures
from xinfang.files.errors import Unclean

# For the whole process, and before any thread opens a PDF: no stream may unfold beyond this.
_UNFOLDED = 200 * 1024 * 1024
pikepdf.settings.set_qpdf_limits(
    flate_max_memory=_UNFOLDED,
    run_length_max_memory=_UNFOLDED,
    png_max_memory=_UNFOLDED,
    tiff_max_memory=_UNFOLDED,
)

_ACTIVE = (
    Sanitizer()
    .remove_javascript()
    .remove_external_access()
    .remove_attachments()
    .remove_collection()
    .remove_multimedia()
    .remove_thumbnails()
    .remove_search_index()
    .remove_web_capture()
)
_OF_THE_FILE = (Name.Info, Name.ID)
_OF_THE_DOCUMENT = (Name.OpenAction, Name.AA, Name.Perms, Name.DSS)


def clean(file: IO[bytes]) -> BytesIO:
    """Without properties, XMP, attachments, scripts, signers and authors of remarks; its photographs without EXIF."""
    file.seek(0)
    copy = BytesIO()
    with pikepdf.open(cast(BinaryIO, file)) as pdf:
        if not pdf.pages:
            raise Unclean
        _ACTIVE.apply(pdf)
        _drop(pdf.trailer, *_OF_THE_FILE)
        _drop(pdf.Root, *_OF_THE_DOCUMENT)
        for found in _dictionaries(pdf):
            _strip(found, pdf)
        pdf.save(copy)
    copy.seek(0)
    return copy


def _dictionaries(pdf: Pdf) -> Iterator[Any]:
    """Every dictionary and stream, also those written inside others. What `_strip` removed is not entered."""
    waiting: list[Any] = list(pdf.objects)
    while waiting:
        found = waiting.pop()
        if isinstance(found, Array):
            inside = list(found)
        elif isinstance(found, Dictionary | Stream):
            yield found
            inside = [found[key] for key in found.keys()]  # noqa: SIM118 - a PDF object is no mapping
        else:
            continue
        waiting += [each for each in inside if isinstance(each, Array | Dictionary) and not each.is_indirect]


def _strip(found: Any, pdf: Pdf) -> None:
    _drop(found, Name.Metadata, Name.PieceInfo, Name.XFA)
    if Name.F in found or Name.UF in found:
        _drop(found, Name.EF)
    if Name.Rect in found and found.get(Name.Subtype) != Name.Widget:
        _drop(found, Name.T)  # who wrote the remark; in a form field it is the field's name
    if found.get(Name.FT) == Name.Sig:
        _drop(found, Name.V)  # rewriting breaks a signature: what would be left is the signer's certificate
    if isinstance(found, Stream):
        _strip_photograph(found, pdf)


def _strip_photograph(stream: Stream, pdf: Pdf) -> None:
    """A scanning app puts the phone's JPEG into the PDF as it is, with its GPS."""
    filters, parms = _listed(stream.get(Name.Filter)), _listed(stream.get(Name.DecodeParms))
    if not filters or filters[-1] != Name.DCTDecode:
        return
    jpeg = stream.read_raw_bytes()
    if len(filters) > 1:
        jpeg = _unwrapped(pdf, jpeg, filters[:-1], parms[:-1])
    stream.write(
        pictures.without_telling_segments(jpeg),
        filter=Name.DCTDecode,
        decode_parms=parms[-1] if parms else None,
    )


def _unwrapped(pdf: Pdf, jpeg: bytes, filters: list[Any], parms: list[Any]) -> bytes:
    """Some programs deflate the JPEG once more."""
    wrapped = Stream(pdf, jpeg, Filter=Array(filters))
    if parms:
        wrapped.DecodeParms = Array(parms)
    return wrapped.read_bytes()


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, Array) else [value]


def _drop(holder: Any, *keys: Name) -> None:
    for key in keys:
        if key in holder:
            del holder[key]
