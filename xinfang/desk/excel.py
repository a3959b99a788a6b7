"""Excel at the door: a workbook into rows of text, and an empty one with its headings. Inside, nobody knows of Excel."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.utils.translation import gettext as _

from xinfang.foundation.errors import Refused
from xinfang.foundation.text import listed

KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LARGEST, LARGEST_OPENED, LOWEST_ROW = 2 * 1024 * 1024, 40 * 1024 * 1024, 5000
_EXACT_DIGITS = 15
Row = tuple[int, dict[str, str]]


def rows(upload: UploadedFile, columns: Sequence[str]) -> list[Row]:
    """The filled rows of the first sheet by heading, each with its line."""
    found = list(_lines(_opened(upload)))
    headings = list(found[0][1]) if found else []
    if missing := [column for column in columns if column not in headings]:
        raise Refused("第一行缺少这些列：%(columns)s。请用空白表填写。", field="sheet", columns=listed(missing))
    places = [(column, headings.index(column)) for column in columns]
    return [(line, {column: cells[n] for column, n in places}) for line, cells in found[1:] if any(cells)]


def pasted(text: str, columns: Sequence[str]) -> list[Row]:
    """The same of cells that were copied out of a sheet: lines, and tabs between what stands in them."""
    found = [(line, [cell.strip() for cell in row.split("\t")]) for line, row in enumerate(text.splitlines(), start=1)]
    found = [(line, cells) for line, cells in found if any(cells)]
    headings = found[0][1] if found else list(columns)
    if missing := [column for column in columns if column not in headings]:
        raise Refused("第一行缺少这些列：%(columns)s。", field="paste", columns=listed(missing))
    places = [(column, headings.index(column)) for column in columns]
    return [(line, {column: cells[n] if n < len(cells) else "" for column, n in places}) for line, cells in found[1:]]


def _opened(upload: UploadedFile) -> Iterable[tuple[Any, ...]]:
    from openpyxl import load_workbook  # half a second, only where a sheet is read

    content = BytesIO(upload.read(LARGEST + 1))
    _forbid_large(content)
    try:
        sheet = load_workbook(content, read_only=True, data_only=True).worksheets[0]
        if (sheet.max_row or 0) > LOWEST_ROW:
            raise Refused("表太长。请把要导入的行复制到一张新的空白表里。", field="sheet")
        return list(sheet.iter_rows(max_row=LOWEST_ROW, max_col=50, values_only=True))
    except Refused:
        raise
    except Exception as error:  # whatever a broken or hostile file makes of the reader
        raise Refused("这个文件读不出来，请另存为 .xlsx 再上传。", field="sheet") from error


def _forbid_large(content: BytesIO) -> None:
    if content.getbuffer().nbytes > LARGEST:
        raise Refused("文件太大，请分成几张表。", field="sheet")
    try:
        with ZipFile(content) as parts:
            if sum(part.file_size for part in parts.infolist()) > LARGEST_OPENED:
                raise Refused("文件太大，请分成几张表。", field="sheet")
    except BadZipFile:
        raise Refused("这个文件读不出来，请另存为 .xlsx 再上传。", field="sheet") from None
    content.seek(0)


def _lines(sheet: Iterable[tuple[Any, ...]]) -> Iterable[tuple[int, list[str]]]:
    for line, cells in enumerate(sheet, start=1):
        yield line, [_text(cell) for cell in cells]


def _text(cell: Any) -> str:
    """As a person reads it. A number too long for Excel to hold is shown as Excel shows it, so that it is refused."""
    if cell is None:
        return ""
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        if not float(cell).is_integer():
            return f"{cell:.{_EXACT_DIGITS}g}"  # 0.3, where the machine has 0.30000000000000004
        return str(int(cell)) if len(str(int(cell))) <= _EXACT_DIGITS else f"{cell:.5E}"
    return str(cell).replace("\0", "").strip()


def filled(name: str, headings: Sequence[str], lines: Iterable[Sequence[str]]) -> HttpResponse:
    """A sheet that is begun: every cell is text, so that what comes back is what was typed."""
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.freeze_panes = "A2"
    for row, cells in enumerate([headings, *lines], start=1):
        for n, cell in enumerate(cells, start=1):
            written = sheet.cell(row, n)
            written.value, written.number_format, written.data_type = cell, "@", "s"
            if row == 1:
                written.font = Font(bold=True)
    for n in range(1, len(headings) + 1):
        sheet.column_dimensions[get_column_letter(n)].width = 22
        sheet.column_dimensions[get_column_letter(n)].number_format = "@"
    return _answer(book, name)


def blank(name: str, columns: Sequence[str], notes: Sequence[str]) -> HttpResponse:
    """An empty sheet to fill in: headings, every column as text, and a second sheet that says how."""
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = name
    sheet.append(list(columns))
    sheet.freeze_panes = "A2"
    for n in range(1, len(columns) + 1):
        sheet.cell(1, n).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(n)].width = 22
        sheet.column_dimensions[get_column_letter(n)].number_format = "@"
    explained = book.create_sheet(_("填写说明"))
    explained.column_dimensions["A"].width = 100
    for note in notes:
        explained.append([note])
    return _answer(book, name)


def _answer(book: Any, name: str) -> HttpResponse:
    stream = BytesIO()
    book.save(stream)
    answer = HttpResponse(stream.getvalue(), content_type=KIND)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return answer
