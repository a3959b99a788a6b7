"""异议, 退回, 裁定: a unit says that a matter is not in its power, within five working days and once (条例 二十三、二十四)."""

from datetime import date, timedelta

import pytest

from tests.cast import Cast, Life
from tests.petitions.facts import begun, hands_that_may, moment, refused, running, said, stopped
from xinfang.documents.kinds import PaperKind
from xinfang.foundation.errors import Refused
from xinfang.petitions import actions
from xinfang.petitions.codes import AssignmentKind, Way
from xinfang.petitions.errors import NotOnTheRoad, NotReady
from xinfang.petitions.models import Assignment, Objection

pytestmark = pytest.mark.usefixtures("calendar_of_2026")
WORDS = {"reason": "物业监管由住建局负责。", "basis": "权责清单第12项"}


@pytest.fixture
def life(cast: Cast) -> Life:
    return Life(cast).until("sign_for")


def object_on(life: Life, day: date, hour: int = 9, minute: int = 0) -> Objection:
    life.now = moment(day, hour, minute)
    return actions.raise_objection(
        life.assignment, **WORDS, suggested_unit=life.cast.dept, by=life.cast.street_head, at=life.now
    )


def agreed(life: Life) -> None:
    life.return_assignment()


# 提出异议


def test_only_the_head_of_the_unit_objects(cast: Cast, life: Life) -> None:
    at = life.later()
    may = hands_that_may(
        cast,
        lambda by: actions.raise_objection(life.assignment, **WORDS, suggested_unit=cast.dept, by=by, at=at),
    )
    assert may == {"street_head"}


def test_the_last_minute_of_the_fifth_working_day_is_in_time(life: Life) -> None:
    """Received on Monday 15 June; Friday 19 June is the Dragon Boat Festival, so the fifth working day is 23 June."""
    object_on(life, date(2026, 6, 23), 23, 59)
    assert life.assignment.status == "objected"


def test_an_objection_after_five_working_days_is_refused(life: Life) -> None:
    with refused("异议期已过：最后一日是 2026-06-23。确有困难的，请与信访局协商。", NotReady):
        object_on(life, date(2026, 6, 24), 0, 0)


def test_the_saturday_that_is_worked_after_national_day_counts(cast: Cast) -> None:
    """Received on Monday 28 September: 29 and 30 September, 8 and 9 October, and Saturday 10 October."""
    life = begun(cast, moment(date(2026, 9, 28))).until("sign_for")
    assert running(life.assignment)["D3"] == date(2026, 10, 10)
    object_on(life, date(2026, 10, 10), 23, 59)
    assert life.assignment.status == "objected"


def test_objecting_stops_the_five_days_and_leaves_the_day_by_which_the_petitioner_is_told(life: Life) -> None:
    object_on(life, date(2026, 6, 16))
    assert stopped(life.assignment) == {"D3": life.now}
    assert running(life.assignment) == {"D4": date(2026, 6, 30)}
    assert life.petition.due_on == date(2026, 6, 30)


def test_the_bureau_gets_the_reasons_the_basis_and_who_should_have_it(life: Life) -> None:
    object_on(life, date(2026, 6, 16))
    told = said(PaperKind.OBJECTION_FORM, life.petition)
    assert (told["to"], told["suggested"]) == ("区信访局", "区住房和城乡建设局")
    assert (told["reason"], told["basis"]) == (WORDS["reason"], WORDS["basis"])


@pytest.mark.parametrize(
    ("missing", "sentence"), [("reason", "请详细说明不属于本单位职权的理由。"), ("basis", "请写明依据")]
)
def test_reason_and_basis_are_needed(life: Life, missing: str, sentence: str) -> None:
    with refused(sentence, field=missing, article="条例 二十三"):
        actions.raise_objection(
            life.assignment,
            **(WORDS | {missing: " "}),
            suggested_unit=None,
            by=life.cast.street_head,
            at=life.later(),
        )


def test_before_it_has_signed_a_unit_does_not_object(cast: Cast) -> None:
    with refused("现在不能“提出异议”", NotOnTheRoad):
        object_on(Life(cast).until("dispatch"), date(2026, 6, 16))


def test_what_it_has_accepted_a_unit_does_not_object_to(life: Life) -> None:
    life.accept()
    with refused("现在不能“提出异议”", NotOnTheRoad):
        object_on(life, date(2026, 6, 17))


