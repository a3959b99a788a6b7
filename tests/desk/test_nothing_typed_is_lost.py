"""The session ran out, or another tab signed in again: what was typed comes back, and is not acted upon."""

import uuid
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import Cast, Life
from tests.desk.hall import signed_in, typed, words
from xinfang.organizations.models import Officer
from xinfang.petitions.models import Petition, WorkNote

RIGHT = "a-long-enough-passphrase"
Desk = Callable[[str], Client]


@pytest.fixture
def registrar(cast: Cast) -> Officer:
    cast.registrar.set_password(RIGHT)
    cast.registrar.save(update_fields=["password"])
    return cast.registrar


def enter(client: Client, officer: Officer, kept: str, password: str = RIGHT):
    return client.post("/desk/sign-in/", {"username": officer.username, "password": password, "kept": kept})


def test_a_form_sent_after_the_session_ran_out_meets_the_sign_in_page(client: Client, registrar: Officer) -> None:
    door = client.post("/desk/intake/", typed())
    assert door.status_code == 403
    assert "您刚才填写的内容没有丢失" in words(door)


def test_after_signing_in_the_form_is_shown_filled_in_and_not_acted_upon(client: Client, registrar: Officer) -> None:
    door = client.post("/desk/intake/", typed(title="写到一半的标题", lead_no_phone="on", text="很长\n很长的原文"))
    shown = enter(client, registrar, door.context["kept"])
    page = words(shown)
    assert shown.status_code == 200
    assert 'value="写到一半的标题"' in page
    assert "很长的原文" in page
    assert '<option value="040200" selected' in page
    assert 'name="lead_no_phone" id="id_lead_no_phone" checked' in page
    assert 'action="/desk/intake/"' in page
    assert "尚未提交" in page
    assert not Petition.objects.exists()


def test_the_form_that_came_back_can_be_sent(client: Client, registrar: Officer) -> None:
    door = client.post("/desk/intake/", typed())
    shown = enter(client, registrar, door.context["kept"])
    again = {name: shown.context["form"][name].value() for name in shown.context["form"].fields}
    sent = {name: value for name, value in again.items() if value not in (None, False)}
    assert client.post("/desk/intake/", sent).status_code == 302
    assert Petition.objects.get().title == typed()["title"]


def test_a_wrong_password_on_the_way_loses_nothing(client: Client, registrar: Officer) -> None:
    door = client.post("/desk/intake/", typed(title="写到一半的标题"))
    wrong = enter(client, registrar, door.context["kept"], password="wrong")
    shown = enter(client, registrar, wrong.context["kept"])
    assert 'value="写到一半的标题"' in words(shown)


def test_a_wait_on_the_way_loses_nothing(client: Client, registrar: Officer) -> None:
    kept = client.post("/desk/intake/", typed(title="写到一半的标题")).context["kept"]
    for _ in range(5):
        answer = enter(client, registrar, kept, password="wrong")
    assert answer.status_code == 429
    assert f'name="kept" value="{answer.context["kept"]}"' in words(answer)


def test_files_must_be_chosen_again_and_the_page_says_so(client: Client, registrar: Officer) -> None:
    door = client.post("/desk/intake/", typed(attachments=[SimpleUploadedFile("信.txt", b"x")]))
    assert "请重新选择文件" in words(door)
    assert "请重新选择文件" in words(enter(client, registrar, door.context["kept"]))


def test_passwords_and_marks_never_travel(client: Client, cast: Cast) -> None:
    door = client.post(
        "/desk/password/", {"old": "first-secret", "password": "second-secret", "again": "second-secret"}
    )
    assert "secret" not in words(door)
    assert "kept" not in door.context


@pytest.mark.parametrize("path", ["https://evil.example/", "/query/", "/desk/sign-out/", "/nowhere/"])
def test_what_was_not_packed_here_leads_nowhere(client: Client, registrar: Officer, path: str) -> None:
    from django.core import signing

    from xinfang.desk.kept import SALT

    forged = signing.dumps({"path": path, "fields": [], "had_files": False}, salt=SALT)
    assert enter(client, registrar, forged).url == "/desk/"
    assert enter(Client(), registrar, "tampered:with").url == "/desk/"


def test_a_form_of_a_move_comes_back_too(client: Client, cast: Cast) -> None:
    life = Life(cast).until("handle")
    cast.street_handler.set_password(RIGHT)
    cast.street_handler.save(update_fields=["password"])
    path = f"/desk/assignments/{life.assignment.pk}/log_work/"
    note = {"kind": "site_visit", "text": "第二次入户", "happened_at": "2026-06-20T10:00", "seen": "handling"}
    door = client.post(path, note)
    shown = enter(client, cast.street_handler, door.context["kept"])
    assert "第二次入户" in words(shown)
    assert 'value="2026-06-20T10:00"' in words(shown)
    assert not WorkNote.objects.filter(text="第二次入户").exists()


def test_another_officer_is_not_shown_what_he_may_not_see(client: Client, cast: Cast) -> None:
    life = Life(cast).until("handle")
    cast.dept_handler.set_password(RIGHT)
    cast.dept_handler.save(update_fields=["password"])
    door = client.post(f"/desk/assignments/{life.assignment.pk}/log_work/", {"text": "第二次入户"})
    assert enter(client, cast.dept_handler, door.context["kept"]).status_code == 404


def test_a_form_drawn_before_the_last_sign_in_comes_back_with_a_fresh_mark(cast: Cast) -> None:
    """Two tabs: signing in again in one makes the mark of the other stale."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.registrar, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post("/desk/intake/", typed(title="写到一半的标题", csrfmiddlewaretoken="x" * 64))
    assert answer.status_code == 200
    assert 'value="写到一半的标题"' in words(answer)
    assert "尚未提交" in words(answer)
    assert not Petition.objects.exists()


@pytest.mark.parametrize("is_signed_in", [True, False])
def test_what_another_site_sends_is_no_form_of_ours_and_nothing_of_it_is_shown(cast: Cast, is_signed_in: bool) -> None:
    client = Client(enforce_csrf_checks=True)
    if is_signed_in:
        client.force_login(cast.registrar, backend="django.contrib.auth.backends.ModelBackend")
    for headers in ({"origin": "https://elsewhere.example"}, {"origin": "null"}):
        answer = client.post("/desk/intake/", typed(title="别人写的标题"), headers=headers)
        assert answer.status_code == 403
        assert "别人写的标题" not in words(answer)
        assert 'name="kept"' not in words(answer)


def test_signed_in_meanwhile_in_another_tab(client: Client, registrar: Officer) -> None:
    kept = client.post("/desk/intake/", typed(title="写到一半的标题")).context["kept"]
    other_tab = signed_in(registrar)
    assert 'value="写到一半的标题"' in words(enter(other_tab, registrar, kept))


def test_a_revealing_that_comes_too_late_opens_the_page_and_reveals_nothing(
    client: Client, registrar: Officer, cast: Cast
) -> None:
    life = Life(cast)
    path = f"/desk/petitions/{life.petition.number}/"
    person = life.petition.petitioners.get()
    door = client.post(f"{path}reveal/", {"petitioner": person.pk, "ground": "contact"})
    answer = enter(client, registrar, door.context["kept"])
    assert answer.status_code == 302
    shown = client.get(answer.url, follow=True)
    assert person.identity.phone not in words(shown)


def test_the_mark_of_a_form_survives_the_sign_in(client: Client, registrar: Officer) -> None:
    once = str(uuid.uuid4())
    door = client.post("/desk/intake/", typed(once=once))
    assert f'name="once" value="{once}"' in words(enter(client, registrar, door.context["kept"]))
