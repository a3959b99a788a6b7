"""信访人自己的材料包: his own papers and words, and nothing of the office's; it verifies like a case pack."""

import io
import json
import zipfile
from typing import Any

import pytest
from django.utils import timezone, translation

from tests.archives.shelves import archived, confidential, hand_in
from tests.cast import WANG, Cast, Life
from tests.petitions.facts import refused
from xinfang.archives import actions, own, packing
from xinfang.archives.models import Pack
from xinfang.archives.offline.pack import check_pack
from xinfang.organizations.errors import NotYourOffice
from xinfang.petitions.codes import LookKind
from xinfang.petitions.errors import NotYourMove
from xinfang.petitions.models import Commitment, Look, Petition
from xinfang.trace import sequencer
from xinfang.trace.acts import PETITIONER
from xinfang.trace.models import Entry
from xinfang.trace.verify import verify

OF_THE_OFFICE = {"proposal_form", "transfer_letter", "delivery_receipt", "completion_report", "objection_form"}


def given(life: Life, **changes: Any) -> Pack:
    facts = {"by": PETITIONER, "act_secret": life.registered.act_secret, "at": timezone.now()}
    return actions.give_own_pack(life.petition, **(facts | changes))


def whole(life: Life, **changes: Any) -> bytes:
    sequencer.place_all()
    pack = given(life, **changes)
    petition = Petition.objects.select_related("organ", "division").get(pk=life.pk)
    with translation.override("zh-hans"):
        read = own.read(petition, pack, str, today=timezone.localdate())
        return b"".join(packing.written(packing.parts(read, b"<!doctype html>", at=pack.asked_at)))


def told(made: bytes) -> dict[str, Any]:
    return dict(json.loads(zipfile.ZipFile(io.BytesIO(made)).read("case.json")))


def test_it_holds_his_words_his_files_and_what_he_was_given_and_verifies(cast: Cast) -> None:
    life = archived(cast)
    made = whole(life)
    check_pack(io.BytesIO(made), None)
    case = told(made)
    assert (case["scope"], case["text"]) == ("own", life.petition.text)
    assert [one["n"] for one in case["demands"]] == [1, 2]
    assert case["demands"][0]["result"] == "支持"
    assert case["demands"][0]["promised"]["what"] == Commitment.objects.get(answer__demand__n=1).what
    assert {one["kind"] for one in case["papers"]} == {
        *("registration_form", "routing_notice", "receipt_notice", "handling_opinion", "evaluation_form")
    }
    assert len(case["files"]) == 1
    assert case["steps"]


def test_nothing_of_the_office_is_in_it(cast: Cast) -> None:
    life = Life(cast).until("evaluate")
    made = whole(life)
    everything = b"".join(
        zipfile.ZipFile(io.BytesIO(made)).read(name) for name in zipfile.ZipFile(io.BytesIO(made)).namelist()
    )
    for word in ("属街道职责", WANG.id_no, WANG.phone, life.registered.query_code, life.registered.act_secret):
        assert word.encode() not in everything, word
    assert not OF_THE_OFFICE & {one["kind"] for one in told(made)["papers"]}
    acts = {one["act"] for one in told(made)["trace"]}
    assert "petition.register" in acts
    assert "petition.evaluate" in acts
    assert not acts & {"petition.propose", "petition.check_duplicate", "petition.look", "petition.reveal"}
    assert told(made)["people"][0]["name"] == "王**"


def test_an_opinion_is_his_when_it_was_served(cast: Cast) -> None:
    life = Life(cast).until("issue_opinion")
    assert "handling_opinion" not in {one["kind"] for one in told(whole(life))["papers"]}


def test_without_the_act_secret_nobody_takes_it(cast: Cast) -> None:
    life = Life(cast).until("dispatch")
    with refused("办事密码不对。", field="act_secret"):
        given(life, act_secret="XXXXXXXX")
    assert not Pack.objects.exists()


def test_at_the_counter_the_desk_that_registered_gives_it_and_no_unit(cast: Cast) -> None:
    life = Life(cast).until("evaluate")
    for name in ("street_head", "street_handler", "dept_handler", "archivist", "auditor"):
        with pytest.raises((NotYourOffice, NotYourMove)):
            given(life, by=cast.again(name))
    given(life, by=cast.again("registrar"))
    assert Look.objects.get(kind=LookKind.EXPORT).officer == cast.registrar
    entry = Entry.objects.get(act="case_pack.give_own")
    assert (entry.post, entry.subject_id) == ("registrar", life.pk)
    sequencer.place_all()
    assert verify() is None


def test_what_is_sealed_goes_to_nobody_who_holds_a_slip(cast: Cast) -> None:
    life = confidential(cast)
    with refused("这一件要求保密，网上不提供材料包。请带身份证件到登记它的窗口领取。"):
        given(life)
    with pytest.raises(NotYourMove):
        given(life, by=cast.again("registrar"))
    given(life, by=cast.again("dispatcher"))  # who is named to it


def test_an_accusation_has_none_here(cast: Cast) -> None:
    life = Life(cast, purpose="accuse")
    Petition.objects.filter(pk=life.pk).update(confidentiality="accusation_compartment")
    with refused("检举控告件的材料由受理它的纪检监察机关保存，请向它申请。"):
        given(life)


def test_it_is_not_set_going_again_and_again(cast: Cast) -> None:
    life = Life(cast).until("dispatch")
    given(life)
    with refused("刚刚取过一份。没有收到的，请过一分钟再取。"):
        given(life)


def test_a_photograph_of_the_work_is_not_his(cast: Cast) -> None:
    life = Life(cast)
    hand_in(life, b"his", by=cast.registrar, label="合同")
    life.until("log_work") if False else life.until("handle")
    assert [one["label"] for one in told(whole(life))["files"]] == ["合同"]
