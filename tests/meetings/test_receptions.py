"""领导接访: scheduled before it comes, changed by another row, called off with a reason."""

from collections.abc import Callable
from datetime import time, timedelta

import pytest
from django.utils import timezone

from tests.cast import Cast
from tests.meetings.plans import post_of, tomorrow
from tests.petitions.facts import refused
from xinfang.meetings import actions, queries
from xinfang.meetings.actions import Plan
from xinfang.meetings.models import ReceptionDay
from xinfang.organizations.models import Duty
from xinfang.trace import sequencer
from xinfang.trace.acts import PETITIONER
from xinfang.trace.models import Entry
from xinfang.trace.verify import verify

Planned = Callable[..., Plan]


def scheduled(cast: Cast, plan: Plan) -> ReceptionDay:
    return actions.schedule_reception(plan, by=cast.registrar, at=timezone.now())


def test_a_reception_stands_on_its_day_and_its_row_is_vouched_for(cast: Cast, a_plan: Planned) -> None:
    reception = scheduled(cast, a_plan())
    assert list(queries.reception_on(tomorrow())) == [reception]
    assert not queries.reception_on(timezone.localdate())
    entry = Entry.objects.get(act="reception.schedule")
    assert (entry.post, entry.unit) == ("registrar", cast.bureau.code)
    sequencer.place_all()
    assert verify() is None
    ReceptionDay.objects.update(place="别处")
    assert "reception.schedule" in verify().what


@pytest.mark.parametrize("name", ["bureau_head", "registrar"])
def test_the_bureau_schedules_for_the_county(cast: Cast, a_plan: Planned, name: str) -> None:
    assert actions.schedule_reception(a_plan(), by=cast.officers[name], at=timezone.now())


@pytest.mark.parametrize("name", ["dispatcher", "leader", "street_head", "street_handler", "dept_head", "auditor"])
def test_nobody_else_does(cast: Cast, a_plan: Planned, name: str) -> None:
    with refused("领导接访由信访局局长、登记接访员安排"):
        actions.schedule_reception(a_plan(), by=cast.officers[name], at=timezone.now())


def test_a_streets_head_schedules_for_his_own_street_alone(cast: Cast, a_plan: Planned) -> None:
    mine = a_plan(leader=post_of(cast.street, Duty.UNIT_HEAD), officer=cast.street_head, unit=cast.street)
    assert actions.schedule_reception(mine, by=cast.street_head, at=timezone.now())
    for other in (
        a_plan(leader=mine.leader, unit=cast.bureau),
        a_plan(leader=post_of(cast.dept, Duty.UNIT_HEAD), unit=cast.street),
    ):
        with refused("街道负责人只能安排本街道的接访。"):
            actions.schedule_reception(other, by=cast.street_head, at=timezone.now())


def test_a_petitioner_schedules_and_calls_off_nothing(cast: Cast, a_plan: Planned) -> None:
    reception = scheduled(cast, a_plan())
    with refused("领导接访由工作人员安排。"):
        actions.cancel_reception(reception, reason="不来了", by=PETITIONER, at=timezone.now())
    with refused("领导接访由工作人员安排。"):
        actions.schedule_reception(a_plan(begins=time(14), ends=time(15)), by=PETITIONER, at=timezone.now())


def test_a_head_of_a_department_schedules_nothing(cast: Cast, a_plan: Planned) -> None:
    own = a_plan(leader=post_of(cast.dept, Duty.UNIT_HEAD), unit=cast.dept)
    with refused("领导接访由信访局局长、登记接访员安排"):
        actions.schedule_reception(own, by=cast.dept_head, at=timezone.now())


@pytest.mark.parametrize(
    ("changes", "sentence", "field"),
    [
        ({"day": timezone.localdate() - timedelta(days=1)}, "接访日期不能早于今天。", "day"),
        ({"ends": time(9)}, "结束时间须晚于开始时间。", "ends"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    cast: Cast, a_plan: Planned, changes: dict[str, object], sentence: str, field: str
) -> None:
    with refused(sentence, field=field):
        scheduled(cast, a_plan(**changes))


def test_a_clerk_is_no_leader(cast: Cast, a_plan: Planned) -> None:
    with refused("接访领导须是区县领导、信访局局长或者单位负责人。", field="leader"):
        scheduled(cast, a_plan(leader=post_of(cast.bureau, Duty.REGISTRAR)))


def test_a_leader_is_not_in_two_places(cast: Cast, a_plan: Planned) -> None:
    scheduled(cast, a_plan())
    with refused("这位领导在这段时间已有接访安排。", field="begins"):
        scheduled(cast, a_plan(begins=time(11), ends=time(13), unit=cast.street))
    assert scheduled(cast, a_plan(begins=time(12), ends=time(13)))


def test_a_change_is_another_row_and_both_stay(cast: Cast, a_plan: Planned) -> None:
    old = scheduled(cast, a_plan())
    later = a_plan(day=tomorrow() + timedelta(days=1))
    new = actions.change_reception(old, later, reason="会议冲突", by=cast.bureau_head, at=timezone.now())
    assert new.instead_of == old
    assert not queries.reception_on(tomorrow())
    assert [one.reason for one in queries.receptions(tomorrow(), later.day)] == ["会议冲突", ""]
    assert Entry.objects.get(act="reception.change").facts["instead_of"] == old.pk
    sequencer.place_all()
    assert verify() is None


def test_a_change_may_keep_the_hour(cast: Cast, a_plan: Planned) -> None:
    old = scheduled(cast, a_plan())
    new = actions.change_reception(old, a_plan(place="二楼"), reason="换房间", by=cast.registrar, at=timezone.now())
    assert [one.place for one in queries.reception_on(tomorrow())] == [new.place]


def test_a_cancelled_reception_needs_its_reason_and_is_cancelled_once(cast: Cast, a_plan: Planned) -> None:
    reception, now = scheduled(cast, a_plan()), timezone.now()
    with refused("请写明原因，原因会随公示一起公布。", field="reason"):
        actions.cancel_reception(reception, reason=" ", by=cast.registrar, at=now)
    actions.cancel_reception(reception, reason="防汛", by=cast.registrar, at=now)
    assert not queries.reception_on(tomorrow())
    with refused("这一场已经取消或者变更"):
        actions.cancel_reception(reception, reason="防汛", by=cast.registrar, at=now)


def test_what_was_held_is_not_changed_any_more(cast: Cast, a_plan: Planned) -> None:
    reception = scheduled(cast, a_plan())
    ReceptionDay.objects.update(day=timezone.localdate() - timedelta(days=1))
    with refused("这一场已经过去"):
        actions.cancel_reception(reception, reason="防汛", by=cast.registrar, at=timezone.now())


def test_another_streets_head_changes_nothing(cast: Cast, a_plan: Planned) -> None:
    reception = scheduled(cast, a_plan())
    with refused("街道负责人只能安排本街道的接访。"):
        actions.cancel_reception(reception, reason="防汛", by=cast.street_head, at=timezone.now())
