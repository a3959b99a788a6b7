"""The copies of promised dates move with the promise, and nothing on the ordinary road moves a promise."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from tests.cast import Cast, Life
from xinfang.deadlines import actions, promises, shifts
from xinfang.deadlines.holidays import HolidayDay, HolidayYear
from xinfang.deadlines.models import Promise, Shift
from xinfang.deadlines.shifts import Approver
from xinfang.deadlines.terms import Clock
from xinfang.petitions.codes import AssignmentKind
from xinfang.petitions.models import Petition
from xinfang.trace.acts import Hand

HEAD = Approver("unit_head", "officer:1@610115")
BY = Hand.system("test")
NOW = datetime(2026, 11, 22, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
STEPS = ("sign_for", "accept", "handle", "draft_opinion", "issue_opinion", "deliver", "report")


def holiday(*days: int) -> HolidayYear:
    off = tuple(HolidayDay(date(2027, 1, n), False, "元旦") for n in days)
    return HolidayYear(2027, ("https://www.example.org/notice",), off)


def promise_window(petition: Petition, clock: Clock, day: int) -> Promise:
    at = datetime(2026, 12, day, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
    return promises.start(clock, subject="petition", subject_id=petition.pk, unit=petition.organ.code, at=at)


def test_no_step_of_the_road_moves_a_date_that_was_promised(cast: Cast) -> None:
    life, seen = Life(cast, way=AssignmentKind.ASSIGN).until("dispatch"), {}
    for step in STEPS:
        getattr(life, step)()
        now = {promise.pk: promise.due_on for promise in Promise.objects.all()}
        assert {pk: now[pk] for pk in seen} == seen
        seen = now
    assert len(seen) >= 6
    assert not Shift.objects.exists()


def test_an_extension_moves_the_units_last_day_and_no_other(cast: Cast) -> None:
    petition = Life(cast, way=AssignmentKind.ASSIGN).until("accept").petition
    assignment = petition.assignments.get()
    before = (assignment.notice_due, assignment.feedback_due)
    promise = Promise.objects.get(clock=Clock.D5)
    shift = shifts.extend(promise, days=15, ground="案情复杂", by=HEAD, at=promise.started_at)
    assignment.refresh_from_db()
    assert assignment.handling_due == assignment.due_on == shift.due_after
    assert (assignment.notice_due, assignment.feedback_due) == before


def test_a_petition_waits_for_the_later_of_its_windows_after_a_notice(cast: Cast) -> None:
    petition = Life(cast).petition
    Promise.objects.filter(subject="petition", subject_id=petition.pk).update(stopped_at=NOW)
    review, rating = promise_window(petition, Clock.D9, 2), promise_window(petition, Clock.D14, 1)
    assert (review.due_on, rating.due_on) == (date(2027, 1, 1), date(2026, 12, 31))
    Petition.objects.filter(pk=petition.pk).update(due_on=review.due_on)
    actions.load_year(holiday(1, 2, 3), by=BY, at=NOW)
    petition.refresh_from_db()
    assert petition.due_on == date(2027, 1, 4)


def test_a_petition_that_waits_for_no_day_is_given_none(cast: Cast) -> None:
    petition = Life(cast).petition
    promise_window(petition, Clock.D9, 2)
    Petition.objects.filter(pk=petition.pk).update(due_on=None)
    actions.load_year(holiday(1, 2, 3), by=BY, at=NOW)
    petition.refresh_from_db()
    assert petition.due_on is None
