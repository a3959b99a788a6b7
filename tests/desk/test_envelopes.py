"""信封和标签: an address is personal, so it is shown on the ground of delivery and each showing is in the trace."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.cast import WANG, Cast, Life, registered
from tests.desk.hall import words
from xinfang.petitions.codes import PersonRole, Purpose
from xinfang.petitions.intake import Person
from xinfang.trace.models import Entry

Desk = Callable[[str], Client]


def ask(client: Client, ids: list[int], **more: str) -> HttpResponse:
    return client.post("/desk/envelopes/", {"of": "petition", "row": [str(pk) for pk in ids], **more}, follow=True)


def shown_in_trace() -> list[int]:
    return list(Entry.objects.filter(act="petition.reveal").order_by("id").values_list("subject_id", flat=True))


def test_before_a_format_is_chosen_everyone_is_masked(at_desk: Desk, cast: Cast) -> None:
    page = words(ask(at_desk("dispatcher"), [registered(cast).petition.pk]))
    assert "王**" in page
    assert "DL" in page
    for secret in (WANG.name, WANG.address, WANG.phone, WANG.id_no):
        assert secret not in page
    assert shown_in_trace() == []


@pytest.mark.parametrize("paper", ["dl", "c5", "labels"])
def test_each_address_that_is_shown_is_a_line_in_the_trace(at_desk: Desk, cast: Cast, paper: str) -> None:
    ids = [registered(cast).petition.pk for _ in range(2)]
    page = words(ask(at_desk("dispatcher"), ids, format=paper))
    assert page.count(WANG.address) == 2
    assert page.count(WANG.name) == 2
    for secret in (WANG.phone, WANG.id_no):
        assert secret not in page
    assert sorted(shown_in_trace()) == sorted(ids)
    assert {one.facts["ground"] for one in Entry.objects.filter(act="petition.reveal")} == {"delivery"}


def test_no_envelope_says_what_a_petition_is_about(at_desk: Desk, cast: Cast) -> None:
    petition = registered(cast).petition
    page = words(ask(at_desk("dispatcher"), [petition.pk], format="dl"))
    assert petition.title not in page
    assert str(petition.number) in page
    assert '<p class="from">区信访局' in page


@pytest.mark.parametrize("paper", ["dl", "labels"])
def test_a_sealed_petitions_envelope_bears_neither_number_nor_unit(at_desk: Desk, cast: Cast, paper: str) -> None:
    petition = registered(cast, purpose=Purpose.ACCUSE).petition
    page = words(ask(at_desk("registrar"), [petition.pk], format=paper))
    body = page[page.index("<h1>") :]
    assert WANG.address in body
    for said in (str(petition.number), petition.title, "区信访局", 'class="from"'):
        assert said not in body


def test_one_without_an_address_is_named_and_not_revealed(at_desk: Desk, cast: Cast) -> None:
    nowhere = registered(cast, people=(Person(replace(WANG, address="")),)).petition
    page = words(ask(at_desk("dispatcher"), [nowhere.pk], format="dl"))
    assert "选中的件都没有登记住址" in page
    assert shown_in_trace() == []


def test_where_the_lead_has_no_address_a_companion_gets_the_letter(at_desk: Desk, cast: Cast) -> None:
    companion = replace(WANG, name="李建国", id_no="", phone="")
    people = (Person(replace(WANG, address="")), Person(companion, PersonRole.COMPANION))
    petition = registered(cast, people=people, persons_count=2).petition
    page = words(ask(at_desk("dispatcher"), [petition.pk], format="dl"))
    assert "李建国" in page
    assert WANG.name not in page


def test_a_sheet_that_was_begun_is_used_up(at_desk: Desk, cast: Cast) -> None:
    ids = [registered(cast).petition.pk for _ in range(3)]
    client = at_desk("dispatcher")
    (sheet,) = ask(client, ids, format="labels", first="5").context["sheets"]
    assert [one is None for one in sheet] == [True] * 4 + [False] * 3
    first, second = ask(client, ids, format="labels", first="23").context["sheets"]
    assert (len(first), len(second)) == (24, 1)
    for wrong in ("0", "25", "-1", "x", "²", "9" * 30):
        assert len(ask(client, ids, format="labels", first=wrong).context["sheets"][0]) == 3


def test_another_format_is_chosen_without_ticking_again(at_desk: Desk, cast: Cast) -> None:
    ids = [registered(cast).petition.pk for _ in range(2)]
    shown = ask(at_desk("dispatcher"), ids, format="dl")
    page = words(shown)
    assert sorted(shown.context["rows"]) == sorted(ids)
    assert all(f'name="row" value="{pk}"' in page for pk in ids)
    assert 'value="dl" checked' in page
    assert 'name="format" value="labels"' in page
    assert 'name="of" value="petition"' in page


def test_who_may_not_reveal_gets_no_envelopes(at_desk: Desk, cast: Cast) -> None:
    ids = [registered(cast).petition.pk]
    for name in ("auditor", "archivist"):
        assert ask(at_desk(name), ids, format="dl").status_code == 403
    assert "/desk/envelopes/" not in words(at_desk("archivist").get("/desk/"))
    assert shown_in_trace() == []


def test_a_petition_he_may_not_know_of_has_no_envelope(at_desk: Desk, cast: Cast) -> None:
    accusation = registered(cast, purpose=Purpose.ACCUSE).petition
    assert WANG.address not in words(ask(at_desk("dispatcher"), [accusation.pk], format="dl"))
    assert shown_in_trace() == []


def test_a_unit_posts_its_own_letters(at_desk: Desk, cast: Cast) -> None:
    life = Life(cast).until("accept")
    form = {"of": "assignment", "row": str(life.assignment.pk), "format": "c5"}
    page = words(at_desk("street_handler").post("/desk/envelopes/", form))
    assert '<p class="from">骊山街道办事处' in page
