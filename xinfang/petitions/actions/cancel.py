"""取消承办."""

from datetime import datetime

from xinfang.foundation.errors import Refused
from xinfang.petitions import fitting, road
from xinfang.petitions.actions.hearing import drop_hearing
from xinfang.petitions.actions.objection import take_back
from xinfang.petitions.codes import AssignmentRole
from xinfang.petitions.helping import end_with_the_lead
from xinfang.petitions.letters import NO_LONGER_HANDLED
from xinfang.petitions.lifecycle import ENDED_HEARING, PetitionStatus
from xinfang.petitions.models import Assignment, Hearing, Remark
from xinfang.petitions.policies import By
from xinfang.petitions.road import ROAD
from xinfang.trace.acts import act

GIVEN = frozenset({PetitionStatus.DISPATCHED, PetitionStatus.SELF_HANDLING})


@act
def cancel(assignment: Assignment, *, reason: str, by: By, at: datetime) -> Assignment:
    """取消承办: the work ends here, what was done stays (A17). A lead's petition comes back to the bureau,

    unless the road itself cancels because the petition ends.
    """
    assignment = road.hold_assignment(assignment)
    step = road.enter("assignment.cancel", assignment, by=by, at=at)
    if not reason.strip():
        raise Refused("请写明取消的理由。", field="reason")
    remark = fitting.add(Remark, petition=assignment.petition, act=step.verb, text=reason, made_at=at)
    road.stop_clocks(step)
    road.advance(step, done_at=at, due_on=None)
    road.leave(step, rows=[remark])
    _end_its_hearing(assignment, at)
    if by is not ROAD and _is_led_by(assignment):
        take_back(assignment.petition, told_by=assignment.notice_due, by=ROAD, at=at)
    elif by is not ROAD and assignment.role == AssignmentRole.LEAD:
        end_with_the_lead(assignment.petition, is_answered=False, at=at)
    return assignment


def _end_its_hearing(assignment: Assignment, at: datetime) -> None:
    """Whoever handles it next hears for himself."""
    if not assignment.petition.has_hearings:
        return
    for hearing in Hearing.objects.filter(assignment=assignment).exclude(status__in=ENDED_HEARING):
        drop_hearing(hearing, reason=NO_LONGER_HANDLED, by=ROAD, at=at)


def _is_led_by(assignment: Assignment) -> bool:
    is_lead = assignment.role == AssignmentRole.LEAD
    return is_lead and assignment.petition.status in GIVEN
