"""The desk of the discipline organ: its own list, a page for each step, and nobody else's pages change."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast, Life, registered
from tests.desk.hall import signed_in, words
from xinfang.petitions.codes import Purpose
from xinfang.petitions.models import DisciplineCase, Petition
from xinfang.trace.acts import PETITIONER


@pytest.fixture
def complaint(cast: Cast) -> Petition:
    return registered(cast, by=PETITIONER, purpose=Purpose.ACCUSE, respondent_unit=cast.street).petition


def test_the_list_the_taking_up_and_the_answer_are_three_pages(cast: Cast, complaint: Petition) -> None:
    client = signed_in(cast.discipline_officer)
    page = unescape(words(client.get("/desk/")))
    assert "等我办理的检举控告" in page
    assert str(complaint.number) in page
    sheet = unescape(words(client.get(f"/desk/petitions/{complaint.number}/")))
    assert "纪检接收" in sheet
    assert f"{complaint.number}/answer_accusation/" not in sheet
    address = f"/desk/petitions/{complaint.number}/take_up/"
    assert client.get(address).status_code == 200
    answer = client.post(
        address, {"note": "交第一室。", "seen": complaint.status, "once": "one-token-of-twenty-letters"}
    )
    assert answer.status_code == 302, words(answer)
    sheet = unescape(words(client.get(f"/desk/petitions/{complaint.number}/")))
    assert "交第一室。" in sheet
    address = f"/desk/petitions/{complaint.number}/answer_accusation/"
    empty = client.post(address, {"outcome": "found", "answer": "", "once": "two-token-of-twenty-letters"})
    assert empty.status_code == 422
    told = {"outcome": "found", "answer": "经查属实，已处理。", "destination": "", "once": "three-token-of-twenty-let"}
    assert client.post(address, told).status_code == 302
    assert DisciplineCase.objects.get().answer == "经查属实，已处理。"
    assert str(complaint.number) not in words(client.get("/desk/"))


def test_the_list_costs_the_same_however_long_it_is(cast: Cast, complaint: Petition) -> None:
    client = signed_in(cast.discipline_officer)

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get("/desk/")
        return len(captured)

    client.get("/desk/")
    one = cost()
    for _ in range(5):
        registered(cast, by=PETITIONER, purpose=Purpose.ACCUSE)
    assert cost() == one


def test_nobody_else_has_the_list_or_the_steps(cast: Cast, complaint: Petition) -> None:
    Life(cast).until("dispatch")
    for name in ("bureau_head", "registrar", "dispatcher", "street_head", "supervisor", "auditor"):
        client = signed_in(cast.officers[name])
        assert "等我办理的检举控告" not in words(client.get("/desk/")), name
        assert client.get(f"/desk/petitions/{complaint.number}/take_up/").status_code == 404, name


def test_the_list_goes_on_after_its_first_page_whatever_the_address_says(cast: Cast) -> None:
    client = signed_in(cast.discipline_officer)
    made = [registered(cast, by=PETITIONER, purpose=Purpose.ACCUSE).petition.number for _ in range(23)]
    first = unescape(words(client.get("/desk/")))
    assert "最早收到的在前。" in first
    onwards = re.search(r'href="(\?[^"]*accusations_after=[^"]+)"', first)
    assert onwards
    second = unescape(words(client.get(f"/desk/{onwards[1]}")))
    assert [number in first for number in made] == [True] * 20 + [False] * 3
    assert [number in second for number in made] == [False] * 20 + [True] * 3
    for wrong in ("x", "%00", "2026-13-45,1", "9" * 400):
        assert client.get(f"/desk/?accusations_after={wrong}").status_code in (200, 302, 400, 404)
