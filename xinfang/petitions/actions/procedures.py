"""Which procedure the unit with power chooses: 简易办理, 转普通程序, and what other laws give a road of its own (条例 三十一)."""

from datetime import date, datetime
from typing import Any

from xinfang.deadlines import promises
from xinfang.deadlines.terms import Clock
from xinfang.foundation import written
from xinfang.foundation.errors import Refused
from xinfang.organizations.models import Officer
from xinfang.petitions import fitting, policies, road
from xinfang.petitions.actions.close import close
from xinfang.petitions.codes import STATUTORY, Procedure, SimpleGround
from xinfang.petitions.giving import handling_from
from xinfang.petitions.helping import end_with_the_lead
from xinfang.petitions.letters import issuer_of, matters_on, names_on_letters, receipt_notice, telephone_on
from xinfang.petitions.models import Assignment, Ending, Petition, Remark
from xinfang.petitions.policies import By
from xinfang.petitions.road import ROAD
from xinfang.trace.acts import act

ARTICLE = "条例 三十一"
NORM = "《信访事项简易办理办法》"


@act
def accept_simple(
    assignment: Assignment,
    *,
    ground: SimpleGround,
    may_be_refused: bool,
    by: By,
    at: datetime,
    handler: Officer | None = None,
) -> Assignment:
    """简易受理: an initial matter that is clear and easily put right; ten working days instead of sixty days."""
    assignment = road.hold_assignment(assignment)
    step = road.enter("assignment.accept_simple", assignment, by=by, at=at)
    if handler:
        policies.refuse_stranger(assignment, handler)
    if may_be_refused:
        raise Refused("诉求可能不予支持的，不适用简易办理；请按普通程序受理。", field="may_be_refused", article=NORM)
    road.stop_clocks(step)
    road.start_clocks(step)
    due = step.promises[Clock.D8B].due_on
    mine = handler or (by if isinstance(by, Officer) else None)
    simple = Procedure.SIMPLE_PROCEDURE
    road.advance(step, accepted_at=at, handling_due=due, due_on=due, handler=mine, procedure=simple)
    road.issue(step, issuer_of(assignment), receipt_notice=lambda: receipt_notice(assignment))
    road.leave(step, ground=ground, procedure=simple)
    return assignment


@act
def leave_simple(assignment: Assignment, *, reason: str, by: By, at: datetime) -> Assignment:
    """转普通程序: the sixty days run from the day it was accepted, as if it had never been simple."""
    assignment = road.hold_assignment(assignment)
    step = road.enter("assignment.leave_simple", assignment, by=by, at=at)
    remark = _remark(step, reason, Refused("请写明不宜简易办理的理由。", field="reason", article=NORM))
    assert assignment.accepted_at is not None
    road.stop_clocks(step)
    due = handling_from(step, promises.local_day(assignment.accepted_at)).due_on
    ordinary = Procedure.PETITION_PROCEDURE
    road.advance(step, turned_at=at, handling_due=due, due_on=due, procedure=ordinary)
    road.issue(step, issuer_of(assignment), receipt_notice=lambda: receipt_notice(assignment))
    road.leave(step, rows=[remark], procedure=ordinary)
    return assignment


@act
def accept_procedure(
    assignment: Assignment, *, procedure: Procedure, right_road: str, procedure_due: date, by: By, at: datetime
) -> Assignment:
    """按其他法定程序办理: its own law's term runs, not the sixty days; the petitioner is told the road (条例 三十一)."""
    return _turn(
        "assignment.accept_procedure", assignment, procedure, right_road, procedure_due, by, at, accepted_at=at
    )


@act
def route_to_procedure(
    assignment: Assignment, *, procedure: Procedure, right_road: str, procedure_due: date, by: By, at: datetime
) -> Assignment:
    """导入其他法定程序: found in the course of handling, decided by the head (条例 三十一)."""
    return _turn("assignment.route_to_procedure", assignment, procedure, right_road, procedure_due, by, at)


