"""The door: name and password, growing waits, and only into the desk."""

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import Cast
from tests.desk.hall import words
from xinfang.organizations.actions import officers
from xinfang.organizations.models import Officer

URL = "/desk/sign-in/"
RIGHT = "a-long-enough-passphrase"


@pytest.fixture
def clerk(cast: Cast) -> Officer:
    cast.street_handler.set_password(RIGHT)
    cast.street_handler.save(update_fields=["password"])
    return cast.street_handler


def attempt(client: Client, officer: Officer, password: str, **more: str):
    return client.post(URL, {"username": officer.username, "password": password, **more})


def test_every_page_of_the_desk_asks_who_is_there(client: Client, cast: Cast) -> None:
    answer = client.get("/desk/intake/")
    assert answer.status_code == 302
    assert answer.url == "/desk/sign-in/?next=/desk/intake/"


def test_the_right_password_leads_to_the_worklist(client: Client, clerk: Officer) -> None:
    assert attempt(client, clerk, RIGHT).url == "/desk/"


def test_it_leads_to_the_page_that_was_asked_for(client: Client, clerk: Officer) -> None:
    assert attempt(client, clerk, RIGHT, next="/desk/intake/").url == "/desk/intake/"


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/desk/", "/query/", "/desk/../query/", "javascript:1"]
)
def test_it_never_leads_out_of_the_desk(client: Client, clerk: Officer, elsewhere: str) -> None:
    assert attempt(client, clerk, RIGHT, next=elsewhere).url == "/desk/"


def test_a_wrong_name_and_a_wrong_password_are_answered_alike(client: Client, clerk: Officer) -> None:
    wrong = attempt(client, clerk, "wrong")
    nobody = client.post(URL, {"username": "nobody", "password": "wrong"})
    assert wrong.status_code == nobody.status_code == 422
    sentence = "登录名或密码不对，请核对后再试。"
    assert sentence in words(wrong)
    assert sentence in words(nobody)


def test_the_name_stays_and_the_password_does_not(client: Client, clerk: Officer) -> None:
    answer = words(attempt(client, clerk, "wrong-and-secret"))
    assert f'value="{clerk.username}"' in answer
    assert "wrong-and-secret" not in answer


def test_who_must_wait_is_told_how_long_and_who_helps(client: Client, clerk: Officer) -> None:
    for _ in range(4):
        assert attempt(client, clerk, "wrong").status_code == 422
    answer = attempt(client, clerk, "wrong")
    assert answer.status_code == 429
    assert "请在 1 分钟后再试，或请本单位负责人解除等待。" in words(answer)
    assert attempt(client, clerk, RIGHT).status_code == 429


def test_after_the_head_lifts_the_wait_the_right_password_opens(client: Client, clerk: Officer, cast: Cast) -> None:
    for _ in range(5):
        attempt(client, clerk, "wrong")
    officers.lift_lock(clerk, by=cast.street_head, at=timezone.now())
    assert attempt(client, clerk, RIGHT).status_code == 302


def test_a_name_that_is_no_name_is_answered_with_a_sentence(client: Client, cast: Cast) -> None:
    for username in ("", "x" * 500, "a\x00b"):
        assert client.post(URL, {"username": username, "password": "x"}).status_code == 422


def test_sign_out_is_by_post_alone(client: Client, clerk: Officer) -> None:
    attempt(client, clerk, RIGHT)
    assert client.get("/desk/sign-out/").status_code == 405
    assert client.get("/desk/").status_code == 200
    assert client.post("/desk/sign-out/").url == URL
    assert client.get("/desk/").status_code == 302


def test_who_is_signed_in_is_not_asked_again(client: Client, clerk: Officer) -> None:
    attempt(client, clerk, RIGHT)
    assert client.get(URL).url == "/desk/"


def test_who_has_left_is_out_at_once(client: Client, clerk: Officer, cast: Cast) -> None:
    attempt(client, clerk, RIGHT)
    officers.leave(clerk, by=cast.street_head, at=timezone.now())
    assert client.get("/desk/").status_code == 302


def test_no_page_of_the_desk_is_kept_by_the_browser(client: Client, clerk: Officer) -> None:
    attempt(client, clerk, RIGHT)
    assert "no-store" in client.get("/desk/").headers["Cache-Control"]
