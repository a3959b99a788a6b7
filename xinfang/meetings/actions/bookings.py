"""预约接访: places opened, booked from anywhere or at the desk, cancelled, called in, missed, forgotten."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from xinfang.foundation import written
from xinfang.foundation.errors import Refused
from xinfang.foundation.sealing import keyed_hash, matches, new_code, new_key, seal, wrap
from xinfang.meetings import bookings, policies
from xinfang.meetings.models import Booking, BookingStatus, Offer, ReceptionDay
from xinfang.organizations.models import Officer
from xinfang.petitions.actions import receive
from xinfang.petitions.codes import Channel
from xinfang.petitions.models import Petition
from xinfang.petitions.models.petitioner import plain
from xinfang.trace.acts import PETITIONER, Hand, act, record

By = Officer | Hand
MOST_PLACES = 60
MOST_AHEAD = 2
LONGEST_NAME = 40
CODE = 8


@dataclass(frozen=True)
class Booked:
    """The booking and its code, which is told once."""

    booking: Booking
    code: str


@act
def offer_places(reception: ReceptionDay, *, places: int, by: By, at: datetime) -> Offer:
    """开放预约: so many can book; none closes it. What is booked stays booked."""
    reception = _held(reception)
    hand = policies.scheduler_of(reception.leader, reception.unit, by)
    _refuse_over(reception, at)
    if not 0 <= places <= MOST_PLACES:
        raise Refused("可预约人数须在 0 到 %(most)s 之间。", field="places", most=MOST_PLACES)
    taken = bookings.taken(reception).count()
    if places < taken:
        raise Refused("已经有 %(taken)s 人预约，不能少于这个数。", field="places", taken=taken)
    offer = written.add(Offer(reception=reception, places=places, offered_at=at))
    record(
        "reception.offer", subject=("reception", reception.pk), by=hand, at=at, facts={"places": places}, rows=[offer]
    )
    return offer


@act
def book(reception: ReceptionDay, *, name: str, phone: str, by: By, at: datetime) -> Booked:
    """预约: by anybody with a telephone, or at the desk for a caller or visitor, who needs none."""
    reception = _held(reception)
    hand = _booking_hand(reception, by)
    _refuse_person(name, phone, is_at_desk=isinstance(by, Officer))
    _refuse_over(reception, at)
    index = keyed_hash("booking:phone", plain("phone", phone)) if phone.strip() else None
    if index and bookings.standing_of(index, timezone.localdate(at)).filter(reception=reception).exists():
        raise Refused("这个电话已经预约了这一场。改时间请先取消原来的预约。", field="phone")
    if index and bookings.standing_of(index, timezone.localdate(at)).count() >= MOST_AHEAD:
        raise Refused("同一个电话最多同时预约 %(most)s 场。", field="phone", most=MOST_AHEAD)
    nth = bookings.first_free(reception)
    if nth is None:
        raise Refused("这一场已经约满，请另选一场。没有预约的，也可以直接到窗口。", field="reception")
    booking, code = _written(reception, nth, name.strip(), phone.strip(), index, by, at)
    facts = {"reception": reception.pk, "nth": nth}
    record("booking.book", subject=("booking", booking.pk), by=hand, at=at, facts=facts, rows=[booking])
    return Booked(booking, code)


def _written(
    reception: ReceptionDay, nth: int, name: str, phone: str, index: bytes | None, by: By, at: datetime
) -> tuple[Booking, str]:
    key, code = new_key(), new_code(CODE)
    booking = Booking(
        reception=reception,
        nth=nth,
        number=new_code(CODE),
        code_hash=keyed_hash("booking", code),
        key_wrapped=wrap(key),
        phone_index=index,
        is_by_desk=isinstance(by, Officer),
        booked_at=at,
    )
    block = json.dumps({"name": name, "phone": phone}, ensure_ascii=False).encode()
    booking.sealed = seal(key, block, context=f"booking:{booking.pk}")
    try:
        with transaction.atomic():
            return written.add(booking), code
    except IntegrityError:
        raise Refused("刚刚有人约了这个位子，请再试一次。", field="reception") from None


def _booking_hand(reception: ReceptionDay, by: By) -> Hand:
    if isinstance(by, Officer):
        return by.hand(policies.receiver_seat(by, reception))
    return by


def _refuse_person(name: str, phone: str, *, is_at_desk: bool) -> None:
    if not name.strip():
        raise Refused("请填写姓名。", field="name")
    if len(name.strip()) > LONGEST_NAME or "\0" in name:
        raise Refused("姓名不能超过 %(most)s 个字。", field="name", most=LONGEST_NAME)
    digits = "".join(one for one in phone if one.isdigit())
    if not phone.strip() and is_at_desk:
        return
    if not 7 <= len(digits) <= 13 or len(phone) > 20:
        raise Refused("请填写能打通的电话，例如 13800001234 或者 029-83812345。", field="phone")


def _refuse_over(reception: ReceptionDay, at: datetime) -> None:
    if reception.withdrawn_at:
        raise Refused("这一场已经取消或者变更，请另选一场。", field="reception")
    if bookings.begins_at(reception) <= at:
        raise Refused("这一场已经开始或者过去，不能再预约。", field="reception")


@act
def cancel_booking(booking: Booking, *, by: By, at: datetime, code: str = "") -> Booking:
    """取消预约: with the booking's code, or at the desk for who asks there. The place is free again."""
    booking = _held_booking(booking)
    hand = _cancelling_hand(booking, by, code)
    return _end(booking, BookingStatus.CANCELLED, "booking.cancel", hand, at)


