"""Yellow, red, overdue: when a last day begins to press."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinfang.deadlines.arithmetic import Level, due_on, warning_level, warnings
from xinfang.deadlines.calendar import WorkingCalendar
from xinfang.deadlines.terms import Clock, term

NONE, YELLOW, RED, OVERDUE = Level
ORDINARY_WEEK = WorkingCalendar(frozenset(), frozenset(), frozenset())


@pytest.mark.parametrize(
    ("clock", "start", "yellow", "red", "overdue"),
    [
        (Clock.D5, "2026-03-12", "2026-05-01", "2026-05-09", "2026-05-12"),  # 60 days: 10 left, 2 left
        (Clock.D2, "2026-09-18", "2026-09-30", "2026-10-01", "2026-10-04"),  # 15 days: 3 left, 2 left
        (Clock.D9, "2026-08-10", "2026-08-31", "2026-09-07", "2026-09-10"),  # 30 days: 70 % is 21 used
        (Clock.D3, "2026-09-30", "2026-10-12", "2026-10-13", "2026-10-14"),  # 5 working days: 1 left, the last
        (Clock.D0, "2026-09-30", "2026-10-08", "2026-10-08", "2026-10-09"),  # one working day: red at once
        (Clock.D0_VISIT, "2026-09-30", "2026-09-30", "2026-09-30", "2026-10-01"),
    ],
)
def test_when_a_clock_warns(
    clock: Clock, start: str, yellow: str, red: str, overdue: str, packaged: WorkingCalendar
) -> None:
    started = date.fromisoformat(start)
    rule = term(clock, started)
    found = warnings(due_on(started, rule, packaged).strict, started, rule, packaged)
    assert [str(day) for day in (found.yellow_on, found.red_on, found.overdue_on)] == [yellow, red, overdue]


def test_the_last_day_is_not_yet_overdue_and_the_next_is(packaged: WorkingCalendar) -> None:
    started, due, rule = date(2026, 3, 12), date(2026, 5, 11), term(Clock.D5, date(2026, 3, 12))
    assert warning_level(due, started, due, rule, packaged) == RED
    assert warning_level(due, started, due + timedelta(days=1), rule, packaged) == OVERDUE


def test_a_clock_that_has_not_begun_is_calm(packaged: WorkingCalendar) -> None:
    """推定受理: the sixty days may be promised before they begin."""
    started, rule = date(2026, 7, 3), term(Clock.D5, date(2026, 7, 3))
    assert warning_level(date(2026, 9, 1), started, date(2026, 6, 20), rule, packaged) == NONE


def test_each_warning_names_the_day_of_the_next(packaged: WorkingCalendar) -> None:
    started, rule = date(2026, 3, 12), term(Clock.D5, date(2026, 3, 12))
    found = warnings(date(2026, 5, 11), started, rule, packaged)
    assert [found.after(level) for level in Level] == [found.yellow_on, found.red_on, found.overdue_on, None]


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 120), st.sampled_from(Clock))
def test_a_level_never_falls_while_the_days_pass(started: date, length: int, clock: Clock) -> None:
    rule, due = term(clock, started), started + timedelta(days=length)
    ahead = [started + timedelta(days=n) for n in range(length + 3)]
    levels = [warning_level(due, started, day, rule, ORDINARY_WEEK) for day in ahead]
    assert levels == sorted(levels)
    assert [level == OVERDUE for level in levels] == [day > due for day in ahead]


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(20, 120).filter(lambda n: n != 60))
def test_yellow_comes_when_seven_tenths_are_used(started: date, length: int) -> None:
    found = warnings(started + timedelta(days=length), started, term(Clock.D5, started), ORDINARY_WEEK)
    used = (found.yellow_on - started).days
    assert 10 * (used - 1) < 7 * length <= 10 * used
