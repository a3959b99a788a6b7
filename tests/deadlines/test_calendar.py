"""Which days are worked, and how the calendar reaches the acts without a question each time."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from xinfang.deadlines import calendar
from xinfang.deadlines.calendar import WorkingCalendar
from xinfang.deadlines.models import CalendarYear


@pytest.mark.parametrize(
    ("day", "is_worked"),
    [
        (date(2026, 10, 1), False),  # Thursday, National Day
        (date(2026, 10, 10), True),  # Saturday, worked in its place
        (date(2026, 10, 11), False),  # an ordinary Sunday
        (date(2026, 11, 20), True),  # an ordinary Friday
        (date(2018, 12, 31), False),  # Monday, by the notice of 2019
        (date(2018, 12, 29), True),  # Saturday, by the notice of 2019
        (date(2020, 2, 3), True),  # Monday after the prolonged Spring Festival
    ],
)
def test_the_notices_change_the_ordinary_week(day: date, is_worked: bool, packaged: WorkingCalendar) -> None:
    assert packaged.is_working_day(day) is is_worked


@pytest.mark.parametrize(("year", "worked"), [(2015, 249), (2024, 251), (2025, 248), (2026, 248)])
def test_the_working_days_of_a_year(year: int, worked: int, packaged: WorkingCalendar) -> None:
    ahead = (date(year, 1, 1) + timedelta(days=n) for n in range(366))
    assert sum(packaged.is_working_day(day) for day in ahead if day.year == year) == worked


def test_a_year_without_a_notice_has_no_holiday_and_is_provisional(packaged: WorkingCalendar) -> None:
    new_year = date(2027, 1, 1)  # a Friday
    assert packaged.is_working_day(new_year)
    assert packaged.is_provisional(new_year)
    assert not packaged.is_provisional(date(2026, 12, 31))


def test_the_packaged_years_leave_no_gap(packaged: WorkingCalendar) -> None:
    assert packaged.covers(date(2007, 1, 1), date(2026, 12, 31))


def test_the_calendar_is_read_once(loaded: WorkingCalendar) -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert calendar.current() is loaded
    assert len(queries) == 0


def test_another_process_is_noticed_after_a_minute(loaded: WorkingCalendar, monkeypatch: pytest.MonkeyPatch) -> None:
    CalendarYear.objects.filter(year=2026).update(digest="of another process")
    assert calendar.current() is loaded
    monkeypatch.setattr(calendar, "RECHECK_SECONDS", 0)
    assert calendar.current() is not loaded


def test_a_minute_without_a_change_keeps_what_was_read(
    loaded: WorkingCalendar, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calendar, "RECHECK_SECONDS", 0)
    with CaptureQueriesContext(connection) as queries:
        assert calendar.current() is loaded
    assert len(queries) == 2  # the versions of the calendar and the county's own terms
