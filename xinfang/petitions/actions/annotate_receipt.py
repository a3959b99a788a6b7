"""注明收到时间."""

from datetime import datetime

from xinfang.foundation.errors import Refused
from xinfang.organizations.models import Officer
from xinfang.organizations.policies import seat_of
from xinfang.petitions import fitting, road
from xinfang.petitions.actions.corrections import ASKERS
from xinfang.petitions.lifecycle import PetitionStatus
from xinfang.petitions.models import Petition, ReceiptNote
from xinfang.trace.acts import act


@act
def annotate_receipt(
    petition: Petition, *, shown_at: datetime, proof: str, reason: str, by: Officer, at: datetime
) -> ReceiptNote:
    """注明收到时间: the paper shows another time than was entered. Both are shown from now on; no clock is set anew (S18)."""
    petition = road.hold_petition(petition)
    hand = by.hand(seat_of(by, ASKERS, unit_id=petition.organ_id))
    road.refuse_sealed(petition, by)
    _refuse_time(petition, shown_at)
    if not proof.strip():
        raise Refused("请写明凭据：收据、邮戳、签收本的名称和编号。", field="proof")
    if not reason.strip():
        raise Refused("请写明登记的时间为什么不对。", field="reason")
    said = {"shown_at": shown_at, "proof": proof.strip(), "reason": reason.strip()}
    note = fitting.add(ReceiptNote, petition=petition, **said, noted_by=by, noted_at=at)
    received_at = petition.received_at
    road.note(
        "petition.annotate_receipt", petition, by=hand, at=at, rows=[note], received_at=received_at, shown_at=shown_at
    )
    return note


def _refuse_time(petition: Petition, shown_at: datetime) -> None:
    """It came before it was registered."""
    if petition.status == PetitionStatus.DRAFT or petition.registered_at is None:
        raise Refused("还没有登记的件，先登记，再注明收到时间。")
    if shown_at == petition.received_at:
        raise Refused("登记的收到时间本来就是这个时间。", field="shown_at")
    if shown_at > petition.registered_at:
        raise Refused("收到时间不能晚于登记时间。", field="shown_at")
    if petition.receipt_notes.filter(shown_at=shown_at).exists():
        raise Refused("这个时间已经注明过。", field="shown_at")
