"""在 Word 里写处理意见: out with a field for every answer, back into the form, and refused where a field is gone."""

import io
from collections.abc import Callable

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from docx.oxml.ns import qn

from tests.cast import Cast, Life
from tests.desk.hall import words
from tests.files import samples
from xinfang.petitions.models import Opinion

Desk = Callable[[str], Client]
FOUND = "经查，漏水属实。\n第二段：责任在物业公司。"


@pytest.fixture
def life(cast: Cast) -> Life:
    return Life(cast).until("handle")


def path(life: Life, word: str = "write_in_word") -> str:
    return f"/desk/assignments/{life.assignment.pk}/{word}/"


def taken_out(client: Client, life: Life) -> docx.document.Document:
    answer = client.get(f"{path(life)}?docx=1")
    assert answer["Content-Type"].endswith("wordprocessingml.document")
    return docx.Document(io.BytesIO(answer.content))


def controls(file: docx.document.Document) -> dict[str, object]:
    """By the name of the field."""
    found = {}
    for control in file.element.body.iter(qn("w:sdt")):
        tag = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val"))
        found[tag.partition(".")[2]] = control
    return found


def write(file: docx.document.Document, name: str, text: str) -> None:
    """As Word leaves it: a paragraph a line, a run split in two."""
    content = controls(file)[name].find(qn("w:sdtContent"))  # type: ignore[attr-defined]
    for old in list(content):
        content.remove(old)
    for line in text.split("\n"):
        paragraph = docx.Document().add_paragraph(line[:2])
        paragraph.add_run(line[2:])
        content.append(paragraph._element)


def bring_back(client: Client, life: Life, file: docx.document.Document | bytes) -> HttpResponse:
    saved = io.BytesIO(file) if isinstance(file, bytes) else io.BytesIO()
    if not isinstance(file, bytes):
        file.save(saved)
    upload = SimpleUploadedFile("意见.docx", saved.getvalue())
    return client.post(path(life), {"file": upload}, follow=True)


def filled_in(client: Client, life: Life) -> docx.document.Document:
    file = taken_out(client, life)
    for n in (1, 2):
        write(file, f"finding_{n}", FOUND)
        write(file, f"basis_{n}", "《物业管理条例》第三十五条")
        write(file, f"result_{n}", "支持")
    write(file, "remedy_organ", "临潼区人民政府")
    return file


def test_every_answer_is_a_field_of_the_file(at_desk: Desk, life: Life) -> None:
    file = taken_out(at_desk("street_handler"), life)
    assert {"finding_1", "basis_1", "result_1", "finding_2", "basis_2", "result_2", "remedy_organ"} <= set(
        controls(file)
    )
    assert "修好屋顶" in "".join(paragraph.text for paragraph in file.paragraphs)
    assert not file.core_properties.author


def test_what_was_written_in_word_stands_in_the_form_and_can_be_sent(at_desk: Desk, life: Life) -> None:
    client = at_desk("street_handler")
    shown = bring_back(client, life, filled_in(client, life))
    assert shown.redirect_chain[-1][0] == path(life, "draft_opinion")
    form = shown.context["form"]
    assert form["finding_2"].value() == FOUND
    assert form["result_1"].value() == "supported"
    data = {name: form[name].value() or "" for name in form.fields}
    sent = client.post(path(life, "draft_opinion"), data)
    assert sent.status_code == 302
    answers = {answer.demand.n: answer for answer in Opinion.objects.get().answers.select_related("demand")}
    assert (answers[1].finding, answers[2].basis) == (FOUND, "《物业管理条例》第三十五条")


def test_a_draft_that_is_there_goes_out_with_it(at_desk: Desk, life: Life) -> None:
    life.draft_opinion()
    shown = "".join(node.text or "" for node in taken_out(at_desk("street_handler"), life).element.body.iter(qn("w:t")))
    assert "漏水属实。" in shown
    assert "临潼区人民政府" in shown


def test_a_field_that_is_gone_is_refused_by_its_name(at_desk: Desk, life: Life) -> None:
    client = at_desk("street_handler")
    file = filled_in(client, life)
    for name in ("basis_2", "remedy_organ"):
        control = controls(file)[name]
        control.getparent().remove(control)  # type: ignore[attr-defined]
    refused = bring_back(client, life, file)
    assert refused.status_code == 422
    assert "缺少这些栏目：诉求 2 依据、复查机关" in words(refused)


def test_a_result_that_is_no_result_is_refused(at_desk: Desk, life: Life) -> None:
    client = at_desk("street_handler")
    file = filled_in(client, life)
    write(file, "result_1", "看情况")
    assert "“诉求 1 结果”写的是“看情况”" in words(bring_back(client, life, file))


def test_the_file_of_another_petition_is_refused(at_desk: Desk, cast: Cast, life: Life) -> None:
    client, other = at_desk("street_handler"), Life(cast).until("handle")
    assert "不是从这一件导出的" in words(bring_back(client, other, filled_in(client, life)))


@pytest.mark.parametrize("file", [b"words", samples.jpeg(), b"PK\x03\x04 broken"])
def test_what_is_no_word_file_is_refused(at_desk: Desk, life: Life, file: bytes) -> None:
    refused = bring_back(at_desk("street_handler"), life, file)
    assert refused.status_code == 422


def test_whose_move_it_is_not_takes_nothing_out(at_desk: Desk, life: Life) -> None:
    assert at_desk("dispatcher").get(f"{path(life)}?docx=1").status_code == 403
    assert at_desk("dept_head").get(f"{path(life)}?docx=1").status_code == 404
