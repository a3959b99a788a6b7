"""重新办理."""

from datetime import date, datetime

from xinfang.foundation.errors import Refused
from xinfang.organizations.models import Officer, Unit
from xinfang.petitions import after, fitting, road
from xinfang.petitions.codes import AssignmentKind, EvaluationStatus, Procedure, ReopenGround
from xinfang.petitions.giving import give
from xinfang.petitions.models import Assignment, Petition, Remark
from xinfang.petitions.policies import By
from xinfang.trace.acts import act


@act
def reopen(
    petition: Petition,
    *,
    ground: ReopenGround,
    unit: Unit,
    reason: str,
    by: By,
    at: datetime,
    feedback_due: date | None = None,
) -> Assignment:
    """重新办理: closed falsely, set aside on review, new facts, or withdrawn under pressure (P15).

    A 交办 with clocks of its own; the dates of the first handling stay where they are.
    """
    petition = road.hold_petition(petition)
    step = road.enter("petition.reopen", petition, by=by, at=at)
    if not reason.strip():
        raise Refused("请写明重新办理的理由和要求。", field="reason")
    _refuse_ground(petition, ground, by)
    after.end_by_reopening(petition, reason, at=at)
    remark = fitting.add(Remark, petition=petition, act=step.verb, text=reason, made_at=at)
    procedure = petition.procedure or Procedure.PETITION_PROCEDURE
    anew = {"closed_at": None, "resolved_at": None, "ended_at": None, "evaluation_status": EvaluationStatus.UNOPENED}
    return give(
        step,
        unit,
        AssignmentKind.ASSIGN,
        procedure=procedure,
        requirement=reason,
        feedback_due=feedback_due,
        rows=[remark],
        fields=anew,
        ground=ground,
    )


def _refuse_ground(petition: Petition, ground: ReopenGround, by: By) -> None:
    if ground == ReopenGround.REVIEW_DECISION and isinstance(by, Officer):
        raise Refused("复查、复核撤销原意见的，请在该复查、复核里办理“责令重新办理”。", field="ground")
    is_withdrawn = petition.ended_at is not None
    if (ground == ReopenGround.FORCED_WITHDRAWAL) != is_withdrawn:
        raise Refused("撤回的件只能以撤回非本意为由恢复，办结的件不用这一理由。", field="ground")
