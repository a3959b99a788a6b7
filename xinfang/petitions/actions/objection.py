"""异议, 退回, 改派 and 裁定: who has the power to decide (条例 二十三、二十四)."""

from datetime import date, datetime
from typing import Any

from xinfang.deadlines import promises
from xinfang.deadlines.terms import Clock
from xinfang.foundation import written
from xinfang.foundation.errors import Refused
from xinfang.organizations.models import Unit
from xinfang.petitions import fitting, road
from xinfang.petitions.codes import AssignmentKind
from xinfang.petitions.giving import give
from xinfang.petitions.helping import add_proposed, end_with_the_lead
from xinfang.petitions.latest import latest_lead, latest_proposal
from xinfang.petitions.models import Assignment, Objection, OwnerDecision, Petition, Remark
from xinfang.petitions.policies import By
from xinfang.petitions.road import ROAD
from xinfang.trace.acts import Hand, act

ARTICLE = "条例 二十三"


@act
def raise_objection(
    assignment: Assignment, *, reason: str, basis: str, suggested_unit: Unit | None, by: By, at: datetime
) -> Objection:
    """提出异议: not in this unit's power. Within five working days, once, by the head of the unit."""
    assignment = road.hold_assignment(assignment)
    step = road.enter("assignment.raise_objection", assignment, by=by, at=at)
    _need(reason, Refused("请详细说明不属于本单位职权的理由。", field="reason", article=ARTICLE))
    _need(basis, Refused("请写明依据，例如“三定”规定或者权责清单。", field="basis", article=ARTICLE))
    if suggested_unit and suggested_unit.pk == assignment.unit_id:
        raise Refused("建议的单位不能是提出异议的单位。", field="suggested_unit", article=ARTICLE)
    objection = fitting.add(
        Objection, assignment=assignment, reason=reason, basis=basis, suggested_unit=suggested_unit, objected_at=at
    )
    road.stop_clocks(step)
    road.advance(step, objected_at=at)
    Petition.objects.filter(pk=assignment.petition_id).update(due_on=assignment.notice_due)
    road.issue(step, assignment.unit, objection_form=lambda: _form(assignment, objection))
    road.leave(step, rows=[objection], suggested_unit=suggested_unit and suggested_unit.pk)
    return objection


def _need(text: str, missing: Refused) -> None:
    if not text.strip():
        raise missing


def _form(assignment: Assignment, objection: Objection) -> dict[str, Any]:
    return {
        "to": assignment.petition.organ.name,
        "number": assignment.petition.number,
        "title": assignment.petition.title,
        "reason": objection.reason,
        "basis": objection.basis,
        "suggested": objection.suggested_unit.name if objection.suggested_unit else "由信访部门确定",
    }


@act
def return_assignment(assignment: Assignment, *, answer: str, by: By, at: datetime) -> Petition:
    """同意退回: the objection holds. The day by which the petitioner must be told stays; the petition is taken back."""
    assignment = road.hold_assignment(assignment)
    step = road.enter("assignment.return_assignment", assignment, by=by, at=at)
    objection = _answered(assignment, answer, is_upheld=True, at=at)
    road.stop_clocks(step)
    road.advance(step, done_at=at, due_on=None)
    road.issue(step, assignment.petition.organ, objection_reply=lambda: _reply(assignment, objection))
    road.leave(step, rows=[objection])
    return take_back(assignment.petition, told_by=assignment.notice_due, by=ROAD, at=at)


@act
def refuse_objection(assignment: Assignment, *, answer: str, by: By, at: datetime) -> Objection:
    """不同意退回: it is this unit's matter; every date stands."""
    assignment = road.hold_assignment(assignment)
    step = road.enter("assignment.refuse_objection", assignment, by=by, at=at)
    objection = _answered(assignment, answer, is_upheld=False, at=at)
    road.advance(step)
    Petition.objects.filter(pk=assignment.petition_id).update(due_on=None)
    road.issue(step, assignment.petition.organ, objection_reply=lambda: _reply(assignment, objection))
    road.leave(step, rows=[objection])
    return objection


def _answered(assignment: Assignment, answer: str, *, is_upheld: bool, at: datetime) -> Objection:
    _need(answer, Refused("请写明核实的情况和理由。", field="answer", article=ARTICLE))
    objection = assignment.objection
    objection.is_upheld, objection.answer, objection.answered_at = is_upheld, answer, at
    written.update(objection, ["is_upheld", "answer", "answered_at"])
    return objection


def _reply(assignment: Assignment, objection: Objection) -> dict[str, Any]:
    return {
        "to": assignment.unit.name,
        "number": assignment.petition.number,
        "decision": "同意退回。" if objection.is_upheld else "不同意退回，请继续依法办理。",
        "answer": objection.answer,
        "basis": "《信访工作条例》第二十三条",
    }


@act
def take_back(petition: Petition, *, told_by: date, by: Hand, at: datetime) -> Petition:
    """收回: the bureau has it again, with the days that are left. `told_by`: when the petitioner must have been told."""
    petition = road.hold_petition(petition)
    step = road.enter("petition.take_back", petition, by=by, at=at)
    end_with_the_lead(petition, is_answered=False, at=at)
    road.start_clocks(step, on={Clock.D2: promises.local_day(petition.received_at)})
    routing = step.promises[Clock.D2].due_on
    road.advance(step, taken_back_at=at, dispatched_at=None, due_on=min(routing, told_by))
    road.leave(step)
    return petition


@act
def decide_owner(petition: Petition, *, unit: Unit, reason: str, by: By, at: datetime) -> OwnerDecision:
    """裁定责任单位: after the second return the joint conference decides, and its word is final (条例 二十四)."""
    petition = road.hold_petition(petition)
    step = road.enter("petition.decide_owner", petition, by=by, at=at)
    _need(reason, Refused("请写明裁定的理由和依据。", field="reason", article="条例 二十四"))
    decision = fitting.add(OwnerDecision, petition=petition, unit=unit, reason=reason, decided_at=at)
    road.advance(step)
    road.leave(step, rows=[decision], unit=unit.pk)
    return decision


@act
def reassign(petition: Petition, *, unit: Unit, reason: str, by: By, at: datetime, requirement: str = "") -> Assignment:
    """改派: another unit, with unit clocks of its own; every date of the petition and of the others stays.

    The petitioner is told by the same act, so the earlier unit's duty to tell him ends.
    """
    petition = road.hold_petition(petition)
    step = road.enter("petition.reassign", petition, by=by, at=at)
    _need(reason, Refused("请写明改派的理由。", field="reason", article="条例 二十四"))
    last = latest_lead(petition)
    assert last is not None
    remark = fitting.add(Remark, petition=petition, act=step.verb, text=reason, made_at=at)
    kind = AssignmentKind.TRANSFER if last.kind == AssignmentKind.SELF else AssignmentKind(last.kind)
    asked = requirement or last.requirement
    assignment = give(step, unit, kind, procedure=last.procedure, requirement=asked, rows=[remark])
    proposal = latest_proposal(petition) if petition.has_co_handlers else None
    if proposal:
        add_proposed(petition, proposal, unit, by=by, at=at)
    return assignment
