"""Who keeps a file: an archivist of the organ that registered, or its head; of an accusation its custodians."""

from datetime import date

from django.utils import timezone

from xinfang.foundation.errors import Refused
from xinfang.organizations.models import Duty, Officer, Seat, UnitKind
from xinfang.organizations.policies import seat_of
from xinfang.petitions.codes import Confidentiality
from xinfang.petitions.errors import NotYourMove
from xinfang.petitions.models import Petition
from xinfang.petitions.models.custodian import is_custodian
from xinfang.petitions.openings import moves
from xinfang.petitions.queries import visible_to
from xinfang.trace.acts import Hand

KEEPERS = frozenset({Duty.ARCHIVIST, Duty.UNIT_HEAD})
HEADS = frozenset({Duty.BUREAU_HEAD, Duty.UNIT_HEAD})
# Who comes into the room at all.
ROOM = KEEPERS | {Duty.BUREAU_HEAD, Duty.DISCIPLINE}


def comes_in(officer: Officer) -> bool:
    return any(seat.duty in ROOM for seat in officer.seats) or is_custodian(officer, timezone.localdate())


def keeper_of(petition: Petition, by: Officer) -> Hand:
    """His hand, or a refusal. A duty alone opens no compartment."""
    if not visible_to(by).filter(pk=petition.pk).exists():
        raise NotYourMove("您看不到这件信访件。")
    return by.hand(_keeping(petition, by))


def _keeping(petition: Petition, by: Officer) -> Seat:
    if petition.is_accusation:
        return _seat_in_the_compartment(by, timezone.localdate())
    return seat_of(by, KEEPERS, unit_id=petition.organ_id)


def keeps(officer: Officer, petition: Petition) -> bool:
    """The same question, for a page."""
    try:
        keeper_of(petition, officer)
    except Refused:
        return False
    return True


def _seat_in_the_compartment(by: Officer, day: date) -> Seat:
    for seat in by.seats:
        if seat.duty == Duty.DISCIPLINE and seat.unit_kind == UnitKind.DISCIPLINE:
            return seat
        if seat.unit_kind == UnitKind.BUREAU and is_custodian(by, day):
            return seat
    raise NotYourMove("检举控告件的案卷由专人或者纪检监察机关保管。")


def approver_of(organ_id: int, compartment: str, by: Officer) -> Hand:
    """批准销毁: the head of the organ; of accusations a custodian."""
    if compartment == Confidentiality.ACCUSATION_COMPARTMENT:
        return by.hand(_seat_in_the_compartment(by, timezone.localdate()))
    return by.hand(seat_of(by, HEADS, unit_id=organ_id))


def discipline_of(by: Officer) -> Hand:
    """会签销毁: the discipline organ, which sees the list and none of the files."""
    for seat in by.seats:
        if seat.duty == Duty.DISCIPLINE and seat.unit_kind == UnitKind.DISCIPLINE:
            return by.hand(seat)
    raise NotYourMove("销毁清册须经纪检监察机关同意。")


def may_approve(officer: Officer, organ_id: int, compartment: str) -> bool:
    try:
        approver_of(organ_id, compartment, officer)
    except Refused:
        return False
    return True


def may_agree(officer: Officer) -> bool:
    return any(seat.duty == Duty.DISCIPLINE and seat.unit_kind == UnitKind.DISCIPLINE for seat in officer.seats)


def packer_of(petition: Petition, by: Officer) -> Hand:
    """导出案卷: the bureau's head, or whoever keeps its file."""
    if not visible_to(by).filter(pk=petition.pk).exists():
        raise NotYourMove("您看不到这件信访件。")
    return by.hand(_packing(petition, by))


def _packing(petition: Petition, by: Officer) -> Seat:
    for seat in by.seats:
        if seat.duty == Duty.BUREAU_HEAD and seat.unit_kind == UnitKind.BUREAU:
            return seat
    return _keeping(petition, by)


def giver_seat(petition: Petition, by: Officer) -> Seat:
    """Who hands his own papers to a petitioner: the desk that registered him."""
    return seat_of(by, moves()["petition.register"].duties, unit_id=petition.organ_id)


def binds(officer: Officer, petition: Petition) -> bool:
    """Whether he keeps its file, for a page that has found it through the door: it follows from his seats."""
    try:
        _keeping(petition, officer)
    except Refused:
        return False
    return True


def packs(officer: Officer, petition: Petition) -> bool:
    """The same question, for a page that has found it through the door: it follows from his seats."""
    try:
        _packing(petition, officer)
    except Refused:
        return False
    return True
