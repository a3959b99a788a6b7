"""改派: another unit, with clocks of its own; no date of the petition or of the first unit starts again (S4)."""

from datetime import date

import pytest

from tests.cast import Cast, Life
from tests.petitions.facts import hands_that_may, paper, promises_of, refused, running, said, stopped
from xinfang.deadlines.models import Promise
from xinfang.documents.kinds import PaperKind
from xinfang.petitions import actions
from xinfang.petitions.codes import AssignmentKind, SimpleGround
from xinfang.petitions.errors import NotReady
from xinfang.petitions.models import Assignment, Remark

pytestmark = pytest.mark.usefixtures("calendar_of_2026")


def returned(cast: Cast, way: AssignmentKind = AssignmentKind.TRANSFER) -> Life:
    """Received 15 June, given to the street 17 June, objected to the next day, returned on 20 June."""
    life = Life(cast, way=way).until("approve")
    life.later(days=2)
    life.dispatch()
    life.sign_for()
    life.later(days=1)
    life.object()
    life.later(days=2)
    life.return_assignment()
    return life


@pytest.fixture
def life(cast: Cast) -> Life:
    return returned(cast)


def reassign(life: Life, **changes: object) -> Assignment:
    words = {"unit": life.cast.dept, "reason": "物业监管属住建局。"}
    return actions.reassign(life.petition, **(words | changes), by=life.cast.dispatcher, at=life.later())  # type: ignore[arg-type]


def test_only_the_dispatcher_reassigns(cast: Cast, life: Life) -> None:
    at = life.later()
    may = hands_that_may(
        cast, lambda by: actions.reassign(life.petition, unit=cast.dept, reason="属住建局。", by=by, at=at)
    )
    assert may == {"dispatcher"}


def test_the_new_unit_has_clocks_of_its_own_from_its_own_receipt(life: Life) -> None:
    life.later(days=1)
    new = reassign(life)
    assert life.now.date() == date(2026, 6, 21)
    assert (new.unit, new.kind, new.status) == (life.cast.dept, "transfer", "awaiting_sign")
    assert running(new) == {"D3": date(2026, 6, 26), "D4": date(2026, 7, 6)}
    assert new.handling_due == date(2026, 9, 4)


def test_the_day_promised_by_the_first_unit_stays_as_it_was_and_is_watched_until_the_petitioner_is_told(
    life: Life,
) -> None:
    first = life.assignment
    assert running(first) == {"D4": date(2026, 7, 2)}
    reassign(life)
    assert stopped(first)["D4"] == life.now
    assert promises_of(first).get(clock="D4").due_on == first.notice_due == date(2026, 7, 2)
    assert Assignment.objects.get(pk=first.pk).handling_due == first.handling_due


def test_the_fifteen_days_of_the_bureau_are_shown_and_not_reset(life: Life) -> None:
    assert running(life.petition) == {"D2": date(2026, 6, 30)}
    reassign(life)
    days = {(promise.started_on, promise.due_on) for promise in Promise.objects.filter(clock="D2")}
    assert days == {(date(2026, 6, 15), date(2026, 6, 30))}
    assert running(life.petition) == {}


def test_a_late_reassignment_is_late_by_the_old_day(life: Life) -> None:
    life.later(days=15)
    reassign(life)
    late = promises_of(life.petition).filter(clock="D2").latest("id")
    assert late.due_on == date(2026, 6, 30) < late.stopped_at.date()


def test_the_petitioner_is_told_where_it_is_now_and_the_new_unit_gets_a_letter(life: Life) -> None:
    reassign(life)
    assert said(PaperKind.ROUTING_NOTICE, life.petition)["unit"] == "区住房和城乡建设局"
    assert said(PaperKind.TRANSFER_LETTER, life.petition)["to"] == "区住房和城乡建设局"
    assert paper(PaperKind.ROUTING_NOTICE, life.petition).issued_at == life.now


def test_an_assignment_stays_one_and_reports_back_by_its_own_day(cast: Cast) -> None:
    new = reassign(returned(cast, AssignmentKind.ASSIGN))
    assert new.kind == "assign"
    assert new.requirement == "请于期限内报送办结报告。"
    assert set(running(new)) == {"D3", "D4", "D7"}
    assert new.feedback_due == new.handling_due


