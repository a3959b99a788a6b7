"""签收, 受理告知, 承办 and the work log."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from xinfang.deadlines import promises
from xinfang.deadlines.terms import Clock
from xinfang.foundation.errors import Refused
from xinfang.organizations import policies as organizations
from xinfang.organizations.models import Duty, Officer
from xinfang.petitions import fitting, road
from xinfang.petitions.codes import NoteKind
from xinfang.petitions.letters import names_on_letters
from xinfang.petitions.models import Assignment, WorkNote
from xinfang.petitions.policies import By
from xinfang.trace.acts import act

WORKERS = frozenset({Duty.CASE_HANDLER, Duty.UNIT_HEAD, Duty.DISPATCHER, Duty.BUREAU_HEAD})


@act
def sign_for(assignment: Assignment, *, by: By, at: datetime) -> Assignment:
    """签收: the unit confirms it has the work. No date moves."""
    assignment = road.hold_assignment(assignment)
    step = road.enter("assignment.sign_for", assignment, by=by, at=at)
    road.advance(step, signed_at=at)
    road.leave(step)
    return assignment


@act
def accept(assignment: Assignment, *, by: By, at: datetime, handler: Officer | None = None) -> Assignment:
    """受理告知: take the matter on and tell the petitioner in writing.

    The sixty days run from acceptance, at the latest from the last day of notice (条例 二十三、三十四).
    """
    assignment = road.hold_assignment(assignment)
    step = road.enter("assignment.accept", assignment, by=by, at=at)
    if handler:
        _refuse_stranger(assignment, handler)
    road.stop_clocks(step)
    road.start_clocks(step, on={Clock.D5: min(promises.local_day(at), assignment.notice_due)})
    due = step.promises[Clock.D5].due_on
    road.advance(
        step, accepted_at=at, handling_due=due, due_on=due, handler=handler or (by if isinstance(by, Officer) else None)
    )
    papers = road.issue(step, assignment.unit, receipt_notice=lambda: _notice(assignment))
    road.leave(step, issued=papers)
    return assignment


def _refuse_stranger(assignment: Assignment, handler: Officer) -> None:
    if not organizations.holds(handler, WORKERS, unit_id=assignment.unit_id):
        raise Refused("承办人须是本单位在岗的承办人或负责人。", field="handler")


def _notice(assignment: Assignment) -> dict[str, Any]:
    petition = assignment.petition
    return {
        "to": names_on_letters(petition),
        "number": petition.number,
        "received": f"{timezone.localdate(assignment.received_at)} 由信访部门{assignment.get_kind_display()}",
        "matters": [f"{demand.n}. {demand.text}" for demand in petition.demands.order_by("n")],
        "procedure": assignment.get_procedure_display(),
        "basis": "《信访工作条例》第二十三条",
        "due": assignment.handling_due.isoformat() if assignment.handling_due else "",
        "telephone": assignment.unit.telephone or "见公布的信访电话",
    }


@act
def pass_on(assignment: Assignment, *, to: Officer, by: By, at: datetime) -> Assignment:
    """转交同事: another officer of the same unit goes on with it. No date moves."""
    assignment = road.hold_assignment(assignment)
    step = road.enter("assignment.pass_on", assignment, by=by, at=at)
    if not organizations.holds(to, WORKERS, unit_id=assignment.unit_id):
        raise Refused("只能转交本单位在岗的承办人或负责人。", field="to")
    if to.pk == assignment.handler_id:
        raise Refused("该件已由%(name)s承办。", field="to", name=to.name)
    before = assignment.handler_id
    road.advance(step, handler=to)
    road.leave(step, from_officer=before, to_officer=to.pk)
    return assignment


@act
def handle(assignment: Assignment, *, text: str, by: Officer, at: datetime) -> WorkNote:
    """承办: begin, with the contact with the petitioner on record."""
    assignment = road.hold_assignment(assignment)
    step = road.enter("assignment.handle", assignment, by=by, at=at)
    note = _note(assignment, NoteKind.CONTACT, text, at, by)
    road.advance(step, contacted_at=at)
    road.leave(step, rows=[note])
    return note


@act
def log_work(
    assignment: Assignment,
    *,
    kind: NoteKind,
    text: str,
    happened_at: datetime,
    place: str = "",
    by: Officer,
    at: datetime,
) -> WorkNote:
    """办理记录: what was done for the matter and where, added as it happens."""
    assignment = road.hold_assignment(assignment)
    step = road.enter("assignment.log_work", assignment, by=by, at=at)
    if happened_at > at:
        raise Refused("办理时间不能晚于现在。", field="happened_at")
    note = _note(assignment, kind, text, happened_at, by, place=place)
    road.leave(step, rows=[note], note=kind)
    return note


def _note(
    assignment: Assignment, kind: NoteKind, text: str, happened_at: datetime, by: Officer, *, place: str = ""
) -> WorkNote:
    if not text.strip():
        raise Refused("请写明办理情况。", field="text")
    return fitting.add(
        WorkNote, assignment=assignment, kind=kind, text=text, place=place, happened_at=happened_at, written_by=by
    )
