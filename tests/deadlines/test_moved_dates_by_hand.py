"""Every kind of term, extension, exclusion and roll against someone who counts on a wall calendar, day by day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinfang.deadlines import arithmetic, explained
from xinfang.deadlines.arithmetic import Due, reckoned
from xinfang.deadlines.calendar import WorkingCalendar
from xinfang.deadlines.clocks import Clock, Term
from xinfang.deadlines.models import Promise, Shift
from xinfang.deadlines.terms import term
from xinfang.deadlines.words import Kind

DAY, FIRST, SPAN = timedelta(days=1), date(2030, 6, 1), 540
Interval = tuple[date, date]
some_days = st.frozensets(st.integers(0, SPAN).map(lambda n: FIRST + timedelta(days=n)), max_size=40)
calendars = st.builds(WorkingCalendar, some_days, some_days, st.frozensets(st.sampled_from([2030, 2031])))
starts = st.integers(0, 300).map(lambda n: FIRST + timedelta(days=n))
rules = st.builds(
    lambda clock, length: replace(term(clock, date(2030, 1, 1)), length=length),
    st.sampled_from([Clock.D3, Clock.D5, Clock.D8B, Clock.D9, Clock.D12, Clock.D15]),
    st.integers(1, 60),
)


def apart(pairs: list[tuple[int, int]], start: date) -> list[Interval]:
    """Intervals after the start that do not touch one another."""
    found, day = [], start
    for gap, length in pairs:
        first = day + timedelta(days=gap + 1)
        day = first + timedelta(days=length)
        found.append((first, day))
    return found


gaps = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 10)), max_size=3)


def works(day: date, calendar: WorkingCalendar) -> bool:
    """Said again, differently."""
    return day not in calendar.off and (day in calendar.on or day.isoweekday() < 6)


def by_hand(start: date, rule: Term, extended: int, excluded: list[Interval], calendar: WorkingCalendar) -> list[date]:
    """The days that are ticked off, the last one last."""
    ticked, day = [], start
    while len(ticked) < rule.length + extended:
        day += DAY
        is_left_out = any(first <= day <= last for first, last in excluded)
        if not is_left_out and (not rule.working or works(day, calendar)):
            ticked.append(day)
    return ticked


def rolled(day: date, calendar: WorkingCalendar) -> date:
    while not works(day, calendar):
        day += DAY
    return day


@given(starts, rules, st.integers(0, 30), gaps, calendars)
def test_any_term_extended_and_interrupted_ends_where_the_hand_stops(
    start: date, rule: Term, extended: int, pairs: list[tuple[int, int]], calendar: WorkingCalendar
) -> None:
    excluded = apart(pairs, start)
    strict = by_hand(start, rule, extended, excluded, calendar)[-1]
    legal = rolled(strict, calendar)
    first = start + DAY if rule.working else strict
    needed = {first.year + n for n in range(legal.year - first.year + 1)}
    found = reckoned(start, rule, calendar, extended=extended, excluded=excluded)
    assert found == Due(strict, legal, bool(needed - calendar.years))


@given(starts, rules, st.integers(0, 30), calendars)
def test_an_extension_counts_on_from_the_strict_last_day(
    start: date, rule: Term, extended: int, calendar: WorkingCalendar
) -> None:
    before = reckoned(start, rule, calendar).strict
    onward = replace(rule, length=extended)
    assert reckoned(start, rule, calendar, extended=extended).strict == (
        reckoned(before, onward, calendar).strict if extended else before
    )


@given(starts, starts, rules, st.integers(0, 30), calendars)
def test_a_stated_day_is_the_last_and_an_extension_goes_on_from_it(
    start: date, stated: date, rule: Term, extended: int, calendar: WorkingCalendar
) -> None:
    found = reckoned(start, rule, calendar, stated_on=stated, extended=extended)
    ahead = by_hand(stated, replace(rule, length=0), extended, [], calendar)
    assert found.strict == (ahead[-1] if ahead else stated)
    assert found.legal == rolled(found.strict, calendar)


@given(starts, rules, gaps, calendars)
def test_days_that_are_not_counted_never_shorten_a_term(
    start: date, rule: Term, pairs: list[tuple[int, int]], calendar: WorkingCalendar
) -> None:
    assert (
        reckoned(start, rule, calendar, excluded=apart(pairs, start)).strict >= reckoned(start, rule, calendar).strict
    )


@given(starts, rules, gaps, calendars)
def test_the_warnings_come_in_order_and_within_the_term(
    start: date, rule: Term, pairs: list[tuple[int, int]], calendar: WorkingCalendar
) -> None:
    excluded = apart(pairs, start)
    due = reckoned(start, rule, calendar, excluded=excluded).strict
    lights = arithmetic.warnings(due, start, rule, calendar, excluded)
    assert start <= lights.yellow_on <= lights.red_on <= due < lights.overdue_on == due + DAY


def promised(start: date, rule: Term, due: Due) -> Promise:
    on = due.legal if rule.roll else due.strict
    dates = {"due_strict": due.strict, "due_legal": due.legal, "due_on": on, "provisional": due.provisional}
    return Promise(clock=rule.clock, started_on=start, **dates)


@given(starts, st.sampled_from([Clock.D3, Clock.D5, Clock.D9, Clock.D12]), st.integers(0, 30), gaps, calendars)
def test_the_explanation_numbers_the_very_days_that_the_hand_ticks_off(
    start: date, clock: Clock, extended: int, pairs: list[tuple[int, int]], calendar: WorkingCalendar
) -> None:
    rule, excluded = term(clock, start), apart(pairs, start)
    due = reckoned(start, rule, calendar, extended=extended, excluded=excluded)
    shifts = [Shift(kind=Kind.EXCLUDED, first=first, last=last) for first, last in excluded]
    shifts += [Shift(kind=Kind.EXTENSION, days=extended)] if extended else []
    found = explained.explain(promised(start, rule, due), shifts, calendar=calendar)
    ticked = by_hand(start, rule, extended, excluded, calendar)
    assert [(day.n, day.day) for day in found.days if day.n] == list(enumerate(ticked, start=1))
    assert found.days[0].what == explained.EVENT
    assert [day.day for day in found.days if day.is_last] == [found.promise.due_on]
    assert not found.is_kept


S = date.fromisoformat
SCENARIOS = {
    "S1 the objection over National Day": (Clock.D3, "2026-09-30", "2026-10-13", "2026-10-13"),
    "S1 the notice beside it": (Clock.D4, "2026-09-30", "2026-10-15", "2026-10-15"),
    "S2 handling before its extension": (Clock.D5, "2026-09-01", "2026-10-31", "2026-11-02"),
    "S4 the notice of the first unit": (Clock.D4, "2026-06-18", "2026-07-03", "2026-07-03"),
    "S4 the notice of the second unit": (Clock.D4, "2026-06-24", "2026-07-09", "2026-07-09"),
    "S14 the window for review": (Clock.D9, "2026-08-10", "2026-09-09", "2026-09-09"),
    "S14 the window over National Day": (Clock.D9, "2026-09-02", "2026-10-02", "2026-10-08"),
    "S22 simple acceptance over Spring Festival": (Clock.D8A, "2026-02-13", "2026-02-25", "2026-02-25"),
    "S22 simple opinion after acceptance": (Clock.D8B, "2026-02-24", "2026-03-09", "2026-03-09"),
    "S22 simple opinion from the day itself": (Clock.D8B, "2026-02-13", "2026-03-05", "2026-03-05"),
    "transfer over National Day": (Clock.D2, "2026-09-18", "2026-10-03", "2026-10-08"),
    "handling that ends on a holiday": (Clock.D5, "2026-08-06", "2026-10-05", "2026-10-08"),
    "S24 handling of an assignment": (Clock.D5, "2026-03-12", "2026-05-11", "2026-05-11"),
}


@pytest.mark.parametrize(("clock", "start", "strict", "legal"), SCENARIOS.values(), ids=SCENARIOS)
def test_the_computed_scenarios(clock: Clock, start: str, strict: str, legal: str, packaged: WorkingCalendar) -> None:
    found = arithmetic.due_on(S(start), term(clock, S(start)), packaged)
    assert found == Due(S(strict), S(legal), provisional=False)


def test_s2_the_extension_counts_from_the_saturday_and_ends_on_the_90th_day(packaged: WorkingCalendar) -> None:
    start = S("2026-09-01")
    found = reckoned(start, term(Clock.D5, start), packaged, extended=30)
    assert found.strict == S("2026-11-30") == start + timedelta(days=90)


def test_s1_the_days_are_numbered_over_the_holiday_and_the_worked_saturday(packaged: WorkingCalendar) -> None:
    start = S("2026-09-30")
    rule = term(Clock.D3, start)
    found = explained.explain(promised(start, rule, arithmetic.due_on(start, rule, packaged)), calendar=packaged)
    assert [day.day.day for day in found.days if day.n] == [8, 9, 10, 12, 13]
