"""领导接访安排: a month to print, and the pages that fill it."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.utils import timezone

from tests.cast import Cast
from tests.desk.hall import words
from tests.meetings.plans import plan, post_of, tomorrow
from xinfang.meetings import queries
from xinfang.meetings.actions import schedule_reception
from xinfang.meetings.models import ReceptionDay
from xinfang.organizations.models import Duty

Desk = Callable[[str], Client]


def form(cast: Cast, **changes: Any) -> dict[str, Any]:
    leader = post_of(cast.gov, Duty.LEADER)
    typed = {
        "leader": f"{leader.pk}/{cast.leader.pk}",
        "unit": cast.bureau.code,
        "place": "一楼接待大厅",
        "day": tomorrow().isoformat(),
        "begins": "09:00",
        "ends": "11:30",
        "scope": "城建、住房",
        "booking": "",
    }
    return typed | changes


def test_a_day_is_scheduled_and_stands_in_its_month(at_desk: Desk, cast: Cast) -> None:
    client = at_desk("registrar")
    answer = client.post("/desk/receptions/schedule/", form(cast))
    assert answer.url == f"/desk/receptions/?month={tomorrow():%Y-%m}"
    page = words(client.get(answer.url))
    for word in ("一楼接待大厅", "09:00–11:30", "城建、住房", cast.leader.name):
        assert word in page
    assert queries.reception_on(tomorrow()).get().officer == cast.leader


def test_a_streets_head_is_offered_his_own_street_alone(at_desk: Desk, cast: Cast) -> None:
    page = words(at_desk("street_head").get("/desk/receptions/schedule/"))
    assert cast.street.code in page
    assert cast.bureau.code not in page
    answer = at_desk("street_head").post("/desk/receptions/schedule/", form(cast))
    assert answer.status_code == 422
    assert not ReceptionDay.objects.exists()


def test_a_change_begins_with_what_stands_and_is_struck_out(at_desk: Desk, cast: Cast) -> None:
    reception, client = schedule_reception(plan(cast), by=cast.registrar, at=timezone.now()), at_desk("bureau_head")
    path = f"/desk/receptions/{reception.pk}/change/"
    assert 'value="一楼接待大厅1号室"' in words(client.get(path))
    assert client.post(path, form(cast, reason="")).status_code == 422
    answer = client.post(path, form(cast, begins="10:00", reason="会议冲突"))
    page = words(client.get(answer.url))
    assert "<del>" in page
    assert "已变更或取消：会议冲突" in page
    assert queries.reception_on(tomorrow()).get().begins.hour == 10


def test_a_cancelled_day_says_why(at_desk: Desk, cast: Cast) -> None:
    reception, client = schedule_reception(plan(cast), by=cast.registrar, at=timezone.now()), at_desk("registrar")
    answer = client.post(f"/desk/receptions/{reception.pk}/cancel/", {"reason": "防汛"})
    assert "已变更或取消：防汛" in words(client.get(answer.url))
    assert not queries.reception_on(tomorrow())


def test_who_schedules_nothing_sees_the_list_and_no_buttons(at_desk: Desk, cast: Cast) -> None:
    schedule_reception(plan(cast, day=timezone.localdate()), by=cast.registrar, at=timezone.now())
    page = words(at_desk("leader").get("/desk/receptions/"))
    assert "一楼接待大厅1号室" in page
    assert "/schedule/" not in page
    assert "/cancel/" not in page


def test_a_month_that_is_none_is_this_month(at_desk: Desk) -> None:
    for month in ("2026-13", "x", "0000-01", "9999-12"):
        answer = at_desk("leader").get("/desk/receptions/", {"month": month})
        assert answer.status_code == 200
        assert answer.context["first"] == timezone.localdate().replace(day=1)
