"""办结报告 and 审核: a unit tells the bureau how its 交办 ended, and the bureau finds it sound."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from xinfang.documents.kinds import PaperKind
from xinfang.documents.layout import chinese
from xinfang.documents.models import Paper
from xinfang.documents.papers import data_of
from xinfang.foundation.errors import Refused
from xinfang.petitions import fitting, road
from xinfang.petitions.codes import CommitmentStatus, DeliveryMode, PetitionerView
from xinfang.petitions.letters import HOW_SERVED
from xinfang.petitions.models import Assignment, CheckResult, Commitment, Delivery, Petition, Report
from xinfang.petitions.policies import By
from xinfang.trace.acts import act


@act
def report(assignment: Assignment, *, process: str, view: PetitionerView, by: By, at: datetime) -> Report:
    """办结报告: the unit tells the bureau what it did and how it ended."""
    assignment = road.hold_assignment(assignment)
    step = road.enter("assignment.report", assignment, by=by, at=at)
    if not process.strip():
        raise Refused("请写明办理经过。", field="process")
    row = fitting.add(Report, assignment=assignment, process=process, view=view, reported_at=at)
    road.stop_clocks(step)
    road.advance(step, reported_at=at)
    Petition.objects.filter(pk=assignment.petition_id).update(due_on=assignment.due_on)
    road.issue(step, assignment.unit, completion_report=lambda: _report(assignment, row))
    road.leave(step, rows=[row])
    return row


def _report(assignment: Assignment, row: Report) -> dict[str, Any]:
    """What the letter of 交办 asks for: beside the unit's own words, what its opinion said and how that was served."""
    petition = assignment.petition
    return {
        "to": petition.organ.name,
        "number": petition.number,
        "process": row.process,
        **_as_answered(assignment),
        "served": _served(assignment),
        "view": str(PetitionerView(row.view).label),
        "left": _left(assignment),
    }


def _as_answered(assignment: Assignment) -> dict[str, Any]:
    """As the petitioner has it on paper."""
    petition = assignment.petition
    about = {"kind": PaperKind.HANDLING_OPINION, "subject_kind": "assignment", "subject_id": assignment.pk}
    issued = Paper.objects.filter(**about).order_by("-id").first()
    assert assignment.opinion_at is not None
    number = f"（{issued.number}）" if issued else ""
    day = chinese(timezone.localdate(assignment.opinion_at))
    said = [f"{day}出具《{PaperKind.HANDLING_OPINION.label}》{number}。"]
    if petition.is_sealed or issued is None:
        return {"facts": "见处理意见书。", "opinion": said}
    answers = [one for one in data_of(issued, key=petition.key)["answers"] if isinstance(one, dict)]
    facts = [f"{one['n']}. {one['finding']}" for one in answers]
    said += [f"{one['n']}. {one['demand']}：{one['result']}" for one in answers]
    return {"facts": facts or "见处理意见书。", "opinion": said}


def _served(assignment: Assignment) -> str:
    delivery = Delivery.objects.filter(assignment=assignment).order_by("-id").first()
    assert delivery is not None
    return f"{delivery.delivered_on} {HOW_SERVED[DeliveryMode(delivery.mode)]}。"


def _left(assignment: Assignment) -> list[str]:
    """What is promised and not shown to be done yet."""
    promised = Commitment.objects.filter(assignment=assignment, status=CommitmentStatus.OPEN).select_related("unit")
    said = []
    for n, one in enumerate(promised.order_by("due_on", "id"), start=1):
        one.petition = assignment.petition
        said.append(f"{n}. {one.unit.name}于{chinese(one.due_on)}前落实：{one.what.strip().rstrip('。')}。")
    return said or ["没有。"]


@act
def check_result(assignment: Assignment, *, note: str, by: By, at: datetime) -> CheckResult:
    """审核: the bureau finds the result of a 交办 sound."""
    assignment = road.hold_assignment(assignment)
    step = road.enter("assignment.check_result", assignment, by=by, at=at)
    row = fitting.add(CheckResult, assignment=assignment, note=note, checked_at=at)
    road.advance(step, done_at=at, due_on=None)
    road.leave(step, rows=[row])
    return row
