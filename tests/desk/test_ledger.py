"""查阅台账: every opening is a line, written before the page; who watches reads it, by time alone."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from tests.archives.shelves import archived, bound
from tests.cast import WANG, Cast, Life, registered
from tests.desk.hall import words
from tests.files.handed_in import sealed
from xinfang.deadlines.models import Promise
from xinfang.documents.models import Paper
from xinfang.petitions import actions, ledger
from xinfang.petitions.actions.originals import Kept
from xinfang.petitions.codes import InquiryGround, LookKind, Purpose
from xinfang.petitions.models import Commitment, Inquiry, Look
from xinfang.trace.models import Entry

Desk = Callable[[str], Client]
STATEMENTS = 5


def looks() -> list[tuple[str, str]]:
    return list(Look.objects.order_by("id").values_list("officer__username", "kind"))


def test_the_first_opening_in_an_hour_is_a_line_and_the_second_is_none(at_desk: Desk, cast: Cast) -> None:
    petition, client = Life(cast).petition, at_desk("dispatcher")
    for _ in range(3):
        client.get(f"/desk/petitions/{petition.number}/")
    at_desk("supervisor").get(f"/desk/petitions/{petition.number}/")
    assert looks() == [("dispatcher", "open"), ("supervisor", "open")]


def test_every_way_of_looking_has_its_purpose(at_desk: Desk, cast: Cast) -> None:
    petition, client = Life(cast).petition, at_desk("registrar")
    file = sealed("屋顶漏水".encode(), petition)
    evidence = actions.add_evidence(petition, file=file, name="a.txt", label="信", by=cast.registrar, at=timezone.now())
    here = f"/desk/petitions/{petition.number}/"
    paper = Paper.objects.get(subject_id=petition.pk, kind="registration_form")
    assert client.get(f"{here}evidence/{evidence.pk}/").status_code == 200
    assert client.get(f"{here}evidence/{evidence.pk}/?original=1").status_code == 200
    assert client.get(f"{here}papers/{paper.pk}/").status_code == 200
    client.post(f"{here}slip/again/")
    client.post(f"{here}reveal/", {"petitioner": petition.petitioners.get().pk, "ground": "contact"})
    client.post("/desk/search/name/", {"name": WANG.name, "ground": "duplicate"})
    assert {kind for _name, kind in looks()} == {"open", "file", "original", "print", "slip", "reveal", "search"}


def test_every_page_that_shows_a_petition_leaves_its_line(at_desk: Desk, cast: Cast) -> None:
    life = Life(cast).until("issue_opinion")
    kept = Kept(barcode="A1", description="来信", place="一号柜")
    original = actions.keep_original(life.petition, kept, by=cast.registrar, at=timezone.now())
    one, promise = Commitment.objects.first(), Promise.objects.filter(subject_id=life.pk).first()
    assert one
    assert promise
    for path, name in (
        (f"/desk/commitments/{one.pk}/carry_out/", "street_handler"),
        (f"/desk/originals/{original.pk}/move/", "registrar"),
        (f"/desk/why/{promise.pk}/", "dispatcher"),
    ):
        assert at_desk(name).get(path).status_code == 200
        assert looks().pop() == (name, "open"), path


def test_the_archive_leaves_its_line_too(at_desk: Desk, cast: Cast, settings: Settings, tmp_path: Path) -> None:
    settings.STORE = tmp_path / "files"
    file = bound(archived(cast))
    for path in (f"/desk/archives/files/{file.pk}/", f"/desk/archives/volumes/{file.volumes.get().pk}/"):
        Look.objects.all().delete()
        assert at_desk("archivist").get(path).status_code == 200
        assert looks() == [("archivist", "open")]


def test_the_line_is_written_before_the_page(at_desk: Desk, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it cannot be written nothing is shown."""
    petition, client = Life(cast).petition, at_desk("dispatcher")

    def broken(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(actions, "look", broken)
    with pytest.raises(RuntimeError):
        client.get(f"/desk/petitions/{petition.number}/")


def test_a_form_about_a_petition_opens_it_too(at_desk: Desk, cast: Cast) -> None:
    life = Life(cast).until("dispatch")
    at_desk("street_head").get(f"/desk/assignments/{life.assignment.pk}/sign_for/")
    assert looks() == [("street_head", "open")]


def test_a_worklist_and_a_search_by_words_open_nothing(at_desk: Desk, cast: Cast) -> None:
    Life(cast)
    for path in ("/desk/", "/desk/search/?words=漏水", "/desk/register/"):
        at_desk("dispatcher").get(path)
    assert looks() == []


def test_who_may_not_know_of_it_leaves_no_line(at_desk: Desk, cast: Cast) -> None:
    petition = registered(cast, purpose=Purpose.ACCUSE).petition
    assert at_desk("bureau_head").get(f"/desk/petitions/{petition.number}/").status_code == 404
    assert looks() == []


def test_petitions_printed_together_have_a_line_each(at_desk: Desk, cast: Cast) -> None:
    petitions = [Life(cast).petition for _ in range(3)]
    ticked = {"of": "petition", "row": [one.pk for one in petitions], "chosen": "1", "kind": "registration_form"}
    client = at_desk("dispatcher")
    for _ in range(2):
        client.post("/desk/prints/", ticked)
    assert Look.objects.filter(kind="print").count() == len(petitions)


def test_the_ledger_tells_who_where_when_and_for_what_and_nothing_of_the_matter(at_desk: Desk, cast: Cast) -> None:
    life = Life(cast)
    at_desk("dispatcher").get(f"/desk/petitions/{life.petition.number}/")
    page = words(at_desk("auditor").get("/desk/ledger/"))
    for said in (cast.dispatcher.name, "区信访局 拟办员", "打开信访件", life.petition.number):
        assert said in page
    for hidden in (WANG.name, "漏水", "王**"):
        assert hidden not in page


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("officer=dispatcher", {"dispatcher"}),
        ("officer=拟办员某", {"dispatcher"}),
        ("officer=nobody", set()),
        ("unit=6101150010000001299", {"street_head"}),
        ("kind=print", set()),
        ("kind=open&officer=street_head", {"street_head"}),
        ("day=2020-01-01", set()),
    ],
)
def test_it_is_filtered_by_officer_unit_purpose_and_day(at_desk: Desk, cast: Cast, asked: str, found: set[str]) -> None:
    life = Life(cast).until("dispatch")
    for name in ("dispatcher", "street_head"):
        actions.look(life.petition, kind=LookKind.OPEN, by=cast.officers[name], at=timezone.now())
    rows = at_desk("auditor").get(f"/desk/ledger/?{asked}").context["rows"]
    assert {row.officer.username for row, _post in rows} == found
    today = at_desk("auditor").get(f"/desk/ledger/?day={timezone.localdate()}").context["rows"]
    assert len(today) == 2