def test_the_units_that_were_proposed_to_help_help_the_new_lead(cast: Cast) -> None:
    life = Life(cast).until("check_duplicate")
    life.propose(co_units=(cast.dept, cast.gov))
    life.dispatch()
    lead = life.petition.assignments.get(role="lead")
    actions.sign_for(lead, by=cast.street_handler, at=life.later())
    reason, by = "不属本单位职权。", cast.street_head
    actions.raise_objection(lead, reason=reason, basis="清单", suggested_unit=cast.dept, by=by, at=life.later())
    actions.return_assignment(lead, answer="属实。", by=cast.dispatcher, at=life.later())
    reassign(life)
    helping = life.petition.assignments.filter(role="co").exclude(status="cancelled")
    assert [one.unit for one in helping] == [cast.gov]


def test_the_reason_is_kept(life: Life) -> None:
    reassign(life)
    assert Remark.objects.get(act="petition.reassign").text == "物业监管属住建局。"


def test_it_needs_a_reason(life: Life) -> None:
    with refused("请写明改派的理由。", field="reason", article="条例 二十四"):
        reassign(life, reason=" ")


def test_it_does_not_go_back_to_the_unit_that_has_just_returned_it(life: Life) -> None:
    with refused("不能再交给刚退回或者取消承办的单位。", field="unit", article="条例 二十四"):
        reassign(life, unit=life.cast.street)


def test_a_unit_that_may_lead_nothing_gets_nothing(life: Life) -> None:
    for unit in (life.cast.discipline, life.cast.village):
        with refused(f"{unit.name}不能作为主办单位。"):
            reassign(life, unit=unit)


def test_what_was_never_given_to_a_unit_is_not_reassigned(cast: Cast) -> None:
    with refused("该件没有从承办单位收回，不需要改派。", NotReady):
        reassign(Life(cast).until("propose"))


def test_what_was_taken_back_is_not_given_again_as_it_was_proposed_but_may_be_proposed_anew(life: Life) -> None:
    with refused("该件已从承办单位收回，请改派，或者退回重新拟办。", NotReady):
        life.dispatch()
    actions.return_proposal(life.petition, reason="重新判明。", by=life.cast.dispatcher, at=life.later())
    life.propose(lead_unit=life.cast.dept)
    life.dispatch()
    assert life.assignment.unit == life.cast.dept


def begun_under_another(cast: Cast) -> Life:
    """The street accepted it, the bureau took it from the street and gave it to the department."""
    life = Life(cast).until("accept")
    reason, by = "职责调整。", cast.bureau_head
    actions.cancel(life.assignment, reason=reason, by=by, at=life.later())
    reassign(life)
    actions.sign_for(life.assignment, by=cast.dept_handler, at=life.later())
    return life


def test_the_sixty_days_that_run_on_stop_with_a_return(cast: Cast) -> None:
    life = begun_under_another(cast)
    work = life.assignment
    assert "D5" in running(work)
    reason, by = "不属本单位职权。", cast.dept_head
    actions.raise_objection(work, reason=reason, basis="清单", suggested_unit=None, by=by, at=life.later())
    actions.return_assignment(work, answer="属实。", by=cast.dispatcher, at=life.later())
    assert set(running(work)) == {"D4"}


def test_the_sixty_days_stand_still_while_it_is_simple_and_go_on_from_where_they_began(cast: Cast) -> None:
    life = begun_under_another(cast)
    begun = promises_of(life.assignment).get(clock="D5").started_on
    ground, by = SimpleGround.CLEAR, cast.dept_handler
    actions.accept_simple(life.assignment, ground=ground, may_be_refused=False, by=by, at=life.later())
    assert set(running(life.assignment)) == {"D8B"}
    actions.leave_simple(life.assignment, reason="情况复杂。", by=by, at=life.later())
    assert set(running(life.assignment)) == {"D5"}
    again = promises_of(life.assignment).filter(clock="D5").latest("id")
    assert (again.started_on, life.assignment.handling_due) == (begun, again.due_on)
