"""A sheet that was stamped, signed and scanned: which paper it is, by the codes on its pages. Crooked and noisy ones too."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO

import pikepdf
import pypdfium2
import zxingcpp
from PIL import Image, ImageFilter, ImageOps

from xinfang.documents import codes
from xinfang.files import kinds, pictures
from xinfang.files.errors import TooLarge, Unclean, WrongKind

_DPI = 200
MOST_PAGES = 60
_LONG = 3500  # dots; a code is read as well from fewer
_READ = 2400
_FORMATS = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
_PICTURES = frozenset(pictures.FORMS)


@dataclass(frozen=True)
class Sheet:
    """What one page of a scan says: its paper's serial and its number there, or nothing that can be read."""

    serial: str
    page: int


@dataclass(frozen=True)
class Scan:
    """One uploaded file, as it will be kept, and what its pages say."""

    file: IO[bytes]
    sheets: tuple[Sheet | None, ...]

    @property
    def serials(self) -> set[str]:
        return {sheet.serial for sheet in self.sheets if sheet}


def look_into(file: IO[bytes]) -> Scan:
    """Refuses what is neither a PDF nor a picture."""
    kind = kinds.kind_of(_head(file), file)
    if kind is kinds.PDF:
        return Scan(file, tuple(_sheet(picture) for picture in _pages(file)))
    if kind.media_type in _PICTURES:
        return Scan(file, (_sheet(_picture(file, kind.media_type)),))
    raise WrongKind(kinds.accepted())


def together(scans: Sequence[Scan]) -> Scan:
    """Several files of one paper, a page each perhaps, as one PDF in the order of its pages."""
    if len(scans) == 1:
        return scans[0]
    _refuse_too_many(sum(len(scan.sheets) for scan in scans))
    found = [
        (sheet, _as_pdf(picture))
        for scan in scans
        for sheet, picture in zip(scan.sheets, _drawn(scan.file), strict=True)
    ]
    found.sort(key=lambda one: one[0].page if one[0] else MOST_PAGES)
    return Scan(_in_turn([pdf for _sheet_of, pdf in found]), tuple(sheet for sheet, _pdf in found))


def _as_pdf(picture: Image.Image) -> io.BytesIO:
    """One page, as small as it will be kept: sixty drawn ones at once would fill the memory."""
    page = io.BytesIO()
    picture.convert("RGB").save(page, "PDF", resolution=_DPI)
    return page


def _in_turn(pdfs: Sequence[io.BytesIO]) -> io.BytesIO:
    whole, file = pikepdf.Pdf.new(), io.BytesIO()
    for pdf in pdfs:
        with pikepdf.open(pdf) as part:
            whole.pages.extend(part.pages)
    whole.save(file)
    file.seek(0)
    return file


def _refuse_too_many(count: int) -> None:
    if count > MOST_PAGES:
        raise TooLarge(
            "一份扫描件最多 %(most)s 页，这里有 %(count)s 页。请核对是不是扫了别的材料。",
            most=MOST_PAGES,
            count=count,
        )


def _head(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read(kinds.HEAD)


def _drawn(file: IO[bytes]) -> Iterator[Image.Image]:
    kind = kinds.kind_of(_head(file), file)
    return _pages(file) if kind is kinds.PDF else iter([_picture(file, kind.media_type)])


def _pages(file: IO[bytes]) -> Iterator[Image.Image]:
    file.seek(0)
    try:
        opened = pypdfium2.PdfDocument(file.read())
    except pypdfium2.PdfiumError as error:
        raise Unclean from error
    try:
        _refuse_too_many(len(opened))
        for n in range(len(opened)):
            page = opened[n]
            scale = min(_DPI / 72, _LONG / max(page.get_size()))
            yield page.render(scale=scale).to_pil()
    finally:
        opened.close()


def _picture(file: IO[bytes], media_type: str) -> Image.Image:
    picture = pictures.opened(file, media_type)
    try:
        picture.draft("RGB", (_LONG, _LONG))
        picture = ImageOps.exif_transpose(picture)
        picture.thumbnail((_LONG, _LONG))
    except Exception as error:  # a broken picture shows when it is unfolded
        raise Unclean from error
    return picture


def _sheet(picture: Image.Image) -> Sheet | None:
    """The code of ours on this page; other codes that somebody stuck on it are passed over."""
    grey = picture.convert("L")
    grey.thumbnail((_READ, _READ))
    for tried in _tries(grey):
        for found in zxingcpp.read_barcodes(tried, formats=_FORMATS):
            if said := codes.read(found.text):
                return Sheet(*said)
    return None


def _tries(grey: Image.Image) -> Iterator[Image.Image]:
    """As it is; then without its noise; then its upper half larger, where the code of an upright sheet is."""
    yield grey
    yield ImageOps.autocontrast(grey.filter(ImageFilter.MedianFilter(3)), cutoff=2)
    yield grey.filter(ImageFilter.GaussianBlur(1.2))
    for half in (
        grey.crop((0, 0, grey.width, grey.height // 2)),
        grey.crop((0, grey.height // 2, grey.width, grey.height)),
    ):
        yield half.resize((half.width * 2, half.height * 2), Image.Resampling.BICUBIC)
