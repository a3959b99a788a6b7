"""一稿多户: one text for many petitions, what differs from a table, a draft and a paper for each."""

import io
import json
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from tests.cast import Cast, Life
from tests.desk.hall import words
from tests.desk.test_laws import AT, HAND
from xinfang.desk import one_text_batch
from xinfang.documents.models import Paper
from xinfang.documents.papers import data_of
from xinfang.foundation.errors import Refused
from xinfang.legislation import library
from xinfang.petitions import actions, erasure
from xinfang.petitions.actions.opinion import AnswerText, Shared
from xinfang.petitions.codes import Confidentiality, OpinionResult
from xinfang.petitions.models import Answer, Assignment, Commitment, Opinion, Petition, SharedDraft
from xinfang.petitions.one_text import filled
from xinfang.trace.models import Entry

Desk = Callable[[str], Client]
WRITE = "/desk/one_text/write/"
LAW = "《信访工作条例》第三十二条"


def households(cast: Cast, many: int, until: str = "handle") -> list[Life]:
    return [Life(cast, demands=("按面积补足过渡费",)).until(until) for _ in range(many)]


def ids(lives: list[Life]) -> str:
    return ",".join(str(life.assignment.pk) for life in lives)


def cell(life: Life, place: str) -> str:
    return f"cell:{life.assignment.pk}:{place}"


def text(lives: list[Life], **changes: str) -> dict[str, str]:
    said = {
        "rows": ids(lives),
        "once": str(uuid.uuid4()),
        "do": "send",
        "finding_1": "经丈量，{户主}户面积{面积}平方米，欠付{金额}元。",
        "basis_1": LAW,
        "result_1": "supported",
        "what_1": "补付{金额}元",
        "by_day_1": "",
        "remedy_organ": "临潼区人民政府",
    }
    for n, life in enumerate(lives, start=1):
        said |= {cell(life, "户主"): f"户主{n}", cell(life, "面积"): f"{80 + n}.5", cell(life, "金额"): str(1000 * n)}
    return said | changes


def drafted(desk: Client, lives: list[Life], **changes: str) -> HttpResponse:
    return desk.post(WRITE, text(lives, **changes), follow=True)


def batch_page() -> str:
    return f"/desk/one_text/{SharedDraft.objects.latest('id').batch}/"


def sign(desk: Client, **more: str) -> HttpResponse:
    return desk.post(batch_page(), {"once": str(uuid.uuid4()), **more})


def workbook(rows: list[list[Any]]) -> SimpleUploadedFile:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    stream = io.BytesIO()
    book.save(stream)
    return SimpleUploadedFile("households.xlsx", stream.getvalue())


def test_one_text_becomes_a_draft_for_each_with_its_own_differences(at_desk: Desk, cast: Cast) -> None:
    lives = households(cast, 3)
    page = drafted(at_desk("street_handler"), lives)
    assert "已拟写 3 件，等待负责人签发。" in words(page)
    said = [answer.finding for answer in Answer.objects.order_by("opinion__shared__n")]
    assert said == [f"经丈量，户主{n}户面积{80 + n}.5平方米，欠付{1000 * n}元。" for n in (1, 2, 3)]
    assert Entry.objects.filter(act="assignment.draft_opinion").count() == 3
    assert {row.batch for row in SharedDraft.objects.all()} == {SharedDraft.objects.first().batch}  # type: ignore[union-attr]


def test_the_head_reads_text_and_differences_and_signs_all_each_with_its_own_paper(at_desk: Desk, cast: Cast) -> None:
    lives = households(cast, 3)
    drafted(at_desk("street_handler"), lives)
    head = at_desk("street_head")
    page = words(head.get(batch_page()))
    for told in ("经丈量，{户主}户面积{面积}平方米", "户主2", "82.5", "签发 3 件"):
        assert told in page
    done = sign(head)
    assert "已签发 3 件。" in words(done)
    papers = list(Paper.objects.filter(kind="handling_opinion").order_by("id"))
    assert len({paper.number for paper in papers}) == 3
    keys = {life.assignment.pk: life.petition.key for life in lives}
    found = [data_of(paper, key=keys[paper.subject_id])["answers"][0]["finding"] for paper in papers]
    assert found == [f"经丈量，户主{n}户面积{80 + n}.5平方米，欠付{1000 * n}元。" for n in (1, 2, 3)]
    assert sorted(Commitment.objects.values_list("what", flat=True)) == ["补付1000元", "补付2000元", "补付3000元"]
    assert Entry.objects.filter(act="assignment.issue_opinion").count() == 3


