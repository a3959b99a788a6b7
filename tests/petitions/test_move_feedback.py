"""调整反馈期限: the assigner of a 交办 may put off the day it named, never the law's (条例 二十二、三十四; D7)."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.cast import Cast, Life
from tests.petitions.facts import hands_that_may, refused, running
from xinfang.deadlines.models import Shift
from xinfang.deadlines.terms import Clock
from xinfang.petitions import actions
from xinfang.petitions.codes import AssignmentKind
from xinfang.petitions.errors import NotReady
from xinfang.petitions.models import Assignment, Remark
from xinfang.trace.models import Entry

pytestmark = pytest.mark.usefixtures("calendar_of_2026")
WHY = "办理依法延期，已请示批示领导同意。"


@pytest.fixture
def life(cast: Cast) -> Life:
    """交办, with a leader's day ten days on."""
    life = Life(cast, way=AssignmentKind.ASSIGN).until("approve")
    due = timezone.localdate(life.now) + timedelta(days=10)
    actions.instruct(life.petition, leader=cast.leader, text="从速办理。", due_on=due, by=cast.leader, at=life.later())
    life.dispatch()
    life.sign_for()
    return life


def move(life: Life, day: date, reason: str = WHY) -> Assignment:
    return actions.move_feedback(life.assignment, day=day, reason=reason, by=life.cast.bureau_head, at=life.later())


def named(life: Life) -> date:
    day = life.assignment.feedback_due
    assert day is not None
    return day


def test_only_the_head_of_the_bureau_moves_it(cast: Cast, life: Life) -> None:
    day, at = named(life) + timedelta(days=5), life.later()
    may = hands_that_may(cast, lambda by: actions.move_feedback(life.assignment, day=day, reason=WHY, by=by, at=at))
    assert may == {"bureau_head"}


def test_a_leaders_day_moves_with_its_reason_one_shift_and_one_entry(life: Life) -> None:
    before, entries = named(life), Entry.objects.count()
    day = before + timedelta(days=20)
    move(life, day)
    assert named(life) == running(life.assignment)["D7"] == day
    shift = Shift.objects.get()
    assert (shift.kind, shift.due_before, shift.due_after) == ("extension", before, day)
    assert shift.approved_post == "bureau_head"
    assert Remark.objects.get(act="assignment.move_feedback").text == WHY
    assert Entry.objects.count() == entries + 1
    told = Entry.objects.latest("id")
    assert (told.act, told.facts["due"]) == ("assignment.move_feedback", {"D7": day.isoformat()})


def test_no_other_date_moves(life: Life) -> None:
    before = running(life.assignment) | running(life.petition)
    move(life, named(life) + timedelta(days=20))
    after = running(life.assignment) | running(life.petition)
    assert {clock for clock in before if before[clock] != after[clock]} == {Clock.D7}
    assert life.assignment.due_on == before["D4"]


def test_after_service_it_is_what_the_unit_works_towards(life: Life) -> None:
    for step in ("accept", "handle", "draft_opinion", "issue_opinion", "deliver"):
        getattr(life, step)()
    assert life.assignment.due_on == named(life)
    day = named(life) + timedelta(days=5)
    move(life, day)
    assert life.assignment.due_on == day


def test_it_never_passes_the_last_day_of_handling(life: Life) -> None:
    last = life.assignment.handling_due
    assert last is not None
    with refused(f"反馈期限不得晚于法定办理期限的最后一日 {last}。", field="day", article="条例 三十四"):
        move(life, last + timedelta(days=1))
    move(life, last)
    assert named(life) == last


def test_it_moves_later_and_never_earlier(life: Life) -> None:
    for days in (0, -1):
        with refused("新的反馈期限要晚于原来的", field="day"):
            move(life, named(life) + timedelta(days=days))


def test_it_moves_once(life: Life) -> None:
    move(life, named(life) + timedelta(days=5))
    with refused("反馈期限已经往后调过一次，不能再调。", NotReady):
        move(life, named(life) + timedelta(days=5))


def test_a_day_that_has_passed_stays(life: Life) -> None:
    day = named(life)
    life.later(days=12)
    with refused(f"反馈期限已于 {day} 届满，不能再调整。", NotReady):
        move(life, day + timedelta(days=10))


def test_it_wants_a_reason(life: Life) -> None:
    with refused("请写明调整的理由", field="reason"):
        move(life, named(life) + timedelta(days=5), " ")


def test_a_transfer_has_no_day_for_its_result(cast: Cast) -> None:
    life = Life(cast).until("sign_for")
    with refused("只有交办件需要办结报告。", NotReady):
        actions.move_feedback(life.assignment, day=date(2027, 1, 1), reason=WHY, by=cast.bureau_head, at=life.later())


def test_after_a_lawful_extension_there_is_room_again(cast: Cast) -> None:
    """The lawful extension does not move a leader's day; this does, up to the new last day of handling."""
    life = Life(cast, way=AssignmentKind.ASSIGN).until("accept")
    due = timezone.localdate(life.now) + timedelta(days=10)
    actions.instruct(life.petition, leader=cast.leader, text="从速。", due_on=due, by=cast.leader, at=life.later())
    life.handle()
    life.ask_extension()
    actions.extend(life.assignment, answer="同意。", by=cast.street_head, at=life.later())
    assert named(life) == due
    last = life.assignment.handling_due
    assert last is not None
    move(life, last)
    assert named(life) == last
