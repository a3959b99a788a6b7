"""接访: how and when it arrived is fixed first; registration follows and cannot change it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import Cast
from tests.desk.hall import typed, words
from xinfang.organizations.models import Duty, Post, Tenure
from xinfang.petitions.models import Petition

Desk = Callable[[str], Client]
URL = "/desk/receive/"


def received(client: Client, *, hours_ago: int = 1) -> Petition:
    at = timezone.localtime() - timedelta(hours=hours_ago)
    client.post(URL, {"channel": "visit", "received_at": at.strftime("%Y-%m-%dT%H:%M")})
    return Petition.objects.get()


def test_receiving_leads_straight_on_to_registration(at_desk: Desk) -> None:
    now = timezone.localtime().strftime("%Y-%m-%dT%H:%M")
    answer = at_desk("registrar").post(URL, {"channel": "visit", "received_at": now})
    assert answer.url == f"/desk/drafts/{Petition.objects.get().pk}/register/"


def test_registration_keeps_what_was_noted_at_the_reception(at_desk: Desk) -> None:
    client = at_desk("registrar")
    draft = received(client)
    path = f"/desk/drafts/{draft.pk}/register/"
    assert 'name="received_at"' not in words(client.get(path))
    client.post(path, typed(channel="letter", received_at=timezone.localtime().strftime("%Y-%m-%dT%H:%M")))
    petition = Petition.objects.get()
    assert petition.channel == "visit"
    assert petition.received_at == draft.received_at
    assert petition.number[10:12] == "LF"


def test_a_draft_registered_meanwhile_leads_to_its_page(at_desk: Desk) -> None:
    client = at_desk("registrar")
    path = f"/desk/drafts/{received(client).pk}/register/"
    client.post(path, typed())
    assert client.get(path).url == f"/desk/petitions/{Petition.objects.get().number}/"
    late = client.post(path, typed())
    assert late.status_code == 422
    assert "现在不能“登记”" in words(late)


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"channel": "", "received_at": "2026-06-15T09:00"}, "channel"),
        ({"channel": "visit", "received_at": ""}, "received_at"),
        ({"channel": "visit", "received_at": "2099-06-15T09:00"}, "received_at"),
        ({"channel": "visit", "received_at": "2026-06-15T09:00", "organ": "1"}, "organ"),
    ],
)
def test_a_wrong_reception_is_refused_beside_its_field(at_desk: Desk, form: dict[str, str], field: str) -> None:
    answer = at_desk("registrar").post(URL, form)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not Petition.objects.exists()


def test_another_office_neither_sees_nor_registers_it(at_desk: Desk) -> None:
    draft = received(at_desk("registrar"))
    assert at_desk("street_handler").get(f"/desk/drafts/{draft.pk}/register/").status_code == 404


def test_who_sits_in_two_offices_says_for_which(at_desk: Desk, cast: Cast) -> None:
    post = Post.objects.get(unit=cast.dept, duty=Duty.CASE_HANDLER)
    Tenure.objects.create(post=post, officer=cast.street_handler, since="2020-01-01")
    client = at_desk("street_handler")
    now = timezone.localtime().strftime("%Y-%m-%dT%H:%M")
    asked = client.post(URL, {"channel": "visit", "received_at": now})
    assert list(asked.context["form"].errors) == ["organ"]
    client.post(URL, {"channel": "visit", "received_at": now, "organ": cast.dept.code})
    assert Petition.objects.get().organ == cast.dept


def test_a_draft_entered_by_mistake_is_voided_by_the_head(at_desk: Desk) -> None:
    draft = received(at_desk("registrar"))
    path = f"/desk/drafts/{draft.pk}/void/"
    assert path in words(at_desk("bureau_head").get(f"/desk/drafts/{draft.pk}/register/"))
    assert at_desk("bureau_head").get(path).status_code == 200
    assert at_desk("bureau_head").post(path, {"reason": "误录"}).url == "/desk/"
    assert Petition.objects.get().status == "voided"
