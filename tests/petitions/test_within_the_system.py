"""条例 二十三: what an organ received itself and a unit of its own system must handle, it passes on without the bureau."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.cast import Cast, intake
from tests.petitions.facts import refused, running, said
from tests.petitions.test_ringing import of, read
from xinfang.documents.kinds import PaperKind
from xinfang.organizations.models import Duty, Officer, Post, Tenure, Unit, UnitKind
from xinfang.petitions import actions, openings, worklists
from xinfang.petitions.actions.triage import Disposition
from xinfang.petitions.codes import DuplicateOutcome, MatterKind, Procedure, Way
from xinfang.petitions.errors import NotYourMove
from xinfang.petitions.models import Assignment, Petition
from xinfang.trace.acts import PETITIONER


@pytest.fixture
def centre(cast: Cast) -> Unit:
    """The department's own, with a head."""
    unit = Unit.objects.create(
        code="6101150000000074299",
        name="区住房保障中心",
        short_name="住保中心",
        kind=UnitKind.INST,
        parent=cast.dept,
        opened_on=date(2007, 5, 8),
        paper_code="临住保",
    )
    cast.units["centre"] = unit
    post = Post.objects.create(unit=unit, duty=Duty.UNIT_HEAD, name="主任")
    officer = Officer.objects.create(username="centre_head", name="主任某", must_change_password=False)
    Tenure.objects.create(post=post, officer=officer, since=date(2020, 1, 1))
    cast.officers["centre_head"] = officer
    return unit


def proposed(cast: Cast, unit: Unit, **changes: Any) -> Petition:
    at = timezone.now() - timedelta(days=2)
    told = intake(received_at=at, petition_date=timezone.localdate(at), **changes)
    petition = actions.register(told, organ=cast.dept, by=PETITIONER, at=at).petition
    by: Any = {"by": cast.dept_head}
    actions.check_duplicate(petition, outcome=DuplicateOutcome.INITIAL, reason="无", **by, at=at + timedelta(hours=1))
    disposition = Disposition(
        kind=MatterKind.APPEAL_CLAIM,
        procedure=Procedure.PETITION_PROCEDURE,
        category="040200",
        way=Way.TRANSFER,
        lead_unit=unit,
        opinion="属中心职责。",
    )
    actions.propose(petition, disposition, **by, at=at + timedelta(hours=2))
    return Petition.objects.get(pk=petition.pk)


def verbs(cast: Cast, name: str, petition: Petition) -> set[str]:
    rows = Assignment.objects.filter(petition=petition).select_related("unit")
    found = openings.open_moves(cast.again(name), Petition.objects.get(pk=petition.pk), rows, timezone.localdate())
    return {one.verb for one in found}


def waits(cast: Cast, name: str, petition: Petition) -> bool:
    return worklists.worklist(cast.again(name)).filter(pk=petition.pk).exists()


def test_the_head_passes_it_on_under_article_23_and_the_petitioner_is_told(cast: Cast, centre: Unit) -> None:
    petition = proposed(cast, centre)
    assert "petition.transfer" in verbs(cast, "dept_head", petition)
    assert "petition.transfer" not in verbs(cast, "dept_handler", petition)
    assignment = actions.transfer(petition, by=cast.dept_head, at=timezone.now() - timedelta(hours=40))
    assert (assignment.unit, assignment.status) == (centre, "awaiting_sign")
    assert said(PaperKind.TRANSFER_LETTER, petition)["basis"] == "《信访工作条例》第二十三条第一款"
    assert said(PaperKind.ROUTING_NOTICE, petition)["unit"] == "区住房保障中心"
    assert set(running(assignment)) == {"D3", "D4"}
    assert "D2" not in running(petition)


def test_to_another_system_only_the_bureau_passes_it_on(cast: Cast, centre: Unit) -> None:
    petition = proposed(cast, cast.street)
    assert "petition.transfer" not in verbs(cast, "dept_head", petition)
    with refused("由信访局办理", NotYourMove):
        actions.transfer(petition, by=cast.dept_head, at=timezone.now())
    actions.transfer(petition, by=cast.dispatcher, at=timezone.now())
    assert said(PaperKind.TRANSFER_LETTER, petition)["basis"] == "《信访工作条例》第二十二条"


def test_what_the_unit_below_objects_rings_at_the_organ_above_and_is_answered_there(cast: Cast, centre: Unit) -> None:
    petition = proposed(cast, centre)
    at = timezone.now() - timedelta(hours=40)
    assignment = actions.transfer(petition, by=cast.dept_head, at=at)
    actions.sign_for(assignment, by=cast.centre_head, at=at + timedelta(hours=1))
    words = {"reason": "属物业科。", "basis": "三定规定", "suggested_unit": None}
    actions.raise_objection(assignment, **words, by=cast.centre_head, at=at + timedelta(hours=2))
    read()
    assert "objected" in of(cast, "dept_head")
    assert "objected" not in of(cast, "dispatcher")
    assert {"assignment.return_assignment", "assignment.refuse_objection"} <= verbs(cast, "dept_head", petition)
    assert waits(cast, "dept_head", petition)
    assert not waits(cast, "dept_handler", petition)
    actions.return_assignment(assignment, answer="属实。", by=cast.dept_head, at=at + timedelta(hours=3))
    assert Petition.objects.get(pk=petition.pk).status == "triaged"
    assert "petition.return_proposal" in verbs(cast, "dept_head", petition)


def test_an_objection_that_was_refused_waits_for_the_organ_no_more(cast: Cast, centre: Unit) -> None:
    petition = proposed(cast, centre)
    at = timezone.now() - timedelta(hours=40)
    assignment = actions.transfer(petition, by=cast.dept_head, at=at)
    actions.sign_for(assignment, by=cast.centre_head, at=at + timedelta(hours=1))
    assert not waits(cast, "dept_head", petition)
    words = {"reason": "属物业科。", "basis": "三定规定", "suggested_unit": None}
    actions.raise_objection(assignment, **words, by=cast.centre_head, at=at + timedelta(hours=2))
    assert waits(cast, "dept_head", petition)
    actions.refuse_objection(assignment, answer="是中心职责。", by=cast.dept_head, at=at + timedelta(hours=3))
    assert not waits(cast, "dept_head", petition)


def test_what_the_bureau_gave_it_a_superior_does_not_answer(cast: Cast, centre: Unit) -> None:
    from tests.cast import Life

    life = Life(cast)
    life.check_duplicate()
    life.propose(lead_unit=centre)
    life.dispatch()
    actions.sign_for(life.assignment, by=cast.centre_head, at=life.later())
    words = {"reason": "不是。", "basis": "三定规定", "suggested_unit": None}
    actions.raise_objection(life.assignment, **words, by=cast.centre_head, at=life.later())
    with refused("由信访局办理", NotYourMove):
        actions.return_assignment(life.assignment, answer="属实。", by=cast.dept_head, at=life.later())
    assert not waits(cast, "dept_head", life.petition)


def test_a_sealed_petition_goes_by_the_bureau_alone(cast: Cast, centre: Unit) -> None:
    petition = proposed(cast, centre)
    Petition.objects.filter(pk=petition.pk).update(confidentiality="confidential")
    with refused("", NotYourMove):
        actions.transfer(petition, by=cast.dept_head, at=timezone.now())
