"""Who writes, who approves: the bureau's registrar and dispatcher write and release, its head approves, never his own."""

from xinfang.foundation.errors import Refused
from xinfang.organizations.models import Duty, Officer, Seat, UnitKind
from xinfang.petitions.errors import NotYourMove
from xinfang.trace.acts import Hand

EDITORS = frozenset({Duty.REGISTRAR, Duty.DISPATCHER})
APPROVERS = frozenset({Duty.BUREAU_HEAD})


def _seat(officer: Officer, duties: frozenset[Duty]) -> Seat | None:
    seats = (seat for seat in officer.seats if seat.unit_kind == UnitKind.BUREAU and seat.duty in duties)
    return next(seats, None)


def edits(officer: Officer) -> bool:
    return _seat(officer, EDITORS) is not None


def approves(officer: Officer) -> bool:
    return _seat(officer, APPROVERS) is not None


def editor(by: Officer | Hand) -> Hand:
    """A system's hand writes what a county's files bring."""
    if isinstance(by, Hand):
        return by
    if seat := _seat(by, EDITORS):
        return by.hand(seat)
    raise NotYourMove("稿件由信访局登记员、拟办员起草和发布。")


def approver(by: Officer) -> Hand:
    if seat := _seat(by, APPROVERS):
        return by.hand(seat)
    raise NotYourMove("稿件由信访局局长审核。")


def withdrawer(by: Officer) -> Hand:
    """Taking down is quick: whoever writes and whoever approves."""
    try:
        return editor(by)
    except Refused:
        return approver(by)
