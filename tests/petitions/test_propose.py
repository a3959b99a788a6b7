"""拟办: kind, procedure, category, who should handle it and how; after 判重 and never without it."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.cast import Cast, Life, registered
from tests.petitions.facts import covering, hands_that_may, moment, paper, refused, running, said
from xinfang.documents.kinds import PaperKind
from xinfang.organizations.models import Unit, UnitKind
from xinfang.petitions.actions import check_duplicate, propose
from xinfang.petitions.actions.triage import MAY_LEAD, Disposition
from xinfang.petitions.codes import AssignmentKind, Channel, DuplicateOutcome, MatterKind, Procedure, Purpose
from xinfang.petitions.errors import NotOnTheRoad, NotReady
from xinfang.petitions.models import Proposal

T, A, S = AssignmentKind.TRANSFER, AssignmentKind.ASSIGN, AssignmentKind.SELF


def disposition(cast: Cast, **changes: Any) -> Disposition:
    facts = {
        "kind": MatterKind.APPEAL_CLAIM,
        "procedure": Procedure.PETITION_PROCEDURE,
        "category": "040200",
        "way": T,
        "lead_unit": cast.street,
        "opinion": "属街道职责。",
    }
    return Disposition(**(facts | changes))


@pytest.fixture
def life(cast: Cast) -> Life:
    return Life(cast).until("check_duplicate")


def test_the_triage_desk_of_the_organ_proposes(cast: Cast, life: Life) -> None:
    may = hands_that_may(cast, lambda by: propose(life.petition, disposition(cast), by=by, at=life.later()))
    assert may == {"registrar", "dispatcher"}


def test_nothing_is_proposed_before_it_is_checked_for_repeats(cast: Cast) -> None:
    with refused("请先判重，再拟办。", NotReady):
        Life(cast).propose()


def test_a_petition_is_proposed_once(life: Life) -> None:
    life.propose()
    with refused("现在不能“拟办”：该件当前状态为“已拟办”，可能已有人先行办理。", NotOnTheRoad):
        life.propose()


def test_the_proposal_settles_kind_procedure_and_category(life: Life) -> None:
    life.propose(kind=MatterKind.SUGGESTION, category="999900")
    petition = life.petition
    assert (petition.status, petition.kind, petition.category_id) == ("triaged", "suggestion", "999900")
    assert petition.procedure == "petition_procedure"
    assert petition.triaged_at == life.now


def test_proposing_moves_no_clock(life: Life) -> None:
    before = running(life.petition)
    life.propose()
    assert running(life.petition) == before == {"D2": date(2026, 6, 30)}


def test_the_form_says_who_should_handle_it_and_how(life: Life) -> None:
    life.propose()
    form = said(PaperKind.PROPOSAL_FORM, life.petition)
    assert (form["unit"], form["disposition"], form["kind"]) == ("骊山街道办事处", "转送", "申诉求决")
    assert form["number"] == life.petition.number
    assert paper(PaperKind.PROPOSAL_FORM, life.petition).number is None
    assert (form["co_units"], form["due"], form["special"]) == ("无", "2026-06-30", "无")


def test_the_form_tells_whoever_approves_what_must_not_be_overlooked(cast: Cast) -> None:
    visit = {"channel": Channel.VISIT, "persons_count": 6, "is_urgent": True}
    life = Life(cast, way=AssignmentKind.ASSIGN, **visit).until("check_duplicate")
    life.propose(co_units=(cast.dept,))
    form = said(PaperKind.PROPOSAL_FORM, life.petition)
    assert form["special"] == "重大紧急；集体访；须经批办"
    assert form["co_units"] == "区住房和城乡建设局"


def test_a_proposal_without_an_opinion_is_refused(life: Life) -> None:
    with refused("拟办单缺少：拟办意见。"):
        life.propose(opinion="")
    assert life.petition.status == "registered"


# Who may lead


def unit_of(kind: UnitKind, **changes: Any) -> Unit:
    facts = {"code": "6101150000000099299", "name": "某单位", "short_name": "某", "opened_on": date(2007, 5, 8)}
    return Unit(kind=kind, **(facts | changes))


@pytest.mark.parametrize("kind", [UnitKind.JUDICIAL, UnitKind.DISCIPLINE, UnitKind.VILLAGE])
def test_courts_discipline_organs_and_villages_lead_nothing(life: Life, kind: UnitKind) -> None:
    unit = unit_of(kind)
    unit.save()
    with refused("某单位不能作为主办单位。", field="lead_unit"):
        life.propose(lead_unit=unit)


def test_every_other_kind_of_unit_may_lead(cast: Cast) -> None:
    assert set(UnitKind) - MAY_LEAD == {UnitKind.JUDICIAL, UnitKind.DISCIPLINE, UnitKind.VILLAGE}


def test_a_unit_that_is_closed_leads_nothing(life: Life) -> None:
    unit = unit_of(UnitKind.DEPT, abolished_on=life.now.date())
    unit.save()
    with refused("某单位不能作为主办单位。", field="lead_unit"):
        life.propose(lead_unit=unit)


def test_a_unit_is_closed_from_the_morning_of_the_day_at_the_countys_seat(life: Life) -> None:
    """01:00 on 16 June at the seat is still 15 June in Greenwich."""
    unit = unit_of(UnitKind.DEPT, abolished_on=date(2026, 6, 16))
    unit.save()
    at = datetime(2026, 6, 15, 17, tzinfo=UTC)
    assert at == moment(date(2026, 6, 16), 1)
    with refused("某单位不能作为主办单位。", field="lead_unit"):
        propose(life.petition, disposition(life.cast, lead_unit=unit), by=life.cast.dispatcher, at=at)


def test_what_the_organ_handles_itself_is_not_given_away(cast: Cast, life: Life) -> None:
    for way, unit in ((S, cast.street), (T, cast.bureau), (A, cast.bureau)):
        with refused("自办的主办单位是登记机构本身，转送、交办的是其他单位。", field="lead_unit"):
            life.propose(way=way, lead_unit=unit)


# What needs the chief


@pytest.mark.parametrize(
    ("way", "changes", "needs"),
    [
        (T, {}, False),
        (S, {}, False),
        (A, {}, True),
        (T, {"is_urgent": True}, True),
        (T, {"channel": Channel.VISIT, "persons_count": 12}, True),
        (S, {"is_urgent": True}, True),
        (T, {"persons_count": 12}, False),
    ],
)
def test_assigned_group_and_urgent_matters_need_the_chief(
    cast: Cast, way: AssignmentKind, changes: dict[str, Any], needs: bool
) -> None:
    Life(cast, way=way, **changes).until("propose")
    assert Proposal.objects.get().needs_approval is needs


# Accusations


def test_an_accusation_goes_to_no_ordinary_unit(cast: Cast, life: Life) -> None:
    with refused("检举控告", field="way"):
        life.propose(kind=MatterKind.ACCUSATION)


def test_nor_does_one_that_was_registered_as_such(cast: Cast) -> None:
    life = Life(cast, purpose=Purpose.ACCUSE, by=cast.dispatcher).until("check_duplicate")
    with refused("检举控告", field="way"):
        life.propose()


def test_a_complaint_about_a_units_decision_may_go_to_that_unit(cast: Cast) -> None:
    """S7: “街道不给我办低保” is an appeal the street handles; the remedy is 复查."""
    life = Life(cast, title="相桥街道不给我办低保").until("check_duplicate")
    life.propose(lead_unit=cast.street)
    assert life.petition.status == "triaged"


def test_a_sealed_petition_is_proposed_only_by_who_sees_it(cast: Cast) -> None:
    petition = registered(cast, is_confidential=True).petition
    registrar_and_head = covering(cast, "bureau_head", "registrar")
    ten, eleven = (moment(date(2026, 6, 15), hour) for hour in (10, 11))
    check_duplicate(petition, outcome=DuplicateOutcome.INITIAL, reason="无", by=registrar_and_head, at=ten)
    may = hands_that_may(cast, lambda by: propose(petition, disposition(cast), by=by, at=eleven))
    assert may == {"registrar"}
