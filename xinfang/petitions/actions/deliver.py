"""送达: an opinion reaches the petitioner, and the work on 转送 and 自办 is done."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone

from xinfang.deadlines.terms import Clock
from xinfang.organizations.models import Unit
from xinfang.petitions import fitting, road, service_proof
from xinfang.petitions.actions.close import close
from xinfang.petitions.codes import AssignmentKind, DeliveryMode
from xinfang.petitions.latest import latest_draft
from xinfang.petitions.models import Assignment, Delivery, Evidence
from xinfang.petitions.policies import By
from xinfang.petitions.road import ROAD
from xinfang.petitions.service_proof import Proof
from xinfang.trace.acts import Hand, act


@act
def deliver(
    assignment: Assignment,
    *,
    mode: DeliveryMode,
    delivered_on: date,
    proof: str,
    by: By,
    at: datetime,
    witnesses: Sequence[str] = (),
    consented_on: date | None = None,
    announced_on: date | None = None,
    carried_by: Unit | None = None,
    scan: Evidence | None = None,
) -> Delivery:
    """送达: the petitioner has it in hand, with the proof that its mode asks for; his thirty days for review begin (条例 三十五).

    What nobody can be handed, because nobody signed the petition, is kept on file, and no window opens (S11).
    """
    assignment = road.hold_assignment(assignment)
    step = road.enter("assignment.deliver", assignment, by=by, at=at)
    days = {"consented_on": consented_on, "announced_on": announced_on}
    proved = Proof.of(mode, delivered_on, proof, witnesses, **days)
    assert assignment.opinion_at is not None
    issued_on, today = timezone.localdate(assignment.opinion_at), timezone.localdate(at)
    service_proof.refuse(proved, issued_on=issued_on, today=today, is_anonymous=assignment.petition.is_anonymous)
    beside = service_proof.beside(assignment.petition, assignment.unit_id, carried_by=carried_by, scan=scan)
    opinion = latest_draft(assignment)
    assert opinion is not None
    delivery = fitting.add(Delivery, assignment=assignment, opinion=opinion, **proved.kept(), **beside)
    road.stop_clocks(step)
    if mode != DeliveryMode.FILED:
        road.start_clocks(step, on={Clock.D9: delivered_on})
    road.advance(step, delivered_at=at, due_on=assignment.feedback_due or assignment.due_on)
    road.leave(step, rows=[delivery], mode=mode)
    if assignment.kind != AssignmentKind.ASSIGN:
        finish(assignment, by=ROAD, at=at)
    return delivery


@act
def finish(assignment: Assignment, *, by: Hand, at: datetime) -> Assignment:
    """A 转送 or 自办 is done once the opinion is delivered; the petition closes with it."""
    step = road.enter("assignment.finish", assignment, by=by, at=at)
    road.advance(step, done_at=at, due_on=None)
    road.leave(step)
    close(assignment.petition, by=by, at=at)
    return assignment
