"""查看: one person in clear, on one answer, on a ground that stays in the trace."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.cast import WANG, Cast, Life
from tests.desk.hall import words
from xinfang.petitions.codes import RevealGround
from xinfang.trace.models import Entry

Desk = Callable[[str], Client]


def reveal(client: Client, life: Life, **form: str):
    person = life.petition.petitioners.get()
    return client.post(
        f"/desk/petitions/{life.petition.number}/reveal/", {"petitioner": person.pk, "ground": "contact"} | form
    )


def test_a_ground_shows_the_person_on_this_answer_alone(at_desk: Desk, cast: Cast) -> None:
    client, life = at_desk("dispatcher"), Life(cast)
    shown = words(reveal(client, life))
    for clear in (WANG.name, WANG.id_no, WANG.phone, WANG.address):
        assert clear in shown
    assert WANG.phone not in words(client.get(f"/desk/petitions/{life.petition.number}/"))


def test_every_look_leaves_its_entry_with_the_ground(at_desk: Desk, cast: Cast) -> None:
    client, life = at_desk("dispatcher"), Life(cast)
    reveal(client, life)
    reveal(client, life, ground="identity")
    grounds = Entry.objects.filter(act="petition.reveal").order_by("id").values_list("facts__ground", flat=True)
    assert list(grounds) == ["contact", "identity"]
    assert "查看信访人信息" in words(client.get(f"/desk/petitions/{life.petition.number}/"))


@pytest.mark.parametrize("ground", ["", "curiosity"])
def test_without_a_ground_nothing_is_shown(at_desk: Desk, cast: Cast, ground: str) -> None:
    answer = reveal(at_desk("dispatcher"), Life(cast), ground=ground)
    assert answer.status_code == 422
    assert "请先选择查看的原因。" in words(answer)
    assert WANG.phone not in words(answer)
    assert not Entry.objects.filter(act="petition.reveal").exists()


@pytest.mark.parametrize("name", ["auditor", "archivist"])
def test_who_may_not_look_is_not_offered_it_and_is_refused(at_desk: Desk, cast: Cast, name: str) -> None:
    client, life = at_desk(name), Life(cast)
    assert "/reveal/" not in words(client.get(f"/desk/petitions/{life.petition.number}/"))
    answer = reveal(client, life)
    assert answer.status_code == 422
    assert WANG.phone not in words(answer)


def test_a_person_of_another_petition_is_nobody_here(at_desk: Desk, cast: Cast) -> None:
    life, other = Life(cast), Life(cast)
    for petitioner in (str(other.petition.petitioners.get().pk), "x", "", "9" * 30):
        assert reveal(at_desk("dispatcher"), life, petitioner=petitioner).status_code == 404


def test_who_may_not_know_of_the_petition_reveals_nobody(at_desk: Desk, cast: Cast) -> None:
    assert reveal(at_desk("dept_handler"), Life(cast)).status_code == 404


def test_a_reveal_is_no_link(at_desk: Desk, cast: Cast) -> None:
    life = Life(cast)
    answer = at_desk("dispatcher").get(f"/desk/petitions/{life.petition.number}/reveal/")
    assert answer.url == f"/desk/petitions/{life.petition.number}/"


def in_hand(cast: Cast) -> Life:
    """The street's handler has accepted it."""
    return Life(cast).until("accept")


def test_the_handler_sees_the_telephone_unasked_and_the_rest_masked(at_desk: Desk, cast: Cast) -> None:
    life = in_hand(cast)
    shown = words(at_desk("street_handler").get(f"/desk/petitions/{life.petition.number}/"))
    assert WANG.phone in shown
    assert WANG.name not in shown
    assert WANG.id_no not in shown


def test_that_he_saw_it_is_an_entry_once_an_hour(at_desk: Desk, cast: Cast) -> None:
    life, client = in_hand(cast), at_desk("street_handler")
    for _ in range(3):
        client.get(f"/desk/petitions/{life.petition.number}/")
    entry = Entry.objects.get(act="petition.see_phone")
    assert (entry.subject_id, entry.officer_id) == (life.pk, cast.street_handler.pk)


def test_nobody_else_sees_it_unasked(at_desk: Desk, cast: Cast) -> None:
    life = in_hand(cast)
    for name in ("street_head", "dispatcher", "bureau_head", "auditor"):
        assert WANG.phone not in words(at_desk(name).get(f"/desk/petitions/{life.petition.number}/"))
    assert not Entry.objects.filter(act="petition.see_phone").exists()


def test_each_ground_has_its_key(at_desk: Desk, cast: Cast) -> None:
    shown = words(at_desk("dispatcher").get(f"/desk/petitions/{Life(cast).petition.number}/"))
    for n, ground in enumerate(RevealGround, start=1):
        assert f'<option value="{ground}" data-key="{n}">{n} {ground.label}</option>' in shown
    assert "reveal.js" in shown
