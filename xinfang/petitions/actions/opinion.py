"""处理意见, 送达, 办结报告 and 审核."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from xinfang.deadlines.terms import Clock
from xinfang.foundation import written
from xinfang.foundation.errors import Refused
from xinfang.foundation.prepared import Prepared
from xinfang.legislation.cited import cite
from xinfang.petitions import fitting, road
from xinfang.petitions.actions.close import close
from xinfang.petitions.codes import AssignmentKind, DeliveryMode, OpinionResult, PetitionerView
from xinfang.petitions.errors import StalePage
from xinfang.petitions.helping import end_with_the_lead
from xinfang.petitions.letters import demands_of, names_on_letters
from xinfang.petitions.looking_again import Repetition, repetition_of
from xinfang.petitions.models import Answer, Assignment, CheckResult, Delivery, Opinion, Petition, Report
from xinfang.petitions.obstacles import latest_draft
from xinfang.petitions.policies import By
from xinfang.trace.acts import Hand, act

ROAD = Hand.system("road")
_ANSWERS = Prepared(
    lambda opinion: Answer.objects.filter(opinion=opinion).select_related("demand").order_by("demand__n")
)


@dataclass(frozen=True)
class AnswerText:
    """The answer to one demand (条例 三十二)."""

    finding: str
    basis: str
    result: OpinionResult


@act
def draft_opinion(
    assignment: Assignment, *, answers: Mapping[int, AnswerText], remedy_organ: str, by: By, at: datetime
) -> Opinion:
    """拟写处理意见: answers by demand number. A later draft stands beside the earlier one."""
    assignment = road.hold_assignment(assignment)
    step = road.enter("assignment.draft_opinion", assignment, by=by, at=at)
    if not remedy_organ.strip():
        raise Refused("请写明复查机关。", field="remedy_organ")
    opinion = fitting.add(Opinion, assignment=assignment, remedy_organ=remedy_organ, drafted_at=at)
    demands = {demand.n: demand for demand in demands_of(assignment.petition)}
    rows = [_answer(opinion, demands, n, answer) for n, answer in sorted(answers.items())]
    written.insert(rows)
    _cite(assignment.petition, rows, at)
    road.leave(step, rows=[opinion, *rows])
    return opinion


def _cite(petition: Petition, answers: list[Answer], at: datetime) -> None:
    """So that a change of law finds the petition. A sealed one stands in no index."""
    if not petition.is_sealed:
        subject = ("petition", petition.pk)
        cite((answer.basis for answer in answers), subject=subject, on=timezone.localdate(at))


def _answer(opinion: Opinion, demands: Mapping[int, Any], n: int, answer: AnswerText) -> Answer:
    if n not in demands:
        raise Refused("没有第 %(n)s 项诉求。", field="answers", n=n)
    if not (answer.finding.strip() and answer.basis.strip()):
        raise Refused("第 %(n)s 项诉求要写明事实和依据。", field=f"finding_{n}", article="条例 三十二", n=n)
    row = Answer(opinion=opinion, demand=demands[n], finding=answer.finding, basis=answer.basis, result=answer.result)
    fitting.refuse(row, suffix=f"_{n}")
    return row


@act
def issue_opinion(assignment: Assignment, *, draft: int, by: By, at: datetime) -> Opinion:
    """出具处理意见: the head signs the draft he read in the unit's name; the handling clock stops (条例 三十二、三十四)."""
    assignment = road.hold_assignment(assignment)
    step = road.enter("assignment.issue_opinion", assignment, by=by, at=at)
    opinion = latest_draft(assignment)
    assert opinion is not None
    if opinion.pk != draft:
        raise StalePage("您看过之后又有了新的拟稿。请看过新稿后再签发。")
    opinion.issued_at = at
    written.update(opinion, ["issued_at"])
    road.stop_clocks(step)
    road.advance(step, opinion_at=at)
    answers = _ANSWERS.all(opinion.pk)
    papers = road.issue(step, assignment.unit, handling_opinion=lambda: _paper(assignment, opinion, answers))
    is_same = assignment.petition.has_reviews and repetition_of(assignment, opinion) is not Repetition.NONE
    road.leave(
        step,
        rows=[opinion],
        issued=papers,
        results=sorted(answer.result for answer in answers),
        same_result=is_same or None,
    )
    end_with_the_lead(assignment.petition, is_answered=True, at=at)
    return opinion


