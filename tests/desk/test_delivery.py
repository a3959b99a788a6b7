"""送达: the receipt is printed first, and the signed sheet comes back with the form."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from PIL import Image

from tests.cast import Cast, Life
from tests.desk.hall import words
from tests.desk.test_ink import scanned, upload
from tests.documents.test_ink import jpeg
from tests.petitions.facts import paper
from xinfang.deadlines.models import Promise
from xinfang.deadlines.terms import Clock
from xinfang.documents import printing
from xinfang.documents.kinds import PaperKind
from xinfang.documents.models import AwaitingInk, Paper, SignedSheet
from xinfang.petitions.models import Delivery, Evaluation, ReviewDelivery
from xinfang.trace.models import Entry

Desk = Callable[[str], Client]


@pytest.fixture
def life(cast: Cast) -> Life:
    """Signed today, so that it can be delivered today."""
    now = timezone.now()
    life = Life(cast, at=now, received_at=now, petition_date=timezone.localdate(now))
    life.now = now
    life.later = lambda **_kw: timezone.now()  # type: ignore[method-assign]
    life.until("issue_opinion")
    laid_out(receipt(life), life)
    return life


def laid_out(paper: Paper, life: Life) -> Paper:
    """As the worker does it, however busy the machine is."""
    printing.rendering_of(paper, key=life.petition.key, at=timezone.now())
    return paper


def receipt(life: Life) -> Paper:
    return paper(PaperKind.DELIVERY_RECEIPT, life.petition)


def path(life: Life) -> str:
    return f"/desk/assignments/{life.assignment.pk}/deliver/"


def send(client: Client, life: Life, *scans: object, **ticks: str) -> HttpResponse:
    form = {"mode": "in_person", "delivered_on": timezone.localdate().isoformat(), "proof": "本人签收", **ticks}
    return client.post(path(life), {**form, "scan": list(scans)}, follow=True)


def test_the_receipt_is_there_before_it_is_served(at_desk: Desk, life: Life) -> None:
    handler, number = at_desk("street_handler"), life.petition.number
    page = words(handler.get(path(life)))
    assert f'href="/desk/petitions/{number}/papers/{receipt(life).pk}/"' in page
    assert "先打印送达回证" in page
    sheet = words(handler.get(f"/desk/petitions/{number}/papers/{receipt(life).pk}/"))
    assert "□当面" in sheet
    assert "补打" not in sheet
    assert handler.post(f"/desk/petitions/{number}/papers/{receipt(life).pk}/")["Content-Type"] == "application/pdf"
    assert "补打理由" in words(handler.get(f"/desk/petitions/{number}/papers/{receipt(life).pk}/"))


def test_the_signed_sheet_comes_with_the_form_and_waits_for_no_ink_any_more(at_desk: Desk, life: Life) -> None:
    assert AwaitingInk.objects.filter(paper=receipt(life)).exists()
    page = words(send(at_desk("street_handler"), life, *scanned(receipt(life), life.petition)))
    assert "已办理：送达。" in page
    assert "送达（当面）：本人签收" in page
    sheet = SignedSheet.objects.get(paper=receipt(life))
    assert (sheet.nth, sheet.is_by_hand) == (1, False)
    assert not AwaitingInk.objects.filter(paper=receipt(life)).exists()
    assert Delivery.objects.get().scan is not None


def test_the_sheet_of_another_paper_is_refused_and_nothing_is_served(at_desk: Desk, life: Life) -> None:
    opinion = laid_out(paper(PaperKind.HANDLING_OPINION, life.petition), life)
    page = words(send(at_desk("street_handler"), life, scanned(opinion, life.petition)[0]))
    assert "这不是这件的送达回证" in page
    assert not Delivery.objects.exists()
    assert not SignedSheet.objects.exists()


def closed_lately(cast: Cast) -> Life:
    life = Life(cast)
    life.now = timezone.now() - timedelta(days=10)
    return life.until("deliver")


def test_the_rating_of_another_petition_is_refused_and_nobody_has_rated(at_desk: Desk, cast: Cast) -> None:
    other, life = closed_lately(cast), closed_lately(cast)
    forms = [laid_out(paper(PaperKind.EVALUATION_FORM, one.petition), one) for one in (other, life)]
    page = f"/desk/petitions/{life.petition.number}/evaluate/"
    wrong, right = (scanned(form, one.petition) for form, one in zip(forms, (other, life), strict=True))
    said = {"bureau": "satisfied", "unit": "satisfied", "reason": "", "kept": ""}
    refused = at_desk("registrar").post(page, {**said, "scan": wrong})
    assert "这不是这一件的评价表" in words(refused)
    assert not Evaluation.objects.exists()
    assert at_desk("registrar").post(page, {**said, "scan": right}).status_code == 302
    assert Evaluation.objects.get().is_on_paper


def test_one_whose_code_cannot_be_read_is_taken_at_his_word(at_desk: Desk, life: Life) -> None:
    blank = jpeg(Image.new("L", (800, 1100), 255))
    page = words(send(at_desk("street_handler"), life, upload(blank), is_by_hand="on"))
    assert "已办理：送达。" in page
    assert SignedSheet.objects.get(paper=receipt(life)).is_by_hand
    assert Entry.objects.get(act="paper.sign_in_ink").facts["by_hand"]


def test_any_picture_starts_no_clock_until_he_says_that_he_compared_it(at_desk: Desk, life: Life) -> None:
    blank = jpeg(Image.new("L", (800, 1100), 255))
    page = words(send(at_desk("street_handler"), life, upload(blank)))
    assert "读不出方块码，不能认定是这件签好的送达回证" in page
    assert not Delivery.objects.exists()
    assert not SignedSheet.objects.exists()
    assert not Promise.objects.filter(clock=Clock.D9).exists()


def test_whoever_forgot_a_field_is_told_that_the_scan_is_to_be_chosen_again(at_desk: Desk, life: Life) -> None:
    client, lost = at_desk("street_handler"), "附件没有保留，请重新选择文件。"
    scan = upload(jpeg(Image.new("L", (800, 1100), 255)))
    assert lost in words(send(client, life, scan, proof=""))
    assert lost not in words(send(client, life, proof=""))


def test_what_is_no_scan_at_all_is_refused_even_when_he_says_so(at_desk: Desk, life: Life) -> None:
    text = upload("本人已签收。".encode(), "回证.txt")
    page = words(send(at_desk("street_handler"), life, text, is_by_hand="on"))
    assert "回证扫描件要是 PDF 或者照片" in page
    assert not Delivery.objects.exists()


def test_the_tick_is_off_again_for_the_next_file(at_desk: Desk, life: Life) -> None:
    opinion = laid_out(paper(PaperKind.HANDLING_OPINION, life.petition), life)
    wrong = scanned(opinion, life.petition)[0]
    refused = words(send(at_desk("street_handler"), life, wrong, is_by_hand="on"))
    assert 'name="is_by_hand"' in refused
    assert not re.search(r'name="is_by_hand"[^>]* checked', refused)


def test_when_it_came_back_before_the_form_says_so(at_desk: Desk, life: Life) -> None:
    handler = at_desk("street_handler")
    handler.post("/desk/ink/", {"scans": scanned(receipt(life), life.petition)}, follow=True)
    assert "已经回传" in words(handler.get(path(life)))
    assert "已办理：送达。" in words(send(handler, life))
    assert SignedSheet.objects.filter(paper=receipt(life)).count() == 1


def test_whoever_sees_names_masked_reads_no_proof(at_desk: Desk, life: Life) -> None:
    send(at_desk("street_handler"), life)
    page = words(at_desk("auditor").get(f"/desk/petitions/{life.petition.number}/"))
    assert "本人签收" not in page


def test_the_review_office_prints_and_scans_back_what_it_serves(at_desk: Desk, cast: Cast) -> None:
    life = Life(cast).until("decide_review")
    office, number = at_desk("review_office"), life.petition.number
    sheet = laid_out(Paper.objects.get(kind="delivery_receipt", subject_kind="review"), life)
    laid_out(Paper.objects.get(kind="review_opinion"), life)
    waiting = words(office.get("/desk/ink/"))
    assert f"/papers/{sheet.pk}/" in waiting
    assert f"/papers/{Paper.objects.get(kind='review_opinion').pk}/" in waiting
    page = words(office.get(f"/desk/reviews/{life.review.pk}/deliver_review/"))
    assert f'href="/desk/petitions/{number}/papers/{sheet.pk}/"' in page
    form = {"mode": "left_with", "delivered_on": life.now.date().isoformat(), "proof": "不开门", "witnesses": "张某"}
    address = f"/desk/reviews/{life.review.pk}/deliver_review/"
    assert "留置送达须有两名见证人" in words(office.post(address, form))
    whole = {**form, "witnesses": "张某\n李某", "scan": scanned(sheet, life.petition)}
    shown = words(office.post(address, whole, follow=True))
    assert "送达（留置）：不开门；见证人 张某、李某" in shown
    assert SignedSheet.objects.get(paper=sheet).nth == 1
    assert ReviewDelivery.objects.get().scan is not None


def test_papers_of_a_hearing_come_back_with_their_ink(at_desk: Desk, cast: Cast) -> None:
    life = Life(cast).until("notice_hearing")
    notice = laid_out(Paper.objects.get(kind="hearing_notice"), life)
    handler = at_desk("street_handler")
    assert f"/papers/{notice.pk}/" in words(handler.get("/desk/ink/"))
    told = words(handler.post("/desk/ink/", {"scans": scanned(notice, life.petition)}, follow=True))
    assert "收下 1 份盖章件" in told
    assert SignedSheet.objects.filter(paper=notice).exists()
