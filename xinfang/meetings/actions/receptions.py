"""安排、变更和取消领导接访."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from xinfang.foundation.errors import Refused
from xinfang.meetings import policies
from xinfang.meetings.models import ReceptionDay
from xinfang.organizations.models import Officer, Post, Unit
from xinfang.trace.acts import Hand, act, record

By = Officer | Hand


@dataclass(frozen=True)
class Plan:
    """What is published of one day (条例 十八): who, when, where, about what, and how to book."""

    leader: Post
    unit: Unit
    place: str
    day: date
    begins: time
    ends: time
    scope: str
    booking: str = ""
    officer: Officer | None = None


@act
def schedule_reception(plan: Plan, *, by: By, at: datetime) -> ReceptionDay:
    """安排接访: a leader's day, before it comes."""
    hand = policies.scheduler_of(plan.leader, plan.unit, by)
    reception = _written(plan, at=at)
    record("reception.schedule", subject=_name(reception), by=hand, at=at, facts=_facts(plan), rows=[reception])
    return reception


@act
def change_reception(reception: ReceptionDay, plan: Plan, *, reason: str, by: By, at: datetime) -> ReceptionDay:
    """变更接访: another row in its place. Who came for the old one is told why."""
    old = _held(reception)
    hand = policies.scheduler_of(old.leader, old.unit, by)
    policies.scheduler_of(plan.leader, plan.unit, by)
    _withdraw(old, reason, at)
    new = _written(plan, at=at, instead_of=old)
    facts = {**_facts(plan), "instead_of": old.pk}
    record("reception.change", subject=_name(new), by=hand, at=at, facts=facts, rows=[new])
    return new


@act
def cancel_reception(reception: ReceptionDay, *, reason: str, by: By, at: datetime) -> ReceptionDay:
    """取消接访: it stays on the list, struck out, with the reason."""
    reception = _held(reception)
    hand = policies.scheduler_of(reception.leader, reception.unit, by)
    _withdraw(reception, reason, at)
    record("reception.cancel", subject=_name(reception), by=hand, at=at, facts={"day": reception.day.isoformat()})
    return reception


def _held(reception: ReceptionDay) -> ReceptionDay:
    rows = ReceptionDay.objects.select_for_update(of=("self",)).select_related("leader", "unit")
    return rows.get(pk=reception.pk)


def _withdraw(reception: ReceptionDay, reason: str, at: datetime) -> None:
    if reception.withdrawn_at:
        raise Refused("这一场已经取消或者变更，请刷新后再看。")
    if reception.day < timezone.localdate(at):
        raise Refused("这一场已经过去，不能再变更或者取消。")
    if not reason.strip():
        raise Refused("请写明原因，原因会随公示一起公布。", field="reason")
    reception.withdrawn_at, reception.reason = at, reason.strip()
    reception.save(update_fields=["withdrawn_at", "reason"])


def _written(plan: Plan, *, at: datetime, instead_of: ReceptionDay | None = None) -> ReceptionDay:
    Post.objects.select_for_update().get(
        pk=plan.leader.pk
    )  # two who plan the same leader's day come one after the other
    _refuse_impossible(plan, timezone.localdate(at))
    return ReceptionDay.objects.create(**vars(plan), instead_of=instead_of, scheduled_at=at)


def _refuse_impossible(plan: Plan, today: date) -> None:
    if plan.leader.duty not in policies.LEADERS:
        raise Refused("接访领导须是区县领导、信访局局长或者单位负责人。", field="leader")
    if plan.day < today:
        raise Refused("接访日期不能早于今天。", field="day")
    if plan.ends <= plan.begins:
        raise Refused("结束时间须晚于开始时间。", field="ends")
    if not plan.unit.is_open_on(plan.day):
        raise Refused("接访单位在这一天已经撤销，请另选。", field="unit")
    standing = ReceptionDay.objects.filter(withdrawn_at=None, leader=plan.leader, day=plan.day)
    if standing.filter(begins__lt=plan.ends, ends__gt=plan.begins).exists():
        raise Refused("这位领导在这段时间已有接访安排。", field="begins")


def _facts(plan: Plan) -> dict[str, Any]:
    when = {"day": plan.day.isoformat(), "begins": plan.begins.isoformat(), "ends": plan.ends.isoformat()}
    return {"leader": plan.leader.pk, "unit": plan.unit.code, **when}


def _name(reception: ReceptionDay) -> tuple[str, int]:
    return "reception", reception.pk
