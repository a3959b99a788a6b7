"""Timed work runs when it is due, once, and again after a failure."""

from datetime import UTC, datetime, timedelta

import pytest

from xinfang.trace import timetable
from xinfang.trace.models import Timed

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 6, 15, 4, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    monkeypatch.setattr(timetable, "_jobs", {})
    times: list[datetime] = []
    timetable.timed("test.sweep", every=HOUR, run=times.append)
    return times


def test_new_work_runs_at_once_and_then_at_its_intervals(ran: list[datetime]) -> None:
    moments = [NOON, NOON + HOUR / 2, NOON + HOUR, NOON + HOUR * 1.5, NOON + HOUR * 5]
    assert [timetable.run_due(at) for at in moments] == [["test.sweep"], [], ["test.sweep"], [], ["test.sweep"]]
    assert ran == [NOON, NOON + HOUR, NOON + HOUR * 5]


def test_work_that_another_worker_has_in_hand_is_left_to_it(ran: list[datetime]) -> None:
    assert timetable.run_due(NOON)
    Timed.objects.update(next_at=NOON, held_until=NOON + timedelta(minutes=10))
    assert timetable.run_due(NOON + timedelta(minutes=9)) == []
    assert timetable.run_due(NOON + timedelta(minutes=10)) == ["test.sweep"]


def test_work_that_fails_is_tried_again_when_its_hold_ends(
    ran: list[datetime], caplog: pytest.LogCaptureFixture
) -> None:
    def fail(at: datetime) -> None:
        raise ValueError("no disk")

    timetable.timed("test.fail", every=HOUR, run=fail)
    assert timetable.run_due(NOON) == ["test.sweep"]
    assert "test.fail" in caplog.text
    assert timetable.run_due(NOON + timedelta(minutes=9)) == []
    timetable.timed("test.fail", every=HOUR, run=ran.append)
    assert timetable.run_due(NOON + timedelta(minutes=10)) == ["test.fail"]


def test_each_is_held_from_the_moment_it_begins(ran: list[datetime], monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]
    monkeypatch.setattr(timetable.time, "monotonic", lambda: clock[0])

    def long(at: datetime) -> None:
        clock[0] += 900

    def look(at: datetime) -> None:
        held = Timed.objects.get(name="test.after").held_until
        assert held == NOON + timedelta(seconds=900) + timetable._HOLD
        ran.append(at)

    timetable.timed("test.long", every=HOUR, run=long)
    timetable.timed("test.after", every=HOUR, run=look)
    assert timetable.run_due(NOON) == ["test.sweep", "test.long", "test.after"]
    assert ran == [NOON, NOON + timedelta(seconds=900)]


def test_work_that_another_worker_took_over_is_not_given_free_by_who_comes_late(ran: list[datetime]) -> None:
    theirs = NOON + timedelta(hours=3)

    def overtaken(at: datetime) -> None:
        Timed.objects.filter(name="test.slow").update(held_until=theirs)

    timetable.timed("test.slow", every=HOUR, run=overtaken)
    timetable.run_due(NOON)
    assert Timed.objects.get(name="test.slow").held_until == theirs


def test_work_that_nobody_registers_any_more_is_not_run(ran: list[datetime]) -> None:
    Timed.objects.create(name="test.gone", next_at=NOON - HOUR)
    assert timetable.run_due(NOON) == ["test.sweep"]


def test_the_house_has_its_timed_work() -> None:
    assert {"deadlines.sweep", "petitions.lapsed-evaluations"} <= set(timetable._jobs)
