"""What the law gives, and where it says so."""

from dataclasses import replace
from datetime import date

import pytest

from xinfang.deadlines import terms
from xinfang.deadlines.terms import Clock, term

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("clock", "length", "working", "article"),
    [
        (Clock.D2, 15, False, "第二十二条"),
        (Clock.D3, 5, True, "第二十三条第三款"),
        (Clock.D4, 15, False, "第二十三条第三款"),
        (Clock.D5, 60, False, "第三十四条"),
        (Clock.D9, 30, False, "第三十五条"),
    ],
)
def test_the_terms_of_the_regulation(clock: Clock, length: int, working: bool, article: str) -> None:
    found = term(clock, TODAY)
    assert (found.length, found.working) == (length, working)
    assert found.article.startswith("《信访工作条例》")
    assert article in found.article


@pytest.mark.parametrize("clock", Clock)
def test_every_clock_says_what_starts_and_what_stops_it(clock: Clock) -> None:
    found = term(clock, TODAY)
    assert found.clock == clock
    assert str(found.starts).endswith("。")
    assert str(found.stops).endswith("。")
    assert found.name


def test_only_the_petitioners_windows_roll_past_holidays() -> None:
    assert {clock for clock in Clock if term(clock, TODAY).roll} == {Clock.D9, Clock.D14}


def test_a_day_before_the_first_version_takes_the_first() -> None:
    assert term(Clock.D2, date(2015, 1, 1)) == term(Clock.D2, TODAY)


def test_the_version_in_force_on_the_day_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    today = term(Clock.D2, TODAY)
    tomorrow = replace(today, length=10, since=date(2027, 5, 1))
    monkeypatch.setitem(terms._VERSIONS, Clock.D2, (tomorrow, today))
    assert [term(Clock.D2, day).length for day in (date(2027, 4, 30), date(2027, 5, 1))] == [15, 10]
