"""From a start to a last day: the worked examples of the rule book, and a counter that knows no tricks."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from xinfang.deadlines.arithmetic import Due, add_working_days, due_on, stated, working_days_between
from xinfang.deadlines.calendar import WorkingCalendar
from xinfang.deadlines.terms import Clock, Term, term


def days(length: int) -> Term:
    return replace(term(Clock.D2, date(2026, 1, 1)), length=length)


def working_days(length: int) -> Term:
    return replace(days(length), working=True)


EXAMPLES = {
    "objection across National Day": ("2026-09-30", working_days(5), "2026-10-13", "2026-10-13"),
    "unit notice": ("2026-09-30", days(15), "2026-10-15", "2026-10-15"),
    "bureau transfer": ("2026-09-18", days(15), "2026-10-03", "2026-10-08"),
    "handling that ends on a holiday": ("2026-08-06", days(60), "2026-10-05", "2026-10-08"),
    "handling that ends on a Saturday": ("2026-09-01", days(60), "2026-10-31", "2026-11-02"),
    "extension from the original last day": ("2026-10-31", days(30), "2026-11-30", "2026-11-30"),
    "review window": ("2026-09-02", days(30), "2026-10-02", "2026-10-08"),
    "simple accept across Spring Festival": ("2026-02-13", working_days(3), "2026-02-25", "2026-02-25"),
    "simple opinion": ("2026-02-13", working_days(10), "2026-03-05", "2026-03-05"),
    "simple opinion accepted after the holiday": ("2026-02-24", working_days(10), "2026-03-09", "2026-03-09"),
    "notice after a transfer in June": ("2026-06-18", days(15), "2026-07-03", "2026-07-03"),
    "refusal of a late review request": ("2026-09-21", days(15), "2026-10-06", "2026-10-08"),
}


@pytest.mark.parametrize(("start", "rule", "strict", "legal"), EXAMPLES.values(), ids=EXAMPLES)
def test_the_worked_examples(start: str, rule: Term, strict: str, legal: str, packaged: WorkingCalendar) -> None:
    due = due_on(date.fromisoformat(start), rule, packaged)
    assert due == Due(date.fromisoformat(strict), date.fromisoformat(legal), provisional=False)


def test_the_five_working_days_after_national_day_include_a_saturday(packaged: WorkingCalendar) -> None:
    counted = [add_working_days(date(2026, 9, 30), n, packaged) for n in range(1, 6)]
    assert counted == [date(2026, 10, day) for day in (8, 9, 10, 12, 13)]


def test_a_working_term_that_reaches_an_unloaded_year_is_provisional(packaged: WorkingCalendar) -> None:
    due = due_on(date(2026, 12, 30), working_days(5), packaged)
    assert due == Due(date(2027, 1, 6), date(2027, 1, 6), provisional=True)


def test_a_calendar_term_is_provisional_only_when_its_last_day_is_uncertain(packaged: WorkingCalendar) -> None:
    assert due_on(date(2026, 12, 30), days(30), packaged).provisional
    assert not due_on(date(2026, 12, 1), days(30), packaged).provisional


def test_the_counting_itself_looks_past_no_year_it_does_not_need(packaged: WorkingCalendar) -> None:
    assert not due_on(date(2006, 12, 31), working_days(3), packaged).provisional  # the day of the event is not counted
    assert due_on(date(2006, 12, 30), working_days(3), packaged).provisional


def test_a_stated_last_day_is_kept_and_rolled(packaged: WorkingCalendar) -> None:
    assert stated(date(2026, 10, 3), packaged) == Due(date(2026, 10, 3), date(2026, 10, 8), provisional=False)


# A year and a half around New Year, of which the first, the second, both or no year is loaded.
FIRST, SPAN = date(2030, 6, 1), 540
some_days = st.frozensets(st.integers(0, SPAN).map(lambda n: FIRST + timedelta(days=n)), max_size=60)
calendars = st.builds(WorkingCalendar, some_days, some_days, st.frozensets(st.sampled_from([2030, 2031])))
starts = st.integers(0, 400).map(lambda n: FIRST + timedelta(days=n))


def works(day: date, calendar: WorkingCalendar) -> bool:
    """Said again, differently."""
    if day in calendar.off:
        return False
    return day in calendar.on or day.strftime("%a") not in ("Sat", "Sun")


@given(starts, st.integers(0, 90), calendars)
def test_calendar_days_agree_with_counting_on_fingers(start: date, length: int, calendar: WorkingCalendar) -> None:
    ahead = [start + timedelta(days=n) for n in range(length + 100)]
    strict = ahead[length]
    legal = next(day for day in ahead[length:] if works(day, calendar))
    looked_at = {day.year for day in ahead if strict <= day <= legal}
    assert due_on(start, days(length), calendar) == Due(strict, legal, bool(looked_at - calendar.years))


@given(starts, st.integers(1, 30), calendars)
def test_working_days_agree_with_counting_on_fingers(start: date, length: int, calendar: WorkingCalendar) -> None:
    ahead = [start + timedelta(days=n) for n in range(1, 150)]
    last = [day for day in ahead if works(day, calendar)][length - 1]
    looked_at = {day.year for day in ahead if day <= last}
    assert due_on(start, working_days(length), calendar) == Due(last, last, bool(looked_at - calendar.years))


@given(starts, st.integers(0, 30), calendars)
def test_counting_back_gives_the_length_again(start: date, length: int, calendar: WorkingCalendar) -> None:
    assert working_days_between(start, add_working_days(start, length, calendar), calendar) == length


@given(starts, st.integers(0, 60), calendars)
def test_no_term_ends_on_a_rest_day_or_before_it_began(start: date, length: int, calendar: WorkingCalendar) -> None:
    for rule in (days(length), working_days(length)):
        due = due_on(start, rule, calendar)
        assert start <= due.strict <= due.legal
        assert works(due.legal, calendar)


@given(starts, starts, calendars)
def test_nothing_lies_between_a_day_and_an_earlier_one(first: date, second: date, calendar: WorkingCalendar) -> None:
    assume(second <= first)
    assert working_days_between(first, second, calendar) == 0
