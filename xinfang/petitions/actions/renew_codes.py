"""补办登记单: for someone who has lost his slip. New codes, the old ones dead."""

from datetime import datetime

from xinfang.foundation import written
from xinfang.foundation.sealing import keyed_hash, new_code, seal
from xinfang.organizations.models import Duty, Officer, UnitKind
from xinfang.organizations.policies import seat_of
from xinfang.petitions import looks, road
from xinfang.petitions.actions.register import ACT_SECRET_LENGTH, QUERY_CODE_LENGTH
from xinfang.petitions.codes import IdentityProof, LookKind
from xinfang.petitions.errors import DoesNotFit, NotYourMove
from xinfang.petitions.intake import Registered
from xinfang.petitions.lifecycle import MOVES, PetitionStatus
from xinfang.petitions.models import Look, Petition, Petitioner, Renewal
from xinfang.petitions.models.petitioner import Identity, blind_index
from xinfang.petitions.queries import visible_to
from xinfang.trace.acts import act, record

DESKS = MOVES["petition.register"].duties - {Duty.VILLAGE_COLLECTOR}


@act
def renew_codes(number: str, shown: Identity, *, proof: IdentityProof, by: Officer, at: datetime) -> Registered:
    """At any desk: what stands on his card is compared with what he gave, and nothing is shown. Never where it is handled.

    A number that does not exist, a card that does not fit and a desk that may not know of it are told apart by nobody.
    """
    hand = by.hand(seat_of(by, DESKS))
    petition = _named(number)
    if petition is None or not _fits(petition, shown) or not _may_know(petition, by):
        raise DoesNotFit
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


@act
def refuse_renewal(number: str, *, by: Officer, at: datetime) -> Look:
    """What was tried and did not fit stands in the ledger of that petition, where its petitioner reads it as well."""
    seat, petition = seat_of(by, DESKS), _named(number)
    row = looks.line(petition, LookKind.RENEWAL, by=by, seat=seat, at=at)
    subject = ("look", petition.pk) if petition else ("officer", by.pk)
    record("petition.refuse_renewal", subject=subject, by=by.hand(seat), at=at, facts={}, rows=[row])
    return row


def _named(number: str) -> Petition | None:
    return Petition.objects.filter(number=number.strip().upper()).exclude(status=PetitionStatus.VOIDED).first()


def _fits(petition: Petition, shown: Identity) -> bool:
    return any(_is(person, shown) for person in Petitioner.objects.filter(petition=petition))


def _may_know(petition: Petition, by: Officer) -> bool:
    """Never whom it complains of. Sealed, only who sees it, and the desks of the bureau and the discipline organ."""
    if petition.respondent_officer_id == by.pk or petition.respondent_unit_id in {seat.unit_id for seat in by.seats}:
        return False
    if not petition.is_sealed or any(seat.duty in DESKS and seat.unit_kind in _KEEP_SEALED for seat in by.seats):
        return True
    return visible_to(by).filter(pk=petition.pk).exists()


_KEEP_SEALED = (UnitKind.BUREAU, UnitKind.DISCIPLINE)


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