def _cancelling_hand(booking: Booking, by: By, code: str) -> Hand:
    if isinstance(by, Officer):
        return by.hand(policies.receiver_seat(by, booking.reception))
    if by == PETITIONER and not matches("booking", code, bytes(booking.code_hash)):
        raise bookings.NoSuchBooking
    return by


@act
def call_in(booking: Booking, *, by: Officer, at: datetime) -> Petition:
    """叫号接访: he is here. His visit is received in the same act; what he says is registered next."""
    booking = _held_booking(booking)
    hand = by.hand(policies.receiver_seat(by, booking.reception))
    _refuse_ended(booking)
    _refuse_called_off(booking)
    if timezone.localdate(at) != booking.reception.day:
        raise Refused("不是这一天的预约，不能叫号。")
    booking.petition = receive(channel=Channel.VISIT, received_at=at, organ=booking.reception.unit, by=by, at=at)
    booking.status, booking.ended_at = BookingStatus.ARRIVED, at
    written.update(booking, ["petition", "status", "ended_at"])
    record("booking.call_in", subject=("booking", booking.pk), by=hand, at=at, facts={"nth": booking.nth})
    return booking.petition


@act
def note_no_show(booking: Booking, *, by: Officer, at: datetime) -> Booking:
    """没有到场: once the hour has come. It counts against nobody."""
    booking = _held_booking(booking)
    hand = by.hand(policies.receiver_seat(by, booking.reception))
    _refuse_called_off(booking)
    if at < bookings.begins_at(booking.reception):
        raise Refused("接访还没有开始，不能记没有到场。")
    return _end(booking, BookingStatus.NO_SHOW, "booking.note_no_show", hand, at)


@act
def print_bookings(reception: ReceptionDay, *, by: Officer, at: datetime) -> list[Booking]:
    """打印预约名单: names in clear for whoever calls them in, and telephones for whoever tells them of a change."""
    hand = by.hand(policies.receiver_seat(by, reception))
    rows = list(bookings.listed(reception))
    facts = {"count": len(rows)}
    record("booking.print", subject=("reception", reception.pk), by=hand, at=at, facts=facts)
    return rows


@act
def forget_bookings(reception: ReceptionDay, *, by: Hand, at: datetime) -> int:
    """忘记预约人: the keys and what they sealed, a month after the day."""
    rows = Booking.objects.filter(reception=reception, forgotten_at=None)
    nothing: dict[str, Any] = {"key_wrapped": b"", "sealed": b"", "code_hash": b"", "phone_index": None}
    count = rows.update(forgotten_at=at, **nothing)
    record("booking.forget", subject=("reception", reception.pk), by=by, at=at, facts={"count": count})
    return count


def _end(booking: Booking, status: BookingStatus, name: str, hand: Hand, at: datetime) -> Booking:
    _refuse_ended(booking)
    booking.status, booking.ended_at = status, at
    written.update(booking, ["status", "ended_at"])
    record(name, subject=("booking", booking.pk), by=hand, at=at, facts={"nth": booking.nth})
    return booking


def _refuse_ended(booking: Booking) -> None:
    if booking.status != BookingStatus.STANDING:
        raise Refused("这个预约现在是“%(status)s”，不能再办。", status=booking.get_status_display())


def _refuse_called_off(booking: Booking) -> None:
    """It was the office that did not receive: nobody failed to come, and who came all the same goes to the window."""
    if booking.reception.withdrawn_at:
        raise Refused("这一场已经取消或者变更，不叫号，也不记没有到场；来了的，在窗口照常接待。")


def _held(reception: ReceptionDay) -> ReceptionDay:
    """Locked: two who book at the same moment come one after the other."""
    rows = ReceptionDay.objects.select_for_update(of=("self",)).select_related("leader", "unit")
    return rows.get(pk=reception.pk)


def _held_booking(booking: Booking) -> Booking:
    rows = Booking.objects.select_for_update(of=("self",)).select_related("reception__unit", "reception__leader")
    return rows.get(pk=booking.pk)
