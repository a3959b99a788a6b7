"""Papers as pictures, words and a PDF, to whom they are meant for; each print is traced."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.cast import Cast, Life
from tests.desk.hall import words
from xinfang.documents import printing
from xinfang.documents.models import Paper
from xinfang.files.errors import Damaged
from xinfang.petitions.codes import Purpose
from xinfang.petitions.intake import Person
from xinfang.petitions.models.petitioner import Identity
from xinfang.trace.models import Entry

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


def test_its_pages_are_shown_as_pictures(at_desk: Desk, cast: Cast) -> None:
    path, client = path_of(Life(cast).until("dispatch"), "transfer_letter"), at_desk("street_handler")
    assert f'<img src="{path}1/"' in words(client.get(path))
    picture = client.get(f"{path}1/")
    assert (picture["Content-Type"], picture.content[:4]) == ("image/png", b"\x89PNG")
    assert "sandbox" in picture["Content-Security-Policy"]
    assert "no-store" in picture["Cache-Control"]
    assert [client.get(f"{path}{page}/").status_code for page in (0, 3, 999999)] == [404, 404, 404]
    assert not Entry.objects.filter(act="paper.print_paper").exists()


def test_printing_gives_the_pdf_and_leaves_an_entry(at_desk: Desk, cast: Cast) -> None:
    path, client = path_of(Life(cast).until("dispatch"), "transfer_letter"), at_desk("street_handler")
    sheet = client.post(path, {"once": "0b0e7a3e-6d4e-4b58-9f27-3b1f8a1b6a01"})
    assert (sheet["Content-Type"], sheet.content[:5]) == ("application/pdf", b"%PDF-")
    assert sheet["Content-Disposition"].startswith("inline")
    again = client.post(path, {"once": "0b0e7a3e-6d4e-4b58-9f27-3b1f8a1b6a01"})
    assert again.content == sheet.content
    entry = Entry.objects.get(act="paper.print_paper")
    assert (entry.officer_id, entry.post, entry.facts) == (cast.street_handler.pk, "case_handler", {"copy": 1})


def test_printed_twice_it_asks_for_a_ground(at_desk: Desk, cast: Cast) -> None:
    path, client = path_of(Life(cast).until("dispatch"), "transfer_letter"), at_desk("street_handler")
    client.post(path)
    asked = client.post(path)
    assert asked.status_code == 422
    assert "已经打印过 1 次。再打印请选择理由" in words(asked)
    assert client.post(path, {"ground": "nonsense"}).status_code == 422
    assert client.post(path, {"ground": "damaged"})["Content-Type"] == "application/pdf"
    assert "已打印 2 次" in words(client.get(path))


def test_who_reads_no_paper_prints_none(at_desk: Desk, cast: Cast) -> None:
    life = Life(cast).until("dispatch")
    for who, kind in (
        ("auditor", "transfer_letter"),
        ("street_handler", "registration_form"),
        ("dept_head", "transfer_letter"),
    ):
        assert at_desk(who).post(path_of(life, kind)).status_code == 404
        assert at_desk(who).get(f"{path_of(life, kind)}1/").status_code == 404
    assert not Entry.objects.filter(act="paper.print_paper").exists()


def test_a_paper_of_a_sealed_petition_is_for_those_who_know_of_it(at_desk: Desk, cast: Cast) -> None:
    path = path_of(Life(cast, purpose=Purpose.ACCUSE), "registration_form")
    assert at_desk("dispatcher").get(path).status_code == 404
    assert at_desk("registrar").get(path).status_code == 200


def test_the_character_that_no_font_has_is_told(at_desk: Desk, cast: Cast) -> None:
    person = Person(Identity(name="王㐀兰", id_no="", phone="13800001234", address="某村"))
    path = path_of(Life(cast, people=(person,)).until("dispatch"), "routing_notice")
    page = words(at_desk("dispatcher").get(path))
    assert "字库里没有这些字：㐀" in page
    assert "手写补上" in page


def test_a_damaged_file_is_told_and_nothing_is_shown(
    at_desk: Desk, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, client = path_of(Life(cast).until("dispatch"), "transfer_letter"), at_desk("street_handler")
    client.get(path)
    monkeypatch.setattr(printing, "pdf_of", _damaged)
    assert client.get(f"{path}1/").status_code == 500
    assert client.post(path).status_code == 500


def _damaged(*_args: object, **_kwargs: object) -> bytes:
    raise Damaged
