"""补打: the slip once more, for someone who has lost it."""

from datetime import datetime

from xinfang.foundation.errors import Refused
from xinfang.organizations.models import Officer
from xinfang.organizations.policies import seat_of
from xinfang.petitions import looks, road
from xinfang.petitions.codes import LookKind
from xinfang.petitions.lifecycle import MOVES
from xinfang.petitions.models import Petition
from xinfang.trace.acts import act, record


@act
def reprint_slip(petition: Petition, *, by: Officer, at: datetime) -> str:
    """补打回执: the query code is told again, by the organ that registered. The act secret is known to nobody any more."""
    seat = seat_of(by, MOVES["petition.register"].duties, unit_id=petition.organ_id)
    road.refuse_sealed(petition, by)
    if petition.registered_at is None:
        raise Refused("该件尚未登记，没有回执。")
    row, hand = looks.line(petition, LookKind.SLIP, by=by, seat=seat, at=at), by.hand(seat)
    subject = ("petition", petition.pk)
    record("petition.reprint_slip", subject=subject, by=hand, at=at, facts={}, rows=[row], key=petition.key)
    return petition.query_code
