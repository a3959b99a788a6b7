"""What only a demonstration shows: a ribbon, a card for each role, the tour, the questions. Elsewhere there is nothing."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from tests import heroes
from tests.cast import Cast
from tests.desk.hall import words
from xinfang.archives.models import Pack
from xinfang.desk import cheat, roles, tour, visit
from xinfang.desk.demo_lives import loading
from xinfang.organizations.models import Officer
from xinfang.petitions.models import Petition
from xinfang.trace.models import Entry
from xinfang.trace.verify import verify

pytestmark = pytest.mark.django_db
PAGES = [reverse("desk:tour", args=[1]), reverse("desk:questions"), reverse("desk:parts"), reverse("desk:cheat")]
AtDesk = Callable[[str], Client]


@pytest.fixture
def demonstration(settings: Any, tmp_path: Path, cast: Cast) -> None:
    settings.DEMO, settings.HOME = True, tmp_path


@pytest.fixture
def county(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The heroes, and nobody besides."""
    heroes.tell(settings, tmp_path, monkeypatch)


def test_without_a_demonstration_nothing_of_it_is_there(at_desk: AtDesk) -> None:
    for browser in (Client(), at_desk("registrar")):
        assert [browser.get(page).status_code for page in PAGES] == [404, 404, 404, 404]
        assert browser.get(reverse("desk:enter")).status_code == 404
        assert browser.post(reverse("desk:enter"), {"role": "registrar"}).status_code == 404
    for page in (at_desk("registrar").get("/desk/"), Client().get("/desk/sign-in/")):
        assert "演示" not in words(page)
        assert 'class="ribbon"' not in words(page)


def test_without_a_demonstration_no_click_is_noted(settings: Any, tmp_path: Path, at_desk: AtDesk) -> None:
    settings.HOME = tmp_path
    at_desk("registrar").get("/desk/")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("demonstration")
def test_the_door_has_a_card_for_each_role_and_a_button_enters() -> None:
    browser, seated = Client(), roles.seated()
    assert {one.role.key for one in seated} >= {"registrar", "dispatcher", "bureau_head", "supervisor", "leader"}
    door = words(browser.get("/desk/sign-in/"))
    assert all(str(one.role.line) in door for one in seated)
    Officer.objects.update(must_change_password=False)
    assert browser.post(reverse("desk:enter"), {"role": "registrar"}).headers["location"] == "/desk/"
    page = words(browser.get("/desk/"))
    assert "演示数据" in page
    assert "换一个岗位" in page


@pytest.mark.usefixtures("demonstration")
def test_the_role_is_changed_without_signing_out(at_desk: AtDesk) -> None:
    Officer.objects.update(must_change_password=False)
    browser = at_desk("registrar")
    answer = browser.post(reverse("desk:enter"), {"role": "leader", "next": "/desk/search/"})
    assert answer.headers["location"] == "/desk/search/"
    leader = next(one.officer for one in roles.seated() if one.role.key == "leader")
    assert browser.session["_auth_user_id"] == str(leader.pk)


@pytest.mark.usefixtures("demonstration")
@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example/", "/", "/nowhere/"])
def test_a_change_of_role_leads_into_the_desk_alone(elsewhere: str) -> None:
    Officer.objects.update(must_change_password=False)
    answer = Client().post(reverse("desk:enter"), {"role": "leader", "next": elsewhere})
    assert answer.headers["location"] == "/desk/"


@pytest.mark.usefixtures("demonstration")
def test_nobody_enters_by_a_link_or_as_a_role_that_is_none() -> None:
    assert Client().get(reverse("desk:enter")).status_code == 405
    assert Client().post(reverse("desk:enter"), {"role": "god"}).status_code == 404


@pytest.mark.usefixtures("demonstration")
def test_the_ribbon_tells_how_much_is_loaded_until_all_is(at_desk: AtDesk) -> None:
    browser = at_desk("registrar")
    loading.note(600, 2000)
    assert 'value="30"' in words(browser.get("/desk/"))
    loading.note(2000, 2000)
    assert "<progress" not in words(browser.get("/desk/"))
    assert not loading.is_quiet()


