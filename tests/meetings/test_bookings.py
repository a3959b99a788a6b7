"""预约接访: a place for one, from anywhere or at the desk, sealed and forgotten; nobody is marked for not coming."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from tests.cast import Cast
from tests.meetings.plans import plan
from xinfang.foundation.errors import Refused
from xinfang.meetings import actions, bookings, sweeps
from xinfang.meetings.models import Booking, BookingStatus, ReceptionDay
from xinfang.petitions.models import Petition
from xinfang.trace import sequencer
from xinfang.trace.acts import PETITIONER
from xinfang.trace.models import Entry
from xinfang.trace.verify import verify

PHONE = "13800001234"


def now():
    return timezone.now()


@pytest.fixture
def reception(cast: Cast) -> ReceptionDay:
    made = actions.schedule_reception(plan(cast), by=cast.registrar, at=now())
    actions.offer_places(made, places=2, by=cast.registrar, at=now())
    return made


def book(reception: ReceptionDay, phone: str = PHONE, **changes: Any) -> actions.Booked:
    return actions.book(reception, **({"name": "王桂兰", "phone": phone, "by": PETITIONER, "at": now()} | changes))


def comes(reception: ReceptionDay) -> None:
    """The day has come and the hour with it."""
    ReceptionDay.objects.filter(pk=reception.pk).update(day=timezone.localdate(), begins="00:00", ends="23:59")


def test_a_booking_has_a_place_a_number_and_a_code_and_says_nothing_in_clear(reception: ReceptionDay) -> None:
    booked = book(reception)
    assert (booked.booking.nth, len(booked.booking.number), len(booked.code)) == (1, 8, 8)
    assert Booking.objects.get().person == {"name": "王桂兰", "phone": PHONE}
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM meetings_booking")
        row = str([bytes(one) if isinstance(one, memoryview) else one for one in cursor.fetchone()])
    for clear in ("王桂兰", PHONE, booked.code):
        assert clear not in row
    assert "王桂兰" not in str(list(Entry.objects.values()))
    sequencer.place_all()
    assert verify() is None


def test_when_all_places_are_taken_there_is_none_and_one_that_is_cancelled_is_free_again(
    reception: ReceptionDay,
) -> None:
    first, _second = book(reception), book(reception, "13800001235")
    with pytest.raises(Refused, match="已经约满"):
        book(reception, "13800001236")
    actions.cancel_booking(first.booking, by=PETITIONER, at=now(), code=first.code)
    assert book(reception, "13800001236").booking.nth == 1


def test_the_database_itself_gives_a_place_once(reception: ReceptionDay) -> None:
    booked = book(reception).booking
    with pytest.raises(IntegrityError), transaction.atomic():
        Booking.objects.create(
            reception=reception, nth=booked.nth, number="ABCDEFGH", code_hash=b"", key_wrapped=b"", sealed=b"",
            is_by_desk=True, booked_at=now(),
        )  # fmt: skip


@pytest.mark.parametrize("typed", [PHONE, "138 0000 1234", "+86 138-0000-1234", "１３８００００１２３４"])
def test_one_telephone_books_a_reception_once_however_it_is_typed(reception: ReceptionDay, typed: str) -> None:
    book(reception)
    with pytest.raises(Refused, match="已经预约了这一场"):
        book(reception, typed)


def test_one_telephone_holds_two_receptions_at_most(cast: Cast, reception: ReceptionDay) -> None:
    others = []
    for days in (2, 3):
        day = timezone.localdate() + timedelta(days=days)
        others.append(actions.schedule_reception(plan(cast, day=day), by=cast.registrar, at=now()))
        actions.offer_places(others[-1], places=5, by=cast.registrar, at=now())
    book(reception)
    book(others[0])
    with pytest.raises(Refused, match="最多同时预约 2 场"):
        book(others[1])


def test_what_the_office_called_off_holds_nobody_back_and_counts_against_nobody(
    cast: Cast, reception: ReceptionDay
) -> None:
    off = [reception]
    for days in (2, 3):
        day = timezone.localdate() + timedelta(days=days)
        off.append(actions.schedule_reception(plan(cast, day=day), by=cast.registrar, at=now()))
        actions.offer_places(off[-1], places=5, by=cast.registrar, at=now())
    booked = [book(one).booking for one in off[:2]]
    for one in off[:2]:
        actions.cancel_reception(one, reason="防汛", by=cast.registrar, at=now())
    assert book(off[2]).booking.status == BookingStatus.STANDING
    comes(reception)
    for verb in (actions.note_no_show, actions.call_in):
        with pytest.raises(Refused, match="这一场已经取消或者变更"):
            verb(booked[0], by=cast.registrar, at=now())


def test_who_has_no_telephone_is_booked_at_the_desk_and_nowhere_else(cast: Cast, reception: ReceptionDay) -> None:
    with pytest.raises(Refused, match="能打通的电话"):
        book(reception, "")
    assert book(reception, "", by=cast.registrar).booking.is_by_desk
    assert book(reception, "", by=cast.dispatcher).booking.nth == 2


@pytest.mark.parametrize(
    ("name", "phone", "sentence"),
    [("  ", PHONE, "请填写姓名"), ("王" * 41, PHONE, "不能超过 40 个字"), ("王", "123", "能打通的电话"), ("王", "电话", "电话")],
)  # fmt: skip
def test_bad_input_is_told_beside_its_field(reception: ReceptionDay, name: str, phone: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        book(reception, phone, name=name)


def test_what_offers_no_place_is_withdrawn_or_has_begun_is_not_booked(cast: Cast, reception: ReceptionDay) -> None:
    actions.offer_places(reception, places=0, by=cast.registrar, at=now())
    with pytest.raises(Refused, match="约满"):
        book(reception)
    actions.offer_places(reception, places=2, by=cast.registrar, at=now())
    actions.cancel_reception(reception, reason="出差", by=cast.registrar, at=now())
    with pytest.raises(Refused, match="已经取消"):
        book(reception)
    ReceptionDay.objects.update(withdrawn_at=None)
    comes(reception)
    with pytest.raises(Refused, match="已经开始"):
        book(reception)


def test_places_are_opened_by_who_schedules_and_never_below_what_is_booked(cast: Cast, reception: ReceptionDay) -> None:
    book(reception)
    book(reception, "13800001235")
    with pytest.raises(Refused, match="已经有 2 人预约"):
        actions.offer_places(reception, places=1, by=cast.registrar, at=now())
    for by, places in ((cast.supervisor, 5), (cast.street_head, 5)):
        with pytest.raises(Refused, match="领导接访由信访局"):
            actions.offer_places(reception, places=places, by=by, at=now())
    with pytest.raises(Refused, match="0 到 60"):
        actions.offer_places(reception, places=61, by=cast.registrar, at=now())


def test_only_the_code_cancels_and_only_once(reception: ReceptionDay) -> None:
    booked = book(reception)
    with pytest.raises(bookings.NoSuchBooking):
        actions.cancel_booking(booked.booking, by=PETITIONER, at=now(), code="WRONGONE")
    actions.cancel_booking(booked.booking, by=PETITIONER, at=now(), code=booked.code)
    with pytest.raises(Refused, match="已取消"):
        actions.cancel_booking(booked.booking, by=PETITIONER, at=now(), code=booked.code)


def test_a_unit_elsewhere_does_not_touch_the_bureaus_bookings(cast: Cast, reception: ReceptionDay) -> None:
    booked = book(reception).booking
    comes(reception)
    for by in (cast.street_head, cast.auditor, cast.administrator):
        for verb in (actions.cancel_booking, actions.call_in, actions.note_no_show):
            with pytest.raises(Refused, match="由接访单位"):
                verb(booked, by=by, at=now())
        with pytest.raises(Refused, match="由接访单位"):
            actions.print_bookings(reception, by=by, at=now())


def test_who_is_called_in_is_received_in_the_same_step(cast: Cast, reception: ReceptionDay) -> None:
    booked = book(reception).booking
    with pytest.raises(Refused, match="不是这一天"):
        actions.call_in(booked, by=cast.registrar, at=now())
    comes(reception)
    petition = actions.call_in(booked, by=cast.registrar, at=now())
    assert (petition.status, petition.channel, petition.organ) == ("draft", "visit", cast.bureau)
    assert bookings.of_draft(petition.pk) == booked
    assert set(Entry.objects.values_list("act", flat=True)) >= {"petition.receive", "booking.call_in"}
    with pytest.raises(Refused, match="已到场"):
        actions.call_in(booked, by=cast.registrar, at=now())
    assert Petition.objects.count() == 1


def test_who_does_not_come_is_noted_once_the_hour_has_come_and_may_book_again(
    cast: Cast, reception: ReceptionDay
) -> None:
    booked = book(reception).booking
    with pytest.raises(Refused, match="还没有开始"):
        actions.note_no_show(booked, by=cast.registrar, at=now())
    comes(reception)
    actions.note_no_show(booked, by=cast.registrar, at=now())
    other = actions.schedule_reception(plan(cast), by=cast.registrar, at=now())
    actions.offer_places(other, places=1, by=cast.registrar, at=now())
    assert book(other).booking.status == BookingStatus.STANDING


def test_names_in_clear_are_printed_with_an_entry(cast: Cast, reception: ReceptionDay) -> None:
    book(reception)
    assert Booking.objects.get().masked == {"name": "王**", "phone": "138****1234"}
    [row] = actions.print_bookings(reception, by=cast.registrar, at=now())
    assert row.person["phone"] == PHONE
    assert Entry.objects.get(act="booking.print").officer_id == cast.registrar.pk


def test_a_month_after_the_day_nobody_knows_who_had_booked(reception: ReceptionDay) -> None:
    book(reception)
    assert sweeps.forget_bookings(now()) == 0
    ReceptionDay.objects.update(day=timezone.localdate() - timedelta(days=31))
    assert sweeps.forget_bookings(now()) == 1
    assert sweeps.forget_bookings(now()) == 0
    left = Booking.objects.get()
    assert left.person == {"name": "", "phone": ""}
    assert not left.phone_index
    assert left.number


def test_what_is_open_is_read_in_three_statements(
    cast: Cast, reception: ReceptionDay, django_assert_num_queries: Any
) -> None:
    for days in range(2, 8):
        day = timezone.localdate() + timedelta(days=days)
        one = actions.schedule_reception(plan(cast, day=day), by=cast.registrar, at=now())
        actions.offer_places(one, places=3, by=cast.registrar, at=now())
    book(reception)
    with django_assert_num_queries(3):
        found = bookings.open_receptions(now(), timezone.localdate() + timedelta(days=30))
    assert [one.left for one in found] == [1, 3, 3, 3, 3, 3, 3]
