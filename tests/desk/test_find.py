"""To a petition by its number."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.cast import Cast, registered
from tests.desk.hall import words

Desk = Callable[[str], Client]


def test_a_number_leads_to_its_petition_however_it_is_typed(at_desk: Desk, cast: Cast) -> None:
    number = registered(cast).petition.number
    for typed in (number, number.lower(), f" {number[:6]} {number[6:]} "):
        assert at_desk("dispatcher").get("/desk/find/", {"number": typed}).url == f"/desk/petitions/{number}/"


@pytest.mark.parametrize("number", ["6101152026LX999999", "没有的编号", "x\x00y", "1" * 5000, "'; drop table"])
def test_a_number_that_does_not_exist_is_told_beside_its_field(at_desk: Desk, number: str) -> None:
    answer = at_desk("dispatcher").get("/desk/find/", {"number": number})
    assert answer.status_code == 404
    assert "没有编号为" in words(answer)
    assert 'aria-describedby="number_error"' in words(answer)


def test_a_number_he_may_not_know_of_is_answered_as_one_that_does_not_exist(at_desk: Desk, cast: Cast) -> None:
    number = registered(cast).petition.number
    client, unknown = at_desk("dept_head"), "6101152026LX999999"
    answers = [client.get("/desk/find/", {"number": one}) for one in (number, unknown)]
    assert [answer.status_code for answer in answers] == [404, 404]
    told = [answer.context["error"].replace(number, "…").replace(unknown, "…") for answer in answers]
    assert told[0] == told[1]


def test_without_a_number_it_asks_for_one(at_desk: Desk) -> None:
    assert "请填写信访件编号。" in words(at_desk("dispatcher").get("/desk/find/"))
