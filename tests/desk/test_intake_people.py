"""Several people on one form: lead, representatives one a line, and numbers that check themselves."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.desk.hall import typed, words
from xinfang.desk.forms.people import person_of, why_wrong
from xinfang.petitions.models import Petition
from xinfang.petitions.models.petitioner import Identity

Desk = Callable[[str], Client]
URL = "/desk/intake/"
WRONG, SOUND, OLD = "610115195401010021", "610115195401010020", "610115540101002"


@pytest.mark.parametrize(
    ("line", "person"),
    [
        ("甲一", Identity("甲一")),
        ("甲一 13800001234", Identity("甲一", phone="13800001234")),
        (f"甲一 {SOUND} 13800001234", Identity("甲一", SOUND, "13800001234")),
        (f"甲一　13800001234　{SOUND}", Identity("甲一", SOUND, "13800001234")),
        ("甲一 029-83812345", Identity("甲一", phone="029-83812345")),
        ("John Smith E12345678", Identity("John Smith", "E12345678")),
        ("䶮 １３８００００１２３４", Identity("䶮", phone="13800001234")),
    ],
)
def test_a_line_is_a_name_and_what_a_card_says(line: str, person: Identity) -> None:
    assert person_of(line) == person


@pytest.mark.parametrize(
    ("number", "said"),
    [(SOUND, ""), (OLD, ""), ("E12345678", ""), ("", ""), (WRONG, "最后一位"), (SOUND[:17], "现在是 17 位")],
)
def test_a_number_that_no_card_has_is_told(number: str, said: str) -> None:
    assert said in why_wrong(number)
    assert bool(why_wrong(number)) == bool(said)


def test_a_representative_brings_number_and_telephone(at_desk: Desk) -> None:
    people = f"甲一 {SOUND} 13800001234\n乙二"
    at_desk("registrar").post(URL, typed(channel="visit", people=people, persons_count="6"))
    found = Petition.objects.get().petitioners.filter(role="representative").order_by("id")
    assert [person.identity for person in found] == [Identity("甲一", SOUND, "13800001234"), Identity("乙二")]
    assert found[0].id_no_index


def test_a_line_without_a_name_is_told_with_its_number(at_desk: Desk) -> None:
    answer = at_desk("registrar").post(URL, typed(people="甲一\n13800001234"))
    assert answer.context["form"].errors["people"] == ["第 2 行没有姓名，请先写姓名，再写号码。"]


def test_the_sixth_representative_is_refused_beside_the_field_and_the_lead_is_the_first(at_desk: Desk) -> None:
    answer = at_desk("registrar").post(URL, typed(people="\n".join("甲乙丙丁戊"), persons_count="12"))
    assert answer.context["form"].errors["people"] == ["代表人数不得超过5人，主访人算在内。（条例 二十）"]
    assert not Petition.objects.exists()


def test_companions_are_counted_and_not_named(at_desk: Desk) -> None:
    at_desk("registrar").post(URL, typed(channel="visit", persons_count="4", persons_present="4"))
    petition = Petition.objects.get()
    assert (petition.persons_count, petition.persons_present, petition.petitioners.count()) == (4, 4, 1)


@pytest.mark.parametrize(("field", "value"), [("lead_id_no", WRONG), ("people", f"甲一 {WRONG}")])
def test_a_wrong_number_is_told_beside_its_field_and_may_stand_when_it_was_checked(
    at_desk: Desk, field: str, value: str
) -> None:
    client = at_desk("registrar")
    answer = client.post(URL, typed(**{field: value}))
    assert "最后一位与前面的对不上" in str(answer.context["form"].errors[field])
    assert "<div data-ids-as-written>" in words(answer)
    assert client.post(URL, typed(**{field: value, "ids_as_written": "on"})).status_code == 302


def test_the_tick_is_not_offered_before_it_is_needed(at_desk: Desk) -> None:
    assert "<div data-ids-as-written hidden>" in words(at_desk("registrar").get(URL))


def test_an_old_card_and_a_passport_are_taken_as_they_are(at_desk: Desk) -> None:
    for number in (OLD, "E12345678"):
        assert at_desk("registrar").post(URL, typed(lead_id_no=number)).status_code == 302


def test_spaces_and_wide_digits_are_not_mistakes(at_desk: Desk) -> None:
    at_desk("registrar").post(URL, typed(lead_id_no="６１０１１５ 19540101 0020"))
    assert Petition.objects.get().petitioners.get().identity.id_no == SOUND