def test_one_that_is_refused_stands_in_the_list_with_its_reason_and_the_others_are_signed(
    at_desk: Desk, cast: Cast
) -> None:
    lives = households(cast, 3)
    drafted(at_desk("street_handler"), lives)
    drawn, mark = at_desk("street_head"), str(uuid.uuid4())
    lives[1].draft_opinion()  # a newer draft, which the head has not read in this page
    page = words(drawn.post(batch_page(), {"once": mark}))
    assert "已签发 2 件。" in page
    assert "已另行拟稿" in page
    assert [life.assignment.status for life in lives] == ["opinion_issued", "handling", "opinion_issued"]


def test_each_passes_the_gate_by_itself(at_desk: Desk, cast: Cast) -> None:
    """One has a second demand, to which the common text says nothing."""
    lives = [*households(cast, 2), Life(cast, demands=("按面积补足过渡费", "安排回迁")).until("handle")]
    handler, head = at_desk("street_handler"), at_desk("street_head")
    handler.post(WRITE, text(lives, finding_2="已登记回迁。", basis_2=LAW, result_2="explained"))
    more = Opinion.objects.latest("id").answers.count()
    assert more == 2
    Answer.objects.filter(opinion=Opinion.objects.latest("id"), demand__n=2).delete()
    page = words(sign(head))
    assert "已签发 2 件。" in page
    assert "1 件没有办，原因见下。" in page
    assert [life.assignment.status for life in lives] == ["opinion_issued", "opinion_issued", "handling"]


def test_a_law_that_the_library_does_not_know_is_looked_up_once_for_all(at_desk: Desk, cast: Cast) -> None:
    library.load(by=HAND, at=AT)
    lives = households(cast, 2)
    drafted(at_desk("street_handler"), lives, basis_1="《某市停车管理办法》第三条")
    head = at_desk("street_head")
    assert "（2 件）" in words(head.get(batch_page()))
    refused = sign(head)
    assert refused.status_code == 422
    assert "诉求 1 的依据还没有勾选核对。" in words(refused)
    assert not Paper.objects.filter(kind="handling_opinion").exists()
    assert "已签发 2 件。" in words(sign(head, looked_up_1="on"))


def test_results_and_days_may_differ_too(at_desk: Desk, cast: Cast) -> None:
    lives = households(cast, 2)
    day = timezone.localdate().isoformat()
    columns = {cell(lives[0], "结果1"): "支持", cell(lives[1], "结果1"): "不予支持", cell(lives[0], "期限"): day}
    drafted(at_desk("street_handler"), lives, result_1="by_table", by_day_1="{期限}", **columns)
    first, second = Answer.objects.order_by("opinion__shared__n")
    assert (first.result, first.by_day and first.by_day.isoformat()) == ("supported", day)
    assert (second.result, second.by_day) == ("not_supported", None)


WRONG = [
    ({"{面积}": ""}, "“面积”：没有填。"),
    ({"{面积}": "x" * 201}, "“面积”：不能超过 200 个字，现在有 201 个字。"),
    ({"{面积}": "{金额}"}, "“面积”：里面不能有花括号。"),
    ({"{面积}": "a\x07b"}, "“面积”：里面有换行或者看不见的字符，请删去。"),
    ({"result_1": "by_table", "{结果1}": "也许"}, "“结果1”：请写支持、解释说明、不予支持。"),
    ({"by_day_1": "{期限}", "{期限}": "明年"}, "“期限”：这不是日期，请写成 2026-12-31 的样子。"),
    ({"by_day_1": "{期限}", "{期限}": "2020-01-01"}, "“期限”：落实日期不能早于今天；已经落实的，填今天。"),
]


