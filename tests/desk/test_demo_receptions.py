"""The demonstration has somebody receiving today, whatever day it is."""

from datetime import timedelta

from django.utils import timezone

from tests.cast import Cast
from xinfang.desk.demo_lives import receptions
from xinfang.desk.demo_lives.heroes import Land
from xinfang.meetings.bookings import open_receptions
from xinfang.meetings.models import ReceptionDay
from xinfang.meetings.queries import reception_on
from xinfang.organizations.models import Unit
from xinfang.petitions.play.company import Company


def test_a_leader_receives_today_and_on_the_next_three_days(cast: Cast) -> None:
    Unit.objects.filter(pk=cast.bureau.pk).update(serial=1)
    today, now = timezone.localdate(), timezone.now()
    for _ in range(2):  # a start that was interrupted goes on
        receptions.tell(Land(Company(at=now), now))
    for n in range(4):
        assert reception_on(today + timedelta(days=n)).filter(leader__duty="leader").count() == 1
    assert ReceptionDay.objects.filter(leader__duty="unit_head", unit=cast.street).count() == 1
    later = [one for one in open_receptions(now, today + timedelta(days=14)) if one.reception.day > today]
    assert later
    assert {one.left for one in later} == {receptions.PLACES}
