"""专人: appointed by the bureau's head, confirmed by the discipline organ; nobody opens this door alone (decision 0013)."""

from datetime import date, datetime

from django.db import IntegrityError
from django.utils import timezone

from xinfang.foundation.errors import Refused
from xinfang.organizations import policies as organizations
from xinfang.organizations.models import Duty, Officer, Seat, UnitKind
from xinfang.petitions import fitting
from xinfang.petitions.errors import NotYourMove
from xinfang.petitions.models import Custodian
from xinfang.petitions.models.custodian import PLACES
from xinfang.trace.acts import Hand, act, record

APPOINTERS = frozenset({Duty.BUREAU_HEAD})
CONFIRMERS = frozenset({Duty.DISCIPLINE})


@act
def appoint_custodian(
    *, officer: Officer, since: date, by: Officer, at: datetime, deputy_for: Custodian | None = None
) -> Custodian:
    """指定专人: one of the two who keep the accusations of the bureau, or the deputy of one. Opens nothing until confirmed."""
    hand = by.hand(organizations.seat_of(by, APPOINTERS))
    _refuse_person(officer, by)
    if since < timezone.localdate(at):
        raise Refused("起始日期不能早于今天。", field="since")
    if deputy_for and (deputy_for.until or deputy_for.deputy_for_id):
        raise Refused("只能为在任的专人指定代理人。", field="deputy_for")
    place = deputy_for.place if deputy_for else _free_place()
    facts = {"place": place, "officer": officer, "deputy_for": deputy_for, "since": since, "appointed_by": by}
    try:
        custodian = fitting.add(Custodian, **facts)
    except IntegrityError:
        raise Refused("该人员已经是专人或者代理人，或者这位专人已有代理人。", field="officer") from None
    _record("custodian.appoint", custodian, hand, at, rows=[custodian])
    return custodian


@act
def confirm_custodian(custodian: Custodian, *, by: Officer, at: datetime) -> Custodian:
    """确认专人: the second hand, of the discipline organ."""
    custodian = _hold(custodian)
    hand = by.hand(_discipline_seat(by))
    if custodian.confirmed_at or custodian.until:
        raise Refused("该项指定已经确认或者已经撤销。")
    if by.pk in (custodian.officer_id, custodian.appointed_by_id):
        raise Refused("指定和确认须由两个人分别办理，本人不能确认自己。", article="条例 三十")
    custodian.confirmed_by, custodian.confirmed_at = by, at
    custodian.save(update_fields=["confirmed_by", "confirmed_at"])
    _record("custodian.confirm", custodian, hand, at)
    return custodian


@act
def relieve_custodian(custodian: Custodian, *, by: Officer, at: datetime) -> Custodian:
    """免去专人: from today, and his deputy with him. One hand may close: the discipline organ stays inside whatever happens."""
    custodian = _hold(custodian)
    hand = by.hand(organizations.seat_of(by, APPOINTERS) if _appoints(by) else _discipline_seat(by))
    if custodian.until:
        raise Refused("该专人已经免去。")
    for one in (custodian, *Custodian.objects.filter(deputy_for=custodian, until__isnull=True)):
        one.until = max(one.since, timezone.localdate(at))
        one.save(update_fields=["until"])
        _record("custodian.relieve", one, hand, at)
    return custodian


def _refuse_person(officer: Officer, by: Officer) -> None:
    if officer.pk == by.pk:
        raise Refused("不能指定自己。", field="officer", article="条例 三十")
    if all(seat.unit_kind != UnitKind.BUREAU for seat in officer.seats):
        raise Refused("专人和代理人须是信访局在岗人员。", field="officer")


def _free_place() -> int:
    taken = Custodian.objects.filter(until__isnull=True, deputy_for__isnull=True).values_list("place", flat=True)
    for place in PLACES:
        if place not in taken:
            return place
    raise Refused("专人限两名，现已有两名。需要更换的，请先免去一名。", field="officer")


def _appoints(officer: Officer) -> bool:
    return organizations.holds(officer, APPOINTERS)


def _discipline_seat(officer: Officer) -> Seat:
    for seat in officer.seats:
        if seat.duty in CONFIRMERS and seat.unit_kind == UnitKind.DISCIPLINE:
            return seat
    raise NotYourMove("检举控告专人由信访局局长指定、纪检监察机关确认。")


def _hold(custodian: Custodian) -> Custodian:
    return Custodian.objects.select_for_update().get(pk=custodian.pk)


def _record(name: str, custodian: Custodian, hand: Hand, at: datetime, rows: list[Custodian] | None = None) -> None:
    facts = {"officer": custodian.officer_id, "place": custodian.place, "deputy": bool(custodian.deputy_for_id)}
    record(name, subject=("custodian", custodian.pk), by=hand, at=at, facts=facts, rows=rows or [])