@pytest.mark.parametrize(("changes", "sentence"), WRONG)
def test_a_row_that_is_wrong_names_its_row_and_its_field_and_nothing_is_written(
    at_desk: Desk, cast: Cast, changes: dict[str, str], sentence: str
) -> None:
    lives = households(cast, 2)
    said = {cell(lives[1], name[1:-1]) if name.startswith("{") else name: value for name, value in changes.items()}
    said |= {cell(lives[0], "结果1"): "支持", cell(lives[0], "期限"): timezone.localdate().isoformat()}
    page = drafted(at_desk("street_handler"), lives, **said)
    assert page.status_code == 422
    assert f"第 2 行（{lives[1].petition.number}）{sentence}" in words(page)
    assert "第 1 行（" not in words(page)
    assert "经丈量，{户主}户面积{面积}平方米，欠付{金额}元。" in words(page)
    assert not Opinion.objects.exists()


TEXTS = [
    ({"finding_1": "面积{面积平方米"}, "花括号没有成对。"),
    ({"finding_1": "面积{}平方米"}, "字段的名称写 1 至 12 个字。"),
    ({"finding_1": "{编号}"}, "“编号”是表里已有的列，请换一个名称。"),
    ({"basis_1": "《条例》第{条}条"}, "依据是各户共同的，不能写字段。"),
    ({"by_day_1": "尽快"}, "请写日期（如 2026-12-31），或者只写一个字段。"),
    ({"finding_1": "{a}{b}{c}{d}{e}{f}{g}"}, "字段最多 6 个，现在有 8 个"),
    ({"finding_1": ""}, "请填写查明的事实。"),
    ({"result_1": ""}, "请选择结果。"),
]


@pytest.mark.parametrize(("changes", "sentence"), TEXTS)
def test_a_text_that_is_wrong_is_refused_beside_its_field(
    at_desk: Desk, cast: Cast, changes: dict[str, str], sentence: str
) -> None:
    page = drafted(at_desk("street_handler"), households(cast, 2), **changes)
    assert page.status_code == 422
    assert sentence in words(page)
    assert not Opinion.objects.exists()


def test_a_sheet_goes_out_with_a_row_for_each_and_comes_back_filled_in(at_desk: Desk, cast: Cast) -> None:
    lives, desk = households(cast, 2), at_desk("street_handler")
    out = desk.post(WRITE, text(lives, do="sheet"))
    rows = list(load_workbook(io.BytesIO(out.content)).worksheets[0].iter_rows(values_only=True))
    assert rows[0] == ("编号", "信访人", "标题", "户主", "面积", "金额")
    assert [row[0] for row in rows[1:]] == [life.petition.number for life in lives]
    assert rows[1][3:] == ("户主1", "81.5", "1000")
    back = [list(rows[0]), [*rows[2][:3], "赵某", 120.25, 3600], [*rows[1][:3], "钱某", 0.1 + 0.2, 7]]
    page = desk.post(WRITE, {**text(lives, do="table"), "sheet": workbook(back)})
    assert "已经填入 2 行。" in words(page)
    for said in ('value="120.25"', 'value="3600"', 'value="0.3"', 'value="赵某"'):
        assert said in words(page)
    assert not Opinion.objects.exists()


def test_cells_are_pasted_from_excel(at_desk: Desk, cast: Cast) -> None:
    lives, desk = households(cast, 2), at_desk("street_handler")
    number = lives[1].petition.number
    page = desk.post(WRITE, text(lives, do="table", paste=f"编号\t户主\t面积\t金额\n{number}\t孙某\t99\t5\n"))
    assert "已经填入 1 行。" in words(page)
    assert 'value="孙某"' in words(page)
    assert 'value="户主1"' in words(page)


PASTES = [
    ("编号\t户主\n", "第一行缺少这些列：面积、金额。"),
    ("编号\t户主\t面积\t金额\n123\t甲\t1\t1", "第 2 行“编号”：123不在选中的件里。"),
    ("编号\t户主\t面积\t金额\nNUMBER\t甲\t1\t1\nNUMBER\t乙\t1\t1", "第 3 行“编号”：和第 2 行是同一件。"),
]


