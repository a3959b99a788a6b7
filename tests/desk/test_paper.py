"""Papers as plain slips, to whom they are meant for."""

from collections.abc import Callable

from django.test import Client

from tests.cast import Cast, Life
from tests.desk.hall import words
from xinfang.documents.models import Paper

Desk = Callable[[str], Client]


def path_of(life: Life, kind: str) -> str:
    return f"/desk/petitions/{life.petition.number}/papers/{Paper.objects.get(kind=kind).pk}/"


def test_a_letter_is_printed_with_its_number_and_its_lines(at_desk: Desk, cast: Cast) -> None:
    life = Life(cast).until("dispatch")
    text = words(at_desk("street_handler").get(path_of(life, "transfer_letter")))
    for said in ("转送函", "转 1 号", "受文单位", "骊山街道办事处", "异议期限", "区信访局"):
        assert said in text


def test_a_list_is_printed_line_by_line(at_desk: Desk, cast: Cast) -> None:
    life = Life(cast).until("accept")
    text = words(at_desk("street_head").get(path_of(life, "receipt_notice")))
    assert "<p>1. 修好屋顶</p><p>2. 赔偿损失</p>" in text


def test_the_query_code_is_on_no_paper_a_unit_reads(at_desk: Desk, cast: Cast) -> None:
    life = Life(cast).until("deliver")
    client = at_desk("street_head")
    assert client.get(path_of(life, "registration_form")).status_code == 404
    assert client.get(path_of(life, "proposal_form")).status_code == 404
    offered = client.get(f"/desk/petitions/{life.petition.number}/").context["papers"]
    assert {paper.kind for paper in offered}.isdisjoint({"registration_form", "proposal_form"})
    for paper in offered:
        assert life.petition.query_code not in words(
            client.get(f"/desk/petitions/{life.petition.number}/papers/{paper.pk}/")
        )


def test_the_bureau_prints_the_registration_form_again(at_desk: Desk, cast: Cast) -> None:
    life = Life(cast)
    assert life.petition.query_code in words(at_desk("registrar").get(path_of(life, "registration_form")))


def test_who_sees_names_masked_reads_no_paper(at_desk: Desk, cast: Cast) -> None:
    life = Life(cast).until("dispatch")
    assert at_desk("auditor").get(path_of(life, "transfer_letter")).status_code == 404


def test_a_paper_of_another_petition_is_not_here(at_desk: Desk, cast: Cast) -> None:
    life = Life(cast).until("dispatch")
    path = path_of(life, "transfer_letter").replace(life.petition.number, Life(cast).petition.number)
    assert at_desk("dispatcher").get(path).status_code == 404


def test_a_unit_it_was_not_sent_to_reads_none(at_desk: Desk, cast: Cast) -> None:
    life = Life(cast).until("dispatch")
    assert at_desk("dept_head").get(path_of(life, "transfer_letter")).status_code == 404
