"""A one-time password is changed before anything else."""

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import Cast
from tests.desk.hall import typed, words
from xinfang.organizations.actions import officers
from xinfang.organizations.models import Officer

URL, NEW = "/desk/password/", "another-long-phrase"


@pytest.fixture
def once(cast: Cast) -> str:
    return officers.reset_password(cast.street_handler, by=cast.street_head, at=timezone.now())


@pytest.fixture
def newcomer(client: Client, cast: Cast, once: str) -> Client:
    client.post("/desk/sign-in/", {"username": cast.street_handler.username, "password": once})
    return client


def change(client: Client, old: str, password: str = NEW, again: str = NEW, **more: str):
    return client.post(URL, {"old": old, "password": password, "again": again, **more})


def test_signing_in_with_a_one_time_password_asks_for_another(client: Client, cast: Cast, once: str) -> None:
    answer = client.post("/desk/sign-in/", {"username": cast.street_handler.username, "password": once})
    assert "一次性密码" in words(answer)


@pytest.mark.parametrize("path", ["/desk/", "/desk/intake/", "/desk/find/"])
def test_no_other_page_opens_before(newcomer: Client, path: str) -> None:
    assert newcomer.get(path).url == URL


def test_after_the_change_the_desk_opens(newcomer: Client, once: str, cast: Cast) -> None:
    assert change(newcomer, once).url == "/desk/"
    assert newcomer.get("/desk/").status_code == 200
    assert Officer.objects.get(pk=cast.street_handler.pk).check_password(NEW)


@pytest.mark.parametrize(
    ("old", "new", "again", "field"),
    [
        ("not-it-at-all", NEW, NEW, "old"),
        ("", NEW, NEW, "old"),
        (None, "short", "short", "password"),
        (None, "password123", "password123", "password"),
        (None, NEW, "something-else-here", "again"),
    ],
)
def test_a_poor_change_is_refused_beside_its_field(
    newcomer: Client, once: str, old: str | None, new: str, again: str, field: str
) -> None:
    answer = change(newcomer, once if old is None else old, new, again)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert new not in words(answer)


def test_who_signs_in_again_with_a_one_time_password_still_keeps_his_form(
    client: Client, cast: Cast, once: str
) -> None:
    door = client.post("/desk/intake/", typed(title="雨夜写到一半"))
    asked = client.post(
        "/desk/sign-in/",
        {"username": cast.street_handler.username, "password": once, "kept": door.context["kept"]},
    )
    assert "一次性密码" in words(asked)
    shown = change(client, once, kept=asked.context["kept"])
    assert 'value="雨夜写到一半"' in words(shown)
