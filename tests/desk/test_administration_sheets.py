"""Excel in: what the sheet would do, its errors by row and column, then the doing; and the year's notice in the same way."""

import json
from collections.abc import Callable, Sequence
from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from tests.cast import Cast
from tests.desk.hall import words
from xinfang.deadlines.models import CalendarYear
from xinfang.organizations import sheets
from xinfang.organizations.models import Officer, Tenure, Unit
from xinfang.trace.models import Entry

Desk = Callable[[str], Client]
OFFICERS, UNITS, NOTICE = (reverse(f"desk:{name}") for name in ("officers-sheet", "units-sheet", "calendar-load"))


def book(columns: Sequence[str], *rows: Sequence[object]) -> SimpleUploadedFile:
    work = Workbook()
    for row in (columns, *rows):
        work.active.append(list(row))
    stream = BytesIO()
    work.save(stream)
    return SimpleUploadedFile("表.xlsx", stream.getvalue())


def officers(*rows: Sequence[object]) -> SimpleUploadedFile:
    return book(sheets.OFFICER_COLUMNS, *rows)


def preview(client: Client, path: str, file: SimpleUploadedFile):
    return client.post(path, {"sheet": file})


def applied(client: Client, path: str, page) -> str:
    form = {"packed": page.context["packed"], "once": page.context["once"]}
    return words(client.post(path, form, follow=True))


def test_the_empty_sheet_has_the_headings_it_is_read_by(at_desk: Desk) -> None:
    client = at_desk("administrator")
    for name, columns in (("officers-blank", sheets.OFFICER_COLUMNS), ("units-blank", sheets.UNIT_COLUMNS)):
        answer = client.get(reverse(f"desk:{name}"))
        assert answer.headers["Content-Disposition"].endswith('.xlsx"')
        sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
        assert [cell.value for cell in sheet[1]] == list(columns)
        assert sheet.column_dimensions["A"].number_format == "@"


def test_a_preview_writes_nothing_and_the_second_step_everything(at_desk: Desk, cast: Cast) -> None:
    client = at_desk("administrator")
    page = preview(
        client, OFFICERS, officers(["li.si", "李四", cast.street.name, "承办人", date(2026, 1, 1)], ["wang.wu", "王五"])
    )
    assert [row[2] for row in page.context["told"]] == ["新账号；岗位等信访局局长授予", "新账号"]
    assert not Officer.objects.filter(username="li.si").exists()
    assert "已经全部写入" in applied(client, OFFICERS, page)
    assert Officer.objects.filter(username__in=["li.si", "wang.wu"]).count() == 2
    assert "已经提交过" in applied(client, OFFICERS, page)
    assert Entry.objects.filter(act="officer.bring").count() == 1


def test_the_head_gives_the_posts_of_the_same_sheet(at_desk: Desk, cast: Cast) -> None:
    row = ["li.si", "李四", cast.street.name, "承办人", date(2026, 1, 1)]
    for name in ("administrator", "bureau_head"):
        client = at_desk(name)
        applied(client, OFFICERS, preview(client, OFFICERS, officers(row)))
    assert Tenure.objects.get(officer__username="li.si").since == date(2026, 1, 1)


def test_errors_stand_by_row_and_column_and_nothing_is_written(at_desk: Desk, cast: Cast) -> None:
    file = officers(["li.si", "李四"], [], ["", "王五"], ["zhao liu", "赵六"], ["a.b", "甲", "没有的", "承办人"])
    page = preview(at_desk("administrator"), OFFICERS, file)
    assert page.status_code == 422
    told = [(one.line, one.column) for one in page.context["defects"]]
    assert told == [(4, sheets.USERNAME), (6, sheets.UNIT)]
    assert "没有叫“没有的”的单位" in words(page)
    page = preview(at_desk("administrator"), OFFICERS, officers(["zhao liu", "赵六"]))
    assert [(one.line, one.column) for one in page.context["defects"]] == [(2, sheets.USERNAME)]
    assert not Officer.objects.filter(username="li.si").exists()


def test_a_second_upload_has_nothing_to_write(at_desk: Desk, cast: Cast) -> None:
    client = at_desk("administrator")
    applied(client, OFFICERS, preview(client, OFFICERS, officers(["li.si", "李四"])))
    assert "都已经在系统里" in words(preview(client, OFFICERS, officers(["li.si", "李四"])))