@pytest.mark.parametrize(("paste", "sentence"), PASTES)
def test_a_paste_that_does_not_fit_leaves_the_table_as_it_was(
    at_desk: Desk, cast: Cast, paste: str, sentence: str
) -> None:
    lives = households(cast, 1)
    paste = paste.replace("NUMBER", str(lives[0].petition.number))
    page = at_desk("street_handler").post(WRITE, text(lives, do="table", paste=paste))
    assert page.status_code == 422
    assert sentence in words(page)
    assert 'value="户主1"' in words(page)


def test_a_file_that_is_no_sheet_is_refused_with_a_sentence(at_desk: Desk, cast: Cast) -> None:
    lives = households(cast, 1)
    sheet = SimpleUploadedFile("households.xlsx", b"not a sheet")
    page = at_desk("street_handler").post(WRITE, {**text(lives, do="table"), "sheet": sheet})
    assert page.status_code == 422
    assert "这个文件读不出来，请另存为 .xlsx 再上传。" in words(page)


def test_any_one_is_looked_at_before(at_desk: Desk, cast: Cast) -> None:
    lives = households(cast, 2)
    said = text(lives, do="preview", preview=str(lives[1].assignment.pk))
    said[cell(lives[1], "金额")] = ""
    page = words(at_desk("street_handler").post(WRITE, said))
    assert "经丈量，户主2户面积82.5平方米，欠付[金额]元。" in page
    assert "“金额”：没有填。" in page
    assert not Opinion.objects.exists()


def test_sent_twice_it_drafts_and_signs_once(at_desk: Desk, cast: Cast) -> None:
    lives, desk, head = households(cast, 2), at_desk("street_handler"), at_desk("street_head")
    said = text(lives)
    for _ in range(2):
        assert desk.post(WRITE, said).url == batch_page()  # type: ignore[attr-defined]
    assert SharedDraft.objects.count() == 2
    mark = str(uuid.uuid4())
    head.post(batch_page(), {"once": mark})
    again = head.post(batch_page(), {"once": mark}, follow=True)
    assert "没有等待您签发的件。" in words(again)
    assert Entry.objects.filter(act="assignment.issue_opinion").count() == 2


