"""The front page tells where to go and who receives, without a sign-in, a script or a cookie."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.meetings.plans import plan
from tests.portal.conftest import text
from xinfang.meetings.actions import cancel_reception, schedule_reception
from xinfang.organizations.models import Division, Unit

STREET, VILLAGE = "610115001000", "610115001201"


@pytest.fixture
def land(cast: Cast) -> Cast:
    Division.objects.create(code=VILLAGE, name="某村", kind="village", parent_id=STREET)
    facts = {
        cast.bureau: {"address": "人民路1号", "telephone": "029-00000001"},
        cast.street: {"address": "骊山路2号", "telephone": "029-00000002", "division_id": STREET},
        cast.village: {"address": "村部", "telephone": "029-00000003", "division_id": VILLAGE},
    }
    for unit, changes in facts.items():
        Unit.objects.filter(pk=unit.pk).update(**changes)
    return cast


def home(client: Client, **asked: str) -> str:
    return text(client.get("/", asked))


def test_without_a_choice_the_bureau_is_named(client: Client, land: Cast) -> None:
    page = home(client)
    assert "人民路1号" in page
    assert "骊山路2号" not in page


def test_a_village_names_its_own_office_then_its_street_then_the_bureau(client: Client, land: Cast) -> None:
    page = home(client, place=VILLAGE)
    assert page.index("村部") < page.index("骊山路2号") < page.index("人民路1号")
    assert f'<option value="{VILLAGE}" selected>' in page
    assert 'href="tel:029-00000002"' in page


def test_a_street_names_its_office_and_no_village(client: Client, land: Cast) -> None:
    page = home(client, place=STREET)
    assert "骊山路2号" in page
    assert "村部" not in page


@pytest.mark.parametrize("place", ["", "610115999000", "x", "'", "1" * 500, "\x00"])
def test_a_place_nobody_knows_has_the_bureau_alone(client: Client, land: Cast, place: str) -> None:
    page = home(client, place=place)
    assert "人民路1号" in page
    assert "骊山路2号" not in page


def test_nothing_of_the_choice_is_kept(client: Client, land: Cast) -> None:
    answer = client.get("/", {"place": VILLAGE})
    assert not answer.cookies


def test_who_receives_today_and_on_the_next_three_days(client: Client, cast: Cast) -> None:
    today, now = timezone.localdate(), timezone.now()
    for n, place in enumerate(["今天的房间", "明天的房间", "", "第三天的房间", "第四天的房间"]):
        if place:
            schedule_reception(plan(cast, day=today + timedelta(days=n), place=place), by=cast.registrar, at=now)
    page = home(client)
    assert page.index("今天的房间") < page.index("明天的房间") < page.index("第三天的房间")
    assert "第四天的房间" not in page
    for word in ("09:00–12:00", "城建、住房", cast.leader.name, "当日8时30分起现场登记。"):
        assert word in page


def test_a_day_nobody_receives_says_so(client: Client, cast: Cast) -> None:
    today = plan(cast, day=timezone.localdate())
    reception = schedule_reception(today, by=cast.registrar, at=timezone.now())
    cancel_reception(reception, reason="防汛", by=cast.registrar, at=timezone.now())
    page = home(client)
    assert "今天没有安排领导接访。" in page
    assert "一楼接待大厅1号室" not in page


def test_the_page_asks_the_database_little(
    client: Client, land: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    schedule_reception(plan(land, day=timezone.localdate()), by=land.registrar, at=timezone.now())
    with django_assert_max_num_queries(4):
        home(client, place=VILLAGE)


def test_how_to_petition_says_what_to_bring_and_where_to_write(client: Client, cast: Cast) -> None:
    page = text(client.get("/file/"))
    assert 'href="/file/write/">开始写' in page
    assert "来的时候带什么" in page
