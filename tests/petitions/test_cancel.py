"""取消承办: given to the wrong unit, or to one that is no more; what was done stays (A17)."""

from datetime import date, timedelta

import pytest

from tests.cast import Cast, Life
from tests.petitions.facts import hands_that_may, refused, running, stopped
from xinfang.petitions import actions
from xinfang.petitions.codes import AssignmentKind, SimpleGround
from xinfang.petitions.errors import NotOnTheRoad, NotReady
from xinfang.petitions.models import Assignment, Remark, WorkNote

REASON = "该单位已撤销，职责划入住建局。"


@pytest.fixture
def life(cast: Cast) -> Life:
    return Life(cast).until("handle")


def cancel(life: Life, reason: str = REASON) -> Assignment:
    return actions.cancel(life.assignment, reason=reason, by=life.cast.bureau_head, at=life.later())


def test_the_head_of_the_bureau_cancels_or_the_road_itself(cast: Cast, life: Life) -> None:
    at = life.later()
    may = hands_that_may(cast, lambda by: actions.cancel(life.assignment, reason=REASON, by=by, at=at))
    assert may == {"bureau_head", "system"}


def test_the_work_ends_with_all_its_clocks(life: Life) -> None:
    cancel(life)
    assignment = life.assignment
    assert (assignment.status, assignment.done_at, assignment.due_on) == ("cancelled", life.now, None)
    assert running(assignment) == {}


def test_what_was_done_stays(life: Life) -> None:
    before = WorkNote.objects.count()
    cancel(life)
    assert WorkNote.objects.count() == before == 2
    assert Remark.objects.get(act="assignment.cancel").text == REASON


def test_the_bureau_has_the_petition_again_with_the_days_that_are_left(life: Life) -> None:
    cancel(life)
    assert (life.petition.status, life.petition.taken_back_at) == ("triaged", life.now)
    assert running(life.petition) == {"D2": date(2026, 6, 30)}
    assert life.petition.due_on == date(2026, 6, 30)


def test_it_is_reassigned_then(cast: Cast, life: Life) -> None:
    cancel(life)
    actions.reassign(life.petition, unit=cast.dept, reason="职责划转。", by=cast.dispatcher, at=life.later())
    assert life.assignment.unit == cast.dept


@pytest.mark.parametrize("is_proposed_anew", [False, True])
def test_the_sixty_days_that_had_begun_run_on_under_the_next_unit(
    cast: Cast, life: Life, is_proposed_anew: bool
) -> None:
    """条例 三十四: sixty days from acceptance, whoever has it then."""
    handling = life.assignment.handling_due
    life.later(days=40)
    cancel(life)
    if is_proposed_anew:
        actions.return_proposal(life.petition, reason="重新判明。", by=cast.dispatcher, at=life.later())
        life.propose()
        with refused("不能再交给刚退回或者取消承办的单位。", NotReady):
            life.dispatch()
        actions.return_proposal(life.petition, reason="重新判明。", by=cast.dispatcher, at=life.later())
        life.propose(lead_unit=cast.dept)
        life.dispatch()
    else:
        actions.reassign(life.petition, unit=cast.dept, reason="职责划转。", by=cast.dispatcher, at=life.later())
    work = life.assignment
    assert (work.unit, work.handling_due, running(work)["D5"]) == (cast.dept, handling, handling)
    assert work.notice_due == life.now.date() + timedelta(days=15)
    actions.sign_for(work, by=cast.dept_handler, at=life.later())
    actions.accept(work, by=cast.dept_handler, at=life.later(days=1))
    assert (life.assignment.handling_due, running(life.assignment)["D5"]) == (handling, handling)


def test_what_the_organ_then_handles_itself_has_no_later_day_than_if_it_had_at_once(cast: Cast) -> None:
    """Its fifteen days of notice count from the day the petition came (条例 二十三), so the sixty began with their last."""
    life = Life(cast).until("propose")
    life.later(days=10)
    life.dispatch()
    life.sign_for()
    life.later(days=10)
    life.accept()
    before = life.assignment.handling_due
    cancel(life)
    actions.return_proposal(life.petition, reason="重新判明。", by=cast.dispatcher, at=life.later())
    life.way = AssignmentKind.SELF
    life.propose()
    life.dispatch()
    work = life.assignment
    assert work.handling_due == running(work)["D5"] == work.notice_due + timedelta(days=60) < before


def test_what_comes_to_the_next_unit_too_late_is_late_and_reports_tomorrow(cast: Cast) -> None:
    life = Life(cast, way=AssignmentKind.ASSIGN).until("handle")
    handling = life.assignment.handling_due
    life.later(days=70)
    cancel(life)
    actions.reassign(life.petition, unit=cast.dept, reason="职责划转。", by=cast.dispatcher, at=life.later())
    work = life.assignment
    assert (work.handling_due, work.feedback_due) == (handling, life.now.date() + timedelta(days=1))


def test_before_anybody_accepted_the_next_unit_has_its_own_days(cast: Cast) -> None:
    life = Life(cast).until("sign_for")
    cancel(life)
    actions.reassign(life.petition, unit=cast.dept, reason="职责划转。", by=cast.dispatcher, at=life.later(days=3))
    assert life.assignment.handling_due == life.assignment.notice_due + timedelta(days=60)
    assert "D5" not in running(life.assignment)


def test_a_simple_form_left_under_the_next_unit_keeps_the_days_that_had_begun(cast: Cast) -> None:
    life = Life(cast).until("accept")
    begun = life.assignment.accepted_at
    cancel(life)
    actions.reassign(life.petition, unit=cast.dept, reason="职责划转。", by=cast.dispatcher, at=life.later())
    work, by = life.assignment, cast.dept_handler
    actions.sign_for(work, by=by, at=life.later())
    actions.accept_simple(work, ground=SimpleGround.CLEAR, may_be_refused=False, by=by, at=life.later())
    actions.leave_simple(work, reason="案情复杂。", by=by, at=life.later())
    assert running(life.assignment)["D5"] == begun.date() + timedelta(days=60)


def test_what_an_organ_kept_for_itself_comes_back_to_its_table_too(cast: Cast) -> None:
    life = Life(cast, way=AssignmentKind.SELF).until("sign_for")
    cancel(life)
    assert life.petition.status == "triaged"
    actions.reassign(life.petition, unit=cast.dept, reason="不属本局职权。", by=cast.dispatcher, at=life.later())
    assert (life.assignment.unit, life.assignment.kind) == (cast.dept, "transfer")


def test_it_needs_a_reason(life: Life) -> None:
    with refused("请写明取消的理由。", field="reason"):
        cancel(life, " ")


def test_when_the_opinion_is_out_nothing_is_cancelled(life: Life) -> None:
    life.draft_opinion()
    life.issue_opinion()
    with refused("现在不能“取消承办”", NotOnTheRoad):
        cancel(life)


def test_it_is_cancelled_once(life: Life) -> None:
    cancel(life)
    with refused("现在不能“取消承办”", NotOnTheRoad):
        cancel(life)


def test_the_clocks_of_others_run_on(cast: Cast, life: Life) -> None:
    other = Life(cast).until("sign_for")
    cancel(life)
    assert set(running(other.assignment)) == {"D3", "D4"}
    assert stopped(other.assignment) == {}
