"""Whether an officer sits where something is done that no table of moves opens: asked, entered, written or handed out."""

from xinfang.foundation.errors import Refused
from xinfang.organizations.models import Duty, Officer, Seat, UnitKind
from xinfang.petitions import policies
from xinfang.petitions.latest import latest_lead
from xinfang.petitions.lifecycle import ENDED_ASSIGNMENT, MOVES
from xinfang.petitions.models import Commitment, Petition

CARRIERS = frozenset({Duty.UNIT_HEAD, Duty.CASE_HANDLER, Duty.DISPATCHER, Duty.BUREAU_HEAD})
REPLIERS = frozenset({Duty.BUREAU_HEAD, Duty.DISPATCHER, Duty.REGISTRAR, Duty.UNIT_HEAD, Duty.CASE_HANDLER})


def carries_out(officer: Officer, commitment: Commitment) -> bool:
    """Whether he sits in the unit that promised it."""
    return any(seat.duty in CARRIERS and seat.unit_id == commitment.unit_id for seat in officer.seats)


def may_refer(officer: Officer) -> bool:
    """Whether he sits where a petitioner is sent on for help."""
    return any(seat.duty in MOVES["petition.refer"].duties for seat in officer.seats)


def asks(officer: Officer) -> bool:
    """Whether he sits where the petitioner is asked: at the bureau, never in a unit."""
    duties = MOVES["petition.call_back"].duties
    return any(seat.unit_kind == UnitKind.BUREAU and seat.duty in duties for seat in officer.seats)


def may_enter_withdrawal(officer: Officer) -> bool:
    """Whether he sits where a petitioner's paper is entered."""
    try:
        policies.seat_for_withdrawal(officer)
    except Refused:
        return False
    return True


def is_its_desk(officer: Officer, petition: Petition) -> bool:
    """Whether he sits where it was registered, at a desk that hands out slips."""
    register = MOVES["petition.register"].duties
    return any(seat.duty in register and seat.unit_id == petition.organ_id for seat in officer.seats)


def may_write_for_him(officer: Officer) -> bool:
    """Whether he sits at the window where a petitioner's words are written down."""
    try:
        policies.seat_for_his_words(officer)
    except Refused:
        return False
    return True


def reply_seat(officer: Officer, petition: Petition) -> Seat | None:
    """回话: of the bureau, of the organ that registered, or of the unit that leads; who helps never writes to the petitioner."""
    lead = latest_lead(petition)
    leading = [lead.unit_id] if lead and lead.status not in ENDED_ASSIGNMENT else []
    units = {petition.organ_id, *leading}
    for seat in officer.seats:
        is_his = seat.unit_id in units or seat.unit_kind == UnitKind.BUREAU
        if seat.duty in REPLIERS and is_his and not policies.is_kept_away(petition, seat.unit_id):
            return seat
    return None


def has_a_desk(officer: Officer) -> bool:
    """Whether he registers, somewhere; a village's collector has no desk."""
    duties = MOVES["petition.register"].duties - {Duty.VILLAGE_COLLECTOR}
    return any(seat.duty in duties for seat in officer.seats)


def may_call_back(officer: Officer, petition: Petition) -> bool:
    """Whether he may find out that a withdrawal was, or was not, the petitioner's own will."""
    return policies.may("petition.withdraw", petition, officer)
