"""签收, 受理告知, 承办 and the work log."""

from datetime import datetime

from xinfang.deadlines import promises
from xinfang.deadlines.terms import Clock
from xinfang.foundation.errors import Refused
from xinfang.organizations import policies as organizations
from xinfang.organizations.models import Officer
from xinfang.petitions import fitting, policies, road
from xinfang.petitions.codes import NoteKind, Procedure
from xinfang.petitions.giving import handling_from
from xinfang.petitions.letters import issuer_of, receipt_notice
from xinfang.petitions.models import Assignment, WorkNote
from xinfang.petitions.policies import By
from xinfang.trace.acts import act


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

    The sixty days run from acceptance, at the latest from the last day of notice (条例 二十三、三十四); where they run
    already (推定受理) they are not started again.
    """
    assignment = road.hold_assignment(assignment)
    step = road.enter("assignment.accept", assignment, by=by, at=at)
    if handler:
        policies.refuse_stranger(assignment, handler)
    road.stop_clocks(step)
    due = handling_from(step, min(promises.local_day(at), assignment.notice_due)).due_on
    mine = handler or (by if isinstance(by, Officer) else None)
    ordinary = Procedure.PETITION_PROCEDURE
    road.advance(step, accepted_at=at, handling_due=due, due_on=due, handler=mine, procedure=ordinary)
    road.issue(step, issuer_of(assignment), receipt_notice=lambda: receipt_notice(assignment))
    road.leave(step)
    return assignment


@act
def presume_accepted(assignment: Assignment, *, by: By, at: datetime) -> Assignment:
    """推定受理: a unit that has told nobody anything cannot hide; the sixty days run from the last day of notice.

    Its state stays: it has still to sign, to accept and to tell.
    """
    assignment = road.hold_assignment(assignment)
    step = road.enter("assignment.presume_accepted", assignment, by=by, at=at)
    road.start_clocks(step, on={Clock.D5: assignment.notice_due})
    road.advance(step, handling_due=step.promises[Clock.D5].due_on)
    road.leave(step)
    return assignment


@act
def pass_on(assignment: Assignment, *, to: Officer, by: By, at: datetime) -> Assignment:
    """转交同事: another officer of the same unit goes on with it. No date moves."""
    assignment = road.hold_assignment(assignment)
    step = road.enter("assignment.pass_on", assignment, by=by, at=at)
    if not organizations.holds(to, policies.WORKERS, unit_id=assignment.unit_id):
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
