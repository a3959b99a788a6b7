"""One-desk intake: everything that arrives is registered, and the slip is shown once."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.cast import Cast
from tests.desk.hall import typed, words
from xinfang.petitions.models import Evidence, Petition
from xinfang.trace.models import Entry

Desk = Callable[[str], Client]
URL = "/desk/intake/"


def test_a_letter_is_registered_and_its_slip_is_shown(at_desk: Desk) -> None:
    answer = at_desk("registrar").post(URL, typed(), follow=True)
    petition = Petition.objects.get()
    assert answer.redirect_chain[-1][0] == f"/desk/petitions/{petition.number}/slip/"
    assert petition.number in words(answer)
    assert petition.query_code in words(answer)
    assert [demand.text for demand in petition.demands.order_by("n")] == ["修好屋顶", "赔偿损失"]
    assert petition.petitioners.get().identity.phone == "13800001234"


def test_the_slip_shows_the_secrets_once(at_desk: Desk) -> None:
    client = at_desk("registrar")
    shown = client.post(URL, typed(), follow=True)
    secret = shown.context["codes"]["act_secret"]
    again = client.get(shown.request["PATH_INFO"])
    assert again.status_code == 200
    assert secret not in words(again)
    assert "只在登记后显示一次" in words(again)


def test_the_secrets_lie_nowhere_in_clear(at_desk: Desk) -> None:
    client = at_desk("registrar")
    client.post(URL, typed())
    waiting = str(Session.objects.get().get_decoded())
    codes = client.get(f"/desk/petitions/{Petition.objects.get().number}/slip/").context["codes"]
    assert codes["act_secret"] not in waiting
    assert codes["query_code"] not in waiting


def test_the_slip_leads_on_to_the_duplicate_check(at_desk: Desk) -> None:
    shown = at_desk("registrar").post(URL, typed(), follow=True)
    assert f"/desk/petitions/{Petition.objects.get().number}/check_duplicate/" in words(shown)


def test_a_form_sent_twice_registers_once(at_desk: Desk) -> None:
    client, once = at_desk("registrar"), str(uuid.uuid4())
    client.post(URL, typed(once=once))
    again = client.post(URL, typed(once=once), follow=True)
    assert "没有重复办理" in words(again)
    assert again.redirect_chain[-1][0].endswith("/slip/")
    assert Petition.objects.count() == 1


def test_the_same_letter_on_two_forms_is_two_petitions(at_desk: Desk) -> None:
    client = at_desk("registrar")
    for _ in range(2):
        client.post(URL, typed(once=str(uuid.uuid4())))
    assert Petition.objects.count() == 2


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("title", "", "请填写标题。"),
        ("title", "长" * 51, "50"),
        ("text", "", "请填写投诉内容（原文）。"),
        ("text", "坏\x00字", "\x00"),
        ("demands", " \n ", "请填写诉求。"),
        ("demands", "短\n" + "长" * 501, "第 2 行超过 500 个字"),
        ("division", "999999999999", "没有这个选项，请从列表中选择。"),
        ("division", "", "请选择问题属地。"),
        ("category", "123456", "没有这个选项，请从列表中选择。"),
        ("channel", "pigeon", "没有这个选项，请从列表中选择。"),
        ("purpose", "nothing", "没有这个选项，请从列表中选择。"),
        ("source", "moon", "没有这个选项，请从列表中选择。"),
        ("received_at", "昨天", "时间不对"),
        ("received_at", "0001-01-01T00:00", "日期须在"),
        ("received_at", "9999-12-31T23:59", "日期须在"),
        ("petition_date", "2026-02-30", "日期不对"),
        ("petition_date", "0001-01-01", "日期须在"),
        ("persons_count", "0", "1"),
        ("persons_count", "许多", "整数"),
        ("persons_involved", "99999999999999999999", "1000000"),
        ("lead_phone", "", "没有电话的请勾选“无”。"),
        ("people", "甲\n乙\n丙\n丁\n戊", "代表人数不得超过5人，主访人算在内。（条例 二十）"),
    ],
)
def test_what_cannot_be_right_is_told_beside_its_field(at_desk: Desk, field: str, value: str, sentence: str) -> None:
    answer = at_desk("registrar").post(URL, typed(**{field: value}))
    assert answer.status_code == 422
    beside = answer.context["form"].errors
    assert list(beside) == [field]
    if "\x00" not in sentence:
        assert sentence in str(beside[field])
    assert f'id="id_{field}_error"' in words(answer)
    assert not Petition.objects.exists()


def test_a_receipt_in_the_future_is_refused_beside_its_field(at_desk: Desk) -> None:
    later = timezone.localtime() + timedelta(hours=2)
    answer = at_desk("registrar").post(URL, typed(received_at=later.strftime("%Y-%m-%dT%H:%M")))
    assert answer.context["form"].errors["received_at"] == ["收到时间不能晚于现在。"]


def test_a_petition_dated_tomorrow_is_refused_beside_its_field(at_desk: Desk) -> None:
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    answer = at_desk("registrar").post(URL, typed(petition_date=tomorrow))
    assert answer.context["form"].errors["petition_date"] == ["信访日期不能晚于今天。"]


def test_nothing_typed_is_lost_when_the_form_comes_back(at_desk: Desk) -> None:
    answer = words(at_desk("registrar").post(URL, typed(title="", text="一段很长的原文", place="某巷7号")))
    assert "一段很长的原文" in answer
    assert 'value="某巷7号"' in answer
    assert '<option value="610115001000" selected' in answer
    assert 'value="王桂兰"' in answer


def test_someone_without_a_telephone_is_registered(at_desk: Desk) -> None:
    answer = at_desk("registrar").post(URL, typed(lead_phone="", lead_no_phone="on"))
    assert answer.status_code == 302


def test_an_unsigned_letter_is_anonymous(at_desk: Desk) -> None:
    nobody = dict.fromkeys(("lead_name", "lead_id_no", "lead_phone", "lead_address"), "")
    at_desk("registrar").post(URL, typed(**nobody))
    assert Petition.objects.get().is_anonymous


def test_four_representatives_are_registered_beside_the_lead_who_is_the_fifth(at_desk: Desk) -> None:
    at_desk("registrar").post(URL, typed(channel="visit", people="甲一\n乙二\n丙三\n丁四", persons_count="12"))
    petition = Petition.objects.get()
    assert petition.petitioners.filter(role="representative").count() == 4
    assert petition.is_group


def test_a_file_is_kept_with_the_petition(at_desk: Desk) -> None:
    at_desk("registrar").post(URL, typed(attachments=[SimpleUploadedFile("信.txt", "屋顶漏水".encode())]))
    assert Evidence.objects.get().petition == Petition.objects.get()


def test_a_file_of_the_wrong_kind_refuses_the_whole_form_beside_its_field(at_desk: Desk) -> None:
    wrong = SimpleUploadedFile("virus.exe", b"MZ\x00\x01\x02")
    right = SimpleUploadedFile("信.txt", "屋顶漏水".encode())
    answer = at_desk("registrar").post(URL, typed(attachments=[right, wrong]))
    assert answer.status_code == 422
    assert "“virus.exe”：这种文件不能上传" in answer.context["form"].errors["attachments"][0]
    assert not Petition.objects.exists()
    assert not Entry.objects.exists()


def test_after_a_refused_file_the_same_form_can_be_sent_again(at_desk: Desk) -> None:
    client, once = at_desk("registrar"), str(uuid.uuid4())
    client.post(URL, typed(once=once, attachments=[SimpleUploadedFile("virus.exe", b"MZ\x00\x01")]))
    assert client.post(URL, typed(once=once)).status_code == 302
    assert Petition.objects.count() == 1


def test_a_street_registers_for_itself(at_desk: Desk, cast: Cast) -> None:
    at_desk("street_handler").post(URL, typed())
    assert Petition.objects.get().organ == cast.street


def test_an_accusation_is_sealed_at_once_and_open_to_who_entered_it(at_desk: Desk) -> None:
    answer = at_desk("registrar").post(URL, typed(purpose="accuse"), follow=True)
    assert answer.status_code == 200
    assert Petition.objects.get().confidentiality == "accusation_compartment"


def test_who_registers_nothing_is_not_given_the_form(at_desk: Desk) -> None:
    for name in ("leader", "auditor", "archivist", "administrator"):
        assert at_desk(name).get(URL).status_code == 403
        assert at_desk(name).post(URL, typed()).status_code == 403


def test_a_long_paste_is_taken_whole(at_desk: Desk) -> None:
    at_desk("registrar").post(URL, typed(text="漏" * 20_000))
    assert len(Petition.objects.get().text) == 20_000


def test_a_rare_character_in_a_name_survives(at_desk: Desk) -> None:
    at_desk("registrar").post(URL, typed(lead_name="䶮𬭎㛃"))
    assert Petition.objects.get().petitioners.get().identity.name == "䶮𬭎㛃"
