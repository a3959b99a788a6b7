"""The sweep warns of each step towards a last day once, and says so in the trace."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from xinfang.deadlines import actions, promises, queries
from xinfang.deadlines.arithmetic import Level
from xinfang.deadlines.errors import AlreadyWarned
from xinfang.deadlines.models import Promise
from xinfang.deadlines.promises import Start
from xinfang.deadlines.sweep import HAND, sweep
from xinfang.deadlines.terms import Clock
from xinfang.trace import timetable
from xinfang.trace.models import Entry

pytestmark = pytest.mark.usefixtures("loaded")
UNIT = "610115001001"


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 8, tzinfo=ZoneInfo("Asia/Shanghai"))


def start(clock: Clock, day: date, subject_id: int = 1) -> Promise:
    return promises.start(clock, subject="assignment", subject_id=subject_id, unit=UNIT, at=at(day))


def warned() -> list[str]:
    return list(Entry.objects.filter(act="deadline.warn").order_by("id").values_list("facts__level", flat=True))


@pytest.fixture
def handling() -> Promise:
    """Sixty days from 12 March 2024: due on 11 May."""
    return start(Clock.D5, date(2024, 3, 12))


def test_sixty_days_are_warned_of_three_times(handling: Promise) -> None:
    days = [date(2024, 3, 12) + timedelta(days=n) for n in range(70)]
    rang = {day.isoformat() for day in days if sweep(at=at(day))}
    assert rang == {"2024-05-01", "2024-05-09", "2024-05-12"}
    assert warned() == ["yellow", "red", "overdue"]


def test_a_second_sweep_finds_nothing(handling: Promise) -> None:
    assert sweep(at=at(date(2024, 5, 1))) == 1
    assert sweep(at=at(date(2024, 5, 1))) == 0


def test_a_sweep_that_was_away_warns_of_the_present_level_only(handling: Promise) -> None:
    sweep(at=at(date(2024, 6, 1)))
    assert warned() == ["overdue"]
    handling.refresh_from_db()
    assert (handling.level, handling.warn_on) == (Level.OVERDUE, None)


def test_nobody_is_late_with_a_right_of_his_own() -> None:
    """The five days in which a unit may object: silence is consent, not delay (条例 二十三)."""
    objection = start(Clock.D3, date(2024, 3, 12))
    assert objection.warn_on is None
    sweep(at=at(date(2024, 6, 1)))
    assert warned() == []


def test_a_kept_promise_is_not_warned_of(handling: Promise) -> None:
    promises.stop([Clock.D5], subject="assignment", subject_id=1, at=at(date(2024, 4, 1)))
    assert sweep(at=at(date(2024, 6, 1))) == 0


def test_a_petitioners_window_is_nobodys_delay() -> None:
    start(Clock.D9, date(2024, 3, 12))
    start(Clock.D14, date(2024, 3, 12))
    assert sweep(at=at(date(2024, 6, 1))) == 0


def test_the_entry_says_which_clock_of_which_unit_and_no_more(handling: Promise) -> None:
    sweep(at=at(date(2024, 5, 1)))
    entry = Entry.objects.get(act="deadline.warn")
    assert (entry.subject_kind, entry.subject_id) == ("deadline", handling.pk)
    assert (entry.hand, entry.post) == ("system", "deadlines")
    assert entry.facts == {
        "clock": "D5",
        "level": "yellow",
        "subject": "assignment",
        "subject_id": 1,
        "unit": UNIT,
        "due_on": "2024-05-11",
    }


def test_two_who_warn_at_once_leave_one_entry(handling: Promise) -> None:
    """Both have read the promise before either wrote."""
    moment = at(date(2024, 5, 1))
    for_another = Promise.objects.get(pk=handling.pk)
    actions.warn(handling, level=Level.YELLOW, by=HAND, at=moment)
    with pytest.raises(AlreadyWarned):
        actions.warn(for_another, level=Level.YELLOW, by=HAND, at=moment)
    assert warned() == ["yellow"]


def test_a_promise_kept_meanwhile_is_not_warned_of(handling: Promise) -> None:
    """Read while it ran, stopped before the warning was written."""
    promises.stop([Clock.D5], subject="assignment", subject_id=1, at=at(date(2024, 4, 30)))
    with pytest.raises(AlreadyWarned):
        actions.warn(handling, level=Level.YELLOW, by=HAND, at=at(date(2024, 5, 1)))
    assert warned() == []


def test_a_promise_another_sweep_has_warned_of_does_not_stop_the_rest(
    handling: Promise, monkeypatch: pytest.MonkeyPatch
) -> None:
    start(Clock.D5, date(2024, 3, 12), subject_id=2)
    moment = at(date(2024, 5, 1))
    stale = queries.newly_warned(date(2024, 5, 1))
    actions.warn(Promise.objects.get(pk=handling.pk), level=Level.YELLOW, by=HAND, at=moment)
    monkeypatch.setattr(queries, "newly_warned", lambda today, after: stale)
    assert sweep(at=moment) == 1
    assert warned() == ["yellow", "yellow"]


def test_more_than_a_page_is_warned_of_in_one_sweep() -> None:
    promises.start_many([Start(Clock.D2, "petition", n, UNIT) for n in range(205)], at=at(date(2024, 3, 1)))
    start(Clock.D2, date(2024, 4, 1), subject_id=9)  # not yet near
    assert sweep(at=at(date(2024, 3, 20))) == 205
    assert queries.newly_warned(date(2024, 3, 20)).rows == []


def test_the_sweep_is_on_the_timetable(handling: Promise) -> None:
    assert "deadlines.sweep" in timetable.run_due(at(date(2024, 5, 1)))
    assert warned() == ["yellow"]
