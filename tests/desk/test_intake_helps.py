"""What makes the page quick, as far as the server has a hand in it: initials, phrases, barcode, camera, card reader, files."""

import io
from collections.abc import Callable

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from tests.cast import Cast
from tests.desk.hall import typed, words
from xinfang.desk.checks import the_card_reader_is_on_this_machine
from xinfang.desk.forms import initials
from xinfang.organizations.models import Division, Duty, Unit
from xinfang.petitions import actions
from xinfang.petitions.codes import Channel
from xinfang.petitions.models import Evidence, Original, Petition, Phrase
from xinfang.petitions.models.phrase import PhraseUse
from xinfang.trace.acts import Hand
from xinfang.trace.models import Entry

Desk = Callable[[str], Client]
URL = "/desk/intake/"
# Session, officer, seats, what was begun here, places, categories, phrases.
STATEMENTS = 8  # the units, of whom one may be complained of, among them


def test_the_page_costs_the_same_however_much_there_is(
    at_desk: Desk, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = at_desk("registrar")
    client.get(URL)
    street = Division.objects.get(code="610115001000")
    Division.objects.bulk_create(
        Division(code=f"610115001{n:03d}", name=f"第{n}村", kind="village", parent=street) for n in range(1, 300)
    )
    with django_assert_num_queries(STATEMENTS):
        client.get(URL)


def test_a_place_is_found_by_the_initials_of_its_row(at_desk: Desk) -> None:
    Division.objects.filter(code="610115001000").update(pinyin="lsjd")
    page = words(at_desk("registrar").get(URL))
    assert '<option value="610115001000" data-initials="lsjd">骊山街道</option>' in page


def test_a_unit_is_found_by_the_short_name_that_people_call_it_by(at_desk: Desk, cast: Cast) -> None:
    Unit.objects.filter(pk=cast.dept.pk).update(short_name="区住建局", pinyin="qzjj")
    page = words(at_desk("registrar").get(URL))
    assert 'data-initials="qzjj" data-short="区住建局">区住房和城乡建设局</option>' in page


def test_categories_and_code_lists_are_found_by_theirs(at_desk: Desk) -> None:
    page = words(at_desk("registrar").get(URL))
    assert '<option value="040200" data-initials="wyfw">物业服务</option>' in page
    assert '<option value="letter" data-initials="lx">来信</option>' in page
    assert '<option value="claim" data-initials="qj">求决</option>' in page


def test_in_english_the_words_are_their_own_initials(at_desk: Desk) -> None:
    page = words(at_desk("registrar").get(URL, headers={"accept-language": "en"}))
    assert '<option value="letter" data-initials="letter">Letter</option>' in page


def test_initials_are_worked_out_once_for_all_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    initials.initials_of.cache_clear()
    labels = ("从未见过的分类",)
    assert initials.initials_of(labels) == {labels[0]: "cwjgdfl"}
    initials.initials_of.cache_clear()
    monkeypatch.setattr(initials, "_initials", lambda label: "again")
    assert initials.initials_of(labels) == {labels[0]: "cwjgdfl"}
    initials.initials_of.cache_clear()


def test_the_phrases_of_his_posts_stand_beside_text_and_summary(at_desk: Desk) -> None:
    now, by = timezone.now(), Hand.system("test")
    ours = actions.add_phrase(duty=Duty.REGISTRAR, use=PhraseUse.SUMMARY, text="信访人反映{事项}。", by=by, at=now)
    actions.add_phrase(duty=Duty.DISPATCHER, use=PhraseUse.SUMMARY, text="别的岗位的。", by=by, at=now)
    actions.add_phrase(duty=Duty.REGISTRAR, use=PhraseUse.NOTE, text="别处用的。", by=by, at=now)
    page = words(at_desk("registrar").get(URL))
    assert page.count(f'<li data-initials="{ours.initials}">信访人反映{{事项}}。</li>') == 2
    assert "别的岗位的" not in page
    assert "别处用的" not in page
    Phrase.objects.update(is_retired=True)
    assert "信访人反映" not in words(at_desk("registrar").get(URL))


def test_a_scanned_letter_is_kept_with_its_sticker(at_desk: Desk) -> None:
    at_desk("registrar").post(URL, typed(barcode="lx2026-000123"))
    original = Original.objects.get()
    assert (original.barcode, original.petition) == ("LX2026-000123", Petition.objects.get())
    assert Entry.objects.filter(act="original.keep").exists()


@pytest.mark.parametrize(
    "rubbish", ["12345", "信访件", "LX 2026 000123", "<script>alert(1)</script>", "LX2026000123" * 3]
)
def test_what_a_scanner_sends_amiss_is_told_beside_the_field(at_desk: Desk, rubbish: str) -> None:
    answer = at_desk("registrar").post(URL, typed(barcode=rubbish))
    assert "扫到的不是条码" in answer.context["form"].errors["barcode"][0]
    assert not Petition.objects.exists()


def test_a_sticker_that_is_taken_refuses_the_form_and_registers_nothing(at_desk: Desk) -> None:
    client = at_desk("registrar")
    client.post(URL, typed(barcode="LX2026000123"))
    answer = client.post(URL, typed(barcode="LX2026000123"))
    assert answer.context["form"].errors["barcode"] == ["条码 LX2026000123 已经贴在另一份原件上。"]
    assert Petition.objects.count() == 1


def test_who_keeps_no_originals_is_not_asked_for_a_barcode(at_desk: Desk) -> None:
    page = at_desk("village_collector").get(URL)
    assert page.status_code == 200
    assert "barcode" not in page.context["form"].fields


def test_a_visitor_received_before_is_registered_on_the_same_page(at_desk: Desk, cast: Cast) -> None:
    now = timezone.now()
    draft = actions.receive(channel=Channel.VISIT, received_at=now, organ=cast.bureau, by=cast.registrar, at=now)
    client, page = at_desk("registrar"), f"/desk/drafts/{draft.pk}/register/"
    assert 'name="channel" value="visit" disabled' in words(client.get(page))
    assert client.post(page, typed(persons_count="3", persons_present="3")).status_code == 302
    assert Petition.objects.get().persons_present == 3


def test_the_fields_are_looked_over_before_the_files_are_sent(at_desk: Desk) -> None:
    client = at_desk("registrar")
    good, bad = client.post(URL, typed(check="1")), client.post(URL, typed(check="1", title=""))
    assert (good.status_code, bad.status_code) == (204, 422)
    assert "请填写标题。" in words(bad)
    assert not Petition.objects.exists()
    assert not Entry.objects.exists()


def test_a_form_that_comes_back_says_that_its_files_did_not(at_desk: Desk) -> None:
    lost = [SimpleUploadedFile("信.txt", "屋顶漏水".encode())]
    assert "附件没有保留，请重新选择文件" in words(at_desk("registrar").post(URL, typed(title="", attachments=lost)))
    assert "附件没有保留" not in words(at_desk("registrar").post(URL, typed(title="")))


def scan(pages: int) -> SimpleUploadedFile:
    file, pdf = io.BytesIO(), pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page()
    pdf.save(file)
    return SimpleUploadedFile("扫描件.pdf", file.getvalue())


def test_a_scan_of_forty_pages_is_one_file(at_desk: Desk) -> None:
    at_desk("registrar").post(URL, typed(attachments=[scan(40)]))
    assert Evidence.objects.get().original.media_type == "application/pdf"


def test_a_scan_that_is_too_large_is_told_beside_the_field(at_desk: Desk, settings: Settings) -> None:
    settings.UPLOAD_LIMIT = 100
    answer = at_desk("registrar").post(URL, typed(attachments=[scan(40)]))
    assert "“扫描件.pdf”：文件不能超过" in answer.context["form"].errors["attachments"][0]
    assert not Petition.objects.exists()


def test_forty_files_are_too_many_and_the_sentence_says_how_many(at_desk: Desk) -> None:
    pages = [SimpleUploadedFile(f"{n}.txt", b"x") for n in range(40)]
    answer = at_desk("registrar").post(URL, typed(attachments=pages))
    assert answer.context["form"].errors["attachments"] == ["一次最多上传 20 个文件。"]


def test_the_camera_is_for_this_site_alone_and_nothing_else_is_asked_for(at_desk: Desk) -> None:
    assert at_desk("registrar").get(URL)["Permissions-Policy"] == "camera=(self), microphone=(), geolocation=()"


def test_without_a_card_reader_no_page_may_ask_another_address(at_desk: Desk) -> None:
    page = at_desk("registrar").get(URL)
    assert "connect-src 'self';" in f"{page['Content-Security-Policy']};"
    assert "data-card-reader" not in words(page)


def test_with_one_its_button_stands_on_the_page(at_desk: Desk, settings: Settings) -> None:
    settings.CARD_READER = "http://127.0.0.1:19196"
    assert 'data-card-reader="http://127.0.0.1:19196"' in words(at_desk("registrar").get(URL))


@pytest.mark.parametrize(
    ("address", "is_wrong"),
    [
        ("", False),
        ("http://127.0.0.1:19196", False),
        ("http://127.0.0.1", True),
        ("http://192.168.1.9:19196", True),
        ("http://127.0.0.1:19196/; script-src *", True),
        ("https://evil.example", True),
    ],
)
def test_a_card_reader_on_another_machine_is_refused_at_start(
    settings: Settings, address: str, *, is_wrong: bool
) -> None:
    settings.CARD_READER = address
    assert bool(the_card_reader_is_on_this_machine(None)) == is_wrong
