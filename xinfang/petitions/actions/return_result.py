"""退回重办 and 重新承办: the result of a 交办 was not sound (条例 二十二、四十)."""

from datetime import datetime
from typing import Any

from xinfang.deadlines import promises
from xinfang.deadlines.terms import Clock
from xinfang.foundation.errors import Refused
from xinfang.petitions import fitting, road
from xinfang.petitions.models import Assignment, CheckResult, Petition
from xinfang.petitions.policies import By
from xinfang.trace.acts import act


@act
def return_result(assignment: Assignment, *, note: str, by: By, at: datetime) -> CheckResult:
    """退回重办: what was sent back was never kept, so handling and feedback run on to the days they always had (S24).

    The petitioner's window on the opinion ends with it: the new one opens its own.
    """
    assignment = road.hold_assignment(assignment)
    step = road.enter("assignment.return_result", assignment, by=by, at=at)
    if not note.strip():
        raise Refused("请逐条写明退回的理由。", field="note", article="条例 二十二")
    row = fitting.add(CheckResult, assignment=assignment, is_passed=False, note=note, checked_at=at)
    road.stop_clocks(step)
    resumed = promises.resume([Clock.D5, Clock.D7], subject="assignment", subject_id=assignment.pk)
    step.promises |= {Clock(promise.clock): promise for promise in resumed}
    road.advance(step, turned_at=at, due_on=assignment.handling_due)
    Petition.objects.filter(pk=assignment.petition_id).update(due_on=None)
    road.issue(step, assignment.petition.organ, check_return_notice=lambda: _notice(assignment, row))
    road.leave(step, rows=[row])
    return row


def _notice(assignment: Assignment, row: CheckResult) -> dict[str, Any]:
    return {
        "to": assignment.unit.name,
        "number": assignment.petition.number,
        "reasons": row.note,
        "due": f"{assignment.handling_due}（不重新计算）",
        "feedback_due": f"{assignment.feedback_due}（不重新计算）",
        "basis": "《信访工作条例》第二十二条",
    }


@act
def handle_again(assignment: Assignment, *, by: By, at: datetime) -> Assignment:
    """重新承办: a new opinion is to be drafted, issued, delivered and reported; the earlier ones stay as rows."""
    assignment = road.hold_assignment(assignment)
    step = road.enter("assignment.handle_again", assignment, by=by, at=at)
    road.advance(step, turned_at=at, opinion_at=None, delivered_at=None, reported_at=None)
    road.leave(step)
    return assignment
