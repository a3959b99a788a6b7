"""Promises: made once, kept as they were made, one statement each."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from xinfang.deadlines import promises, queries
from xinfang.deadlines.calendar import WorkingCalendar
from xinfang.deadlines.errors import StatedDayRefused
from xinfang.deadlines.models import CalendarYear, Promise
from xinfang.deadlines.promises import Start
from xinfang.deadlines.terms import Clock

pytestmark = pytest.mark.usefixtures("loaded")
UNIT = "610115001001"
SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def start(clock: Clock, moment: str, subject_id: int = 1, **more: date) -> Promise:
    return promises.start(clock, subject="assignment", subject_id=subject_id, unit=UNIT, at=at(moment), **more)


def stop(*clocks: Clock, moment: str, subject_id: int = 1) -> None:
    promises.stop(clocks, subject="assignment", subject_id=subject_id, at=at(moment))


def test_s1_an_objection_across_national_day_is_in_time_until_midnight_of_the_fifth_working_day() -> None:
    objection, notice = promises.start_many(
        [Start(clock, "assignment", 1, UNIT) for clock in (Clock.D3, Clock.D4)], at=at("2026-09-30T10:20")
    )
    assert objection.due_on == date(2026, 10, 13)
    assert objection.is_open_on(promises.local_day(at("2026-10-13T17:40")))
    assert not objection.is_open_on(promises.local_day(at("2026-10-14T00:05")))
    assert notice.due_on == date(2026, 10, 15)


def test_s2_an_office_is_held_to_the_strict_day_though_it_is_a_saturday() -> None:
    handling = start(Clock.D5, "2026-09-01T09:00")
    assert (handling.due_strict, handling.due_legal) == (date(2026, 10, 31), date(2026, 11, 2))
    assert handling.due_on == handling.due_strict


def test_s4_a_new_assignment_gets_its_own_clocks_and_leaves_the_others() -> None:
    first = start(Clock.D4, "2026-06-18T09:00", subject_id=1)
    second = start(Clock.D4, "2026-06-24T09:00", subject_id=2)
    stop(Clock.D4, moment="2026-06-30T09:00", subject_id=2)
    first.refresh_from_db()
    assert (first.due_on, first.stopped_at) == (date(2026, 7, 3), None)
    assert second.due_on == date(2026, 7, 9)


def test_s14_the_review_window_ends_thirty_days_after_delivery() -> None:
    window = start(Clock.D9, "2026-08-10T15:00")
    assert window.due_on == date(2026, 9, 9)
    assert not window.is_open_on(date(2026, 9, 21))


def test_a_petitioners_window_rolls_past_the_holiday() -> None:
    window = start(Clock.D9, "2026-09-02T15:00")
    assert (window.due_strict, window.due_on) == (date(2026, 10, 2), date(2026, 10, 8))


def test_the_day_is_the_countys_wherever_the_page_was_asked_for() -> None:
    with timezone.override("America/New_York"):
        assert promises.local_day(at("2026-10-14T00:05")) == date(2026, 10, 14)


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        promises.start(Clock.D2, subject="petition", subject_id=1, unit=UNIT, at=datetime(2026, 9, 1, 9))


def test_a_deemed_acceptance_counts_from_the_last_day_of_the_notice() -> None:
    """推定受理: the unit that never accepts cannot hide."""
    notice = promises.due(Clock.D4, date(2026, 6, 18))
    deemed = start(Clock.D5, "2026-06-18T09:00", on=notice.strict)
    assert (deemed.started_on, deemed.due_on) == (date(2026, 7, 3), date(2026, 9, 1))
    assert promises.local_day(deemed.started_at) == date(2026, 6, 18)


def test_the_letter_may_name_the_last_day_of_the_report() -> None:
    assert start(Clock.D7, "2026-09-01T09:00").due_on == date(2026, 10, 31)
    named = start(Clock.D7, "2026-09-01T09:00", subject_id=2, stated_on=date(2026, 10, 3))
    assert (named.due_strict, named.due_legal, named.due_on) == (
        date(2026, 10, 3),
        date(2026, 10, 8),
        date(2026, 10, 3),
    )


def test_nobody_may_name_the_last_day_where_the_law_does() -> None:
    with pytest.raises(StatedDayRefused, match="不能另行指定"):
        start(Clock.D5, "2026-09-01T09:00", stated_on=date(2026, 12, 1))


def test_a_named_day_before_the_start_is_refused_beside_its_field() -> None:
    with pytest.raises(StatedDayRefused) as refused:
        start(Clock.D7, "2026-09-01T09:00", stated_on=date(2026, 8, 31))
    assert refused.value.field == "due_on"


def test_a_promise_that_needs_the_next_notice_is_provisional() -> None:
    assert start(Clock.D3, "2026-12-30T09:00").provisional
    assert start(Clock.D9, "2026-12-20T09:00").provisional


def test_an_offices_calendar_days_need_no_notice() -> None:
    assert not start(Clock.D5, "2026-11-20T09:00").provisional


def test_a_promise_does_not_move_when_the_calendar_does() -> None:
    objection = start(Clock.D3, "2026-09-30T09:00")
    CalendarYear.objects.filter(year=2026).delete()
    objection.refresh_from_db()
    assert objection.due_on == date(2026, 10, 13)


def test_a_promise_names_the_term_it_was_made_under() -> None:
    assert "第三十四条" in start(Clock.D5, "2026-09-01T09:00").term.article


def test_a_clock_runs_once_for_a_subject() -> None:
    start(Clock.D5, "2026-09-01T09:00")
    with pytest.raises(IntegrityError), transaction.atomic():
        start(Clock.D5, "2026-09-02T09:00")


def test_a_stopped_clock_may_start_again_and_both_are_remembered() -> None:
    """A matter that is reopened: the old clock stays in the record."""
    start(Clock.D5, "2026-09-01T09:00")
    stop(Clock.D5, moment="2026-09-10T09:00")
    again = start(Clock.D5, "2026-09-20T09:00")
    assert [p.started_on.day for p in queries.of("assignment", 1)] == [1, 20]
    assert list(queries.running_of("assignment", 1)) == [again]


def test_stopping_leaves_other_clocks_and_other_subjects_running() -> None:
    for clock in (Clock.D3, Clock.D4, Clock.D7):
        start(clock, "2026-09-01T09:00")
    start(Clock.D3, "2026-09-01T09:00", subject_id=2)
    promises.start(Clock.D3, subject="petition", subject_id=1, unit=UNIT, at=at("2026-09-01T09:00"))
    stop(Clock.D3, Clock.D4, moment="2026-09-02T09:00")
    assert [p.clock for p in queries.running_of("assignment", 1)] == [Clock.D7]
    assert queries.running_of("assignment", 2).count() == 1
    assert queries.running_of("petition", 1).count() == 1


def test_stopping_twice_keeps_the_first_moment() -> None:
    start(Clock.D3, "2026-09-01T09:00")
    stop(Clock.D3, moment="2026-09-02T09:00")
    stop(Clock.D3, moment="2026-09-03T09:00")
    assert queries.of("assignment", 1).get().stopped_at == at("2026-09-02T09:00")


def test_several_clocks_start_in_one_statement_and_stop_in_one(loaded: WorkingCalendar) -> None:
    clocks = [Clock.D3, Clock.D4, Clock.D7]
    with CaptureQueriesContext(connection) as statements:
        promises.start_many([Start(clock, "assignment", 1, UNIT) for clock in clocks], at=at("2026-09-01T09:00"))
        stop(*clocks, moment="2026-09-02T09:00")
    assert [statement["sql"].split()[0] for statement in statements] == ["INSERT", "UPDATE"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"due_strict": date(2026, 8, 31), "due_on": date(2026, 11, 2)},
        {"due_legal": date(2026, 10, 30)},
        {"due_on": date(2026, 11, 1)},
        {"stopped_at": at("2026-08-31T09:00")},
        {"level": 4},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_the_database_refuses_a_promise_that_cannot_be(wrong: dict[str, object]) -> None:
    start(Clock.D5, "2026-09-01T09:00")
    with pytest.raises(IntegrityError), transaction.atomic():
        queries.of("assignment", 1).update(**wrong)


def test_what_is_due_within_three_days() -> None:
    for subject_id, day in enumerate(range(1, 8), start=1):
        start(Clock.D2, f"2026-09-0{day}T09:00", subject_id=subject_id)  # due on the 16th to the 22nd
    stop(Clock.D2, moment="2026-09-10T09:00", subject_id=3)
    found = queries.due_within(3, date(2026, 9, 17))
    assert [promise.due_on.day for promise in found] == [17, 19, 20]


def test_windows_that_have_closed() -> None:
    for subject_id, moment in enumerate(["2026-08-10T09:00", "2026-08-11T09:00"], start=1):
        start(Clock.D9, moment, subject_id=subject_id)
    start(Clock.D5, "2026-06-01T09:00")
    found = queries.lapsed(Clock.D9, date(2026, 9, 9) + timedelta(days=1))
    assert [promise.subject_id for promise in found] == [1]


def test_a_clock_that_was_sent_back_runs_on_to_its_own_day() -> None:
    first = start(Clock.D5, "2026-06-01T09:00")
    stop(Clock.D5, moment="2026-06-20T09:00")
    [again] = promises.resume([Clock.D5], subject="assignment", subject_id=1)
    assert (again.pk, again.due_on) == (first.pk, first.due_on)
    assert Promise.objects.get().stopped_at is None


def test_a_clock_that_was_given_anew_since_stands_and_the_old_one_stays_stopped() -> None:
    start(Clock.D5, "2026-06-01T09:00")
    stop(Clock.D5, moment="2026-06-20T09:00")
    new = start(Clock.D5, "2026-06-21T09:00")
    assert promises.resume([Clock.D5], subject="assignment", subject_id=1) == []
    assert Promise.objects.get(stopped_at=None) == new
