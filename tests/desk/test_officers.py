"""人员: a head lifts waits, hands duties over and arranges covers in his own unit."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.desk.hall import words
from xinfang.organizations.models import Duty, Officer, Post, Tenure

Desk = Callable[[str], Client]
URL = "/desk/officers/"


@pytest.fixture
def colleague(cast: Cast) -> Officer:
    return Officer.objects.create(username="colleague", name="同事甲", must_change_password=False)


def tenure_of(officer: Officer) -> Tenure:
    return Tenure.objects.get(officer=officer)


def wait(officer: Officer) -> None:
    for _ in range(5):
        Client().post("/desk/sign-in/", {"username": officer.username, "password": "wrong"})


def test_a_head_sees_the_officers_of_his_unit_and_no_others(at_desk: Desk, cast: Cast) -> None:
    text = words(at_desk("street_head").get(URL))
    assert cast.street_handler.username in text
    assert cast.dept_handler.username not in text


@pytest.mark.parametrize("name", ["street_handler", "dispatcher", "auditor", "leader"])
def test_who_keeps_no_officers_is_not_shown_them(at_desk: Desk, name: str) -> None:
    assert at_desk(name).get(URL).status_code == 403


def test_an_administrator_and_the_bureaus_head_choose_a_unit(at_desk: Desk, cast: Cast) -> None:
    for name in ("administrator", "bureau_head"):
        assert cast.dept_handler.username in words(at_desk(name).get(URL, {"unit": cast.dept.code}))


@pytest.mark.parametrize("unit", ["", "nothing", "9" * 99])
def test_a_unit_that_is_not_his_shows_his_own(at_desk: Desk, cast: Cast, unit: str) -> None:
    for asked in (unit, cast.dept.code):
        assert cast.street_handler.username in words(at_desk("street_head").get(URL, {"unit": asked}))


def test_many_officers_cost_no_statement_more(
    at_desk: Desk, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    post = Post.objects.get(unit=cast.street, duty=Duty.CASE_HANDLER)
    for n in range(30):
        officer = Officer.objects.create(username=f"handler{n}", name=f"承办{n}", must_change_password=False)
        Tenure.objects.create(post=post, officer=officer, since=timezone.localdate())
    client = at_desk("street_head")
    with django_assert_max_num_queries(9):
        assert "handler29" in words(client.get(URL))


def test_a_zero_byte_is_nothing_that_was_typed(at_desk: Desk, cast: Cast) -> None:
    assert at_desk("street_head").get(URL, {"unit": "\0"}).status_code == 200
    for path in ("accounts", "units"):
        assert at_desk("administrator").get(f"/desk/administration/{path}/", {"words": "\0"}).status_code == 200
    assert at_desk("registrar").get("/desk/intake/", {"after": "\0"}).status_code == 200


def test_a_head_lifts_the_wait_of_his_officer(at_desk: Desk, cast: Cast) -> None:
    wait(cast.street_handler)
    client = at_desk("street_head")
    assert "等待至" in words(client.get(URL))
    answer = client.post(f"{URL}{cast.street_handler.pk}/lift_lock/", follow=True)
    assert "已解除等待" in words(answer)
    assert not AccessAttempt.objects.exists()


def test_the_wait_of_another_units_officer_is_not_his_to_lift(at_desk: Desk, cast: Cast) -> None:
    wait(cast.dept_handler)
    assert at_desk("street_head").post(f"{URL}{cast.dept_handler.pk}/lift_lock/").status_code == 404
    assert AccessAttempt.objects.exists()


def test_nobody_lifts_his_own_wait(at_desk: Desk, cast: Cast) -> None:
    answer = at_desk("street_head").post(f"{URL}{cast.street_head.pk}/lift_lock/", follow=True)
    assert "不能给自己" in words(answer)


def test_a_lift_is_no_link(at_desk: Desk, cast: Cast) -> None:
    wait(cast.street_handler)
    assert at_desk("street_head").get(f"{URL}{cast.street_handler.pk}/lift_lock/").url == URL
    assert AccessAttempt.objects.exists()


def test_a_duty_is_handed_over(at_desk: Desk, cast: Cast, colleague: Officer) -> None:
    path = f"/desk/tenures/{tenure_of(cast.street_handler).pk}/hand_over/"
    client, today = at_desk("street_head"), timezone.localdate().isoformat()
    assert client.get(path).status_code == 200
    assert client.post(path, {"to": "colleague", "on": today}).url == URL
    assert [seat.duty for seat in Officer.objects.get(pk=colleague.pk).seats] == [Duty.CASE_HANDLER]
    assert cast.again("street_handler").seats == ()


def test_a_cover_is_arranged(at_desk: Desk, cast: Cast, colleague: Officer) -> None:
    path = f"/desk/tenures/{tenure_of(cast.street_handler).pk}/cover/"
    today = timezone.localdate()
    form = {"officer": "colleague", "since": today.isoformat(), "last_on": (today + timedelta(days=3)).isoformat()}
    client = at_desk("street_head")
    assert client.post(path, form).url == URL
    assert "代理承办人某" in words(client.get(URL))


@pytest.mark.parametrize(
    ("verb", "form", "field", "sentence"),
    [
        ("hand_over", {"to": "nobody", "on": "2026-01-01"}, "to", "没有登录名为“nobody”的人员。"),
        ("hand_over", {"to": "", "on": "2026-01-01"}, "to", "请填写接手人的登录名。"),
        ("hand_over", {"to": "colleague", "on": "2001-01-01"}, "on", "卸任日期不能早于任职日期。"),
        ("hand_over", {"to": "colleague", "on": "0001-01-01"}, "on", "日期须在"),
        ("hand_over", {"to": "street_handler", "on": "2026-01-01"}, "to", "交接双方不能是同一人。"),
        (
            "cover",
            {"officer": "street_handler", "since": "2026-01-01", "last_on": "2026-01-02"},
            "officer",
            "不能由本人代理本人。",
        ),
        (
            "cover",
            {"officer": "colleague", "since": "2026-01-03", "last_on": "2026-01-02"},
            "last_on",
            "不能早于第一日",
        ),
        ("cover", {"officer": "colleague", "since": "2026-01-03", "last_on": "9999-12-31"}, "last_on", "日期须在"),
    ],
)
def test_a_wrong_duty_is_refused_beside_its_field(
    at_desk: Desk, cast: Cast, colleague: Officer, verb: str, form: dict[str, str], field: str, sentence: str
) -> None:
    answer = at_desk("street_head").post(f"/desk/tenures/{tenure_of(cast.street_handler).pk}/{verb}/", form)
    assert answer.status_code == 422
    assert sentence in str(answer.context["form"].errors[field])


def test_a_head_grants_no_duty_beside_his_desks(at_desk: Desk, cast: Cast, colleague: Officer) -> None:
    """A role never grants itself, and a head's own chair is the bureau's to give."""
    form = {"to": "colleague", "on": timezone.localdate().isoformat()}
    answer = at_desk("street_head").post(f"/desk/tenures/{tenure_of(cast.street_head).pk}/hand_over/", form)
    assert answer.status_code == 422
    assert cast.again("street_head").seats


def test_a_duty_of_another_unit_is_not_found(at_desk: Desk, cast: Cast) -> None:
    for verb in ("hand_over", "cover"):
        path = f"/desk/tenures/{tenure_of(cast.dept_handler).pk}/{verb}/"
        assert at_desk("street_head").get(path).status_code == 404


def test_an_empty_chair_is_shown_as_such(at_desk: Desk, cast: Cast) -> None:
    Tenure.objects.filter(post__in=Post.objects.filter(unit=cast.gov)).delete()
    assert "现在没有人任职" in words(at_desk("bureau_head").get(URL, {"unit": cast.gov.code}))