def test_what_an_organ_handles_itself_it_does_not_object_to(cast: Cast) -> None:
    life = Life(cast, way=AssignmentKind.SELF).until("sign_for")
    assert (
        hands_that_may(
            cast,
            lambda by: actions.raise_objection(life.assignment, **WORDS, suggested_unit=None, by=by, at=life.later()),
        )
        == set()
    )


# 同意退回


def test_only_the_dispatcher_answers_an_objection(cast: Cast) -> None:
    life = Life(cast).until("object")
    at = life.later()
    for answer in (actions.return_assignment, actions.refuse_objection):
        may = hands_that_may(cast, lambda by, answer=answer: answer(life.assignment, answer="属实。", by=by, at=at))
        assert may == {"dispatcher"}


def test_an_agreed_return_ends_the_units_work_and_the_bureau_has_the_petition_again(cast: Cast) -> None:
    life = Life(cast).until("return_assignment")
    assignment = life.assignment
    assert (assignment.status, assignment.done_at, assignment.due_on) == ("returned", life.now, None)
    assert (assignment.objection.is_upheld, assignment.objection.answer) == (True, "属实。")
    assert (life.petition.status, life.petition.taken_back_at) == ("triaged", life.now)
    assert said(PaperKind.OBJECTION_REPLY, life.petition)["decision"] == "同意退回。"


def test_the_day_by_which_the_petitioner_is_told_runs_on_after_the_return(cast: Cast) -> None:
    life = Life(cast).until("return_assignment")
    assert running(life.assignment) == {"D4": date(2026, 6, 30)}


def test_a_unit_that_gave_an_assignment_back_owes_no_result(cast: Cast) -> None:
    life = Life(cast, way=AssignmentKind.ASSIGN).until("return_assignment")
    assert set(running(life.assignment)) == {"D4"}
    assert stopped(life.assignment)["D7"] == life.now


@pytest.mark.parametrize("way", [Way.TRANSFER, Way.REPLY_DIRECT, Way.DECLINE])
def test_proposed_anew_the_first_unit_need_tell_nobody_once_the_petitioner_is_told(cast: Cast, way: Way) -> None:
    life = Life(cast).until("return_assignment")
    first = life.assignment
    actions.return_proposal(life.petition, reason="另行拟办。", by=cast.dispatcher, at=life.later())
    assert set(running(first)) == {"D4"}
    if way == Way.TRANSFER:
        life.propose(lead_unit=cast.dept)
        life.dispatch()
        assert set(running(life.assignment)) == {"D3", "D4"}
    elif way == Way.REPLY_DIRECT:
        life.propose_end(way)
        actions.reply_direct(life.petition, text="请看公告。", by=cast.dispatcher, at=life.later())
    else:
        life.propose_end(way, "judicial_matter")
        actions.decline(life.petition, right_road="向法院起诉。", by=cast.dispatcher, at=life.later())
    assert running(first) == {}


def test_withdrawn_after_it_was_given_back_nothing_runs_on(cast: Cast) -> None:
    life = Life(cast).until("return_assignment")
    life.ask_withdrawal()
    actions.withdraw(life.petition, called_back="电话核实，自愿。", by=cast.registrar, at=life.later())
    assert running(life.assignment) == {}


def test_the_fifteen_days_of_the_bureau_still_count_from_receipt(cast: Cast) -> None:
    """Transferred after ten days, returned three days later: the last day is the old one."""
    life = Life(cast).until("propose")
    life.later(days=10)
    life.dispatch()
    life.sign_for()
    life.later(days=2)
    life.object()
    agreed(life)
    assert running(life.petition) == {"D2": date(2026, 6, 30)}
    assert life.petition.due_on == date(2026, 6, 30)


def test_an_answer_gives_its_reasons(cast: Cast) -> None:
    life = Life(cast).until("object")
    for answer in (actions.return_assignment, actions.refuse_objection):
        with refused("请写明核实的情况和理由。", field="answer", article="条例 二十三"):
            answer(life.assignment, answer=" ", by=cast.dispatcher, at=life.later())


# 不同意退回


def refuse(life: Life) -> None:
    actions.refuse_objection(life.assignment, answer="属街道属地责任。", by=life.cast.dispatcher, at=life.later())


def test_a_refused_objection_leaves_the_matter_and_every_date_with_the_unit(cast: Cast) -> None:
    life = Life(cast).until("object")
    before = life.assignment
    refuse(life)
    after = life.assignment
    assert after.status == "signed"
    assert (after.notice_due, after.handling_due, after.due_on) == (
        before.notice_due,
        before.handling_due,
        before.due_on,
    )
    assert running(after) == {"D4": date(2026, 6, 30)}
    assert said(PaperKind.OBJECTION_REPLY, life.petition)["decision"] == "不同意退回，请继续依法办理。"


