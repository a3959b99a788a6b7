"""Provisional dates: worked out again when the year's notice comes, an entry each, in few statements."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from xinfang.deadlines import actions, calendar, moved, promises, sweep
from xinfang.deadlines.holidays import HolidayDay, HolidayYear
from xinfang.deadlines.models import CalendarYear, Promise, Shift
from xinfang.deadlines.moved import Moved
from xinfang.deadlines.promises import Start
from xinfang.deadlines.terms import Clock
from xinfang.trace import timetable
from xinfang.trace.acts import Hand
from xinfang.trace.models import Entry

pytestmark = pytest.mark.usefixtures("loaded")
BY = Hand.system("test")
NOW = datetime(2026, 11, 22, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
NEW_YEAR = HolidayYear(
    2027, ("https://www.example.org/notice",), tuple(HolidayDay(date(2027, 1, n), False, "元旦") for n in (1, 2, 3))
)


def at(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


def start(clock: Clock, moment: datetime, subject: str = "assignment", subject_id: int = 1) -> Promise:
    return promises.start(clock, subject=subject, subject_id=subject_id, unit="610115001001", at=moment)


def load() -> None:
    actions.load_year(NEW_YEAR, by=BY, at=NOW)


def entries() -> list[Entry]:
    return list(Entry.objects.filter(act="deadline.recompute").order_by("id"))


def test_the_notice_moves_what_waited_for_it_with_an_entry_for_its_subject() -> None:
    promise = start(Clock.D3, at(12, 30))
    assert (promise.due_on, promise.provisional) == (date(2027, 1, 6), True)
    load()
    promise.refresh_from_db()
    assert (promise.due_on, promise.provisional) == (date(2027, 1, 7), False)
    [entry] = entries()
    assert (entry.subject_kind, entry.subject_id) == ("assignment", 1)
    assert entry.facts == {
        "clock": "D3",
        "promise": promise.pk,
        "due_before": "2027-01-06",
        "due_on": "2027-01-07",
        "provisional": False,
    }
    assert entry.cause == Entry.objects.get(act="calendar.load_year", subject_id=2027).pk
    shift = Shift.objects.get()
    assert (shift.kind, shift.due_before, shift.due_after) == ("calendar", date(2027, 1, 6), date(2027, 1, 7))


def test_a_date_that_stays_becomes_certain_with_its_entry_and_nobody_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Moved] = []
    monkeypatch.setattr(moved, "_followers", {"petition": told.extend})
    promise = start(Clock.D9, at(12, 15), subject="petition")
    load()
    promise.refresh_from_db()
    assert (promise.due_on, promise.provisional) == (date(2027, 1, 14), False)
    assert len(entries()) == 1
    assert told == []


def test_a_window_that_ended_on_new_years_day_rolls_past_it(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Moved] = []
    monkeypatch.setattr(moved, "_followers", {"petition": told.extend})
    promise = start(Clock.D9, at(12, 2), subject="petition")
    assert promise.due_on == date(2027, 1, 1)
    load()
    assert [(one.promise.pk, one.old, one.new) for one in told] == [(promise.pk, date(2027, 1, 1), date(2027, 1, 4))]


def test_other_promises_stay_as_they_are() -> None:
    certain, kept = start(Clock.D5, at(11, 20)), start(Clock.D3, at(12, 30), subject_id=2)
    promises.stop([Clock.D3], subject="assignment", subject_id=2, at=at(12, 31))
    load()
    assert entries() == []
    kept.refresh_from_db()
    assert (kept.due_on, kept.provisional) == (date(2027, 1, 6), True)
    certain.refresh_from_db()
    assert certain.due_on == date(2027, 1, 19)


def test_what_still_waits_for_a_later_year_leaves_no_entry() -> None:
    """A notice for another year says nothing of this one."""
    start(Clock.D3, at(12, 30))
    later = HolidayYear(2028, NEW_YEAR.sources, (HolidayDay(date(2028, 1, 3), False, "元旦"),))
    actions.load_year(later, by=BY, at=NOW)
    assert entries() == []


def test_loading_again_moves_nothing_again() -> None:
    start(Clock.D3, at(12, 30))
    load()
    load()
    assert len(entries()) == 1


def test_the_warnings_follow_the_new_date() -> None:
    promise = start(Clock.D15, at(12, 30))
    before = promise.warn_on
    load()
    promise.refresh_from_db()
    assert (before, promise.warn_on) == (date(2027, 1, 5), date(2027, 1, 6))


def test_three_hundred_are_recomputed_in_few_statements(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "BATCH", 100)
    starts = [Start(Clock.D3, "assignment", n, "610115001001") for n in range(1, 301)]
    promises.start_many(starts, at=at(12, 30))
    with CaptureQueriesContext(connection) as statements:
        load()
    assert len(entries()) == 300
    assert Shift.objects.count() == 300
    # Three batches: found, held, their shifts, shifts in, dates, entries and waiting; and the load itself.
    assert len(statements) <= 4 * 7 + 14


def test_a_promise_made_beside_the_load_is_settled_by_the_timetable() -> None:
    promise = start(Clock.D3, at(12, 30))
    CalendarYear.objects.create(year=2027, source="s", digest="d", loaded_at=NOW)
    calendar.forget()
    assert "deadlines.settle" in timetable.run_due(NOW)
    promise.refresh_from_db()
    assert not promise.provisional
    assert len(entries()) == 1
    assert sweep.settle(at=NOW) == 0


def test_what_is_not_known_yet_is_left_alone_by_the_timetable() -> None:
    start(Clock.D3, at(12, 30))
    assert sweep.settle(at=NOW) == 0
    assert entries() == []
