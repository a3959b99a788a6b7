"""档案: the shelf, the volume on paper, lending and taking back, lists of destruction; what an outsider does not find."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.archives.shelves import archived, bound, bound_long_ago, confidential, hand_in, hand_in_many, worker_reads
from tests.cast import Cast, Life
from tests.desk.hall import words
from tests.files import samples
from xinfang.archives import actions
from xinfang.archives.models import CaseFile, Destruction

Desk = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _store(settings: Any, tmp_path: Path) -> None:
    settings.STORE = tmp_path / "files"


def form(**changes: Any) -> dict[str, Any]:
    return {"term": "y10", "reason": "", "secrecy": "none", "place": "三号柜", **changes}


def pages(client: Client, path: str) -> dict[str, Any]:
    """What the form counted, as the page sends it back."""
    shown = client.get(path).context["form"]
    return {piece.key: field.value() if field.value() is not None else "" for piece, field in shown.lines()}


def test_what_is_archived_waits_and_is_bound(at_desk: Desk, cast: Cast) -> None:
    life, client = archived(cast), at_desk("archivist")
    number = life.petition.number
    worker_reads()
    assert number in words(client.get("/desk/archives/", {"list": "unbound"}))
    path = f"/desk/archives/bind/{number}/"
    answer = client.post(path, {**form(), **pages(client, path)})
    file = CaseFile.objects.get()
    assert answer.url == f"/desk/archives/files/{file.pk}/"
    assert file.number in words(client.get(answer.url))
    assert number not in words(client.get("/desk/archives/", {"list": "unbound"}))
    for asked in ("", number, file.number, number.lower()):
        assert file.number in words(client.get("/desk/archives/", {"number": asked}))
    assert "没有找到" in words(client.get("/desk/archives/", {"number": "没有\0"}))
    assert client.get(path).url == f"/desk/archives/files/{file.pk}/"
    assert "立卷" in words(client.get(f"/desk/petitions/{number}/"))


def test_what_cannot_be_counted_is_asked_beside_its_thing_and_nothing_typed_is_lost(at_desk: Desk, cast: Cast) -> None:
    life = Life(cast)
    word = hand_in(life, samples.docx(), by=cast.registrar, name="a.docx", label="说明")
    life.until("archive")
    client, path = at_desk("archivist"), f"/desk/archives/bind/{life.petition.number}/"
    answer = client.post(path, {**form(term="permanent", reason="先例"), **pages(client, path)})
    assert answer.status_code == 422
    page = words(answer)
    assert "“说明”的页数数不出来，请翻看后填写。" in page
    assert "先例" in page
    assert not CaseFile.objects.exists()
    client.post(path, {**form(term="permanent", reason="先例"), **pages(client, path), f"evidence-{word.pk}": "3"})
    assert CaseFile.objects.get().term == "permanent"


def test_the_volume_is_printed_with_cover_index_and_notes(at_desk: Desk, cast: Cast) -> None:
    volume = bound(archived(cast), place="三号柜").volumes.get()
    client = at_desk("archivist")
    span = f"{volume.begins}–{volume.ends}"
    for cover in (f"/desk/archives/volumes/{volume.pk}/", f"/desk/archives/files/{volume.file_id}/"):
        assert span in words(client.get(cover))  # the file's days are those of what lies in it
    client.post(f"/desk/archives/volumes/{volume.pk}/note/", {"text": "第3页破损。"})
    client.post(f"/desk/archives/volumes/{volume.pk}/check/", {})
    page = words(client.get(f"/desk/archives/volumes/{volume.pk}/"))
    for word in (
        "案卷封面",
        "卷内目录",
        "备考表",
        "办结汇总",
        "信访事项处理意见书",
        "第3页破损。",
        "全部材料和立卷时一样。",
    ):
        assert word in page
    assert cast.archivist.name in page


def test_the_page_of_a_volume_costs_the_same_for_three_things_and_for_a_hundred(
    at_desk: Desk, cast: Cast, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    few = bound(archived(cast)).volumes.get()
    life = Life(cast)
    hand_in_many(life, 100)
    many = bound(life.until("archive")).volumes.get()
    client = at_desk("archivist")
    for one in (few, many):  # the line in the ledger is written once an hour
        client.get(f"/desk/archives/volumes/{one.pk}/")
    with django_assert_max_num_queries(20) as asked:
        client.get(f"/desk/archives/volumes/{few.pk}/")
    with django_assert_num_queries(len(asked)):
        client.get(f"/desk/archives/volumes/{many.pk}/")


def test_a_volume_is_lent_is_overdue_and_comes_back(at_desk: Desk, cast: Cast) -> None:
    volume, client = bound(archived(cast)).volumes.get(), at_desk("archivist")
    path = f"/desk/archives/volumes/{volume.pk}/lend/"
    typed = {"to": cast.street_handler.username, "purpose": "核对", "due_on": timezone.localdate().isoformat()}
    assert client.post(path, {**typed, "due_on": "2020-01-01"}).status_code == 422
    assert client.post(path, typed).status_code == 302
    borrowing = volume.borrowings.get()
    assert cast.street_handler.name in words(client.get("/desk/archives/", {"list": "out"}))
    volume.borrowings.update(due_on=timezone.localdate() - timedelta(days=1))
    assert "超期未还" in words(client.get("/desk/archives/", {"list": "out"}))
    assert client.post(f"/desk/archives/borrowings/{borrowing.pk}/return/", {}).status_code == 302
    assert "没有借出的案卷。" in words(client.get("/desk/archives/", {"list": "out"}))


def test_a_volume_is_moved_and_its_page_tells_where_it_lay(at_desk: Desk, cast: Cast) -> None:
    volume, client = bound(archived(cast), place="三号柜").volumes.get(), at_desk("archivist")
    home = f"/desk/archives/volumes/{volume.pk}/"
    assert "这一卷本来就放在这里。" in words(client.post(f"{home}move/", {"place": "三号柜"}))
    assert client.post(f"{home}move/", {"place": "五号柜"}).url == home
    assert [one.place for one in client.get(home).context["placings"]] == ["五号柜", "三号柜"]
    assert volume.file.number in words(client.get("/desk/archives/", {"place": "五号柜"}))
    for place in ("三号柜", "没有\0"):
        assert "没有找到" in words(client.get("/desk/archives/", {"place": place}))


def test_a_file_is_sealed_opened_and_kept_longer(at_desk: Desk, cast: Cast) -> None:
    file, client = bound(archived(cast)), at_desk("archivist")
    home = f"/desk/archives/files/{file.pk}/"
    client.post(f"{home}seal/", {"reason": "诉讼期间"})
    assert "案卷已经封存" in words(client.get(home))
    assert "启封案卷" not in words(client.get(home))
    head = at_desk("bureau_head")
    assert "启封案卷" in words(head.get(home))
    assert head.post(f"{home}open/", {}).status_code == 302
    assert client.post(f"{home}term/", {"term": "y30", "reason": ""}).status_code == 422
    client.post(f"{home}term/", {"term": "y30", "reason": "典型案例"})
    assert "典型案例" in words(client.get(home))
    file.refresh_from_db()
    assert file.term == "y30"


def test_a_list_goes_its_way_through_three_hands(at_desk: Desk, cast: Cast) -> None:
    life = archived(cast)
    title = life.petition.title
    file, client = bound_long_ago(life), at_desk("archivist")
    assert "已到期" in words(client.get("/desk/archives/"))
    path = "/desk/archives/destructions/propose/"
    assert "请先勾选到期的案卷。" in words(client.post(path, {"reason": "无保存价值"}))
    for wrong in ("1", "9" * 30, "-1", "x", "没有\0"):
        answer = client.post(path, {"reason": "无保存价值", "chosen": [wrong]})
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["chosen"]), wrong
        assert "无保存价值" in words(answer)
    answer = client.post(path, {"reason": "无保存价值", "chosen": [str(file.pk)]})
    home = f"/desk/archives/destructions/{Destruction.objects.get().pk}/"
    assert answer.url == home
    for name, step in (("bureau_head", "approve"), ("discipline", "agree")):
        page = words(at_desk(name).get(home))
        assert file.number in page
        assert title not in page
        assert at_desk(name).post(f"{home}{step}/", {}).status_code == 302
    assert client.post(f"{home}carry_out/", {"witness": cast.archivist.username}).status_code == 422
    assert client.post(f"{home}carry_out/", {"witness": cast.registrar.username}).status_code == 302
    assert "已销毁" in words(client.get(home))
    assert client.get(f"/desk/petitions/{life.petition.number}/").status_code == 404
    assert client.get(f"/desk/archives/files/{file.pk}/").status_code == 404
    assert title not in words(client.get("/desk/archives/"))


def test_the_shelf_is_paged_by_key(
    at_desk: Desk, cast: Cast, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    monkeypatch.setattr("xinfang.desk.case_files.SIZE", 2)
    numbers = [bound(archived(cast)).number for _n in range(3)]
    client = at_desk("archivist")
    first = client.get("/desk/archives/")
    assert [row.number for row in first.context["rows"]] == numbers[:0:-1]
    second = client.get("/desk/archives/", {"after": first.context["after"]})
    assert [row.number for row in second.context["rows"]] == numbers[:1]
    client.get("/desk/archives/")
    with django_assert_num_queries(4):  # session, officer, seats, rows
        client.get("/desk/archives/")


def test_to_an_outsider_the_shelf_looks_and_costs_the_same_with_a_compartments_file_and_without(
    at_desk: Desk, cast: Cast, django_assert_num_queries: Any
) -> None:
    bound(archived(cast))
    client = at_desk("dept_head")
    client.get("/desk/archives/")
    lists = [f"/desk/archives/?list={name}" for name in ("shelf", "unbound", "out")]
    before = [client.get(path).context["rows"] for path in lists]
    hidden = bound(confidential(cast))
    actions.lend_volume(
        hidden.volumes.get(),
        to=cast.street_head,
        purpose="核对",
        due_on=timezone.localdate(),
        by=cast.archivist,
        at=timezone.now(),
    )
    confidential(cast)
    worker_reads()
    assert [client.get(path).context["rows"] for path in lists] == before
    for path in lists:
        with django_assert_num_queries(4):  # session, officer, seats, rows
            client.get(path)


def test_of_a_compartments_file_an_outsider_finds_nothing(at_desk: Desk, cast: Cast) -> None:
    file = bound(confidential(cast))
    volume = file.volumes.get()
    for name in ("dept_head", "bureau_head"):
        page = words(at_desk(name).get("/desk/archives/"))
        assert (file.number in page) == (name == "bureau_head")
    at_desk("archivist").get(f"/desk/archives/files/{file.pk}/")
    stranger = at_desk("dept_head")
    for path in (f"files/{file.pk}/", f"volumes/{volume.pk}/", f"volumes/{volume.pk}/lend/", f"files/{file.pk}/seal/"):
        assert stranger.get(f"/desk/archives/{path}").status_code == 404


LINK = '">案卷</a>'


@pytest.mark.parametrize("is_bound", [False, True])
def test_the_way_to_the_file_is_shown_where_it_opens_and_nowhere_else(
    at_desk: Desk, cast: Cast, *, is_bound: bool
) -> None:
    life = archived(cast)
    if is_bound:
        bound(life)
    number, shown = life.petition.number, set()
    for name in cast.officers:
        desk = at_desk(name)
        page = desk.get(f"/desk/petitions/{number}/")
        if page.status_code != 200:
            continue
        opens = desk.get(f"/desk/archives/bind/{number}/", follow=True).status_code == 200
        assert (LINK in words(page)) == opens, name
        shown |= {name} if opens else set()
    assert shown == ({"archivist", "bureau_head", "street_head"} if is_bound else {"archivist"})


def test_before_it_is_archived_no_page_leads_to_a_file(at_desk: Desk, cast: Cast) -> None:
    number = Life(cast).until("evaluate").petition.number
    assert LINK not in words(at_desk("archivist").get(f"/desk/petitions/{number}/"))