def test_what_changed_since_the_preview_is_refused(at_desk: Desk, cast: Cast) -> None:
    client = at_desk("administrator")
    page = preview(client, OFFICERS, officers(["li.si", "李四"], ["wang.wu", "王五"]))
    Officer.objects.create(username="li.si", name="别人")
    assert "姓名与表中不同" in applied(client, OFFICERS, page)
    assert not Officer.objects.filter(username="wang.wu").exists()


def test_a_preview_of_another_officer_or_an_altered_one_is_not_applied(at_desk: Desk, cast: Cast) -> None:
    page = preview(at_desk("administrator"), OFFICERS, officers(["li.si", "李四"]))
    assert "预览已经过期" in applied(at_desk("street_head"), OFFICERS, page)
    assert not Officer.objects.filter(username="li.si").exists()


def test_units_come_in_the_same_way_and_a_code_that_excel_spoiled_is_told(at_desk: Desk, cast: Cast) -> None:
    client = at_desk("administrator")
    rest = [
        None,
        "骊山街道上村",
        "上村",
        "村（社区）",
        None,
        cast.street.code,
        "2026-01-01",
        None,
        None,
        None,
        "村（社区）信息员",
    ]
    page = preview(client, UNITS, book(sheets.UNIT_COLUMNS, [6101150010020000299, *rest]))
    assert [(one.line, one.column) for one in page.context["defects"]] == [(2, sheets.CODE)]
    page = preview(client, UNITS, book(sheets.UNIT_COLUMNS, ["6101150010020000299", *rest]))
    assert "已经全部写入" in applied(client, UNITS, page)
    assert Unit.objects.get(code="6101150010020000299").parent == cast.street


def bomb() -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", b"0" * (41 * 1024 * 1024))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"not a workbook", "读不出来"),
        (b"PK\x03\x04rubbish", "读不出来"),
        (b"x" * (2 * 1024 * 1024 + 1), "文件太大"),
    ],
)
def test_rubbish_is_answered_with_a_sentence(at_desk: Desk, content: bytes, sentence: str) -> None:
    page = preview(at_desk("administrator"), OFFICERS, SimpleUploadedFile("a.xlsx", content))
    assert page.status_code == 422
    assert sentence in words(page)


def test_a_workbook_that_swells_is_not_opened(at_desk: Desk) -> None:
    assert "文件太大" in words(preview(at_desk("administrator"), OFFICERS, SimpleUploadedFile("a.xlsx", bomb())))


def test_a_sheet_without_its_headings_says_which(at_desk: Desk) -> None:
    page = preview(at_desk("administrator"), OFFICERS, book(["登录名"], ["li.si"]))
    assert "缺少这些列：姓名、单位、岗位、任职日期" in words(page)


def notice(**changes: object) -> SimpleUploadedFile:
    year = {"year": 2027, "sources": ["https://example.gov.cn/2027"], "days": ["2027-01-01 休 元旦"]}
    return SimpleUploadedFile("2027.json", json.dumps(year | changes, ensure_ascii=False, indent=1).encode())


def test_a_notice_is_shown_day_by_day_before_it_is_loaded(at_desk: Desk) -> None:
    client = at_desk("administrator")
    page = client.post(NOTICE, {"notice": notice()})
    assert "2027-01-01" in words(page)
    assert not CalendarYear.objects.exists()
    assert "2027 年的通知已装入" in applied(client, NOTICE, page)
    assert CalendarYear.objects.get().days.get().name == "元旦"
    assert Entry.objects.get(act="calendar.load_year").post == "administrator"
    assert "2027-01-01" in words(client.get(reverse("desk:calendar")))


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (notice(days=["2027-01-01 休 元旦", "2027-13-01 休 元旦"]), "日期不存在"),
        (notice(days=["2027-01-04 班 元旦"]), "本来就是工作日"),
        (SimpleUploadedFile("a.json", b"\xff\xfe"), "UTF-8"),
        (SimpleUploadedFile("a.json", b"[]" * 60_000), "文件太大"),
        (SimpleUploadedFile("a.json", b"["), "JSON"),
    ],
)
def test_a_wrong_notice_is_refused_with_its_reason(at_desk: Desk, file: SimpleUploadedFile, sentence: str) -> None:
    file.seek(0)
    page = at_desk("administrator").post(NOTICE, {"notice": file})
    assert page.status_code == 422
    assert sentence in words(page)
