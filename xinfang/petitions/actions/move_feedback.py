"""调整反馈期限: the assigner moves the day that a 交办 or a leader named for its result."""

from datetime import date, datetime

from xinfang.deadlines import promises, shifts
from xinfang.deadlines.queries import running_of
from xinfang.deadlines.shifts import Approver
from xinfang.deadlines.terms import Clock
from xinfang.foundation.errors import Refused
from xinfang.petitions import fitting, road
from xinfang.petitions.letters import BY_ITS_ASSIGNER
from xinfang.petitions.models import Assignment, Remark
from xinfang.petitions.policies import By
from xinfang.trace.acts import act

ARTICLE = "条例 二十二"


@act
def move_feedback(assignment: Assignment, *, day: date, reason: str, by: By, at: datetime) -> Assignment:
    """调整反馈期限: once, while it runs, and never past the last day of handling: that is the law's (C4)."""
    assignment = road.hold_assignment(assignment)
    step = road.enter("assignment.move_feedback", assignment, by=by, at=at)
    if not reason.strip():
        raise Refused("请写明调整的理由；领导指明日期的，写明怎样请示的。", field="reason", article=ARTICLE)
    assert assignment.feedback_due is not None
    _refuse_day(assignment, assignment.feedback_due, day)
    running = running_of("assignment", assignment.pk).get(clock=Clock.D7)
    days = (day - running.due_strict).days
    remark = fitting.add(Remark, petition=assignment.petition, act=step.verb, text=reason, made_at=at)
    shift = shifts.extend(
        running,
        days=days,
        ground=BY_ITS_ASSIGNER,
        by=Approver.of(step.hand),
        at=at,
        asked_on=promises.local_day(at),
    )
    step.promises[Clock.D7] = shift.promise
    worked_towards = {"due_on": day} if assignment.due_on == assignment.feedback_due else {}
    road.advance(step, turned_at=at, feedback_due=day, **worked_towards)
    road.leave(step, rows=[remark, shift], before=shift.due_before)
    return assignment


def _refuse_day(assignment: Assignment, before: date, day: date) -> None:
    if day <= before:
        raise Refused("新的反馈期限要晚于原来的 %(day)s。", field="day", day=before)
    last = assignment.handling_due or assignment.procedure_due
    if last and day > last:
        raise Refused("反馈期限不得晚于法定办理期限的最后一日 %(day)s。", field="day", article="条例 三十四", day=last)
