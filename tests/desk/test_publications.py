"""信息发布 at the desk: written, found fault with, approved by other eyes, released, taken down."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.cast import WANG, Cast, Life
from tests.desk.hall import words
from tests.publishing.texts import BODY, TITLE, drafted
from xinfang.publishing.models import Publication

Desk = Callable[[str], Client]


def test_it_goes_its_way_through_two_desks(at_desk: Desk, cast: Cast) -> None:
    editor, head = at_desk("registrar"), at_desk("bureau_head")
    answer = editor.post("/desk/publications/draft/", {"column": "guide", "title": TITLE, "body": BODY})
    publication = Publication.objects.get()
    home = f"/desk/publications/{publication.pk}/"
    assert answer.url == home
    assert "送审" in words(editor.get(home))
    assert "批准发布" not in words(head.get(home))
    assert editor.post(f"{home}submit/", {}).status_code == 302
    assert TITLE in words(head.get("/desk/publications/", {"standing": "submitted"}))
    assert head.post(f"{home}approve/", {}).status_code == 422
    assert head.post(f"{home}approve/", {"is_covered": "on"}).status_code == 302
    assert editor.post(f"{home}release/", {}).status_code == 302
    assert TITLE in words(Client().get(f"/news/{publication.pk}/"))
    assert editor.post(f"{home}withdraw/", {"reason": "政策已经调整。", "hides_title": "on"}).status_code == 302
    assert "政策已经调整。" in words(editor.get(home))


def test_what_must_be_covered_is_said_beside_the_text_and_nothing_typed_is_lost(at_desk: Desk, cast: Cast) -> None:
    number = Life(cast).petition.number
    typed = {"column": "cases", "title": "修好屋顶", "body": f"{WANG.name}家漏水，已修好。", "petition": number.lower()}
    answer = at_desk("registrar").post("/desk/publications/draft/", typed)
    assert answer.status_code == 422
    page = words(answer)
    assert f"这些内容要先遮盖：“{WANG.name}”（信访人姓名）。" in page
    assert "修好屋顶" in page
    assert not Publication.objects.exists()


@pytest.mark.parametrize("number", ["9999992026LX000001", "x", "不是编号"])
def test_a_petition_that_is_not_there_is_said(at_desk: Desk, number: str) -> None:
    typed = {"column": "cases", "title": "题", "body": "文", "petition": number}
    answer = at_desk("registrar").post("/desk/publications/draft/", typed)
    assert answer.status_code == 422
    assert "没有这件信访件，或者它不对您开放。" in words(answer)


def test_revising_begins_with_the_text_and_sending_back_says_why(at_desk: Desk, cast: Cast) -> None:
    publication = drafted(cast)
    home, editor, head = f"/desk/publications/{publication.pk}/", at_desk("dispatcher"), at_desk("bureau_head")
    editor.post(f"{home}submit/", {})
    assert head.post(f"{home}send_back/", {"answer": "写明办理时限。"}).status_code == 302
    assert "写明办理时限。" in words(editor.get(home))
    assert BODY.split("\n")[0] in words(editor.get(f"{home}revise/"))
    assert editor.post(f"{home}revise/", {"title": TITLE, "body": "六十日内办结。"}).status_code == 302
    assert "第 2 稿" in words(editor.get(home))


def test_a_stale_step_is_told(at_desk: Desk, cast: Cast) -> None:
    publication = drafted(cast)
    answer = at_desk("registrar").post(f"/desk/publications/{publication.pk}/release/", {})
    assert answer.status_code == 422
    assert "这一篇现在是“草稿”，不能办这一步。" in words(answer)