def test_long_work_says_how_far_it_came_and_goes_on_from_there(
    at_desk: Desk, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    lives, head = households(cast, 3), at_desk("street_head")
    drafted(at_desk("street_handler"), lives)
    monkeypatch.setattr(one_text_batch, "SPELL", -1.0)
    page = sign(head)
    assert "已办到第 0 件，共 3 件。" in words(page)
    monkeypatch.setattr(one_text_batch, "SPELL", 60.0)
    assert "已签发 3 件。" in words(head.post(batch_page(), page.context["typed"]))


def test_what_cannot_be_written_together_is_told_and_left_out(at_desk: Desk, cast: Cast) -> None:
    ready, early = households(cast, 1), households(cast, 1, until="accept")
    sealed = households(cast, 1)[0]
    page = at_desk("street_handler").get(f"{WRITE}?rows={ids([*ready, *early])}")
    assert "另有 1 件不能写在这一稿里" in words(page)
    assert "这一稿写给 1 件。" in words(page)
    Petition.objects.filter(pk=sealed.pk).update(confidentiality=Confidentiality.CONFIDENTIAL)
    page = at_desk("street_handler").get(f"{WRITE}?rows={ids([*ready, sealed])}")
    assert "保密件不能和其他件一稿多户，请单独拟写。" in words(page)
    assert "这一稿写给 1 件。" in words(page)


def test_a_sealed_petition_is_drafted_by_itself_whoever_asks(cast: Cast) -> None:
    life = households(cast, 1)[0]
    Petition.objects.filter(pk=life.pk).update(confidentiality=Confidentiality.CONFIDENTIAL)
    said = {1: AnswerText("事实。", LAW, OpinionResult.EXPLAINED)}
    with pytest.raises(Refused):
        actions.draft_opinion(
            life.assignment,
            answers=said,
            remedy_organ="临潼区人民政府",
            by=life.handler,
            at=life.later(),
            shared=Shared(1, 1, "{}", "{}"),
        )
    assert not Opinion.objects.exists()


def test_another_unit_finds_nothing_and_others_have_no_such_page(at_desk: Desk, cast: Cast) -> None:
    drafted(at_desk("street_handler"), households(cast, 1))
    assert at_desk("dept_head").get(batch_page()).status_code == 404
    assert at_desk("archivist").get("/desk/one_text/").status_code == 403
    assert batch_page() in words(at_desk("street_head").get("/desk/one_text/"))
    assert batch_page() not in words(at_desk("dept_head").get("/desk/one_text/"))


def test_the_handler_reads_the_batch_and_signs_nothing(at_desk: Desk, cast: Cast) -> None:
    lives = households(cast, 1)
    drafted(at_desk("street_handler"), lives)
    assert ">签发 1 件<" not in words(at_desk("street_handler").get(batch_page()))
    page = at_desk("street_handler").post(batch_page(), {"once": str(uuid.uuid4())}, follow=True)
    assert "没有等待您签发的件。" in words(page)
    assert lives[0].assignment.status == "handling"


def test_a_batch_is_written_anew_from_where_it_ended(at_desk: Desk, cast: Cast) -> None:
    lives, desk = households(cast, 2), at_desk("street_handler")
    drafted(desk, lives)
    batch = SharedDraft.objects.latest("id").batch
    page = words(desk.get(f"{WRITE}?again={batch}"))
    for said in ("经丈量，{户主}户面积{面积}平方米", 'value="户主2"', "这一稿写给 2 件。"):
        assert said in page
    drafted(desk, lives, finding_1="再次丈量，{面积}平方米。")
    old, new = (f"/desk/one_text/{pk}/" for pk in (batch, SharedDraft.objects.latest("id").batch))
    assert old != new
    assert "已另行拟稿" in words(at_desk("street_head").get(old))
    assert "签发 2 件" in words(at_desk("street_head").get(new))


def test_the_worklist_leads_there(at_desk: Desk, cast: Cast) -> None:
    lives, desk = households(cast, 2), at_desk("street_handler")
    assert 'formaction="/desk/one_text/begin/"' in words(desk.get("/desk/"))
    rows = [str(life.assignment.pk) for life in lives]
    begun = desk.post("/desk/one_text/begin/", {"of": "assignment", "row": rows}, follow=True)
    assert "这一稿写给 2 件。" in words(begun)
    assert desk.get(WRITE).status_code == 302


def test_what_is_typed_is_kept_for_the_same_choice_of_petitions(at_desk: Desk, cast: Cast) -> None:
    lives, desk = households(cast, 2), at_desk("street_handler")
    said = {**text(lives), "page": WRITE}
    del said["do"]
    assert desk.post("/desk/unsent/", said).status_code < 400
    assert 'value="户主2"' in words(desk.get(f"{WRITE}?rows={ids(lives)}"))
    assert 'value="户主1"' not in words(desk.get(f"{WRITE}?rows={ids(lives[:1])}"))
    assert 'value="户主2"' in words(desk.get(WRITE))


def test_ten_cost_the_page_no_more_statements_than_two(at_desk: Desk, cast: Cast) -> None:
    head, counted = at_desk("street_head"), []
    for many in (2, 6):
        drafted(at_desk("street_handler"), households(cast, many))
        head.get(batch_page())
        with CaptureQueriesContext(connection) as asked:
            head.get(batch_page())
        counted.append(len(asked))
    assert counted[0] == counted[1]


def test_what_stands_for_a_place_is_never_read_as_a_place() -> None:
    assert filled("{甲}{乙}", {"甲": "{乙}", "乙": "二"}) == "{乙}二"


def test_the_rows_are_vouched_for_and_leave_with_their_petition(at_desk: Desk, cast: Cast) -> None:
    lives = households(cast, 1)
    drafted(at_desk("street_handler"), lives)
    row = SharedDraft.objects.get()
    assert json.loads(row.differences)["户主"] == "户主1"
    erasure.destroy(lives[0].petition)
    row.refresh_from_db()
    assert "户主1" not in row.differences + row.text
    assert Assignment.objects.count() == 1
