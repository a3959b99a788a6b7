"""指名经办: who besides the bureau's head may know of a confidential petition (domain 2.2)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError

from xinfang.foundation.errors import Refused
from xinfang.organizations.models import Duty, Officer, UnitKind
from xinfang.organizations.policies import holds, seat_of
from xinfang.petitions import fitting, road
from xinfang.petitions.codes import Confidentiality
from xinfang.petitions.lifecycle import ENDED_ASSIGNMENT
from xinfang.petitions.models import Named, Petition
from xinfang.trace.acts import Hand, act, record

NAMERS = frozenset({Duty.BUREAU_HEAD, Duty.DISPATCHER})


@act
def name_officer(petition: Petition, *, officer: Officer, by: Officer, at: datetime) -> Named:
    """指名经办: the head, or a dispatcher who was named himself, lets one more officer in. Nobody names himself."""
    petition = road.hold_petition(petition)
    hand = by.hand(seat_of(by, NAMERS))
    _refuse_naming(petition, by)
    if officer.pk == by.pk:
        raise Refused("不能指名自己，请由局长指名。", field="officer")
    if not _has_to_do_with(petition, officer):
        raise Refused("只能指名信访局、登记机构或者承办单位的在岗人员。", field="officer")
    try:
        named = fitting.add(Named, petition=petition, officer=officer)
    except IntegrityError:
        raise Refused("%(name)s已经指名经办该件。", field="officer", name=officer.name) from None
    _record("petition.name_officer", petition, hand, at, rows=[named])
    return named


@act
def end_naming(named: Named, *, by: Officer, at: datetime) -> Named:
    """撤销指名: from now on he no longer knows of it. What he did stays in the trace."""
    petition = road.hold_petition(named.petition)
    hand = by.hand(seat_of(by, NAMERS))
    _refuse_naming(petition, by)
    named = Named.objects.select_for_update().get(pk=named.pk)
    if named.ended_at:
        raise Refused("该项指名已经撤销。")
    named.ended_at = at
    named.save(update_fields=["ended_at"])
    _record("petition.end_naming", petition, hand, at)
    return named


def _refuse_naming(petition: Petition, by: Officer) -> None:
    road.refuse_sealed(petition, by)
    if petition.confidentiality != Confidentiality.CONFIDENTIAL:
        raise Refused("只有保密件需要指名经办；检举控告件由专人办理。", article="条例 三十")


def _has_to_do_with(petition: Petition, officer: Officer) -> bool:
    if any(seat.unit_kind == UnitKind.BUREAU for seat in officer.seats):
        return True
    working = petition.assignments.exclude(status__in=ENDED_ASSIGNMENT).values_list("unit_id", flat=True)
    return any(holds(officer, list(Duty), unit_id=unit) for unit in {petition.organ_id, *working})


def _record(name: str, petition: Petition, hand: Hand, at: datetime, *, rows: Sequence[Named] = ()) -> None:
    facts, subject = road.beside(petition), ("petition", petition.pk)
    record(name, subject=subject, by=hand, at=at, facts=facts, rows=rows, key=petition.key)
