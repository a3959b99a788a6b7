"""销毁申请 at the desk: asked at the window, approved by two others, told; nobody has a button that destroys."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.cast import WANG, Cast, Life
from tests.desk.hall import words
from xinfang.petitions import actions, holds
from xinfang.petitions.codes import ErasureReason
from xinfang.petitions.models import ErasureRequest, Petition

Desk = Callable[[str], Client]
STATEMENTS = 4


@pytest.fixture(autouse=True)
def _term_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """A room that keeps the terms says that this one is over."""
    monkeypatch.setattr(holds, "_terms", [lambda _petition, _today: ""])


def send(client: Client, path: str, **typed: str) -> Any:
    page = client.get(path)
    return client.post(path, {"once": page.context["once"], **typed})


def archived(cast: Cast) -> Petition:
    return Life(cast).until("archive").petition


def asked(cast: Cast) -> ErasureRequest:
    reason = ErasureReason.PURPOSE_DONE
    return actions.ask_erasure(archived(cast), reason=reason, by=cast.registrar, at=timezone.now())


def test_the_whole_way_by_three_people(at_desk: Desk, cast: Cast) -> None:
    petition = archived(cast)
    page = words(at_desk("registrar").get(f"/desk/petitions/{petition.number}/"))
    path = f"/desk/petitions/{petition.number}/erasure/"
    assert path in page
    assert send(at_desk("registrar"), path, reason="purpose_done", is_known="on").status_code == 302
    here = f"/desk/erasures/{ErasureRequest.objects.get().pk}"
    for name in ("archivist", "discipline"):
        listed = words(at_desk(name).get("/desk/erasures/"))
        assert f"{here}/approve/" in listed
        assert send(at_desk(name), f"{here}/approve/").status_code == 302
        assert f"{here}/approve/" not in words(at_desk(name).get("/desk/erasures/"))
    assert f"{here}/tell/" in words(at_desk("registrar").get("/desk/erasures/"))
    assert send(at_desk("registrar"), f"{here}/tell/", told_by="mail").status_code == 302
    assert "以后执行" in words(at_desk("registrar").get("/desk/erasures/"))
    assert send(at_desk("registrar"), f"{here}/drop/").status_code == 302
    assert "已撤回" in words(at_desk("archivist").get("/desk/erasures/"))


def test_the_list_shows_numbers_and_nothing_of_the_matter(at_desk: Desk, cast: Cast) -> None:
    number = asked(cast).petition.number
    page = words(at_desk("discipline").get("/desk/erasures/"))
    assert number in page
    for hidden in (WANG.name, "漏水", "王**"):
        assert hidden not in page


def test_the_window_has_no_button_to_approve_and_no_page_either(at_desk: Desk, cast: Cast) -> None:
    here = f"/desk/erasures/{asked(cast).pk}"
    for name in ("registrar", "bureau_head", "dispatcher"):
        assert "/approve/" not in words(at_desk(name).get("/desk/erasures/"))
        assert at_desk(name).get(f"{here}/approve/").status_code == 403
    assert at_desk("archivist").get(f"{here}/tell/").status_code == 403


def test_a_sealed_petitions_request_is_not_there_for_who_may_not_know_of_it(at_desk: Desk, cast: Cast) -> None:
    request = asked(cast)
    Petition.objects.update(confidentiality="confidential")
    assert request.petition.number not in words(at_desk("archivist").get("/desk/erasures/"))
    assert at_desk("archivist").get(f"/desk/erasures/{request.pk}/approve/").status_code == 404


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"reason": "purpose_done"}, "请先核对签名"),
        ({"is_known": "on"}, "请选择申请理由。"),
        ({"reason": "spite", "is_known": "on"}, "没有这个选项"),
    ],
)
def test_what_is_missing_is_told_beside_its_field(
    at_desk: Desk, cast: Cast, typed: dict[str, str], sentence: str
) -> None:
    answer = send(at_desk("registrar"), f"/desk/petitions/{archived(cast).number}/erasure/", **typed)
    assert answer.status_code == 422
    assert sentence in words(answer)


def test_what_is_under_way_is_refused_in_a_sentence(at_desk: Desk, cast: Cast) -> None:
    path = f"/desk/petitions/{Life(cast).petition.number}/erasure/"
    answer = send(at_desk("registrar"), path, reason="purpose_done", is_known="on")
    assert answer.status_code == 422
    assert "只有已经归档" in words(answer)


def test_a_refusal_needs_its_reason(at_desk: Desk, cast: Cast) -> None:
    here = f"/desk/erasures/{asked(cast).pk}/refuse/"
    assert "请填写不同意的理由。" in words(send(at_desk("archivist"), here))
    assert send(at_desk("archivist"), here, refusal="另案需要。").status_code == 302


def test_the_list_pages_at_one_cost(
    at_desk: Desk, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    petition, client = archived(cast), at_desk("archivist")
    now = timezone.now()
    for _ in range(60):
        ErasureRequest.objects.create(
            petition=petition, reason="unlawful", is_on_paper=False, asked_at=now, dropped_at=now
        )
    seen, after = 0, ""
    for _ in range(2):
        with django_assert_num_queries(STATEMENTS):
            answer = client.get("/desk/erasures/", {"after": after})
        seen, after = seen + len(answer.context["rows"]), answer.context["after"]
    assert (seen, after) == (60, "")
