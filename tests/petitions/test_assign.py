"""交办: after the chief's word, with a day by which the unit reports its result."""

from datetime import date, timedelta

import pytest

from tests.cast import Cast, Life
from tests.petitions.facts import hands_that_may, paper, promises_of, refused, running, said
from xinfang.documents.kinds import PaperKind
from xinfang.foundation.errors import Refused
from xinfang.petitions import actions
from xinfang.petitions.codes import AssignmentKind
from xinfang.petitions.errors import NotOnTheRoad, NotReady
from xinfang.petitions.models import Assignment


@pytest.fixture
def life(cast: Cast) -> Life:
    return Life(cast, way=AssignmentKind.ASSIGN).until("approve")


def assign(life: Life, feedback_due: date | None = None, requirement: str = "请查明屋顶漏水原因。") -> Assignment:
    return actions.assign(
        life.petition, requirement=requirement, feedback_due=feedback_due, by=life.cast.dispatcher, at=life.later()
    )


def test_only_the_dispatcher_of_the_bureau_assigns(cast: Cast, life: Life) -> None:
    may = hands_that_may(
        cast, lambda by: actions.assign(life.petition, requirement="请办。", by=by, at=life.later(minutes=1))
    )
    assert may == {"dispatcher"}


def test_objection_notice_and_feedback_start_at_the_units_receipt(life: Life) -> None:
    assert running(assign(life)) == {"D3": date(2026, 6, 22), "D4": date(2026, 6, 30), "D7": date(2026, 8, 29)}
    assert running(life.petition) == {}


def test_the_letter_may_name_the_day_of_the_report(life: Life) -> None:
    assignment = assign(life, date(2026, 7, 20))
    assert running(assignment)["D7"] == date(2026, 7, 20)
    assert assignment.feedback_due == date(2026, 7, 20)
    assert said(PaperKind.ASSIGNMENT_LETTER, life.petition)["feedback_due"] == "2026-07-20"


def test_without_it_the_report_is_due_when_the_handling_is(life: Life) -> None:
    assignment = assign(life)
    assert assignment.feedback_due == assignment.handling_due == date(2026, 6, 30) + timedelta(days=60)


def test_a_report_day_of_today_or_earlier_is_refused(life: Life) -> None:
    for day in (date(2026, 6, 15), date(2026, 6, 1)):
        with refused("反馈期限必须晚于今天。", field="feedback_due"):
            assign(life, day)
    assert assign(life, date(2026, 6, 16)).feedback_due == date(2026, 6, 16)


def test_the_letter_says_what_is_asked_and_bears_a_number_of_its_own_series(life: Life) -> None:
    assign(life)
    letter = said(PaperKind.ASSIGNMENT_LETTER, life.petition)
    assert letter["request"] == "请查明屋顶漏水原因。"
    assert letter["basis"] == "《信访工作条例》第二十二条"
    assert paper(PaperKind.ASSIGNMENT_LETTER, life.petition).number == "临bureau字〔2026〕交办 1 号"
    assert said(PaperKind.ROUTING_NOTICE, life.petition)["unit"] == "骊山街道办事处"


def test_the_letter_names_who_leads_and_who_helps(cast: Cast) -> None:
    life = Life(cast, way=AssignmentKind.ASSIGN).until("check_duplicate")
    life.propose(co_units=(cast.dept,))
    life.approve()
    assign(life)
    lines = said(PaperKind.ASSIGNMENT_LETTER, life.petition)["request"].split("\n")
    assert lines[1:] == ["主办单位：骊山街道办事处。协办单位：区住房和城乡建设局。"]


def test_what_leaders_wrote_is_a_paragraph_of_its_own(cast: Cast) -> None:
    life = Life(cast, way=AssignmentKind.ASSIGN).until("check_duplicate")
    said_ = {"leader": cast.leader, "text": "请认真办理。", "due_on": None, "by": cast.leader}
    actions.instruct(life.petition, at=life.later(), **said_)
    life.propose()
    life.approve()
    assign(life)
    lines = said(PaperKind.ASSIGNMENT_LETTER, life.petition)["request"].split("\n")
    assert lines == ["请查明屋顶漏水原因。", f"领导批示（{cast.leader.name}）：请认真办理。"]


def test_what_the_chief_has_not_approved_is_not_assigned(cast: Cast) -> None:
    life = Life(cast, way=AssignmentKind.ASSIGN).until("propose")
    with refused("该件须经负责人批办后才能交出。", NotReady):
        assign(life)
    assert not promises_of(life.petition).filter(clock="D7").exists()


def test_a_petition_is_assigned_once(life: Life) -> None:
    assign(life)
    with refused("现在不能“交办”：该件当前状态为“已交转”", NotOnTheRoad):
        assign(life)


def test_what_was_proposed_to_be_transferred_is_not_assigned(cast: Cast) -> None:
    life = Life(cast).until("propose")
    with refused("拟办意见不是“交办”。", NotReady):
        assign(life)


def test_the_letter_cannot_give_more_days_than_the_law(cast: Cast) -> None:
    life = Life(cast, way=AssignmentKind.ASSIGN).until("approve")
    with pytest.raises(Refused, match="法定办理期限") as late:
        actions.assign(
            life.petition, requirement="请办理。", feedback_due=date(2026, 9, 1), by=cast.dispatcher, at=life.later()
        )
    assert late.value.field == "feedback_due"
