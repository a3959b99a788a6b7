"""补办登记单: for someone who has lost his slip. New codes, the old ones dead."""

from datetime import datetime

from xinfang.foundation import written
from xinfang.foundation.errors import Refused
from xinfang.foundation.sealing import keyed_hash, new_code, seal
from xinfang.organizations.models import Duty, Officer, UnitKind
from xinfang.organizations.policies import seat_of
from xinfang.petitions import road
from xinfang.petitions.actions.register import ACT_SECRET_LENGTH, QUERY_CODE_LENGTH
from xinfang.petitions.codes import IdentityProof
from xinfang.petitions.errors import NotYourMove
from xinfang.petitions.intake import Registered
from xinfang.petitions.lifecycle import MOVES, PetitionStatus
from xinfang.petitions.models import Petition, Petitioner, Renewal
from xinfang.petitions.models.petitioner import Identity, blind_index
from xinfang.trace.acts import act

DESKS = MOVES["petition.register"].duties - {Duty.VILLAGE_COLLECTOR}


@act
def renew_codes(number: str, shown: Identity, *, proof: IdentityProof, by: Officer, at: datetime) -> Registered:
    """At any desk: what stands on his card is compared with what he gave, and nothing is shown. Never where it is handled.

    A number that does not exist and a card that does not fit are told apart by nobody.
    """
    hand = by.hand(seat_of(by, DESKS))
    petition = _named(number, shown)
    _refuse_handlers(petition, by)
    petition = road.hold_petition(petition)
    codes = new_code(QUERY_CODE_LENGTH), new_code(ACT_SECRET_LENGTH)
    row = written.add(
        Renewal(
            petition=petition,
            proof=proof,
            old_query_code=petition.query_code_hash,
            old_act_secret=petition.act_secret_hash,
            query_code=keyed_hash("query_code", codes[0]),
            act_secret=keyed_hash("act_secret", codes[1]),
            made_at=at,
        )
    )
    petition.query_code_hash, petition.act_secret_hash, petition.has_renewals = row.query_code, row.act_secret, True
    petition.query_code_sealed = seal(petition.key, codes[0].encode(), context="query_code")
    written.update(petition, ["query_code_hash", "act_secret_hash", "query_code_sealed", "has_renewals"])
    road.note("petition.renew_codes", petition, by=hand, at=at, rows=[row], proof=proof)
    return Registered(petition, *codes)


def _named(number: str, shown: Identity) -> Petition:
    petition = Petition.objects.filter(number=number.strip().upper()).exclude(status=PetitionStatus.VOIDED).first()
    people = list(Petitioner.objects.filter(petition=petition)) if petition else []
    if petition is None or not any(_is(person, shown) for person in people):
        raise Refused("编号和证件对不上，不能补办。匿名的、当时没有留证件号码和电话的，也不能补办。", field="number")
    return petition


def _is(person: Petitioner, shown: Identity) -> bool:
    """His name, and the number of his card or, where he gave none, his telephone."""
    given = "id_no" if person.id_no_index else "phone"
    return all(
        getattr(shown, field)
        and bytes(getattr(person, f"{field}_index") or b"") == blind_index(field, getattr(shown, field))
        for field in ("name", given)
    )


def _refuse_handlers(petition: Petition, by: Officer) -> None:
    """Whoever handles a petition knows who brought it, and could be given the petitioner's own hand."""
    units = {seat.unit_id for seat in by.seats if seat.unit_kind != UnitKind.BUREAU}
    if petition.assignments.filter(unit__in=units).exists():
        raise NotYourMove("办理单位不能给信访人补办登记单，请他到信访局或者别的窗口。")