def _turn(
    verb: str,
    assignment: Assignment,
    procedure: Procedure,
    right_road: str,
    procedure_due: date,
    by: By,
    at: datetime,
    **fields: Any,
) -> Assignment:
    assignment = road.hold_assignment(assignment)
    step = road.enter(verb, assignment, by=by, at=at)
    if procedure not in STATUTORY:
        raise Refused(
            "请选择诉讼等政法程序、仲裁、党内申诉、行政程序或者依法履职；其余按信访程序办理。",
            field="procedure",
            article="条例 三十一",
        )
    if procedure_due <= promises.local_day(at):
        raise Refused("法定期限的最后一日要晚于今天。", field="procedure_due", article="条例 三十一")
    if procedure == Procedure.JUDICIAL:
        _mark_judicial(assignment.petition)
    remark = _remark(
        step, right_road, Refused("请写明向哪个机关、循哪条途径处理。", field="right_road", article=ARTICLE)
    )
    road.stop_clocks(step)
    road.start_clocks(step, stated={Clock.D13: procedure_due})
    dates = {"handling_due": None, "procedure_due": procedure_due, "due_on": procedure_due}
    road.advance(step, turned_at=at, procedure=procedure, **dates, **fields)
    road.issue(step, issuer_of(assignment), procedure_notice=lambda: _notice(assignment, right_road))
    road.leave(step, rows=[remark], procedure=procedure)
    return assignment


def _mark_judicial(petition: Petition) -> None:
    """涉法涉诉: outside timeliness and satisfaction (S20)."""
    petition.is_judicial = True
    written.update(petition, ["is_judicial"])


def _remark(step: road.Step, text: str, missing: Refused) -> Remark:
    if not text.strip():
        raise missing
    return fitting.add(Remark, petition=step.petition, act=step.verb, text=text, made_at=step.at)


def _notice(assignment: Assignment, right_road: str) -> dict[str, Any]:
    petition, procedure = assignment.petition, Procedure(assignment.procedure)
    return {
        "to": names_on_letters(petition),
        "number": petition.number,
        "matters": matters_on(petition, [demand.text for demand in petition.demands.order_by("n")]),
        "procedure": str(procedure.label),
        "road": right_road,
        "due": f"{assignment.procedure_due}（依照该程序的法律规定，不适用信访事项六十日的办理期限）",
        "basis": f"《信访工作条例》第三十一条第（{'一二三四五'[STATUTORY.index(procedure)]}）项",
        "telephone": telephone_on(assignment.petition, assignment.unit.telephone),
    }


@act
def procedure_taken(assignment: Assignment, *, proof: str, by: By, at: datetime) -> Ending:
    """法定程序已启动: that procedure has the matter; the work is done and the petition closes, its notice being the end (C7)."""
    assignment = road.hold_assignment(assignment)
    step = road.enter("assignment.procedure_taken", assignment, by=by, at=at)
    if not proof.strip():
        raise Refused("请写明立案、受理或者处理的文书名称、文号和日期。", field="proof", article="条例 三十一")
    petition = assignment.petition
    ending = fitting.add(
        Ending,
        petition=petition,
        act=step.verb,
        ground=assignment.procedure,
        text=proof,
        road=_told(petition),
        ended_at=at,
    )
    road.stop_clocks(step)
    road.start_clocks(step)
    road.advance(step, done_at=at, due_on=None)
    road.leave(step, rows=[ending], procedure=assignment.procedure)
    end_with_the_lead(petition, is_answered=True, at=at)
    close(petition, by=ROAD, at=at)
    return ending


def _told(petition: Petition) -> str:
    """The road that the notice named."""
    verbs = ("assignment.accept_procedure", "assignment.route_to_procedure")
    remark = petition.remarks.filter(act__in=verbs).order_by("-id").first()
    return remark.text if remark else ""
