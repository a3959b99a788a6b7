"""Who may schedule: the bureau for the county, a street's head for his own street."""

from xinfang.foundation.errors import Refused
from xinfang.meetings.models import ReceptionDay
from xinfang.organizations.models import Duty, Officer, Post, Seat, Unit, UnitKind
from xinfang.trace.acts import Hand

OF_THE_BUREAU = frozenset({Duty.BUREAU_HEAD, Duty.REGISTRAR})
# 领导干部: who receives. Everyone else works at a window.
LEADERS = frozenset({Duty.LEADER, Duty.UNIT_HEAD, Duty.BUREAU_HEAD})
# 接待: who receives a visit.
RECEIVERS = frozenset({Duty.REGISTRAR, Duty.DISPATCHER, Duty.BUREAU_HEAD, Duty.UNIT_HEAD, Duty.CASE_HANDLER})


def schedules_for_the_county(officer: Officer) -> Seat | None:
    """His seat in the bureau, if it schedules."""
    return next((one for one in officer.seats if _is_bureaus(one)), None)


def own_streets(officer: Officer) -> list[int]:
    """The streets he heads."""
    return [one.unit_id for one in officer.seats if one.duty == Duty.UNIT_HEAD and one.unit_kind == UnitKind.STREET]


def may_schedule(officer: Officer) -> bool:
    return schedules_for_the_county(officer) is not None or bool(own_streets(officer))


def may_withdraw(officer: Officer, leader: Post) -> bool:
    return schedules_for_the_county(officer) is not None or leader.unit_id in own_streets(officer)


def scheduler_of(leader: Post, unit: Unit, by: Officer | Hand) -> Hand:
    """The hand that may put this leader's day into this unit, or a refusal."""
    if isinstance(by, Hand):
        if by.kind == "system":
            return by
        raise Refused("领导接访由工作人员安排。")
    if seat := schedules_for_the_county(by):
        return by.hand(seat)
    for seat in by.seats:
        if seat.unit_id in own_streets(by) and seat.unit_id == leader.unit_id == unit.pk:
            return by.hand(seat)
    raise Refused(
        "领导接访由信访局局长、登记接访员安排；街道负责人只能安排本街道的接访。", article="《信访工作条例》第十八条"
    )


def _is_bureaus(seat: Seat) -> bool:
    return seat.unit_kind == UnitKind.BUREAU and seat.duty in OF_THE_BUREAU


def receiver_seat(officer: Officer, reception: ReceptionDay) -> Seat:
    """Who books, calls in and cancels at the desk: whoever receives visits where the leader sits."""
    for seat in officer.seats:
        if seat.duty in RECEIVERS and seat.unit_id == reception.unit_id:
            return seat
    raise Refused("预约由接访单位的登记接访、拟办等岗位办理。")


def receives(officer: Officer, reception: ReceptionDay) -> bool:
    return any(seat.duty in RECEIVERS and seat.unit_id == reception.unit_id for seat in officer.seats)
