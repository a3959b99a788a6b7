"""The petitioner rates with his act secret. The query code alone reads."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cast import Cast, Life
from tests.portal.conftest import ask, text
from xinfang.petitions.models import Evaluation, Petition
from xinfang.trace.models import Entry

GIVEN = "您的评价已经记下，谢谢。"


@pytest.fixture
def life(cast: Cast) -> Life:
    """Closed, and the last day for rating is still to come whatever today is."""
    return closed(cast, days_ago=10)


def closed(cast: Cast, *, days_ago: int) -> Life:
    """Its road began that long ago, and its opinion was delivered a few days later."""
    life = Life(cast)
    life.now = timezone.now() - timedelta(days=days_ago)
    return life.until("deliver")


def form_for(life: Life, **changes: str) -> dict[str, str]:
    return {
        "number": str(life.registered.petition.number),
        "query_code": life.registered.query_code,
        "act_secret": life.registered.act_secret,
        "bureau": "satisfied",
        "unit": "basically",
        "reason": "",
        "token": "one-form",
        **changes,
    }


def send(client: Client, life: Life, **changes: str) -> Any:
    return client.post(reverse("portal:evaluate"), form_for(life, **changes))


def page_of(client: Client, life: Life) -> str:
    return text(ask(client, str(life.registered.petition.number), life.registered.query_code))


def test_the_form_is_there_while_the_window_is_open(client: Client, life: Life) -> None:
    page = page_of(client, life)
    assert "请您评价" in page
    assert 'name="act_secret"' in page
    assert f'value="{life.registered.query_code}"' in page


@pytest.mark.parametrize("last", ["handle", "issue_opinion", "evaluate"])
def test_the_form_is_not_there_when_it_is_not_open(client: Client, cast: Cast, last: str) -> None:
    assert "请您评价" not in page_of(client, Life(cast).until(last))


def test_a_rating_is_recorded_as_the_petitioners(client: Client, life: Life) -> None:
    page = text(send(client, life))
    assert GIVEN in page
    assert "您作出评价：对信访局满意，对办理单位基本满意。" in page
    assert "请您评价" not in page
    rating = Evaluation.objects.get()
    assert (rating.bureau, rating.unit, rating.is_on_paper) == ("satisfied", "basically", False)
    entry = Entry.objects.get(act="petition.evaluate")
    assert (entry.hand, entry.officer_id) == ("petitioner", None)


def test_the_secret_is_accepted_in_lower_case_with_spaces(client: Client, life: Life) -> None:
    secret = life.registered.act_secret.lower()
    assert GIVEN in text(send(client, life, act_secret=f" {secret[:4]} {secret[4:]}"))


@pytest.mark.parametrize("secret", ["", "WRONGONE", "query_code"])
def test_without_the_act_secret_nothing_is_done(client: Client, life: Life, secret: str) -> None:
    if secret == "query_code":
        secret = life.registered.query_code
    page = text(send(client, life, act_secret=secret, reason="漏水修好了，谢谢。"))
    assert 'id="act_secret-error">' in page
    assert 'aria-describedby="act_secret-hint act_secret-error"' in page
    assert "漏水修好了，谢谢。</textarea>" in page
    assert 'value="satisfied" required checked' in page
    assert not Evaluation.objects.exists()


def test_dissatisfied_needs_a_reason_beside_its_field(client: Client, life: Life) -> None:
    page = text(send(client, life, unit="dissatisfied"))
    assert 'id="reason-error">不满意的请写明原因。' in page
    assert not Evaluation.objects.exists()
    assert GIVEN in text(send(client, life, unit="dissatisfied", reason="还在漏。"))


def test_each_missing_rating_is_said_beside_its_field(client: Client, life: Life) -> None:
    page = text(send(client, life, bureau="", unit="excellent"))
    assert 'id="bureau-error">请评价信访局。' in page
    assert 'id="unit-error">请评价办理单位。' in page


def test_a_reason_that_is_too_long_is_kept_and_counted(client: Client, life: Life) -> None:
    reason = "漏" * 501
    page = text(send(client, life, reason=reason))
    assert "请写在500字以内，现在有501字。" in page
    assert f"{reason}</textarea>" in page


@pytest.mark.parametrize("reason", ["<script>alert(1)</script>", "😀𠮷", "第一行\r\n第二行"])
def test_what_is_written_is_shown_as_it_was_written_and_never_run(client: Client, life: Life, reason: str) -> None:
    assert "<script>" not in text(send(client, life, act_secret="WRONG", reason=reason))
    send(client, life, reason=reason)
    assert Evaluation.objects.get().reason == reason


def test_a_form_sent_twice_counts_once_and_says_so(client: Client, life: Life) -> None:
    first, second = text(send(client, life)), text(send(client, life))
    assert "这份表单已经提交过，没有重复办理。" in second
    for part in (0, 2):  # between them stand the marks of the other forms
        assert _parts(first)[part] == _parts(second)[part]
    assert Evaluation.objects.count() == 1


def _parts(page: str) -> list[str]:
    return re.split('id="(?:may|steps)"', page.split("</h1>")[1])


def test_another_form_after_the_rating_is_refused(client: Client, life: Life) -> None:
    send(client, life)
    assert "您已经评价过。" in text(send(client, life, token="another-form"))
    assert Evaluation.objects.count() == 1


def test_after_the_last_day_it_is_refused(client: Client, cast: Cast) -> None:
    life = closed(cast, days_ago=60)
    assert "请您评价" not in page_of(client, life)
    assert "评价期已过" in text(send(client, life))
    assert not Evaluation.objects.exists()


def test_a_sealed_accusation_cannot_be_rated_here_before_its_time(client: Client, life: Life) -> None:
    Petition.objects.filter(pk=life.pk).update(status="registered", confidentiality="accusation_compartment")
    assert "评价" not in text(send(client, life)).split("</h1>")[1]
    assert not Evaluation.objects.exists()


def test_a_wrong_number_or_query_code_leads_back_to_the_question(client: Client, life: Life) -> None:
    page = text(send(client, life, query_code="ABCDEFGHJK"))
    assert 'id="query_code-error">没有查到。' in page
    assert not Evaluation.objects.exists()


@pytest.mark.parametrize("token", ["", "a" * 65, "a b", "<"])
def test_a_form_whose_token_was_changed_is_not_taken(client: Client, life: Life, token: str) -> None:
    assert "这张评价表不完整，请重新查询后再评价。" in text(send(client, life, token=token))
    assert not Evaluation.objects.exists()


def test_opened_by_its_address_it_leads_to_the_question(client: Client) -> None:
    answer = client.get(reverse("portal:evaluate"))
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("portal:query"))
