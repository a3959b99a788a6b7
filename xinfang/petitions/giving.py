"""A unit gets the work: the end of 转送, 交办, 自办, 改派 and 重新办理 alike."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError

from xinfang.deadlines import promises
from xinfang.deadlines.models import Promise
from xinfang.deadlines.queries import of
from xinfang.deadlines.terms import Clock
from xinfang.foundation import written
from xinfang.foundation.errors import Refused
from xinfang.foundation.prepared import Prepared
from xinfang.organizations.models import Unit, UnitKind
from xinfang.petitions import road
from xinfang.petitions.came_directly import basis_of_giving
from xinfang.petitions.codes import AssignmentKind, AssignmentRole
from xinfang.petitions.latest import latest_lead, latest_proposal
from xinfang.petitions.letters import contact_on, names_on_letters, telephone_on, unit_on
from xinfang.petitions.lifecycle import ENDED_ASSIGNMENT, MOVES, AssignmentStatus
from xinfang.petitions.models import Assignment, Evidence, Petition
from xinfang.petitions.obstacles.whose_matter import not_this_unit
from xinfang.petitions.policies import refuse_kept_away
from xinfang.trace.acts import Traced

MAY_LEAD = frozenset(set(UnitKind) - {UnitKind.JUDICIAL, UnitKind.DISCIPLINE, UnitKind.VILLAGE})

_OPEN_LEAD = Prepared(
    lambda matter: Assignment.objects.filter(matter_id=matter, role=AssignmentRole.LEAD).exclude(
        status__in=ENDED_ASSIGNMENT
    )[:1]
)


class _AlreadyLed(Refused):
    """A matter has one open lead (C1)."""

    def __init__(self) -> None:
        super().__init__("同一事项已有主办单位正在办理，不能再交。", article="条例 十九")


def give(
    step: road.Step,
    unit: Unit,
    kind: AssignmentKind,
    *,
    procedure: str,
    requirement: str = "",
    feedback_due: date | None = None,
    rows: Iterable[Traced] = (),
    fields: Mapping[str, Any] = {},
    **facts: Any,
) -> Assignment:
    """The unit gets the work with clocks of its own."""
    petition = step.petition
    refuse_kept_away(petition, unit, field="unit")
    if step.verb != "petition.reopen" and (why := not_this_unit(petition, unit, kind)):
        raise Refused(why, field="unit", article="条例 二十四")
    assignment = _drawn(petition, unit, kind, procedure, requirement, step.at)
    _promise(step, assignment, feedback_due)
    try:
        written.add(assignment)
    except IntegrityError:  # another petition on the matter was given at the same moment
        raise _AlreadyLed from None
    road.stop_clocks(step)
    road.advance(step, dispatched_at=step.at, due_on=None, **fields)
    letter = "assignment_letter" if kind == AssignmentKind.ASSIGN else "transfer_letter"
    names = names_on_letters(petition)
    writers = {} if kind == AssignmentKind.SELF else {letter: lambda: _letter(petition, assignment, step, names)}
    road.issue(step, petition.organ, routing_notice=lambda: _notice(petition, assignment, names), **writers)
    road.leave(step, rows=[assignment, *rows], unit=unit.pk, assignment_kind=kind, **facts)
    return assignment


def _drawn(
    petition: Petition, unit: Unit, kind: AssignmentKind, procedure: str, requirement: str, at: datetime
) -> Assignment:
    assert petition.matter_id is not None
    if _OPEN_LEAD.all(petition.matter_id):
        raise _AlreadyLed
    if unit.kind not in MAY_LEAD:
        raise Refused("%(unit)s不能作为主办单位。", field="unit", unit=unit.name)
    if not unit.is_open_on(promises.local_day(at)):
        raise Refused("%(unit)s已撤销，不能再交给它办理。", field="lead_unit", unit=unit.name)
    return Assignment(
        petition=petition,
        matter_id=petition.matter_id,
        kind=kind,
        unit=unit,
        procedure=procedure,
        requirement=requirement,
        status=AssignmentStatus.AWAITING_SIGN,
        received_at=at,
    )


def _promise(step: road.Step, assignment: Assignment, feedback_due: date | None) -> None:
    """D3, D4 and, for a 交办, D7. Until the unit accepts, handling counts from the last day of notice (推定受理).

    What an organ handles itself reached it with the petition, and it tells within fifteen days of that (条例 二十三).
    """
    is_own = step.verb == "petition.self_handle"
    started = promises.local_day(step.petition.received_at if is_own else step.at)
    notice = promises.due(Clock.D4, started).strict
    begun = min(day, notice) if (day := _begun(step)) else None
    handling = promises.due(Clock.D5, begun or notice).strict
    soonest = started + timedelta(days=1)
    latest = max(handling, soonest)
    if instructed := _instructed(step.petition, assignment, started):
        feedback_due = min(instructed, feedback_due or latest, latest)
    if feedback_due and feedback_due < soonest:
        raise Refused("反馈期限必须晚于今天。", field="feedback_due")
    if feedback_due and feedback_due > latest:
        raise Refused(
            "反馈期限不得晚于法定办理期限的最后一日%(day)s。", field="feedback_due", article="条例 三十四", day=handling
        )
    assignment.notice_due = assignment.due_on = notice
    assignment.handling_due = handling
    stated = {Clock.D7: feedback_due or latest}
    clocks, on = _clocks(step, assignment), {Clock.D4: started}
    if begun:
        clocks, on = [*clocks, Clock.D5], on | {Clock.D5: begun}
    road.start_clocks(step, *clocks, on=on, stated=stated, of=assignment)
    if feedback := step.promises.get(Clock.D7):
        assignment.feedback_due = feedback.due_on


def _begun(step: road.Step) -> date | None:
    """The sixty days of what a unit had accepted, or was presumed to have, run on under the next (条例 三十四)."""
    last = latest_lead(step.petition) if step.petition.taken_back_at and step.verb != "petition.reopen" else None
    if last is None:
        return None
    began = of("assignment", last.pk).filter(clock=Clock.D5).order_by("id").first()
    if began:
        return began.started_on
    return promises.local_day(last.accepted_at) if last.accepted_at else None


def handling_from(step: road.Step, started: date) -> Promise:
    """The sixty days. They run already where the last day of notice has passed, or another unit had begun."""
    may_run = step.petition.taken_back_at or promises.local_day(step.at) > step.subject.notice_due
    known = list(of("assignment", step.subject.pk).filter(clock=Clock.D5).order_by("id")) if may_run else []
    if running := next((one for one in known if one.stopped_at is None), None):
        step.promises[Clock.D5] = running
    else:  # what stood still while it was handled the simple way goes on from where another unit had begun
        road.start_clocks(step, on={Clock.D5: min([started, *(one.started_on for one in known)])})
    return step.promises[Clock.D5]


def _instructed(petition: Petition, assignment: Assignment, today: date) -> date | None:
    """The earliest day that a leader named for a 交办, of those still to come."""
    if not petition.is_instructed or assignment.kind != AssignmentKind.ASSIGN:
        return None
    days = petition.instructions.filter(due_on__gt=today).values_list("due_on", flat=True)
    return min((day for day in days if day), default=None)


_ONLY_WHEN = {Clock.D3: (AssignmentKind.TRANSFER, AssignmentKind.ASSIGN), Clock.D7: (AssignmentKind.ASSIGN,)}


def _clocks(step: road.Step, assignment: Assignment) -> list[Clock]:
    """Who handles a matter himself objects to nobody; only a 交办 reports back."""
    starts = MOVES[step.verb].starts
    return [clock for clock in starts if assignment.kind in _ONLY_WHEN.get(clock, AssignmentKind)]


def _letter(petition: Petition, assignment: Assignment, step: road.Step, names: str) -> dict[str, Any]:
    return {
        "to": assignment.unit.name,
        "number": petition.number,
        "people": contact_on(petition, names),
        "title": petition.title,
        "summary": petition.summary or petition.title,
        "attachments": _attachments(petition),
        "basis": basis_of_giving(petition, step.hand),
        "request": "\n".join(_requested(petition, assignment)),
        "objection_due": step.promises[Clock.D3].due_on.isoformat(),
        "notice_due": assignment.notice_due.isoformat(),
        "feedback_due": assignment.feedback_due.isoformat() if assignment.feedback_due else "",
    }


# Whole rows, of which there are a few: worked out once they cost less than to be counted.
_HANDED_IN = Prepared(lambda petition: Evidence.objects.filter(petition=petition, note__isnull=True))


def _attachments(petition: Petition) -> str:
    """How many, not how they are called: a file is named by who handed it in, after himself or his identity card."""
    count = len(_HANDED_IN.all(petition.pk))
    return f"信访材料{count}份，在信访信息系统中查看。" if count else "无。"


def _requested(petition: Petition, assignment: Assignment) -> list[str]:
    """A paragraph each: what is asked of the unit, who helps it, what leaders wrote."""
    asked = assignment.requirement or "请依法按程序办理并答复信访人。"
    return [asked, *_helpers(petition, assignment.unit), *_instructions(petition)]


def _helpers(petition: Petition, lead: Unit) -> list[str]:
    """The units that were proposed to help, each of which has its own letter."""
    proposal = latest_proposal(petition) if petition.has_co_handlers else None
    names = [unit.name for unit in proposal.co_units.order_by("pk") if unit != lead] if proposal else []
    return [f"主办单位：{lead.name}。协办单位：{'、'.join(names)}。"] if names else []


def _instructions(petition: Petition) -> list[str]:
    """交办 of a matter that leaders wrote on carries their words."""
    if not petition.is_instructed:
        return []
    said = petition.instructions.select_related("leader").order_by("id")
    return [f"领导批示（{one.leader.name}）：{one.text}" for one in said]


def _notice(petition: Petition, assignment: Assignment, names: str) -> dict[str, Any]:
    return {
        "to": names,
        "number": petition.number,
        "unit": unit_on(petition, assignment.unit.name),
        "telephone": telephone_on(petition, assignment.unit.telephone),
        "next": f"承办单位将在 {assignment.notice_due} 前书面告知接收情况、处理途径和程序。",
    }
