"""更正起算日."""

from datetime import date, datetime

from xinfang.deadlines import shifts
from xinfang.deadlines.models import Promise, Shift
from xinfang.deadlines.terms import Clock
from xinfang.foundation.errors import Refused
from xinfang.organizations.models import Officer
from xinfang.organizations.policies import seat_of
from xinfang.petitions import came_directly, fitting, policies, road
from xinfang.petitions.letters import START_WAS_WRONG
from xinfang.petitions.models import Petition, Remark
from xinfang.trace.acts import act


@act
def correct_start(
    petition: Petition, *, promise: Promise, on: date, proof: str, reason: str, by: Officer, at: datetime
) -> Shift:
    """更正起算日: the paper came on another day than was entered, and the proof shows it; the length stays the law's."""
    petition = road.hold_petition(petition)
    hand = by.hand(seat_of(by, policies.HEADS, unit_id=petition.organ_id))
    road.refuse_sealed(petition, by)
    _refuse(petition, promise, reason)
    approver = shifts.Approver.of(hand)
    given = petition.assignments.filter(pk=promise.subject_id) if promise.clock == Clock.D4 else ()
    [promise] = came_directly.marked([promise], petition, list(given))
    shift = shifts.correct_start(promise, on=on, proof=proof, ground=START_WAS_WRONG, by=approver, at=at)
    remark = fitting.add(Remark, petition=petition, act="petition.correct_start", text=reason, made_at=at)
    road.note(
        "petition.correct_start",
        petition,
        by=hand,
        at=at,
        rows=[shift, remark],
        clock=promise.clock,
        due={promise.clock: shift.due_after},
    )
    return shift


def _refuse(petition: Petition, promise: Promise, reason: str) -> None:
    if promise.clock not in policies.CORRECTED_STARTS:
        raise Refused("收到信访件的日期不能更正；只有送达、收到文书的日期可以凭证据更正。", field="on")
    ours = petition.assignments.values_list("pk", flat=True)
    is_ours = promise.subject_id in ours if promise.subject == "assignment" else promise.subject_id == petition.pk
    if not is_ours:
        raise Refused("这一期限不属于该件。")
    if not reason.strip():
        raise Refused("请写明原来为什么记错。", field="reason")
