"""领导接访安排: who, where, when, about what."""

from datetime import time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from xinfang.desk.forms.base import DeskForm
from xinfang.desk.forms.choices import Grouped
from xinfang.desk.forms.fields import Day, Pick, Text, offer
from xinfang.foundation.text import noted
from xinfang.meetings import policies
from xinfang.meetings.actions import Plan
from xinfang.meetings.models import ReceptionDay
from xinfang.organizations.models import Officer, Post, Tenure, Unit
from xinfang.organizations.models.posts import running_on
from xinfang.organizations.queries import open_units

_BAD_TIME = gettext_lazy("时间不对，请按“09:30”的样子填写。")


class Hour(forms.TimeField):
    """A time of the day."""

    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(error_messages={"invalid": _BAD_TIME}, **kwargs)


class ReceptionForm(DeskForm):
    """What is published."""

    leader = Pick(label=gettext_lazy("接访领导"))
    unit = Pick(label=gettext_lazy("接访单位"))
    place = forms.CharField(
        label=gettext_lazy("接访地点"), max_length=80, help_text=gettext_lazy("写到门牌和房间，老人也找得到。")
    )
    day = Day(label=gettext_lazy("接访日期"))
    begins = Hour(label=gettext_lazy("开始时间"), initial=time(9))
    ends = Hour(label=gettext_lazy("结束时间"), initial=time(12))
    scope = forms.CharField(
        label=gettext_lazy("接访范围"), max_length=200, help_text=gettext_lazy("例如：城建、住房。")
    )
    booking = forms.CharField(
        label=gettext_lazy("预约办法"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("例如：当日8时30分起现场登记。不填的，不必预约。"),
    )

    def __init__(self, *args: Any, officer: Officer, now: ReceptionDay | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        streets = None if policies.schedules_for_the_county(officer) else policies.own_streets(officer)
        offer(self, "leader", _leaders(streets))
        offer(self, "unit", _places(streets))
        if now:
            self.fields["reason"] = Text(label=gettext_lazy("变更原因"), rows=2, max_length=200)
            self.initial.update(_as_it_stands(now))

    def plan(self) -> Plan:
        said = self.cleaned_data
        words = {name: said[name] for name in ("place", "day", "begins", "ends", "scope", "booking")}
        post, _slash, officer = said["leader"].partition("/")
        return Plan(
            leader=Post.objects.select_related("unit").get(pk=post),
            officer=Officer.objects.get(pk=officer) if officer else None,
            unit=Unit.objects.get(code=said["unit"]),
            **words,
        )


class Cancel(DeskForm):
    """取消接访."""

    reason = Text(label=gettext_lazy("取消原因"), rows=2, max_length=200, help_text=gettext_lazy("会随公示一起公布。"))


def _as_it_stands(now: ReceptionDay) -> dict[str, Any]:
    words = {name: getattr(now, name) for name in ("place", "day", "begins", "ends", "scope", "booking")}
    return {**words, "unit": now.unit.code, "leader": _seat(now.leader_id, now.officer_id)}


def _seat(post: int, officer: int | None) -> str:
    return f"{post}/{officer}" if officer else str(post)


def _leaders(streets: list[int] | None) -> Grouped:
    """Who sits in the posts that receive, by unit; a post nobody sits in is offered too."""
    posts = Post.objects.filter(duty__in=policies.LEADERS, unit__abolished_on=None).select_related("unit")
    found = (posts if streets is None else posts.filter(unit__in=streets)).order_by("unit__serial", "unit__code", "pk")
    sitting: dict[int, list[Tenure]] = {}
    for tenure in Tenure.objects.filter(running_on(timezone.localdate()), post__in=found).select_related("officer"):
        sitting.setdefault(tenure.post_id, []).append(tenure)
    groups: dict[str, list[tuple[str, str]]] = {}
    for post in found:
        named = [
            (_seat(post.pk, one.officer_id), noted(one.officer.name, post.name)) for one in sitting.get(post.pk, [])
        ]
        groups.setdefault(post.unit.name, []).extend(named or [(str(post.pk), post.name)])
    return list(groups.items())


def _places(streets: list[int] | None) -> list[tuple[str, str]]:
    units = open_units(timezone.localdate()).exclude(serial=None, parent__isnull=False)
    return [(unit.code, unit.name) for unit in (units if streets is None else units.filter(pk__in=streets))]
