"""Who has been here before, beside the form: by POST alone, inside what the officer may see, traced, and nobody's data shown."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.cast import WANG, Cast, Life, registered
from tests.desk.hall import typed, words
from xinfang.petitions.codes import Purpose
from xinfang.petitions.models import Petition
from xinfang.trace.models import Entry

Desk = Callable[[str], Client]
URL, ASK = "/desk/intake/", "/desk/intake/candidates/"
LOOKS = Entry.objects.filter(act="petition.look_for_repeats")


def test_number_title_state_date_and_reason_are_shown_and_nobodys_data(at_desk: Desk, cast: Cast) -> None:
    earlier = registered(cast).petition
    shown = words(at_desk("registrar").post(ASK, {"lead_name": WANG.name, "lead_phone": WANG.phone}))
    for said in (earlier.number, earlier.title, "已登记", "2026-06-15", "电话相同、姓名相同"):
        assert said in shown
    for secret in (WANG.name, WANG.phone, WANG.id_no, WANG.address, "王**"):
        assert secret not in shown


def test_representatives_are_looked_for_too(at_desk: Desk, cast: Cast) -> None:
    earlier = registered(cast).petition
    shown = at_desk("registrar").post(ASK, {"lead_name": "李四", "people": f"张三\n{WANG.name} {WANG.phone}"})
    assert earlier.number in words(shown)


def test_each_look_is_one_entry(at_desk: Desk, cast: Cast) -> None:
    client = at_desk("registrar")
    for _ in range(2):
        client.post(ASK, {"lead_name": WANG.name})
    assert LOOKS.count() == 2


def test_nothing_asked_is_nothing_traced(at_desk: Desk) -> None:
    answer = at_desk("registrar").post(ASK, {"lead_name": " ", "people": "\n"})
    assert "这里列出同一人以前的件" in words(answer)
    assert not LOOKS.exists()


def test_a_street_is_not_shown_what_it_was_not_given(at_desk: Desk, cast: Cast) -> None:
    registered(cast)
    given = Life(cast).until("dispatch").petition
    shown = at_desk("street_handler").post(ASK, {"lead_name": WANG.name})
    assert [one.petition.pk for one in shown.context["candidates"]] == [given.pk]


def test_an_accusation_is_shown_to_nobody(at_desk: Desk, cast: Cast) -> None:
    registered(cast, purpose=Purpose.ACCUSE)
    assert at_desk("registrar").post(ASK, {"lead_name": WANG.name}).context["candidates"] == []


@pytest.mark.parametrize("name", ["leader", "auditor", "archivist", "administrator", "discipline"])
def test_who_registers_nothing_asks_for_nobody(at_desk: Desk, name: str) -> None:
    assert at_desk(name).post(ASK, {"lead_name": WANG.name}).status_code == 403
    assert not LOOKS.exists()


def test_no_name_comes_into_an_address(at_desk: Desk) -> None:
    assert at_desk("registrar").get(ASK, {"lead_name": WANG.name}).status_code == 405


def test_the_wrong_number_is_told_at_once(at_desk: Desk) -> None:
    shown = at_desk("registrar").post(ASK, {"lead_id_no": "610115195401010021"})
    assert "最后一位与前面的对不上" in words(shown)


def test_without_a_script_the_button_does_the_same_on_the_page(at_desk: Desk, cast: Cast) -> None:
    earlier = registered(cast).petition
    page = at_desk("registrar").post(URL, {**typed(title="写到一半", demands=""), "look": "1"})
    assert page.status_code == 200
    assert earlier.number in words(page)
    assert 'value="写到一半"' in words(page)
    assert not page.context["form"].errors
    assert Petition.objects.count() == 1
    assert LOOKS.count() == 1


def test_the_one_chosen_goes_along_to_the_duplicate_check(at_desk: Desk, cast: Cast) -> None:
    earlier, client = registered(cast).petition, at_desk("registrar")
    slip = client.post(URL, typed(same_as=earlier.number), follow=True)
    assert f"与 {earlier.number} 是不是同一件" in words(slip)
    number = slip.context["petition"].number
    address = f"/desk/petitions/{number}/check_duplicate/?outcome=repeat&other={earlier.number}"
    assert address.replace("&", "&amp;") in words(slip)
    check = client.get(address)
    form = check.context["form"]
    assert (form["outcome"].value(), form["other"].value()) == ("repeat", earlier.number)
    assert not Petition.objects.get(number=number).repeat_of


def test_a_link_fills_in_nothing_else(at_desk: Desk, cast: Cast) -> None:
    petition = registered(cast).petition
    check = at_desk("registrar").get(f"/desk/petitions/{petition.number}/check_duplicate/", {"reason": "别人写的理由"})
    assert "别人写的理由" not in words(check)


def test_a_form_that_comes_back_keeps_what_was_chosen(at_desk: Desk, cast: Cast) -> None:
    answer = at_desk("registrar").post(URL, typed(title="", same_as="6101152026LX000001"))
    assert answer.context["same_as"] == "6101152026LX000001"
    assert 'value="6101152026LX000001" checked' in words(answer)
