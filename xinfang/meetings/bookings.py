"""Named questions about bookings."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from xinfang.foundation.errors import Refused
from xinfang.foundation.sealing import keyed_hash, matches
from xinfang.meetings.models import Booking, BookingStatus, Offer, ReceptionDay
from xinfang.meetings.queries import standing


class NoSuchBooking(Refused):
    """A wrong code and a missing number are told apart by nobody."""

    def __init__(self) -> None:
        super().__init__("没有查到这个预约。请核对预约号和取消码，字母不分大小写。", field="code")


@dataclass(frozen=True)
class Open:
    """A reception that can be booked, and how many places are left."""

    reception: ReceptionDay
    left: int


def begins_at(reception: ReceptionDay) -> datetime:
    return timezone.make_aware(datetime.combine(reception.day, reception.begins))


def taken(reception: ReceptionDay) -> QuerySet[Booking]:
    return Booking.objects.filter(reception=reception).exclude(status=BookingStatus.CANCELLED)


def standing_of(index: bytes, today: date) -> QuerySet[Booking]:
    """What is booked under a telephone for today and later. What was called off holds nobody back."""
    ahead = Booking.objects.filter(phone_index=index, status=BookingStatus.STANDING, reception__day__gte=today)
    return ahead.filter(reception__withdrawn_at=None)


def places_of(reception: ReceptionDay) -> int:
    """The last offer counts."""
    last = Offer.objects.filter(reception=reception).order_by("-id").first()
    return last.places if last else 0


def first_free(reception: ReceptionDay) -> int | None:
    """The lowest place that nobody has."""
    used = set(taken(reception).values_list("nth", flat=True))
    return next((nth for nth in range(1, places_of(reception) + 1) if nth not in used), None)


def open_receptions(now: datetime, last: date) -> list[Open]:
    """Those that offer places and have not begun, with what is left: three statements however many there are."""
    rows = [one for one in standing(timezone.localdate(now), last) if begins_at(one) > now]
    ids = [one.pk for one in rows]
    places = dict(Offer.objects.filter(reception__in=ids).order_by("id").values_list("reception_id", "places"))
    used: dict[int, int] = {}
    booked = Booking.objects.filter(reception__in=ids).exclude(status=BookingStatus.CANCELLED)
    for pk in booked.values_list("reception_id", flat=True):
        used[pk] = used.get(pk, 0) + 1
    return [Open(one, places[one.pk] - used.get(one.pk, 0)) for one in rows if places.get(one.pk)]


def listed(reception: ReceptionDay) -> QuerySet[Booking]:
    """In the order of their places."""
    return Booking.objects.filter(reception=reception).order_by("nth", "id")


def by_code(number: str, code: str) -> Booking:
    """For who booked. The work is the same whether or not the number exists."""
    rows = Booking.objects.filter(number=number).select_related("reception__leader__unit", "reception__unit")
    booking = rows.first()
    stored = bytes(booking.code_hash or b"") if booking else keyed_hash("booking", "nothing")
    if not matches("booking", code, stored) or booking is None:
        raise NoSuchBooking
    return booking


def of_draft(petition: int) -> Booking | None:
    """The booking from which this visit was received."""
    return Booking.objects.filter(petition=petition).first()
