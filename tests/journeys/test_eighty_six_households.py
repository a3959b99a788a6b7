"""86 households of one demolition, each a petition of its own, get one opinion with what differs: over the pages, from the
handler's worklist to 86 papers with 86 numbers. The steps before are the verbs': they are told elsewhere."""

import io
import re
import time
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from tests.cast import Cast, Life, assemble
from tests.desk.hall import signed_in, words
from xinfang.documents.models import Paper
from xinfang.documents.papers import data_of
from xinfang.petitions.models import Assignment, Commitment, SharedDraft

MANY = 86
LAW = "《信访工作条例》第三十二条"


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble()


def chosen(desk: Client) -> str:
    """All of the worklist, ticked."""
    page = words(desk.get("/desk/?size=100"))
    rows = re.findall(r'name="row" value="([0-9]+)"', page)
    assert len(rows) == MANY
    begun = desk.post("/desk/one_text/begin/", {"of": "assignment", "row": rows}, follow=True)
    assert f"这一稿写给 {MANY} 件。" in words(begun)
    found = re.search(r'name="rows" value="([0-9,]+)"', words(begun))
    assert found
    return found[1]


def filled_in(sheet: bytes) -> SimpleUploadedFile:
    """By the handler, in Excel: whose house, how large, how much."""
    book = load_workbook(io.BytesIO(sheet))
    rows = book.worksheets[0]
    for n in range(1, MANY + 1):
        for column, said in zip((4, 5, 6), (f"户主{n}", f"{60 + n}.5", f"{n * 1000}"), strict=True):
            rows.cell(n + 1, column).value = said
    stream = io.BytesIO()
    book.save(stream)
    return SimpleUploadedFile("yigao-duohu.xlsx", stream.getvalue())


def cells(page: str) -> dict[str, str]:
    return dict(re.findall(r'name="(cell:[0-9]+:[^"]+)" value="([^"]*)"', page))


def test_one_opinion_to_eighty_six_households(cast: Cast) -> None:
    for _ in range(MANY):
        Life(cast, demands=("补足过渡费",)).until("handle")
    desk, head = signed_in(cast.street_handler), signed_in(cast.street_head)
    text = {
        "rows": chosen(desk),
        "once": str(uuid.uuid4()),
        "finding_1": "经丈量，{户主}户房屋面积{面积}平方米，应补过渡费{金额}元。",
        "basis_1": LAW,
        "result_1": "supported",
        "what_1": "补付过渡费{金额}元",
        "remedy_organ": "临潼区人民政府",
    }
    sheet = filled_in(desk.post("/desk/one_text/write/", {**text, "do": "sheet"}).content)
    table = desk.post("/desk/one_text/write/", {**text, "do": "table", "sheet": sheet})
    assert f"已经填入 {MANY} 行。" in words(table)

    begun = time.monotonic()
    sent = desk.post("/desk/one_text/write/", {**text, **cells(words(table)), "do": "send"}, follow=True)
    drafted = time.monotonic() - begun
    assert f"已拟写 {MANY} 件，等待负责人签发。" in words(sent)

    [batch] = {row.batch for row in SharedDraft.objects.all()}
    page = head.get(f"/desk/one_text/{batch}/")
    assert "户主86" in words(page)
    begun = time.monotonic()
    answer = head.post(f"/desk/one_text/{batch}/", {"once": page.context["once"]})
    while "typed" in answer.context:
        answer = head.post(f"/desk/one_text/{batch}/", answer.context["typed"])
    print(f"{MANY} drafted in {drafted:.1f} s, signed in {time.monotonic() - begun:.1f} s")
    assert f"已签发 {MANY} 件。" in words(answer)

    papers = Paper.objects.filter(kind="handling_opinion").order_by("id")
    assert len({paper.number for paper in papers}) == MANY
    keys = {one.pk: one.petition.key for one in Assignment.objects.select_related("petition")}
    said = {data_of(paper, key=keys[paper.subject_id])["answers"][0]["finding"] for paper in papers}
    assert said == {f"经丈量，户主{n}户房屋面积{60 + n}.5平方米，应补过渡费{n * 1000}元。" for n in range(1, MANY + 1)}
    assert Commitment.objects.count() == MANY
