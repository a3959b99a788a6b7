"""登记簿: what an office registered on a day, by the county's clock, names masked, to print."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.cast import MORNING, WANG, Cast, Life, registered
from tests.desk.hall import words
from xinfang.petitions.codes import Purpose

Desk = Callable[[str], Client]
DAY = MORNING.date().isoformat()


def numbers(client: Client, **query: str) -> list[str]:
    return [row.number for _at, row in client.get("/desk/register/", query).context["rows"]]


def test_each_line_tells_number_time_channel_who_what_and_where_it_went(at_desk: Desk, cast: Cast) -> None:
    petition = Life(cast).until("dispatch").petition
    page = words(at_desk("registrar").get("/desk/register/", {"date": DAY}))
    for said in (petition.number, "09:00", "来信", "王**", petition.title, "骊山街道办事处", "共 1 件"):
        assert said in page
    assert WANG.name not in page


def test_it_opens_with_today(at_desk: Desk, cast: Cast) -> None:
    registered(cast)
    now = timezone.now()
    today = registered(cast, received_at=now, at=now).petition.number
    assert numbers(at_desk("registrar")) == [today]


def test_a_day_ends_at_midnight_here_and_not_elsewhere(at_desk: Desk, cast: Cast) -> None:
    midnight = timezone.make_aware(MORNING.replace(hour=0, minute=0, tzinfo=None))
    before = MORNING.date() - timedelta(days=1)
    last, first, next_day = (
        registered(cast, received_at=midnight + shift, at=midnight + shift, petition_date=before).petition.number
        for shift in (timedelta(minutes=-1), timedelta(0), timedelta(days=1))
    )
    found = numbers(at_desk("registrar"), date=DAY)
    assert found == [first]
    assert not {last, next_day} & set(found)


def test_what_is_sealed_stands_in_the_register_of_those_alone_who_may_know_of_it(at_desk: Desk, cast: Cast) -> None:
    sealed = registered(cast, purpose=Purpose.ACCUSE).petition.number
    assert numbers(at_desk("registrar"), date=DAY) == [sealed]
    assert numbers(at_desk("dispatcher"), date=DAY) == []


@pytest.mark.parametrize("query", [{"date": "x"}, {"date": "1000-01-01"}, {"organ": "6101150010000001299"}])
def test_another_office_and_a_day_that_is_none_are_refused(at_desk: Desk, query: dict[str, str]) -> None:
    answer = at_desk("registrar").get("/desk/register/", query)
    assert answer.status_code == 422
    assert 'class="error"' in words(answer)


def test_a_day_without_petitions_says_so(at_desk: Desk) -> None:
    assert "这一天没有登记信访件。" in words(at_desk("registrar").get("/desk/register/"))


def test_the_register_costs_the_same_for_any_number_of_rows(
    at_desk: Desk, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = at_desk("registrar")
    for rows in (1, 7):
        for _ in range(rows):
            Life(cast).until("dispatch")
        with django_assert_num_queries(7):
            client.get("/desk/register/", {"date": DAY})
