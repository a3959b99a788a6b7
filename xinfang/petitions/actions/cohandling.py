"""协办: other units help the lead with what lies in their power, and never write to the petitioner (条例 二十四)."""

from datetime import date, datetime, timedelta
from typing import Any

from xinfang.deadlines import promises
from xinfang.deadlines.terms import Clock
from xinfang.foundation.errors import Refused
from xinfang.organizations.models import Unit
from xinfang.petitions import fitting, road
from xinfang.petitions.codes import AssignmentRole
from xinfang.petitions.giving import MAY_LEAD
from xinfang.petitions.latest import latest_lead, open_co_handlers
from xinfang.petitions.lifecycle import AssignmentStatus
from xinfang.petitions.models import Assignment, CoOpinion, Petition
from xinfang.petitions.policies import By, is_kept_away
from xinfang.trace.acts import Hand, act

ARTICLE = "条例 二十四"


@act
def add_co_handler(petition: Petition, *, unit: Unit, requirement: str, by: By, at: datetime) -> Assignment:
    """增加协办: a second unit works for the lead; its opinion is due fifteen days before the lead's last day."""
    petition = road.hold_petition(petition)
    step = road.enter("petition.add_co_handler", petition, by=by, at=at)
    lead = latest_lead(petition)
    assert lead is not None
    if not requirement.strip():
        raise Refused("请写明请该单位协办什么。", field="requirement")
    _refuse_unit(petition, lead, unit, promises.local_day(at))
    work = _drawn(lead, unit, requirement, at)
    road.start_clocks(step, stated={Clock.CO: work.notice_due}, of=work)
    fitting.refuse(work)
    work.save(force_insert=True)
    road.advance(step, has_co_handlers=True)
    road.issue(step, petition.organ, co_letter=lambda: _letter(petition, lead, work))
    road.leave(step, rows=[work], co_unit=unit.pk)
    return work


def _drawn(lead: Assignment, unit: Unit, requirement: str, at: datetime) -> Assignment:
    due = _due_of(lead, promises.local_day(at))
    return Assignment(
        petition=lead.petition,
        matter_id=lead.matter_id,
        kind=lead.kind,
        role=AssignmentRole.CO,
        unit=unit,
        procedure=lead.procedure,
        requirement=requirement,
        status=AssignmentStatus.AWAITING_SIGN,
        received_at=at,
        notice_due=due,
        handling_due=due,
        due_on=due,
    )


def _due_of(lead: Assignment, today: date) -> date:
    """Never later than the lead's own last day, and never before it could be done at all.

    A lead that has yet to accept may accept today: its sixty days are counted from there, so that it never waits in vain.
    """
    handling = lead.handling_due or lead.notice_due
    if lead.accepted_at is None:
        handling = min(handling, promises.due(Clock.D5, today).strict)
    return min(max(promises.co_opinion_before(handling), today + timedelta(days=1)), max(handling, today))


def _letter(petition: Petition, lead: Assignment, work: Assignment) -> dict[str, Any]:
    return {
        "to": work.unit.name,
        "number": petition.number,
        "title": petition.title,
        "summary": petition.summary or petition.title,
        "lead": lead.unit.name,
        "request": work.requirement,
        "due": work.notice_due.isoformat(),
        "basis": "《信访工作条例》第二十四条",
    }


@act
def co_work(assignment: Assignment, *, by: By, at: datetime) -> Assignment:
    """开始协办."""
    assignment = road.hold_assignment(assignment)
    step = road.enter("assignment.co_work", assignment, by=by, at=at)
    road.advance(step)
    road.leave(step)
    return assignment


@act
def give_co_opinion(assignment: Assignment, *, text: str, by: By, at: datetime) -> CoOpinion:
    """提出协办意见: to the lead, by the head of the unit."""
    assignment = road.hold_assignment(assignment)
    step = road.enter("assignment.give_co_opinion", assignment, by=by, at=at)
    if not text.strip():
        raise Refused("请写明协办意见。", field="text", article=ARTICLE)
    opinion = fitting.add(CoOpinion, assignment=assignment, text=text, given_at=at)
    road.stop_clocks(step)
    road.advance(step, due_on=None)
    road.leave(step, rows=[opinion])
    return opinion


@act
def finish_co(assignment: Assignment, *, by: Hand, at: datetime) -> Assignment:
    """结束协办: what was given has been used; the lead has answered the petitioner."""
    return _end("assignment.finish_co", assignment, by=by, at=at)


@act
def drop_co(assignment: Assignment, *, by: Hand, at: datetime) -> Assignment:
    """撤销协办: nobody leads any more, or the lead has answered without waiting longer. What was done stays on record."""
    return _end("assignment.drop_co", assignment, by=by, at=at)


def _end(verb: str, assignment: Assignment, *, by: Hand, at: datetime) -> Assignment:
    assignment = road.hold_assignment(assignment)
    step = road.enter(verb, assignment, by=by, at=at)
    road.stop_clocks(step)
    road.advance(step, done_at=at, due_on=None)
    road.leave(step)
    return assignment


def _refuse_unit(petition: Petition, lead: Assignment, unit: Unit, today: date) -> None:
    if unit.kind not in MAY_LEAD or not unit.is_open_on(today):
        raise Refused("%(unit)s不能作为协办单位。", field="unit", unit=unit.name)
    if unit.pk == lead.unit_id or any(work.unit_id == unit.pk for work in open_co_handlers(petition)):
        raise Refused("%(unit)s已经在办理该件。", field="unit", unit=unit.name)
    if petition.is_sealed and is_kept_away(petition, unit.pk):
        raise Refused(
            "要求保密的件，被反映的单位不能协办；需要它提供情况的，请由信访局另行了解。",
            field="unit",
            article="条例 二十八",
        )