def test_a_unit_objects_once(cast: Cast) -> None:
    life = Life(cast).until("object")
    refuse(life)
    with refused("异议已经答复，不能再提。仍有争议的，请报联席会议办公室。", NotReady):
        life.object()


def test_after_the_refusal_the_unit_accepts_in_time(cast: Cast) -> None:
    life = Life(cast).until("object")
    refuse(life)
    life.accept()
    assert life.assignment.status == "accepted"


# 裁定责任单位


def decide(life: Life, reason: str = "“三定”规定明确。") -> None:
    actions.decide_owner(life.petition, unit=life.cast.street, reason=reason, by=life.cast.bureau_head, at=life.later())


def test_the_second_return_forces_a_decision(cast: Cast) -> None:
    life = Life(cast).until("return_twice")
    with refused("该件已退回两次，须先由联席会议裁定责任单位。", NotReady):
        actions.reassign(life.petition, unit=cast.street, reason="再试。", by=cast.dispatcher, at=life.later())
    decide(life)
    actions.reassign(life.petition, unit=cast.street, reason="按裁定。", by=cast.dispatcher, at=life.later())
    assert life.assignment.unit == cast.street


def test_a_fresh_proposal_goes_round_neither_the_decision_nor_the_returns_that_force_it(cast: Cast) -> None:
    life = Life(cast).until("return_twice")
    actions.return_proposal(life.petition, reason="重新判明。", by=cast.dispatcher, at=life.later())
    life.propose()
    with refused("该件已退回两次，须先由联席会议裁定责任单位。", NotReady):
        life.dispatch()
    decide(life)
    actions.return_proposal(life.petition, reason="再判明。", by=cast.dispatcher, at=life.later())
    life.propose(lead_unit=cast.dept)
    with refused("联席会议已确定由骊山街道办事处办理，只能交给它。", NotReady):
        life.dispatch()
    actions.return_proposal(life.petition, reason="按裁定。", by=cast.dispatcher, at=life.later())
    life.propose()
    life.dispatch()
    assert life.assignment.unit == cast.street


def test_the_joint_conference_or_the_head_of_the_bureau_decides(cast: Cast) -> None:
    life = Life(cast).until("return_twice")
    at = life.later()
    may = hands_that_may(
        cast, lambda by: actions.decide_owner(life.petition, unit=cast.dept, reason="“三定”。", by=by, at=at)
    )
    assert may == {"bureau_head"}


def test_before_the_second_return_nobody_decides(cast: Cast) -> None:
    life = Life(cast).until("return_assignment")
    with refused("退回两次以后才由联席会议裁定责任单位。", NotReady):
        decide(life)


def test_a_decision_gives_its_reasons(cast: Cast) -> None:
    life = Life(cast).until("return_twice")
    with refused("请写明裁定的理由和依据。", field="reason", article="条例 二十四"):
        decide(life, " ")


def test_the_unit_that_was_decided_on_is_the_only_one_and_objects_no_more(cast: Cast) -> None:
    life = Life(cast).until("return_twice")
    decide(life)
    with refused("联席会议已确定由骊山街道办事处办理，只能交给它。", field="unit", article="条例 二十四"):
        actions.reassign(life.petition, unit=cast.dept, reason="再试。", by=cast.dispatcher, at=life.later())
    actions.reassign(life.petition, unit=cast.street, reason="按裁定。", by=cast.dispatcher, at=life.later())
    life.sign_for()
    with refused("责任单位已由联席会议确定，不再提异议。", NotReady):
        life.object()


def test_each_unit_keeps_the_days_it_had_the_petition(cast: Cast) -> None:
    """So that days without an owner are counted against whoever caused them."""
    life = Life(cast).until("return_twice")
    first, second = Assignment.objects.filter(petition=life.pk).order_by("id")
    assert (first.unit, second.unit) == (cast.street, cast.dept)
    assert first.done_at - first.received_at == timedelta(hours=3)
    assert first.done_at <= second.received_at


def test_a_unit_does_not_propose_itself(life: Life, cast: Cast) -> None:
    with pytest.raises(Refused, match="不能是提出异议的单位"):
        actions.raise_objection(life.assignment, **WORDS, suggested_unit=cast.street, by=cast.street_head, at=life.now)
