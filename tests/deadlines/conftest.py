"""The packaged years, as a plain calendar and in the database, and moments at the county's seat."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command

from xinfang.deadlines import calendar, holidays
from xinfang.deadlines.calendar import WorkingCalendar


@pytest.fixture(autouse=True)
def _no_calendar_of_another_test() -> Iterator[None]:
    calendar.forget()
    yield
    calendar.forget()


@pytest.fixture(scope="session")
def packaged() -> WorkingCalendar:
    years = holidays.packaged()
    days = [day for year in years for day in year.days]
    return WorkingCalendar(
        off=frozenset(day.day for day in days if not day.is_working),
        on=frozenset(day.day for day in days if day.is_working),
        years=frozenset(year.year for year in years),
    )


@pytest.fixture
def loaded(db: None) -> WorkingCalendar:
    """The years these tests live in, loaded. The next one's notice is not out."""
    call_command("load_calendar", *(holidays.FOLDER / f"{year}.json" for year in (2024, 2025, 2026)), verbosity=0)
    return calendar.current()
