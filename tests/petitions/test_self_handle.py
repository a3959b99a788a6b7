"""自办: the organ handles what lies within its own power."""

from dataclasses import replace
from datetime import date

import pytest

from tests.cast import Cast, Life, intake
from tests.petitions.facts import hands_that_may, paper, refused, running, said, stopped
from xinfang.documents.kinds import PaperKind
from xinfang.documents.models import Paper
from xinfang.petitions import actions
from xinfang.petitions.actions.triage import Disposition
from xinfang.petitions.codes import AssignmentKind, DuplicateOutcome, MatterKind, Procedure, Way
from xinfang.petitions.errors import NotOnTheRoad, NotReady
from xinfang.petitions.models import Petition


@pytest.fixture
def life(cast: Cast) -> Life:
    return Life(cast, way=AssignmentKind.SELF).until("propose")


@pytest.fixture
def of_the_street(cast: Cast) -> Petition:
    life = Life(cast)
    at = life.later()
    own = actions.register(intake(), organ=cast.street, by=cast.street_handler, at=at).petition
    actions.check_duplicate(own, outcome=DuplicateOutcome.INITIAL, reason="无", by=cast.street_head, at=at)
    way = Disposition(
        kind=MatterKind.APPEAL_CLAIM,
        procedure=Procedure.PETITION_PROCEDURE,
        category="040200",
        way=Way.SELF,
        lead_unit=cast.street,
        opinion="自办。",
    )
    actions.propose(own, way, by=cast.street_handler, at=at)
    return own


def test_the_dispatcher_keeps_it_at_the_bureau(cast: Cast, life: Life) -> None:
    may = hands_that_may(cast, lambda by: actions.self_handle(life.petition, by=by, at=life.later(minutes=1)))
    assert may == {"dispatcher"}


def test_the_head_of_a_unit_keeps_what_it_received(cast: Cast, of_the_street: Petition) -> None:
    at = Life(cast).later(hours=3)
    assert hands_that_may(cast, lambda by: actions.self_handle(of_the_street, by=by, at=at)) == {"street_head"}
    assert actions.self_handle(of_the_street, by=cast.street_head, at=at).unit == cast.street


def test_the_organ_answers_within_fifteen_days_and_objects_to_nobody(life: Life) -> None:
    life.dispatch()
    assert life.petition.status == "self_handling"
    assert stopped(life.petition) == {"D2": life.now}
    assert running(life.assignment) == {"D4": date(2026, 6, 30)}
    assert (life.assignment.kind, life.assignment.unit) == ("self", life.cast.bureau)


def test_what_a_unit_keeps_for_itself_is_proposed_without_helpers_and_the_bureau_adds_them(
    cast: Cast, of_the_street: Petition
) -> None:
    at = Life(cast).later(hours=3)
    actions.return_proposal(of_the_street, reason="另拟。", by=cast.street_handler, at=at)
    way = Disposition(
        kind=MatterKind.APPEAL_CLAIM,
        procedure=Procedure.PETITION_PROCEDURE,
        category="040200",
        way=Way.SELF,
        lead_unit=cast.street,
        co_units=(cast.dept,),
        opinion="自办，请住建局协办。",
    )
    with refused("自办的件由信访局增加协办单位", field="co_unit", article="条例 二十四"):
        actions.propose(of_the_street, way, by=cast.street_handler, at=at)
    actions.propose(of_the_street, replace(way, co_units=()), by=cast.street_handler, at=at)
    actions.self_handle(of_the_street, by=cast.street_head, at=at)
    work = actions.add_co_handler(of_the_street, unit=cast.dept, requirement="请说明。", by=cast.dispatcher, at=at)
    assert work.role == "co"


def test_the_papers_say_when_the_organ_had_it_and_from_nobody_but_the_petitioner(
    cast: Cast, of_the_street: Petition
) -> None:
    life = Life(cast, way=AssignmentKind.SELF).until("propose")
    life.later(days=10)
    for step in ("dispatch", "sign_for", "accept", "handle", "draft_opinion", "issue_opinion"):
        getattr(life, step)()
    assert said(PaperKind.RECEIPT_NOTICE, life.petition)["received"] == "2026-06-15 由区信访局收到"
    assert said(PaperKind.HANDLING_OPINION, life.petition)["received"].startswith("2026-06-15 收到，")
    own = actions.self_handle(of_the_street, by=cast.street_head, at=life.later())
    actions.sign_for(own, by=cast.street_handler, at=life.later())
    actions.accept(own, by=cast.street_handler, at=life.later())
    assert said(PaperKind.RECEIPT_NOTICE, of_the_street)["received"] == "2026-06-15 由骊山街道办事处收到"


def test_the_fifteen_days_count_from_receipt_by_the_organ_and_not_from_the_decision(cast: Cast) -> None:
    """Received on Monday 15 June, decided ten days later: told by 30 June, and deemed accepted from then."""
    life = Life(cast, way=AssignmentKind.SELF).until("propose")
    life.later(days=10)
    life.dispatch()
    assert running(life.assignment) == {"D4": date(2026, 6, 30)}
    assert (life.assignment.notice_due, life.assignment.due_on) == (date(2026, 6, 30), date(2026, 6, 30))
    assert life.assignment.handling_due == date(2026, 8, 29)


def test_a_decision_after_the_fifteen_days_is_late_from_its_first_day(cast: Cast) -> None:
    life = Life(cast, way=AssignmentKind.SELF).until("propose")
    life.later(days=20)
    life.dispatch()
    assert life.assignment.due_on == date(2026, 6, 30)
    life.sign_for()
    life.accept()
    assert running(life.assignment) == {"D5": date(2026, 8, 29)}


def test_a_transfer_counts_from_the_units_receipt(cast: Cast) -> None:
    life = Life(cast).until("propose")
    life.later(days=10)
    life.dispatch()
    assert running(life.assignment)["D4"] == date(2026, 7, 10)


def test_the_petitioner_is_told_and_no_letter_goes_to_a_unit(life: Life) -> None:
    life.dispatch()
    assert paper(PaperKind.ROUTING_NOTICE, life.petition).number == "临bureau字〔2026〕告 1 号"
    assert not Paper.objects.filter(kind__in=[PaperKind.TRANSFER_LETTER, PaperKind.ASSIGNMENT_LETTER]).exists()


def test_what_was_proposed_to_be_transferred_is_not_kept(cast: Cast) -> None:
    life = Life(cast).until("propose")
    with refused("拟办意见不是“自办”。", NotReady):
        actions.self_handle(life.petition, by=cast.dispatcher, at=life.later())


def test_a_petition_is_kept_once(life: Life) -> None:
    life.dispatch()
    with refused("现在不能“自办”：该件当前状态为“自办中”", NotOnTheRoad):
        life.dispatch()