def _paper(assignment: Assignment, opinion: Opinion, answers: list[Answer]) -> dict[str, Any]:
    received, accepted = (timezone.localdate(t) for t in (assignment.received_at, assignment.accepted_at))
    return {
        "to": names_on_letters(assignment.petition),
        "number": assignment.petition.number,
        "received": f"{received} 收到，{accepted} 受理。",
        "answers": [_answered(answer) for answer in answers],
        "remedy": f"对本意见不服的，可自收到本意见书之日起30日内向{opinion.remedy_organ}申请复查。",
    }


def _answered(answer: Answer) -> dict[str, Any]:
    """One demand on the paper (条例 三十二): what was found, by which law, and the result."""
    return {
        "n": answer.demand.n,
        "demand": answer.demand.text,
        "finding": answer.finding,
        "basis": answer.basis,
        "result": str(answer.get_result_display()),
    }


@act
def deliver(
    assignment: Assignment, *, mode: DeliveryMode, delivered_on: date, proof: str, by: By, at: datetime
) -> Delivery:
    """送达: the petitioner has it in hand, with proof; his thirty days for review begin (条例 三十五)."""
    assignment = road.hold_assignment(assignment)
    step = road.enter("assignment.deliver", assignment, by=by, at=at)
    _refuse_delivery(assignment, delivered_on, proof, at)
    opinion = latest_draft(assignment)
    assert opinion is not None
    delivery = fitting.add(
        Delivery, assignment=assignment, opinion=opinion, mode=mode, delivered_on=delivered_on, proof=proof
    )
    road.start_clocks(step, on={Clock.D9: delivered_on})
    road.advance(step, delivered_at=at, due_on=assignment.feedback_due or assignment.due_on)
    papers = road.issue(step, assignment.unit, delivery_receipt=lambda: _receipt(assignment, delivery))
    road.leave(step, rows=[delivery], issued=papers, mode=mode)
    if assignment.kind != AssignmentKind.ASSIGN:
        finish(assignment, by=ROAD, at=at)
    return delivery


def _refuse_delivery(assignment: Assignment, delivered_on: date, proof: str, at: datetime) -> None:
    assert assignment.opinion_at is not None
    if not timezone.localdate(assignment.opinion_at) <= delivered_on <= timezone.localdate(at):
        raise Refused("送达日期不能早于出具意见之日，也不能晚于今天。", field="delivered_on")
    if not proof.strip():
        raise Refused("请写明签收、拒收见证或邮寄单号。", field="proof")


def _receipt(assignment: Assignment, delivery: Delivery) -> dict[str, Any]:
    return {
        "document": f"{assignment.petition.number} 处理意见书",
        "to": names_on_letters(assignment.petition),
        "mode": str(DeliveryMode(delivery.mode).label),
        "on": delivery.delivered_on.isoformat(),
        "proof": delivery.proof,
    }


@act
def finish(assignment: Assignment, *, by: Hand, at: datetime) -> Assignment:
    """A 转送 or 自办 is done once the opinion is delivered; the petition closes with it."""
    step = road.enter("assignment.finish", assignment, by=by, at=at)
    road.advance(step, done_at=at, due_on=None)
    road.leave(step)
    close(assignment.petition, by=by, at=at)
    return assignment


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
    papers = road.issue(step, assignment.unit, completion_report=lambda: _report(assignment, row))
    road.leave(step, rows=[row], issued=papers)
    return row


def _report(assignment: Assignment, row: Report) -> dict[str, Any]:
    return {
        "to": assignment.petition.organ.name,
        "number": assignment.petition.number,
        "process": row.process,
        "opinion": f"已于 {timezone.localdate(assignment.opinion_at)} 出具处理意见并送达。",
        "view": str(PetitionerView(row.view).label),
    }


@act
def check_result(assignment: Assignment, *, note: str, by: By, at: datetime) -> CheckResult:
    """审核: the bureau finds the result of a 交办 sound."""
    assignment = road.hold_assignment(assignment)
    step = road.enter("assignment.check_result", assignment, by=by, at=at)
    row = fitting.add(CheckResult, assignment=assignment, note=note, checked_at=at)
    road.advance(step, done_at=at, due_on=None)
    road.leave(step, rows=[row])
    return row
