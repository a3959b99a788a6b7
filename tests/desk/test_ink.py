"""盖章件: the list of what waits for its ink, and scans that find their papers."""

import io
import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from tests.cast import Cast, Life
from tests.desk.hall import words
from tests.documents.test_ink import jpeg, noisy, pictures
from xinfang.documents import printing
from xinfang.documents.models import AwaitingInk, Paper, SignedSheet
from xinfang.petitions.models import Petition

Desk = Callable[[str], Client]


def upload(file: bytes | io.BytesIO, name: str = "扫描0001.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, file if isinstance(file, bytes) else file.getvalue())


def sheet_of(paper: Paper, petition: Petition) -> bytes:
    return printing.typeset(paper, key=petition.key).pdf


def scanned(paper: Paper, petition: Petition) -> list[SimpleUploadedFile]:
    """A crooked picture for each page."""
    drawn = pictures(sheet_of(paper, petition))
    return [upload(jpeg(noisy(one, 1.5)), f"{paper.kind}-{n}.jpg") for n, one in enumerate(drawn, start=1)]


@pytest.fixture
def life(cast: Cast) -> Life:
    life = Life(cast).until("dispatch")
    printing.print_waiting(timezone.now())
    return life


def paper(kind: str) -> Paper:
    return Paper.objects.get(kind=kind)


def send(client: Client, *files: SimpleUploadedFile) -> HttpResponse:
    return client.post("/desk/ink/", {"scans": list(files)}, follow=True)


def test_what_waits_in_his_unit_is_listed(at_desk: Desk, life: Life) -> None:
    page = words(at_desk("dispatcher").get("/desk/ink/"))
    for kind in ("拟办单", "转送函", "去向告知书"):
        assert f">{kind}</a>" in page
    assert "没有等待盖章的文书" in words(at_desk("street_handler").get("/desk/ink/"))


def test_of_a_petition_he_may_not_know_of_nothing_waits(at_desk: Desk, cast: Cast) -> None:
    sealed = Life(cast, is_confidential=True, by=cast.dispatcher).until("dispatch")
    printing.print_waiting(timezone.now())
    assert AwaitingInk.objects.exists()
    assert str(sealed.petition.number) in words(at_desk("dispatcher").get("/desk/ink/"))
    assert str(sealed.petition.number) not in words(at_desk("registrar").get("/desk/ink/"))


def test_scans_of_many_papers_find_each_their_own(at_desk: Desk, life: Life) -> None:
    letter, notice = paper("transfer_letter"), paper("routing_notice")
    files = [*reversed(scanned(letter, life.petition)), *scanned(notice, life.petition)]
    page = words(send(at_desk("dispatcher"), *files))
    assert "收下 2 份盖章件" in page
    assert {sheet.paper_id for sheet in SignedSheet.objects.all()} == {letter.pk, notice.pk}
    assert ">转送函</a>" not in page
    shown = at_desk("dispatcher").get(f"/desk/petitions/{life.petition.number}/papers/{letter.pk}/ink/1/")
    assert (shown.status_code, shown["Content-Type"]) == (200, "application/pdf")


def test_what_is_refused_is_told_by_its_name_and_the_others_are_attached(at_desk: Desk, life: Life) -> None:
    notice, letter = scanned(paper("routing_notice"), life.petition), scanned(paper("transfer_letter"), life.petition)
    blank = upload(jpeg(Image.new("RGB", (800, 1100), "white")), "空白.jpg")
    page = words(send(at_desk("dispatcher"), *notice, letter[0], blank, upload(b"words", "说明.txt")))
    assert "收下 1 份盖章件" in page
    assert "“transfer_letter-1.jpg”没有收下：这份文书共 2 页，只扫到 1 页" in page
    assert "“空白.jpg”没有收下：读不出方块码" in page
    assert "“说明.txt”没有收下" in page
    assert SignedSheet.objects.count() == 1


def test_a_code_of_a_paper_he_may_not_read_is_nobodys(at_desk: Desk, cast: Cast) -> None:
    life = Life(cast, is_confidential=True, by=cast.dispatcher).until("dispatch")
    printing.print_waiting(timezone.now())
    page = words(send(at_desk("registrar"), *scanned(paper("routing_notice"), life.petition)))
    assert "没有您可以看的这份文书" in page
    assert not SignedSheet.objects.exists()


def test_at_the_paper_itself_the_wrong_sheet_is_refused(at_desk: Desk, life: Life) -> None:
    path = f"/desk/petitions/{life.petition.number}/papers/{paper('routing_notice').pk}/ink/"
    wrong = scanned(paper("transfer_letter"), life.petition)
    refused = at_desk("dispatcher").post(path, {"scans": wrong, "is_by_hand": "on"})
    assert refused.status_code == 422
    assert "属于另一份文书" in words(refused)
    assert not re.search(r'name="is_by_hand"[^>]* checked', words(refused))  # the next file is another one


def test_an_unreadable_one_is_taken_when_he_says_that_he_compared_it(at_desk: Desk, life: Life) -> None:
    path, client = f"/desk/petitions/{life.petition.number}/papers/{paper('routing_notice').pk}/", at_desk("dispatcher")
    blank = jpeg(Image.new("RGB", (800, 1100), "white"))
    assert "请勾选“我已核对”" in words(client.post(f"{path}ink/", {"scans": [upload(blank)]}))
    done = client.post(f"{path}ink/", {"scans": [upload(blank)], "is_by_hand": "on"}, follow=True)
    assert "盖章件已收下" in words(done)
    assert "由经办人核对" in words(done)


def test_a_second_scan_is_asked_about(at_desk: Desk, life: Life) -> None:
    path, client = (
        f"/desk/petitions/{life.petition.number}/papers/{paper('routing_notice').pk}/ink/",
        at_desk("dispatcher"),
    )
    for _ in range(2):
        last = client.post(path, {"scans": scanned(paper("routing_notice"), life.petition)}, follow=True)
    assert "按“回传盖章件”，勾选“再传一份”" in words(last)
    client.post(path, {"scans": scanned(paper("routing_notice"), life.petition), "is_another": "on"})
    assert SignedSheet.objects.count() == 2


def test_three_hundred_files_at_once_are_too_many(at_desk: Desk, life: Life) -> None:
    page = at_desk("dispatcher").post("/desk/ink/", {"scans": [upload(b"x", f"{n}.jpg") for n in range(300)]})
    assert page.status_code == 422
    assert "一次最多上传 20 个文件" in words(page)


def test_the_list_costs_the_same_statements_for_one_and_for_many(at_desk: Desk, cast: Cast) -> None:
    client, counted = at_desk("dispatcher"), []
    for _ in range(2):
        Life(cast).until("dispatch")
        printing.print_waiting(timezone.now())
        with CaptureQueriesContext(connection) as asked:
            client.get("/desk/ink/")
        counted.append(len(asked))
    assert counted[0] == counted[1] <= 9


def test_the_list_goes_on_after_its_first_page(at_desk: Desk, life: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xinfang.desk.ink.SIZE", 1)
    client, after, found = at_desk("dispatcher"), "", []
    while True:
        told = client.get("/desk/ink/", {"after": after}).context
        found += [row.paper.kind for row in told["waiting"]]
        if not (after := told["after"]):
            break
    assert sorted(found) == ["proposal_form", "routing_notice", "transfer_letter"]
