"""送达: the receipt is printed first, and the signed sheet comes back with the form."""

from collections.abc import Callable

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
from xinfang.documents import printing
from xinfang.documents.kinds import PaperKind
from xinfang.documents.models import AwaitingInk, Paper, SignedSheet
from xinfang.petitions.models import Delivery

Desk = Callable[[str], Client]


@pytest.fixture
def life(cast: Cast) -> Life:
    """Signed today, so that it can be delivered today."""
    now = timezone.now()
    life = Life(cast, at=now, received_at=now, petition_date=timezone.localdate(now))
    life.now = now
    life.later = lambda **_kw: timezone.now()  # type: ignore[method-assign]
    life.until("issue_opinion")
    printing.print_waiting(timezone.now())
    return life


def receipt(life: Life) -> Paper:
    return paper(PaperKind.DELIVERY_RECEIPT, life.petition)


def path(life: Life) -> str:
    return f"/desk/assignments/{life.assignment.pk}/deliver/"


def send(client: Client, life: Life, *scans: object) -> HttpResponse:
    form = {"mode": "in_person", "delivered_on": timezone.localdate().isoformat(), "proof": "本人签收"}
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
    opinion = paper(PaperKind.HANDLING_OPINION, life.petition)
    page = words(send(at_desk("street_handler"), life, scanned(opinion, life.petition)[0]))
    assert "这不是这件的送达回证" in page
    assert not Delivery.objects.exists()
    assert not SignedSheet.objects.exists()


def test_one_whose_code_cannot_be_read_is_taken_at_his_word(at_desk: Desk, life: Life) -> None:
    assert "已办理：送达。" in words(
        send(at_desk("street_handler"), life, upload(jpeg(Image.new("L", (800, 1100), 255))))
    )
    assert SignedSheet.objects.get(paper=receipt(life)).is_by_hand


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
