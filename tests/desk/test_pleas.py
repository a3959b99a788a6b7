"""What a petitioner asks for without a phone: his words written down at the window, the reply, the script, the new slip."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from tests.cast import Cast, Life
from tests.desk.hall import signed_in, words
from tests.files import samples
from xinfang.foundation.patience import FREE_TRIES
from xinfang.petitions import actions, desks, policies, progress, slip_codes
from xinfang.petitions.errors import NotYourMove
from xinfang.petitions.models import Evidence, Look, Petition, Plea, PleaReply
from xinfang.trace.models import Entry


@pytest.fixture
def cast(db: None) -> Cast:
    from tests.cast import assemble

    return assemble()


@pytest.fixture
def life(cast: Cast, settings: Settings, tmp_path: Any) -> Life:
    settings.STORE = tmp_path / "files"
    life = Life(cast)
    life.now = timezone.now() - timezone.timedelta(days=10)
    return life.until("handle")


def enter(client: Client, life: Life, **changes: Any) -> Any:
    form = {"kind": "urge", "way": "telephone", "text": "三个月了，没有人来看过。", **changes}
    return client.post(reverse("desk:plea-enter", args=[life.petition.number]), form)


def timeline(life: Life) -> str:
    petition = slip_codes.by_code(str(life.petition.number), life.registered.query_code)
    return "\n".join(step.text for step in progress.of(petition, today=timezone.localdate()).steps)


def test_an_urge_by_telephone_is_written_down_shown_to_the_unit_and_answered(cast: Cast, life: Life) -> None:
    assert enter(signed_in(cast.registrar), life).status_code == 302
    plea = Plea.objects.get()
    assert (plea.kind, plea.way) == ("urge", "telephone")
    handler = signed_in(cast.street_handler)
    page = words(handler.get(reverse("desk:petition", args=[life.petition.number])))
    assert "三个月了，没有人来看过。" in page
    address = reverse("desk:plea-reply", args=[plea.pk])
    assert "三个月了，没有人来看过。" in words(handler.get(address))
    assert handler.post(address, {"text": ""}).status_code == 422
    assert handler.post(address, {"text": "后天上门。"}).status_code == 302
    assert "骊山街道办事处回话：后天上门。" in timeline(life)
    assert handler.post(address, {"text": "再说一遍。"}).status_code == 422
    assert handler.get(address).status_code == 302
    assert PleaReply.objects.count() == 1
    assert address not in words(handler.get(reverse("desk:petition", args=[life.petition.number])))


def test_who_helps_never_answers_the_petitioner(cast: Cast, life: Life) -> None:
    by, at = cast.dispatcher, life.later()
    actions.add_co_handler(life.petition, unit=cast.dept, requirement="请说明。", by=by, at=at)
    enter(signed_in(cast.registrar), life)
    plea = Plea.objects.get()
    helper = signed_in(cast.dept_handler)
    address = reverse("desk:plea-reply", args=[plea.pk])
    assert address not in helper.get(reverse("desk:petition", args=[life.petition.number])).content.decode()
    assert helper.get(address).status_code == 403
    with pytest.raises(NotYourMove, match="协办单位不直接答复信访人"):
        actions.reply_to(plea, text="与我无关。", by=cast.dept_handler, at=timezone.now())
    for name in ("street_handler", "dispatcher"):
        assert desks.reply_seat(cast.again(name), life.petition)


def test_a_note_he_wrote_is_kept_with_its_scan(cast: Cast, life: Life) -> None:
    scan = SimpleUploadedFile("a.jpg", samples.jpeg())
    answer = enter(signed_in(cast.registrar), life, kind="correct", way="paper", scan=[scan])
    assert answer.status_code == 302
    assert Plea.objects.get().kind == "correct"
    assert Evidence.objects.get().label == "信访人的纸条1"


@pytest.mark.parametrize("name", ["street_head", "street_handler", "supervisor", "auditor", "archivist"])
def test_nobody_else_writes_his_words_down(cast: Cast, life: Life, name: str) -> None:
    assert enter(signed_in(cast.officers[name]), life).status_code == 403
    assert not Plea.objects.exists()


@pytest.mark.parametrize("changes", [{"text": ""}, {"text": "漏" * 501}, {"kind": "x"}, {"way": "portal"}])
def test_what_is_missing_is_told_and_nothing_written(cast: Cast, life: Life, changes: dict[str, str]) -> None:
    assert enter(signed_in(cast.registrar), life, **changes).status_code == 422
    assert not Plea.objects.exists()


def test_a_stranger_to_the_petition_finds_neither_plea_nor_page(cast: Cast, life: Life) -> None:
    enter(signed_in(cast.registrar), life)
    stranger = signed_in(cast.dept_handler)
    assert stranger.get(reverse("desk:plea-reply", args=[Plea.objects.get().pk])).status_code == 404
    assert stranger.get(reverse("desk:material-receipt", args=[life.petition.number])).status_code == 404


def test_a_caller_is_read_the_same_words_he_would_read_himself(cast: Cast, life: Life) -> None:
    client, number = signed_in(cast.registrar), str(life.petition.number)
    form = {"number": f"{number[:6]} {number[6:].lower()}", "query_code": life.registered.query_code}
    page = words(client.post(reverse("desk:telephone"), form))
    assert "由骊山街道办事处办理" in page
    assert "办事密码" in page  # never to be asked for
    wrong = client.post(reverse("desk:telephone"), {**form, "query_code": "ABCDEFGHJK"})
    assert wrong.status_code == 422
    assert "没有查到" in words(wrong)


def test_the_new_slip_is_shown_once(cast: Cast, life: Life) -> None:
    client = signed_in(cast.registrar)
    form = {"number": life.petition.number, "name": "王桂兰", "id_no": "610115195401010020", "proof": "card"}
    page = words(client.post(reverse("desk:slip-renew"), {**form, "id_no": "610115195401010047"}))
    assert "编号和证件对不上" in page
    token = "5b1a4c5e-6b2c-4b57-9d52-6a8e2f9b0c11"
    page = words(client.post(reverse("desk:slip-renew"), {**form, "once": token}))
    petition = Petition.objects.get()
    assert petition.query_code in page
    secret = page.split('<dd class="code">')[3].split("<")[0]
    assert policies.is_secret_of(petition, secret)
    assert client.post(reverse("desk:slip-renew"), {**form, "once": token}).status_code == 302
    assert policies.is_secret_of(Petition.objects.get(), secret)
    assert Entry.objects.filter(act="petition.renew_codes").count() == 1


def test_cards_that_do_not_fit_wait_and_stand_in_the_ledger(cast: Cast, life: Life) -> None:
    clerk, other = signed_in(cast.registrar), signed_in(cast.dept_handler)
    token = "5b1a4c5e-6b2c-4b57-9d52-6a8e2f9b0c11"
    wrong = {"name": "王桂兰", "id_no": "610115195401010047", "proof": "card", "once": token}
    for n in range(FREE_TRIES):
        page = words(clerk.post(reverse("desk:slip-renew"), {**wrong, "number": f"6101152026LX99999{n}"}))
        assert "编号和证件对不上" in page
    assert Look.objects.filter(kind="renewal", officer=cast.registrar).count() == FREE_TRIES
    right = {**wrong, "number": str(life.petition.number), "id_no": "610115195401010020"}
    waits = clerk.post(reverse("desk:slip-renew"), right)
    assert waits.status_code == 422
    assert "秒后再试" in words(waits)
    renewed = words(other.post(reverse("desk:slip-renew"), {**right, "once": ""}))
    assert Petition.objects.get().query_code in renewed


def test_a_wrong_number_on_the_telephone_waits_and_a_right_one_stands_in_the_ledger(cast: Cast, life: Life) -> None:
    client, number = signed_in(cast.dept_handler), str(life.petition.number)
    right = {"number": number, "query_code": life.registered.query_code}
    assert client.post(reverse("desk:telephone"), right).status_code == 200
    look = Look.objects.get()
    assert (look.kind, look.petition_id, look.unit) == ("call", life.pk, cast.dept)
    for _ in range(FREE_TRIES):
        assert "没有查到" in words(client.post(reverse("desk:telephone"), {**right, "query_code": "ABCDEFGHJK"}))
    assert "秒后再试" in words(client.post(reverse("desk:telephone"), right))


def test_a_receipt_lists_what_was_handed_in(cast: Cast, life: Life) -> None:
    from tests.files.handed_in import sealed

    file = sealed("屋顶漏水".encode(), life.petition)
    actions.add_evidence(life.petition, file=file, name="a.txt", label="合同", by=cast.registrar, at=timezone.now())
    page = words(signed_in(cast.registrar).get(reverse("desk:material-receipt", args=[life.petition.number])))
    assert "合同" in page
    assert str(life.petition.number) in page
    assert "a.txt" not in page
