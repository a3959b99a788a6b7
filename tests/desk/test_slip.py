"""登记回执: on the paper it was last printed on; again, it is marked and has no secret."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.cast import Cast, Life, registered
from tests.desk.hall import typed, words
from xinfang.petitions.codes import Purpose
from xinfang.petitions.models import Petition
from xinfang.trace.models import Entry

Desk = Callable[[str], Client]


def slip(number: str | None) -> str:
    return f"/desk/petitions/{number}/slip/"


def test_it_tells_number_codes_demands_and_what_comes_next(at_desk: Desk) -> None:
    shown = at_desk("registrar").post("/desk/intake/", typed(), follow=True)
    petition = Petition.objects.get()
    for said in (petition.number, petition.query_code, shown.context["codes"]["act_secret"], "修好屋顶", "赔偿损失"):
        assert said in words(shown)


@pytest.mark.parametrize(
    ("cookie", "paper", "is_large"),
    [
        ("", "a5", False),
        ("roll", "roll", False),
        ("a5.large", "a5", True),
        ("roll.large", "roll", True),
        ("A0", "a5", False),
    ],
)
def test_the_paper_is_remembered(at_desk: Desk, cast: Cast, cookie: str, paper: str, *, is_large: bool) -> None:
    client = at_desk("registrar")
    client.cookies["slip"] = cookie
    shown = client.get(slip(registered(cast).petition.number))
    assert (shown.context["paper"], shown.context["is_large"]) == (paper, is_large)
    assert f'value="{paper}" checked' in words(shown)


def test_printed_again_it_is_marked_has_the_query_code_and_no_act_secret(at_desk: Desk, cast: Cast) -> None:
    done = registered(cast)
    shown = at_desk("dispatcher").post(f"{slip(done.petition.number)}again/")
    assert "补打" in words(shown)
    assert done.query_code in words(shown)
    assert done.act_secret not in words(shown)
    assert "补打的回执没有办事密码" in words(shown)
    assert Entry.objects.get(act="petition.reprint_slip").officer_id == cast.dispatcher.pk


def test_a_unit_that_was_given_it_cannot_print_it_again(at_desk: Desk, cast: Cast) -> None:
    life = Life(cast).until("dispatch")
    client = at_desk("street_handler")
    assert "补打会留痕" not in words(client.get(slip(life.petition.number)))
    refused = client.post(f"{slip(life.petition.number)}again/")
    assert refused.status_code == 422
    assert life.registered.query_code not in words(refused)
    assert not Entry.objects.filter(act="petition.reprint_slip").exists()


def test_a_petition_he_may_not_see_has_no_slip(at_desk: Desk, cast: Cast) -> None:
    accusation = registered(cast, purpose=Purpose.ACCUSE).petition
    assert at_desk("dispatcher").post(f"{slip(accusation.number)}again/").status_code == 404


def test_who_reads_no_text_reads_no_demands_on_the_slip(at_desk: Desk, cast: Cast) -> None:
    assert "修好屋顶" not in words(at_desk("auditor").get(slip(registered(cast).petition.number)))


def test_the_petition_page_leads_to_its_slip(at_desk: Desk, cast: Cast) -> None:
    number = registered(cast).petition.number
    assert f'href="{slip(number)}"' in words(at_desk("registrar").get(f"/desk/petitions/{number}/"))


def test_a_reprint_by_a_link_is_none(at_desk: Desk, cast: Cast) -> None:
    number = registered(cast).petition.number
    assert at_desk("registrar").get(f"{slip(number)}again/").url == slip(number)
    assert not Entry.objects.filter(act="petition.reprint_slip").exists()