@pytest.mark.usefixtures("demonstration")
def test_the_portal_gets_no_ribbon_and_no_cookie() -> None:
    answer = Client().get("/")
    assert "ribbon" not in words(answer)
    assert not answer.cookies


@pytest.mark.usefixtures("county")
def test_every_lit_stop_opens_its_page_and_the_others_say_that_they_are_to_come() -> None:
    browser = Client()
    for nth, stop in enumerate(tour.STOPS, start=1):
        page = browser.get(reverse("desk:tour", args=[nth]))
        assert str(stop.title) in words(page)
        assert ("还没有建成</span>\n<h2" in words(page).replace("</p>", "")) is not stop.is_lit
        if address := page.context["address"]:
            opened = browser.post(reverse("desk:enter"), {"role": stop.role, "next": address}, follow=True)
            assert opened.status_code == (403 if stop.role == "unit_head" else 200)
            assert opened.redirect_chain[-1][0] == address
            assert f"回到导览第 {nth} 站" in words(opened)
    assert all(stop.is_lit for stop in tour.STOPS)
    assert browser.get("/desk/tour/9/").status_code == 404
    assert browser.get("/desk/tour/0/").status_code == 404
    _the_street_is_stopped_at_the_gate(browser)
    _the_questions_lead_to_their_proofs(browser)


def _the_street_is_stopped_at_the_gate(browser: Client) -> None:
    address = browser.get(reverse("desk:tour", args=[4])).context["address"]
    browser.post(reverse("desk:enter"), {"role": "unit_head"})
    assert "还有 1 项诉求没有答复" in words(browser.get(address))


def _the_questions_lead_to_their_proofs(browser: Client) -> None:
    page = browser.get(reverse("desk:questions"))
    assert len(page.context["questions"]) == len(visit.PROOFS) == 10
    for one in page.context["questions"]:
        assert one["ask"] in words(page)
        if one["href"]:
            opened = browser.post(reverse("desk:enter"), {"role": one["role"], "next": one["href"]}, follow=True)
            assert opened.status_code == 200, one["ask"]


@pytest.mark.usefixtures("demonstration")
def test_the_parts_are_all_on_one_page() -> None:
    page = words(Client().get(reverse("desk:parts")))
    parts = (
        'class="main"',
        'class="field',
        'class="light red"',
        "<table",
        'class="steps"',
        'class="empty"',
        "<progress",
    )
    assert all(part in page for part in parts)


@pytest.mark.usefixtures("county")
def test_whoever_cheats_in_the_database_is_named_and_nothing_is_left_of_it(settings: Any) -> None:
    settings.DEMO = True
    browser, seen = Client(), {}
    before = fingerprint()
    for one in cheat.CHEATS:
        page = browser.post(reverse("desk:cheat"), {"cheat": one.key})
        assert page.status_code == 200
        seen[one.key] = page.context["caught"].what
        assert seen[one.key] in words(page)
    assert "（登记）与库中内容不符" in seen["words"]
    assert "树根" in seen["time"] or "位" in seen["time"]
    assert "缺失" in seen["gone"]
    assert fingerprint() == before
    assert verify() is None
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.filter(act="assignment.sign_for").update(unit="x")
    assert browser.post(reverse("desk:cheat"), {"cheat": "nothing"}).status_code == 404


@pytest.mark.usefixtures("county")
def test_whoever_alters_a_pack_is_found_out_by_the_program_inside_it(settings: Any) -> None:
    settings.DEMO = True
    before = fingerprint()
    page = Client().post(reverse("desk:cheat"), {"cheat": "pack"})
    altered, said = page.context["altered"], words(page)
    assert altered.untouched.startswith("成立")
    assert altered.altered == f"不成立： 案卷包被改动过：“{altered.file}”的内容不对。"
    assert altered.altered in said
    assert f"“{altered.before}”成了“{altered.after}”" in said
    assert altered.before != altered.after
    assert fingerprint() == before
    assert not Pack.objects.exists()
    assert verify() is None


def fingerprint() -> tuple[Any, ...]:
    return Entry.objects.count(), list(Entry.objects.order_by("id").values_list("at", flat=True)), texts()


def texts() -> list[str]:
    return list(Petition.objects.order_by("id").values_list("text", flat=True))
