"""按其他法定程序办理: what article 31 (1) to (5) gives to other laws runs on their terms (E8, S20)."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.cast import Cast, Life
from tests.petitions.facts import hands_that_may, moment, refused, running, said, stopped
from tests.petitions.test_add_co_handler import helped, lead_of
from xinfang.documents.kinds import PaperKind
from xinfang.petitions import actions, progress, sweeps
from xinfang.petitions.codes import AssignmentKind, Procedure
from xinfang.petitions.errors import NotOnTheRoad, NotReady
from xinfang.petitions.models import Assignment, Ending
from xinfang.trace.models import Entry

DUE = date(2026, 9, 1)
WORDS: dict[str, Any] = {
    "procedure": Procedure.DUTY_PERFORMANCE,
    "right_road": "由区城管局依照《城乡规划法》查处，并答复查处结果。",
    "procedure_due": DUE,
}


@pytest.fixture
def life(cast: Cast) -> Life:
    return Life(cast).until("sign_for")


def accept(life: Life, **changes: Any) -> Assignment:
    return actions.accept_procedure(life.assignment, **(WORDS | changes), by=life.handler, at=life.later())


def taken(life: Life, proof: str = "立案决定书〔2026〕8号，7月1日。") -> Ending:
    return actions.procedure_taken(life.assignment, proof=proof, by=life.handler, at=life.later(days=3))


def test_e8_a_request_to_act_on_an_illegal_building_has_no_sixty_days_but_its_own_term(life: Life) -> None:
    accept(life)
    assert running(life.assignment) == {"D13": DUE}
    after = life.assignment
    assert (after.status, after.procedure) == ("routed_to_procedure", "duty_performance")
    assert (after.handling_due, after.procedure_due, after.due_on) == (None, DUE, DUE)
    assert {"D3", "D4"} <= set(stopped(after))


def test_the_petitioner_is_told_the_road(life: Life) -> None:
    accept(life)
    told = said(PaperKind.PROCEDURE_NOTICE, life.petition)
    assert (told["procedure"], told["road"]) == ("依法履职", WORDS["right_road"])
    assert told["due"].startswith("2026-09-01")
    assert told["basis"] == "《信访工作条例》第三十一条第（五）项"
    reading = progress.of(life.petition, today=life.now.date())
    assert "按照法律、行政法规规定的程序办理" in reading.state
    assert (reading.next.due, "三十一条" in reading.next.article) == (DUE, True)
    assert [step.text for step in reading.steps][-1] == "骊山街道办事处告知按其他法定途径处理。"


def test_whoever_helps_is_let_go_when_that_procedure_has_the_matter(life: Life) -> None:
    accept(life)
    work = actions.add_co_handler(
        life.petition, unit=life.cast.dept, requirement="请说明。", by=life.cast.dispatcher, at=life.later()
    )
    lead = life.petition.assignments.get(role="lead")
    actions.procedure_taken(lead, proof="立案决定书。", by=life.handler, at=life.later(days=3))
    work.refresh_from_db()
    assert (work.status, running(work), life.petition.status) == ("cancelled", {}, "closed")


def test_the_petition_procedure_is_none_of_the_five(life: Life) -> None:
    with refused("其余按信访程序办理", field="procedure"):
        accept(life, procedure=Procedure.PETITION_PROCEDURE)


def test_the_term_lies_ahead_and_the_road_is_written(life: Life) -> None:
    with refused("法定期限的最后一日要晚于今天。", field="procedure_due"):
        accept(life, procedure_due=life.now.date())
    with refused("请写明向哪个机关、循哪条途径处理。", field="right_road"):
        accept(life, right_road=" ")


def test_no_opinion_is_drafted_on_another_road(life: Life) -> None:
    accept(life)
    with refused("已导入其他程序", NotOnTheRoad):
        life.draft_opinion()


def test_found_in_the_course_of_handling_only_the_head_routes_it(cast: Cast) -> None:
    life = Life(cast).until("handle")
    life.later()
    assignment = life.assignment
    assert hands_that_may(cast, lambda by: actions.route_to_procedure(assignment, **WORDS, by=by, at=life.now)) == {
        "street_head"
    }
    actions.route_to_procedure(assignment, **WORDS, by=life.head, at=life.now)
    assert running(life.assignment) == {"D13": DUE}
    assert "D5" in stopped(life.assignment)


def test_when_the_procedure_has_taken_it_up_the_petition_closes_with_its_notice_as_the_end(life: Life) -> None:
    accept(life)
    ending = taken(life)
    assert (life.assignment.status, life.petition.status) == ("done", "closed")
    assert (ending.ground, ending.road) == ("duty_performance", WORDS["right_road"])
    assert running(life.assignment) == {}
    assert set(running(life.petition)) == {"D14", "D20"}
    reading = progress.of(life.petition, today=life.now.date())
    assert (reading.state, reading.rating_until) == ("已办结：已由其他法定程序处理。", running(life.petition)["D14"])


def test_when_the_procedure_has_taken_it_up_nobody_helps_any_more(cast: Cast) -> None:
    life, work = helped(cast, "handle")
    lead = lead_of(life)
    actions.route_to_procedure(lead, **WORDS, by=life.head, at=life.later())
    actions.procedure_taken(lead, proof="立案决定书〔2026〕8号。", by=life.handler, at=life.later())
    work.refresh_from_db()
    assert (work.status, running(work), work.due_on) == ("cancelled", {}, None)


def test_it_is_not_routed_away_from_a_hearing_that_is_under_way(cast: Cast) -> None:
    life = Life(cast).until("notice_hearing")
    with refused("听证还没有结论。", NotReady):
        life.route_to_procedure()
    actions.drop_hearing(life.hearing, reason="应当仲裁。", by=life.head, at=life.later())
    life.route_to_procedure()


def test_without_proof_that_it_has_begun_nothing_closes(life: Life) -> None:
    accept(life)
    with refused("请写明立案、受理或者处理的文书名称、文号和日期。", field="proof"):
        taken(life, proof=" ")
    assert life.petition.status == "dispatched"


def test_of_an_assigned_petition_the_feedback_ends_too(cast: Cast) -> None:
    life = Life(cast, way=AssignmentKind.ASSIGN).until("sign_for")
    accept(life)
    assert set(running(life.assignment)) == {"D7", "D13"}
    taken(life)
    assert (running(life.assignment), life.petition.status) == ({}, "closed")


def test_it_is_archived_when_the_rating_window_has_passed(life: Life, cast: Cast) -> None:
    accept(life)
    taken(life)
    window = running(life.petition)["D14"]
    with refused("复查期、评价期要到"):
        actions.archive(life.petition, by=cast.archivist, at=moment(window))
    after = moment(window + timedelta(days=1))
    sweeps.expire_evaluations(after)
    actions.archive(life.petition, by=cast.archivist, at=after)
    assert running(life.petition) == {}


def test_what_belongs_to_the_courts_is_not_rated_and_need_not_wait(life: Life, cast: Cast) -> None:
    accept(life, procedure=Procedure.JUDICIAL, right_road="不服判决的，向上一级人民法院上诉。")
    assert life.petition.is_judicial
    taken(life)
    assert set(running(life.petition)) == {"D20"}
    actions.archive(life.petition, by=cast.archivist, at=life.later())
    assert life.petition.status == "archived"


def test_the_words_stay_out_of_the_trace(life: Life) -> None:
    accept(life)
    taken(life)
    for act in ("assignment.accept_procedure", "assignment.procedure_taken"):
        facts = Entry.objects.get(act=act).facts
        assert facts["procedure"] == "duty_performance"
        assert "城管" not in str(facts)
        assert "立案" not in str(facts)
