"""Loading a year's notice: again without harm, never half, and never a row that cannot be right."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from xinfang.deadlines import calendar, holidays
from xinfang.deadlines.errors import CalendarRefused
from xinfang.deadlines.models import CalendarDay, CalendarYear
from xinfang.trace.models import Entry

NOTICE = "https://www.example.org/notice"
ROWS = ["2030-12-31/2031-01-02 休 元旦", "2031-01-04 班 元旦"]
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def to_file(**changed: Any) -> Path:
        content = {"year": 2031, "sources": [NOTICE], "days": ROWS} | changed
        file = tmp_path / "2031.json"
        file.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
        return file

    return to_file


def load(*files: Path) -> None:
    call_command("load_calendar", *files, verbosity=0)


def entries() -> int:
    return Entry.objects.filter(act="calendar.load_year").count()


@pytest.mark.django_db
def test_all_packaged_years_are_loaded_with_their_sources() -> None:
    CalendarYear.objects.all().delete()
    load()
    assert set(CalendarYear.objects.values_list("year", flat=True)) == set(range(2007, 2027))
    assert all(year.source.startswith("http") for year in CalendarYear.objects.all())
    assert entries() == 20


def test_loading_changes_the_calendar_at_once(loaded: calendar.WorkingCalendar, write: Write) -> None:
    load(write())
    assert not calendar.current().is_working_day(date(2031, 1, 1))
    assert not calendar.current().is_provisional(date(2031, 1, 1))
    assert calendar.current().is_provisional(date(2030, 12, 31))  # only New Year's notice reaches there


def test_loading_again_changes_nothing(db: None, write: Write) -> None:
    load(write())
    before = entries()
    load(write())
    assert entries() == before


def test_the_command_says_what_it_did(db: None, write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_calendar", write())
    call_command("load_calendar", write())
    assert capsys.readouterr().out == "2031年：已载入4天。\n2031年：没有变化。\n"


def test_an_amended_notice_takes_the_place_of_the_first(db: None, write: Write) -> None:
    load(write())
    load(write(days=["2031-01-01/2031-01-03 休 元旦"]))
    days = CalendarDay.objects.filter(year=2031).order_by("day")
    assert [(day.day.isoformat(), day.is_working) for day in days] == [
        ("2031-01-01", False),
        ("2031-01-02", False),
        ("2031-01-03", False),
    ]


def test_loading_is_an_act_with_its_entry(db: None, write: Write) -> None:
    load(write())
    entry = Entry.objects.get(act="calendar.load_year", subject_id=2031)
    assert (entry.hand, entry.post) == ("system", "load_calendar")
    assert (entry.facts["off"], entry.facts["working"], entry.facts["sources"]) == (3, 1, [NOTICE])


REFUSED = {
    "2031-02-30 休 元旦": "日期不存在",
    "2031-01-03/2031-01-01 休 元旦": "起止日期不对",
    "2031-01-01/2031-12-31 休 元旦": "起止日期不对",
    "2032-01-01 休 元旦": "2032-01-01不在2031年",
    "2030-11-30 休 元旦": "2030-11-30不在2031年",
    "2031-01-06 班 元旦": "2031-01-06本来就是工作日",
    "2031-01-02 休 元旦": "同一天写了两次",
    "2031-01-05 元旦": "应当写作",
    "2031-01-05 休 ": "应当写作",
    "2031-1-5 休 元旦": "应当写作",
}


@pytest.mark.parametrize(("row", "reason"), REFUSED.items())
def test_a_wrong_row_is_refused_with_its_line_and_the_reason(row: str, reason: str, write: Write) -> None:
    file = write(days=[*ROWS, row])
    line = next(n for n, text in enumerate(file.read_text().splitlines(), 1) if f'"{row}"' in text)
    with pytest.raises(CalendarRefused) as refused:
        holidays.read(file)
    assert f"第{line}行“{row}”" in refused.value.sentence
    assert reason in refused.value.sentence


def test_the_second_of_two_equal_rows_is_the_one_refused(write: Write) -> None:
    file = write(days=["2031-01-01 休 元旦", "2031-01-01 休 元旦"])
    lines = [n for n, text in enumerate(file.read_text().splitlines(), 1) if "2031-01-01" in text]
    with pytest.raises(CalendarRefused, match=f"第{lines[1]}行"):
        holidays.read(file)


@pytest.mark.parametrize(
    "changed",
    [
        {"year": "2031"},
        {"year": True},
        {"year": 31},
        {"sources": []},
        {"sources": ["国务院办公厅"]},
        {"days": []},
        {"days": [["2031-01-01", "休"]]},
        {"days": {}},
        {"weeks": []},
    ],
    ids=str,
)
def test_a_file_of_another_shape_is_refused(changed: dict[str, Any], write: Write) -> None:
    with pytest.raises(CalendarRefused, match="日历文件"):
        holidays.read(write(**changed))


@pytest.mark.parametrize("content", [b"", b"[]", b"{", "{}".encode("utf-16"), b"\xff\xd8\xff"])
def test_a_file_that_is_no_calendar_is_refused(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "2031.json"
    file.write_bytes(content)
    with pytest.raises(CalendarRefused):
        holidays.read(file)


def test_a_wrong_file_among_right_ones_leaves_nothing_written(db: None, write: Write, tmp_path: Path) -> None:
    wrong = tmp_path / "2032.json"
    wrong.write_text("{}")
    with pytest.raises(CommandError, match="year、sources"):
        load(write(), wrong)
    assert not CalendarYear.objects.filter(year=2031).exists()


def test_two_notices_cannot_both_rule_a_day(db: None, write: Write, tmp_path: Path) -> None:
    """The second is refused when it is written, and takes the first with it: one command, all or nothing."""
    other = tmp_path / "2030.json"
    other.write_text(json.dumps({"year": 2030, "sources": [NOTICE], "days": ["2030-12-31 休 元旦"]}))
    with pytest.raises(CommandError, match="2030-12-31已经由2031年的通知规定"):
        load(write(), other)
    assert not CalendarYear.objects.filter(year__in=[2030, 2031]).exists()


def test_a_file_that_is_not_there_is_named(db: None) -> None:
    with pytest.raises(CommandError, match=r"无法读取nowhere\.json"):
        load(Path("nowhere.json"))
