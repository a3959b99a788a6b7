"""给信访人材料包, across the counter: a file or a sheet, after who asks was looked at."""

import io
from collections.abc import Callable

import pytest
from django.test import Client

from tests.cast import Cast, Life
from tests.desk.hall import words
from xinfang.archives.models import Pack
from xinfang.archives.offline.pack import check_pack
from xinfang.trace import sequencer
from xinfang.trace.models import Entry

Desk = Callable[[str], Client]


@pytest.fixture
def life(cast: Cast) -> Life:
    return Life(cast).until("evaluate")


def path(life: Life) -> str:
    return f"/desk/petitions/{life.petition.number}/own_pack/"


def test_the_file_verifies(at_desk: Desk, life: Life) -> None:
    desk = at_desk("registrar")
    sequencer.place_all()
    assert path(life) in words(desk.get(f"/desk/petitions/{life.petition.number}/"))
    answer = desk.post(path(life), {"is_known": "on"})
    assert answer["Content-Type"] == "application/zip"
    check_pack(io.BytesIO(b"".join(answer.streaming_content)), None)
    assert Entry.objects.filter(act="case_pack.give_own").count() == 1
    assert "给信访人材料包" in words(desk.get(f"/desk/petitions/{life.petition.number}/"))


def test_it_is_printed_for_who_has_no_stick(at_desk: Desk, life: Life) -> None:
    page = at_desk("registrar").post(path(life), {"is_known": "on", "print": "1"})
    said = words(page)
    for word in (life.petition.text, "受理告知书", "王**", "骊山街道办事处"):
        assert word in said
    assert "属街道职责" not in said
    assert "verify.py" not in said
    assert "no-store" in page["Cache-Control"]


def test_who_asks_is_looked_at_first(at_desk: Desk, life: Life) -> None:
    refused = at_desk("registrar").post(path(life), {})
    assert refused.status_code == 422
    assert "请先当面核对身份，再勾选这一项。" in words(refused)
    assert not Pack.objects.exists()


def test_a_unit_gives_none(at_desk: Desk, life: Life) -> None:
    page = at_desk("street_handler").get(path(life))
    assert page.status_code == 403
    assert "登记这一件的窗口" in words(page)
