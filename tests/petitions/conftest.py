"""The cast, the calendar of 2026, and a store of one's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from tests.cast import Cast, assemble
from xinfang.deadlines import calendar, holidays


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble()


@pytest.fixture
def calendar_of_2026(db: None) -> Iterator[None]:
    """National Day and the rest; without it Monday to Friday are worked."""
    call_command("load_calendar", holidays.FOLDER / "2026.json", verbosity=0)
    calendar.forget()
    yield
    calendar.forget()


@pytest.fixture
def store(settings: Settings, tmp_path: Path) -> None:
    settings.STORE = tmp_path / "store"