@pytest.mark.parametrize("asked", ["day=yesterday", "unit=1", "kind=x", f"officer={'王' * 200}"])
def test_a_filter_that_is_none_is_told_beside_its_field(at_desk: Desk, cast: Cast, asked: str) -> None:
    answer = at_desk("auditor").get(f"/desk/ledger/?{asked}")
    assert answer.status_code == 422
    assert answer.context["form"].errors


def test_it_pages_by_key_at_one_cost(
    at_desk: Desk, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    life, client = Life(cast), at_desk("bureau_head")
    for _ in range(120):
        actions.look(life.petition, kind=LookKind.OPEN, by=cast.dispatcher, at=timezone.now())
    seen, after = [], ""
    for _ in range(3):
        with django_assert_num_queries(STATEMENTS):
            answer = client.get("/desk/ledger/", {"after": after})
        seen += [row.pk for row, _post in answer.context["rows"]]
        after = answer.context["after"]
    assert not after
    assert seen == list(Look.objects.order_by("-id").values_list("pk", flat=True))


def test_to_the_auditor_looks_at_sealed_petitions_are_not_there(at_desk: Desk, cast: Cast) -> None:
    sealed_one = registered(cast, by=cast.dispatcher, is_confidential=True).petition
    actions.look(sealed_one, kind=LookKind.OPEN, by=cast.dispatcher, at=timezone.now())
    assert "没有符合条件的查阅记录" in words(at_desk("auditor").get("/desk/ledger/"))
    assert sealed_one.number in words(at_desk("bureau_head").get("/desk/ledger/"))


def ask(client: Client, path: str, **typed: str):
    page = client.get(path)
    return client.post(path, {"once": page.context["once"], **typed})


def test_the_list_is_printed_for_the_petitioner_on_this_answer_alone(at_desk: Desk, cast: Cast) -> None:
    life, client = Life(cast).until("accept"), at_desk("registrar")
    actions.look(life.petition, kind=LookKind.OPEN, by=cast.street_handler, at=timezone.now())
    path = f"/desk/petitions/{life.petition.number}/access_list/"
    assert path in words(client.get(f"/desk/petitions/{life.petition.number}/"))
    sheet = words(ask(client, path, is_known="on"))
    assert "骊山街道办事处" in sheet
    assert "承办人" in sheet
    assert cast.street_handler.name not in sheet
    assert "骊山街道办事处" not in words(client.get(path))
    assert Entry.objects.filter(act="petition.give_access_list").count() == 1


def test_without_a_look_at_who_asks_there_is_no_list(at_desk: Desk, cast: Cast) -> None:
    answer = ask(at_desk("registrar"), f"/desk/petitions/{Life(cast).petition.number}/access_list/")
    assert answer.status_code == 422
    assert "请先当面核对身份" in words(answer)


def test_during_an_inquiry_the_desk_is_told_to_wait(at_desk: Desk, cast: Cast) -> None:
    petition = Life(cast).petition
    typed = {"number": petition.number.lower(), "ground": "leak"}
    assert ask(at_desk("discipline"), "/desk/inquiries/open/", **typed).status_code == 302
    answer = ask(at_desk("registrar"), f"/desk/petitions/{petition.number}/access_list/", is_known="on")
    assert answer.status_code == 422
    assert "现在不能提供这件的查阅记录" in words(answer)
    assert "核查" not in words(at_desk("registrar").get(f"/desk/petitions/{petition.number}/"))
    listed = words(at_desk("discipline").get("/desk/inquiries/"))
    assert petition.number in listed
    assert "漏水" not in listed
    ask(at_desk("discipline"), f"/desk/inquiries/{Inquiry.objects.get().pk}/close/")
    assert Inquiry.objects.get().closed_at is not None


@pytest.mark.parametrize(
    ("number", "ground", "sentence"),
    [
        ("6101152026LX999999", "leak", "没有这个编号的信访件，请核对。"),
        ("", "leak", "请填写信访件编号。"),
        ("x" * 40, "leak", "不能超过 18 个字"),
        ("6101152026LX999999", "grudge", "没有这个选项"),
    ],
)
def test_an_inquiry_with_a_wrong_number_or_ground_is_told_so(
    at_desk: Desk, cast: Cast, number: str, ground: str, sentence: str
) -> None:
    answer = ask(at_desk("discipline"), "/desk/inquiries/open/", number=number, ground=ground)
    assert answer.status_code == 422
    assert sentence in words(answer)


def test_a_second_inquiry_into_the_same_is_refused_beside_its_number(at_desk: Desk, cast: Cast) -> None:
    petition = Life(cast).petition
    actions.open_inquiry(petition, ground=InquiryGround.LEAK, by=cast.officers["discipline"], at=timezone.now())
    answer = ask(at_desk("discipline"), "/desk/inquiries/open/", number=petition.number, ground="leak")
    assert "已经在核查" in str(answer.context["form"].errors["number"])


def test_an_hour_later_it_is_another_line(cast: Cast) -> None:
    life = Life(cast)
    actions.look(life.petition, kind=LookKind.OPEN, by=cast.dispatcher, at=timezone.now())
    assert "open" not in ledger.lately(cast.dispatcher, life.petition, timezone.now() + timedelta(hours=1, minutes=1))
