"""What is shown when a page cannot be: plain Chinese, nothing of the machine."""

import re
from collections.abc import Callable

import pytest
from django.test import Client, override_settings

from tests.cast import Cast
from tests.desk.hall import words

Desk = Callable[[str], Client]


def test_a_page_that_does_not_exist_says_so(client: Client) -> None:
    answer = client.get("/nowhere/")
    assert answer.status_code == 404
    assert "要找的内容不存在，或者不对您开放。" in words(answer)


def test_a_page_that_is_not_his_says_why(at_desk: Desk) -> None:
    answer = at_desk("leader").get("/desk/intake/")
    assert answer.status_code == 403
    assert "您没有登记信访件的岗位。" in words(answer)


@pytest.mark.parametrize(
    ("path", "status"), [("/desk/nowhere/", 404), ("/desk/petitions/X/", 404), ("/desk/intake/", 403)]
)
def test_inside_the_desk_the_menu_stays_and_leads_on(at_desk: Desk, path: str, status: int) -> None:
    answer = at_desk("leader").get(path)
    assert answer.status_code == status
    assert '<nav aria-label="主要页面">' in words(answer)
    assert 'action="/desk/find/"' in words(answer)
    assert '<a href="/desk/">返回待办</a>' in words(answer)


def test_who_is_not_signed_in_sees_no_menu(client: Client) -> None:
    answer = client.get("/desk/nowhere/")
    assert answer.status_code == 404
    assert "<nav" not in words(answer)


@override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=100)
def test_a_form_that_is_too_large_is_told_so(at_desk: Desk) -> None:
    answer = at_desk("registrar").post("/desk/intake/", {"text": "长" * 1000})
    assert answer.status_code == 400
    assert "超过了大小限制" in words(answer)


def test_a_fault_of_ours_shows_a_sentence_and_no_trace_of_the_code(
    at_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError("secret of the machine")

    monkeypatch.setattr("xinfang.desk.worklist._page", broken)
    client = at_desk("registrar")
    client.raise_request_exception = False
    answer = client.get("/desk/")
    assert answer.status_code == 500
    assert "这一次没有办成" in words(answer)
    assert "secret" not in words(answer)


@pytest.mark.parametrize("path", ["/desk/", "/desk/sign-in/", "/nowhere/"])
def test_no_page_lets_a_strange_script_in(at_desk: Desk, cast: Cast, path: str) -> None:
    answer = at_desk("registrar").get(path, follow=True)
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert all(' src="/static/' in script for script in re.findall("<script[^>]*>", words(answer)))
    assert " style=" not in words(answer)
    assert " onclick=" not in words(answer)


@pytest.mark.parametrize(
    "path", ["/desk/petitions/x%00y/", "/desk/petitions/6101152026LX00000/", "/desk/drafts/0/register/"]
)
def test_an_address_that_is_none_is_not_found(at_desk: Desk, path: str) -> None:
    assert at_desk("registrar").get(path).status_code == 404
