"""Why this date, in sentences a petitioner understands."""

from datetime import date

import pytest

from xinfang.deadlines import arithmetic, explained, plain
from xinfang.deadlines.calendar import WorkingCalendar
from xinfang.deadlines.clocks import Clock
from xinfang.deadlines.models import Promise, Shift
from xinfang.deadlines.terms import term
from xinfang.deadlines.words import Kind


@pytest.fixture
def named(packaged: WorkingCalendar) -> WorkingCalendar:
    """With the names of National Day 2026."""
    names = {date(2026, 10, n): "国庆节" for n in (1, 2, 3, 4, 5, 6, 7, 10)}
    return WorkingCalendar(packaged.off, packaged.on, packaged.years, names)


def said(clock: Clock, on: str, calendar: WorkingCalendar, *shifts: Shift, **changed: object) -> list[str]:
    start = date.fromisoformat(on)
    rule, excluded = term(clock, start), [(s.first, s.last) for s in shifts if s.kind == Kind.EXCLUDED]
    due = arithmetic.reckoned(
        start, rule, calendar, extended=sum(shift.days or 0 for shift in shifts), excluded=excluded
    )
    dates = {"due_strict": due.strict, "due_legal": due.legal, "due_on": due.legal if rule.roll else due.strict}
    promise = Promise(clock=clock, started_on=start, **(dates | {"provisional": due.provisional} | changed))
    return plain.sentences(explained.explain(promise, shifts, calendar=calendar))


def test_working_days_name_the_holiday_and_the_worked_saturday(named: WorkingCalendar) -> None:
    assert said(Clock.D3, "2026-09-30", named) == [
        "依照《信访工作条例》第二十三条第三款，期限是5个工作日。2026年9月30日当天不算，从下一个工作日算起。",
        "2026年10月1日至2026年10月7日是国庆节假期，不算。",
        "2026年10月10日虽是周末，因国庆节调休上班，算工作日。",
        "所以最后一日是2026年10月13日，到当天24时为止。",
    ]


def test_a_petitioners_window_says_why_it_rolled(named: WorkingCalendar) -> None:
    assert "2026年10月2日是休息日，为了不让信访人少一天，顺延到之后的第一个工作日2026年10月8日。" in said(
        Clock.D9, "2026-09-02", named
    )


def test_an_extension_and_a_hearing_are_told_with_their_articles(named: WorkingCalendar) -> None:
    longer = Shift(kind=Kind.EXTENSION, days=30, article="《信访工作条例》第三十四条")
    assert "依照《信访工作条例》第三十四条，经批准延长30日，从原来的最后一日接着算。" in said(
        Clock.D5, "2026-09-01", named, longer
    )
    article = "《信访工作条例》第三十六条第二款"
    heard = Shift(kind=Kind.EXCLUDED, first=date(2026, 9, 10), last=date(2026, 9, 16), article=article)
    assert f"2026年9月10日至2026年9月16日举行听证，依照{article}不计算在内。" in said(
        Clock.D12, "2026-08-31", named, heard
    )


def test_a_provisional_date_names_the_year_that_may_move_it(named: WorkingCalendar) -> None:
    assert said(Clock.D9, "2026-12-15", named)[-1].startswith("2027年的放假安排还没有公布")


def test_a_same_day_term_and_a_stated_day_are_told(named: WorkingCalendar) -> None:
    assert "应当在2026年9月1日当日完成" in said(Clock.D0_VISIT, "2026-09-01", named)[0]
    stated = said(Clock.D7, "2026-09-01", named, stated_on=date(2026, 10, 31))
    assert stated[0] == "最后一日由交办函或者有关规定写明：2026年10月31日。"


def test_a_corrected_start_is_told_with_both_days(named: WorkingCalendar) -> None:
    corrected = Shift(kind=Kind.START_CORRECTED, first=date(2026, 9, 2), last=date(2026, 9, 1))
    assert "起算日原来录为2026年9月2日，依据证据更正为2026年9月1日。" in said(Clock.D5, "2026-09-01", named, corrected)


def test_an_amended_notice_does_not_move_what_was_promised(named: WorkingCalendar) -> None:
    kept = date(2026, 10, 14)
    found = said(Clock.D3, "2026-09-30", named, due_strict=kept, due_legal=kept, due_on=kept)
    assert found[-1] == "放假通知后来有过修改，已经定下的日期不因此变动。"
