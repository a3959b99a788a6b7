"""Ten who press at the same moment for four places: four have one each, the others are told that there is none."""

from django.utils import timezone

from tests.cast import Cast
from tests.meetings.plans import plan
from tests.races.together import errors, together
from xinfang.foundation.errors import Refused
from xinfang.meetings import actions
from xinfang.meetings.models import Booking
from xinfang.trace.acts import PETITIONER

PEOPLE, PLACES = 10, 4


def test_no_place_is_given_twice_and_none_is_left_empty(county: Cast) -> None:
    now = timezone.now()
    reception = actions.schedule_reception(plan(county), by=county.registrar, at=now)
    actions.offer_places(reception, places=PLACES, by=county.registrar, at=now)

    def press(n: int) -> actions.Booked:
        phone = f"1380000{n:04d}"
        return actions.book(reception, name="王桂兰", phone=phone, by=PETITIONER, at=timezone.now())

    results = together(*(lambda n=n: press(n) for n in range(PEOPLE)))
    assert all(isinstance(error, Refused) and "约满" in error.sentence for error in errors(results))
    assert sorted(Booking.objects.values_list("nth", flat=True)) == list(range(1, PLACES + 1))


def test_one_telephone_pressed_five_times_at_once_is_booked_once(county: Cast) -> None:
    now = timezone.now()
    reception = actions.schedule_reception(plan(county), by=county.registrar, at=now)
    actions.offer_places(reception, places=PLACES, by=county.registrar, at=now)

    def press() -> actions.Booked:
        return actions.book(reception, name="王桂兰", phone="13800001234", by=PETITIONER, at=timezone.now())

    results = together(*[press] * 5)
    assert len(errors(results)) == 4
    assert Booking.objects.count() == 1
