"""看图选街道: the map instead of the list, one press away and back, with nothing typed lost and no script."""

from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.portal.conftest import text
from tests.portal.test_filing import WHAT, at_step, post
from xinfang.organizations.models import Division, OnMap
from xinfang.petitions.models import Petition

LISHAN, DAIWANG, VILLAGE = "610115001000", "610115004000", "610115001001"


@pytest.fixture
def village(cast: Cast) -> Division:
    return Division.objects.create(code=VILLAGE, name="东村", kind="village", parent_id=LISHAN)


@pytest.fixture
def placed(cast: Cast) -> None:
    OnMap.objects.create(division_id=LISHAN, column=2, row=2)
    OnMap.objects.create(division_id=DAIWANG, column=3, row=1)


def radios(page: str) -> dict[str, bool]:
    """Value and whether it is chosen, in the order of the page."""
    found = page.split('<input type="radio" name="division" value="')[1:]
    return {one.split('"', 1)[0]: " checked" in one.split(">", 1)[0] for one in found}


def on_map(client: Client, **fields: Any) -> str:
    return unescape(text(at_step(client, "where", "map", **WHAT, **fields)))


def test_the_map_stands_in_place_of_the_list_and_keeps_what_was_typed(client: Client, placed: None) -> None:
    page = on_map(client, division=LISHAN, place="某小区3号楼", respondent="")
    assert radios(page) == {DAIWANG: False, LISHAN: True, "610115005000": False, "610115000000": False}
    assert '<label class="c2 r2">' in page
    assert 'value="某小区3号楼"' in page
    assert f'name="text" value="{WHAT["text"]}"' in page
    assert 'name="division" value=' not in page.split("<fieldset", maxsplit=1)[0]
    assert '<select name="division"' not in page


def test_a_street_chosen_on_the_map_is_where_it_happened(client: Client, cast: Cast, placed: None) -> None:
    page = text(at_step(client, "where", "next", **WHAT, places="map", division=DAIWANG, place="", respondent=""))
    assert "您要求什么" in page
    assert 'name="places" value="map"' in page
    post(client, places="map", division=DAIWANG)
    assert Petition.objects.get().division_id == DAIWANG


def test_nothing_chosen_is_told_on_the_map_itself(client: Client, placed: None) -> None:
    answer = at_step(client, "where", "next", **WHAT, places="map", place="", respondent="")
    page = text(answer)
    assert answer.status_code == 422
    assert "请选一个地方。不知道是哪个街道的，选全区。" in page.split('class="tiles')[0].split("<fieldset")[1]
    assert len(radios(page)) == 4


def test_a_place_that_is_none_is_refused(client: Client, placed: None) -> None:
    answer = at_step(client, "where", "next", **WHAT, places="map", division="999999999999", place="", respondent="")
    assert answer.status_code == 422
    assert "没有这个选项" in text(answer)
    assert not any(radios(text(answer)).values())


def test_back_to_the_list_the_street_of_the_map_is_chosen(client: Client, placed: None) -> None:
    page = text(at_step(client, "where", "list", **WHAT, places="map", division=DAIWANG, place="", respondent=""))
    assert f'<option value="{DAIWANG}" selected>' in page
    assert "看图选街道" in page


def test_a_village_chosen_in_the_list_stays_chosen_on_the_map(client: Client, placed: None, village: Division) -> None:
    page = on_map(client, division=VILLAGE, place="", respondent="")
    assert radios(page)[VILLAGE]
    assert LISHAN not in radios(page)
    assert "（东村）" in page
    assert "从清单里选街道、村（社区）" in page


def test_a_county_without_a_map_has_its_streets_in_order(client: Client, cast: Cast) -> None:
    page = on_map(client, place="", respondent="")
    assert list(radios(page)) == [LISHAN, DAIWANG, "610115005000", "610115000000"]
    assert "大致的位置" not in page


def test_borders_are_drawn_where_the_county_has_them_and_the_rest_are_tiles(client: Client, cast: Cast) -> None:
    OnMap.objects.create(division_id=LISHAN, outline=[[[0, 0], [600, 0], [600, 400], [0, 400], [0, 0]]])
    OnMap.objects.create(division_id=DAIWANG, outline=[[[600, 0], [1000, 0], [1000, 400], [600, 0]]])
    page = on_map(client, division=DAIWANG, place="", respondent="")
    assert '<path d="M0 0L600 0L600 400L0 400L0 0Z"/>' in page
    assert 'viewBox="-8 -8 1016 416"' in page
    assert radios(page) == {LISHAN: False, DAIWANG: True, "610115005000": False, "610115000000": False}
    assert 'style="' not in page


def test_the_map_costs_one_statement(client: Client, placed: None) -> None:
    def cost(go: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            at_step(client, "where", go, **WHAT, place="", respondent="")
        return len(captured)

    assert cost("map") == cost("more") + 1
