"""A day of the county's leader at the bureau."""

from datetime import date, time, timedelta
from typing import Any

from django.utils import timezone

from tests.cast import Cast
from xinfang.meetings.actions import Plan
from xinfang.organizations.models import Duty, Post


def post_of(unit: Any, duty: Duty) -> Post:
    return Post.objects.get(unit=unit, duty=duty)


def tomorrow() -> date:
    return timezone.localdate() + timedelta(days=1)


def plan(cast: Cast, **changes: Any) -> Plan:
    facts: dict[str, Any] = {
        "leader": post_of(cast.gov, Duty.LEADER),
        "officer": cast.leader,
        "unit": cast.bureau,
        "place": "一楼接待大厅1号室",
        "day": tomorrow(),
        "begins": time(9),
        "ends": time(12),
        "scope": "城建、住房",
        "booking": "当日8时30分起现场登记。",
    }
    return Plan(**(facts | changes))
