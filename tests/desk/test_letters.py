"""收信室: a letter gets its sticker, its time and its place, and waits to be registered; its paper is lent and comes back."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast, registered
from tests.desk.hall import words
from xinfang.petitions import actions
from xinfang.petitions.actions.originals import Kept
from xinfang.petitions.models import Original, Petition
from xinfang.trace.models import Entry

Desk = Callable[[str], Client]
PAGE = "/desk/letters/"


def letter(**changes: object) -> dict[str, object]:
    now = timezone.localtime()
    form = {
        "once": str(uuid.uuid4()),
        "barcode": "LX2026-0001",
        "received_at": now.strftime("%Y-%m-%dT%H:%M"),
        "postmarked_on": (now - timedelta(days=2)).strftime("%Y-%m-%d"),
        "addressee": "区委书记",
        "description": "来信原件",
        "sheets": "3",
        "has_envelope": "on",
        "place": "一号柜二层",
    }
    return form | changes


def kept(cast: Cast, **changes: object) -> Original:
    note = Kept(**({"barcode": "LX2026-0009", "description": "手写信", "place": "一号柜"} | changes))
    return actions.keep_original(registered(cast).petition, note, by=cast.registrar, at=timezone.now())


def test_the_sticker_is_scanned_first(at_desk: Desk) -> None:
    page = words(at_desk("registrar").get(PAGE))
    assert '<input id="scan" name="barcode" maxlength="40" autocomplete="off" autofocus' in page
    assert 'name="place"' not in page


def test_a_new_sticker_opens_the_form_with_it_filled_in(at_desk: Desk) -> None:
    page = words(at_desk("registrar").get(PAGE, {"barcode": " lx2026-0001 "}))
    assert 'name="barcode" value="LX2026-0001"' in page
    assert 'name="place"' in page


def test_an_opened_letter_waits_with_its_paper(at_desk: Desk) -> None:
    client = at_desk("registrar")
    page = client.post(PAGE, letter(), follow=True)
    draft, original = Petition.objects.get(), Original.objects.get()
    assert page.redirect_chain == [(PAGE, 302)]
    assert (draft.status, draft.channel, original.petition_id) == ("draft", "letter", draft.pk)
    assert (original.sheets, original.has_envelope, original.addressee) == (3, True, "区委书记")
    for said in ("LX2026-0001", "一号柜二层", f"/desk/drafts/{draft.pk}/register/"):
        assert said in words(page)


def test_scans_are_kept_as_evidence_and_a_bad_one_keeps_nothing(at_desk: Desk) -> None:
    client = at_desk("registrar")
    bad = client.post(PAGE, letter(attachments=SimpleUploadedFile("坏.pdf", b"MZ\x90\x00" * 9)))
    assert bad.status_code == 422
    assert not Petition.objects.exists()
    client.post(PAGE, letter(attachments=SimpleUploadedFile("信.txt", "屋顶漏水".encode())))
    assert Petition.objects.get().evidence.get().label == "来信扫描件1"


def test_a_letter_sent_twice_is_opened_once(at_desk: Desk) -> None:
    client, form = at_desk("registrar"), letter()
    client.post(PAGE, form)
    again = client.post(PAGE, form, follow=True)
    assert "已经提交过" in words(again)
    assert Entry.objects.filter(act="petition.open_letter").count() == 1


def test_a_known_sticker_leads_to_its_letter(at_desk: Desk, cast: Cast) -> None:
    client, original = at_desk("registrar"), kept(cast)
    assert client.get(PAGE, {"barcode": "lx2026-0009"})["Location"] == f"/desk/petitions/{original.petition.number}/"
    client.post(PAGE, letter())
    draft = Petition.objects.get(status="draft")
    assert client.get(PAGE, {"barcode": "LX2026-0001"})["Location"] == f"/desk/drafts/{draft.pk}/register/"


def test_a_sticker_of_another_office_leads_nowhere(at_desk: Desk, cast: Cast) -> None:
    kept(cast)
    assert at_desk("street_handler").get(PAGE, {"barcode": "LX2026-0009"}).status_code == 200
    refused = at_desk("street_handler").post(PAGE, letter(barcode="LX2026-0009"))
    assert "已经贴在另一份原件上" in words(refused)


@pytest.mark.parametrize("rubbish", ["", "汉字", "<script>", "1" * 40, "a\x00b"])
def test_rubbish_from_a_scanner_is_told_and_opens_no_form(at_desk: Desk, rubbish: str) -> None:
    page = at_desk("registrar").get(PAGE, {"barcode": rubbish})
    assert 'id="scan_error"' in words(page)
    assert 'name="place"' not in words(page)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("place", ""),
        ("sheets", "0"),
        ("sheets", "99999"),
        ("postmarked_on", "2099-01-01"),
        ("received_at", "2099-01-01T00:00"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(at_desk: Desk, field: str, value: str) -> None:
    answer = at_desk("registrar").post(PAGE, letter(**{field: value}))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Petition.objects.exists()


def test_who_keeps_no_paper_has_no_letter_room(at_desk: Desk) -> None:
    assert at_desk("leader").get(PAGE).status_code == 403
    assert PAGE not in words(at_desk("leader").get("/desk/"))
    assert PAGE in words(at_desk("registrar").get("/desk/"))


def test_paper_is_moved_lent_and_taken_back_from_the_petition_page(at_desk: Desk, cast: Cast) -> None:
    client, original = at_desk("registrar"), kept(cast)
    home = f"/desk/petitions/{original.petition.number}/"
    assert "一号柜" in words(client.get(home))
    moved = client.post(f"/desk/originals/{original.pk}/move/", {"place": "二号柜"}, follow=True)
    assert "二号柜" in words(moved)
    due = (timezone.localdate() + timedelta(days=3)).isoformat()
    form = {"to": cast.street_handler.username, "purpose": "核对笔迹", "due_on": due}
    lent = client.post(f"/desk/originals/{original.pk}/lend/", form, follow=True)
    assert f"{cast.street_handler.name}，应于 {due} 归还" in words(lent)
    again = client.get(f"/desk/originals/{original.pk}/lend/", follow=True)
    assert "已借出，尚未归还" in words(again)
    back = client.post(f"/desk/originals/{original.pk}/take_back/", follow=True)
    assert "应于" not in words(back)
    assert original.loans.get().returned_at
    assert "没有借出" in words(client.get(f"/desk/originals/{original.pk}/take_back/", follow=True))


def test_another_office_sees_the_paper_and_does_not_touch_it(at_desk: Desk, cast: Cast) -> None:
    original = kept(cast)
    assert at_desk("supervisor").get(f"/desk/originals/{original.pk}/move/").status_code == 403
    assert at_desk("street_handler").get(f"/desk/originals/{original.pk}/move/").status_code == 404
    page = words(at_desk("supervisor").get(f"/desk/petitions/{original.petition.number}/"))
    assert "LX2026-0009" in page
    assert "/move/" not in page


def test_the_letter_room_costs_the_same_for_any_number_of_letters(
    at_desk: Desk, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = at_desk("registrar")
    for first, last in ((1, 2), (2, 8)):
        for n in range(first, last):
            client.post(PAGE, letter(barcode=f"LX2026-{n:04}"))
        client.get(PAGE)
        with django_assert_num_queries(5):
            client.get(PAGE)


def test_paper_is_handed_back_against_a_printed_receipt(at_desk: Desk, cast: Cast) -> None:
    client, original = at_desk("registrar"), kept(cast)
    home = f"/desk/petitions/{original.petition.number}/"
    back = f"/desk/originals/{original.pk}/hand_back/"
    assert back in words(client.get(home))
    assert "先打印退还收据" in words(client.get(back))
    printed = words(client.get(f"/desk/originals/{original.pk}/receipt/"))
    assert (printed.count("LX2026-0009"), "存根" in printed, "信访人留存" in printed) >= (2, True, True)
    assert client.post(back, {"taken_by": "", "proof": ""}).status_code == 422
    page = words(client.post(back, {"taken_by": "本人", "proof": "签名"}, follow=True))
    assert "原件已退还信访人。" in page
    assert "退还 本人" in page
    assert back not in page
    assert "已退还" in words(client.get(f"{home}receipt/"))
    assert "已经退还信访人" in words(client.get(back, follow=True))
