"""带走我的材料, 申请销毁: what a petitioner asks for himself, with his act secret."""

import io
from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from tests.archives.shelves import bound
from tests.cast import Cast, Life
from tests.portal.conftest import ask, send, text
from xinfang.archives import retention
from xinfang.archives.models import Pack
from xinfang.archives.offline.pack import check_pack
from xinfang.petitions.models import ErasureRequest
from xinfang.trace import sequencer
from xinfang.trace.models import Entry
from xinfang.trace.verify import verify


@pytest.fixture(autouse=True)
def _a_store_of_its_own(settings: Settings, tmp_path: Any) -> None:
    settings.STORE = tmp_path / "files"


@pytest.fixture
def life(cast: Cast) -> Life:
    life = Life(cast)
    life.now = timezone.now() - timedelta(days=100)
    return life.until("evaluate")


def test_he_takes_his_own_pack_and_it_verifies(client: Client, life: Life) -> None:
    page = text(ask(client, str(life.petition.number), life.registered.query_code))
    assert 'id="may-pack"' in page
    sequencer.place_all()
    answer = send(client, life, "pack")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
    check_pack(io.BytesIO(b"".join(answer.streaming_content)), None)
    assert Entry.objects.get(act="case_pack.give_own").hand == "petitioner"
    sequencer.place_all()
    assert verify() is None


def test_the_query_code_takes_nothing(client: Client, life: Life) -> None:
    answer = send(client, life, "pack", act_secret="WRONGONE")
    assert answer["Content-Type"].startswith("text/html")
    assert "办事密码不对。" in text(answer)
    assert not Pack.objects.exists()


def test_of_a_sealed_petition_nothing_is_offered(client: Client, cast: Cast) -> None:
    life = Life(cast, is_confidential=True, by=cast.dispatcher)
    assert 'id="may-pack"' not in text(ask(client, str(life.petition.number), life.registered.query_code))
    assert "请带身份证件到登记它的窗口领取" in text(send(client, life, "pack"))


def test_to_be_erased_is_offered_once_it_is_archived(client: Client, life: Life) -> None:
    assert 'id="may-erase"' not in text(ask(client, str(life.petition.number), life.registered.query_code))
    refused = text(send(client, life, "erase", reason="purpose_done"))
    assert "只有已经归档、还没有销毁的信访件可以销毁。" in refused
    assert not ErasureRequest.objects.exists()


def test_within_the_term_he_is_told_until_when(client: Client, life: Life) -> None:
    life.archive()
    bound(life)
    assert 'id="may-erase"' in text(ask(client, str(life.petition.number), life.registered.query_code))
    page = text(send(client, life, "erase", reason="purpose_done"))
    assert "保管期限" in page
    assert not ErasureRequest.objects.exists()


def test_past_the_term_it_is_asked_for_once_and_by_his_own_hand(client: Client, life: Life) -> None:
    life.archive()
    with patch.object(retention, "until", return_value=date(2020, 12, 31)):
        bound(life)
    page = text(send(client, life, "erase", reason="purpose_done"))
    assert "销毁申请已经记下。" in page
    row = ErasureRequest.objects.get()
    assert (row.is_on_paper, row.asked_by) == (False, None)
    again = text(send(client, life, "erase", reason="purpose_done", token="another"))
    assert "这一件的销毁申请正在办理，没有重复登记。" in again
    assert ErasureRequest.objects.count() == 1


def test_a_reason_is_chosen(client: Client, life: Life) -> None:
    assert "请选一项。" in text(send(client, life, "erase"))
