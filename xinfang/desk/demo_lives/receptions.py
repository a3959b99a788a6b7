"""接访安排 of the demonstration: two weeks from today, so that the front page has something to say on any day."""

from collections.abc import Iterator
from datetime import date, time, timedelta

from django.utils import timezone

from xinfang.desk.demo_lives.heroes import Land
from xinfang.meetings.actions import Plan, offer_places, schedule_reception
from xinfang.meetings.bookings import begins_at
from xinfang.meetings.models import ReceptionDay
from xinfang.organizations.models import Duty, Post, UnitKind
from xinfang.petitions.play.company import HAND

DAYS, ALWAYS, SATURDAY = 14, 4, 5
PLACES = 12
SCOPES = ("城乡建设、住房", "劳动保障、欠薪", "农村农业、土地", "社会救助、低保", "综合")


def tell(land: Land) -> None:
    """Whatever an interrupted start has left stands."""
    today = timezone.localdate(land.now)
    there = set(ReceptionDay.objects.filter(day__gte=today).values_list("leader_id", "day"))
    for plan in _plans(land, today):
        if (plan.leader.pk, plan.day) not in there:
            made = schedule_reception(plan, by=HAND, at=land.now)
            if begins_at(made) > land.now:
                offer_places(made, places=PLACES, by=HAND, at=land.now)


def _plans(land: Land, today: date) -> Iterator[Plan]:
    """A leader of the county at the bureau every day; each street's head at home once a fortnight."""
    posts = Post.objects.select_related("unit").order_by("unit__code", "pk")
    leaders = list(posts.filter(duty=Duty.LEADER))
    heads = list(posts.filter(duty=Duty.UNIT_HEAD, unit__kind=UnitKind.STREET))
    days = [today + timedelta(days=n) for n in range(DAYS)]
    working = [day for n, day in enumerate(days) if n < ALWAYS or day.weekday() < SATURDAY]
    for n, day in enumerate(working):
        if leaders:
            yield _plan(land, leaders[n % len(leaders)], day, n)
        for post in heads[n :: len(working)]:
            yield _plan(land, post, day, n)


def _plan(land: Land, post: Post, day: date, n: int) -> Plan:
    is_street = post.duty == Duty.UNIT_HEAD
    return Plan(
        leader=post,
        officer=land.company.one(post.unit, Duty(post.duty)),
        unit=post.unit if is_street else land.bureau,
        place="便民服务大厅" if is_street else "一楼接待大厅领导接访室",
        day=day,
        begins=time(9),
        ends=time(12),
        scope=SCOPES[n % len(SCOPES)],
        booking="" if is_street else "当日8时30分起现场登记，也可以提前打电话约。",
    )
