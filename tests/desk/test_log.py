"""痕迹核验: the auditor and the administrator see what the last verification found and who has signed what."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import Cast, registered
from tests.desk.hall import shown, words
from tests.trace.receipts import FakeWitness, published
from xinfang.petitions.codes import Confidentiality
from xinfang.petitions.models import Demand, Petition
from xinfang.trace import nightly
from xinfang.trace.models import Entry, Verification, Witness

Desk = Callable[[str], Client]
PAGE = "/desk/log/"


def test_without_an_independent_witness_it_says_so_plainly(at_desk: Desk) -> None:
    page = words(at_desk("auditor").get(PAGE))
    assert "目前没有独立的见证方签过名" in page
    assert "还没有核验过" in page
    assert "还没有公布过检查点" in page


def test_it_shows_who_has_signed_what(at_desk: Desk, cast: Cast) -> None:
    one, two, own = (FakeWitness.numbered(n) for n in (1, 2, 3))
    one.enrol()
    own.enrol(is_independent=False)
    checkpoint = published()
    own.sign(checkpoint)
    assert "目前没有独立的见证方签过名" in words(at_desk("auditor").get(PAGE))
    one.sign(checkpoint)
    two.enrol()
    page = words(at_desk("auditor").get(PAGE))
    assert "目前没有独立的见证方签过名" not in page
    for said in (one.name, own.name, two.name, "还没有签过", "第1见证单位", "2026-05-29"):
        assert said in page
    assert "登记见证方" not in page  # the auditor changes nothing


def test_the_page_costs_the_same_with_many_witnesses(
    at_desk: Desk, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    for n in range(1, 9):
        FakeWitness.numbered(n).enrol()
    checkpoint = published()
    for n in range(1, 9):
        FakeWitness.numbered(n).sign(checkpoint)
    client = at_desk("administrator")
    client.get(PAGE)
    with django_assert_max_num_queries(10):
        client.get(PAGE)


def test_a_lie_stands_on_the_page_and_on_the_administrators_front_page(at_desk: Desk, cast: Cast) -> None:
    number = registered(cast).petition.number or ""
    assert not nightly.verified().lie
    assert "痕迹完好" in words(at_desk("administrator").get(PAGE))
    Demand.objects.update(text="x")
    nightly.verified()
    page = words(at_desk("administrator").get(PAGE))
    assert "第 1 位（登记）与库中内容不符。" in page
    assert number not in page  # the administrator sees no petition
    answer = at_desk("auditor").get(PAGE)
    assert "第 1 位：登记 · 区信访局 登记接访员 · 2026-06-15 09:00 · " in words(answer)
    assert f'/{number}/">{number}</a>' in words(answer)
    assert "发现改动" in words(at_desk("administrator").get("/desk/administration/"))


def test_of_a_sealed_petition_nothing_more_is_told(at_desk: Desk, cast: Cast) -> None:
    sealed = registered(cast).petition
    Petition.objects.update(confidentiality=Confidentiality.ACCUSATION_COMPARTMENT)
    Demand.objects.filter(n=1).update(n=9)
    assert nightly.verified().lie
    for who in ("auditor", "bureau_head"):
        page = words(at_desk(who).get(PAGE))
        assert '第 1 位：登记 <span class="hint">（不是您能看的信访件，或者不属于哪一件）' in page
        assert (sealed.number or "") not in page


def test_two_nights_without_a_verification_are_told(at_desk: Desk, cast: Cast) -> None:
    Verification.objects.create(at=timezone.now() - timedelta(hours=51), seconds=1, places=0)
    assert "已经两夜没有核验" in words(at_desk("administrator").get(PAGE))


def enrol(client: Client, **changes: Any) -> Any:
    form = shown(client.get(f"{PAGE}witnesses/enrol/")) | {
        "vkey": FakeWitness.numbered(1).verifier.vkey,
        "operator": "市信访局",
        "is_independent": "on",
    }
    return client.post(f"{PAGE}witnesses/enrol/", form | changes, follow=True)


def test_the_administrator_enrols_a_witness_and_ends_it(at_desk: Desk, cast: Cast) -> None:
    client = at_desk("administrator")
    assert "已登记见证方“w1.example/witness”" in words(enrol(client))
    witness = Witness.objects.get()
    assert (witness.operator, witness.is_independent) == ("市信访局", True)
    entry = Entry.objects.get(act="witness.enrol")
    assert entry.officer_id == cast.administrator.pk
    page = f"{PAGE}witnesses/{witness.pk}/end/"
    ended = client.post(page, shown(client.get(page)), follow=True)
    assert "已停止见证方" in words(ended)
    assert client.get(page).status_code == 404


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"vkey": "x"}, "这不是一把公钥"),
        ({"vkey": ""}, "这个字段是必填项"),
        ({"operator": "  "}, "这个字段是必填项"),
        ({"vkey": "x" * 300}, "240"),
        ({"operator": "局" * 121}, "120"),
    ],
)
def test_bad_input_gets_its_sentence_and_nothing_typed_is_lost(
    at_desk: Desk, cast: Cast, changes: dict[str, str], sentence: str
) -> None:
    answer = enrol(at_desk("administrator"), **changes)
    assert answer.status_code == 422
    assert sentence in words(answer) or "请填写" in words(answer)
    assert changes.get("operator", "市信访局").strip() in words(answer)
    assert not Witness.objects.exists()


def test_a_key_is_enrolled_once(at_desk: Desk, cast: Cast) -> None:
    client = at_desk("administrator")
    enrol(client)
    assert "这把公钥已经登记过" in words(enrol(client))


def test_it_runs_at_night_and_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    night = datetime(2026, 6, 15, 18, 30, tzinfo=UTC)  # half past two in Shanghai
    monkeypatch.setattr(timezone, "now", lambda: night + timedelta(hours=9))
    assert nightly.run() is None
    monkeypatch.setattr(timezone, "now", lambda: night)
    assert nightly.run() is not None
    assert nightly.run() is None
    monkeypatch.setattr(timezone, "now", lambda: night + timedelta(days=1))
    assert nightly.run() is not None
    assert Verification.objects.count() == 2
