"""Nobody finds out by asking which numbers exist: the same answer, statements and time; no log joins an address to one."""

import logging
import statistics
import time
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast, registered
from tests.portal.conftest import ask, text
from xinfang.foundation import patience
from xinfang.petitions.intake import Registered

INJECTIONS = [
    "' OR '1'='1",
    "6101152026LX000001'; DROP TABLE petitions_petition;--",
    "<script>",
    "%s",
    "{{7*7}}",
    "../../etc",
]
INJECTIONS += ["\0", "６１０１１５", "𠮷" * 10, "a" * 60, "$(id)", "\r\nSet-Cookie: a=b"]


@pytest.fixture
def slip(cast: Cast) -> Registered:
    return registered(cast)


def missing(slip: Registered, n: int) -> str:
    return f"{str(slip.petition.number)[:-6]}{900_000 + n}"


def statements(client: Client, number: str, code: str) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        ask(client, number, code)
    return [query["sql"].split("WHERE")[0] for query in asked.captured_queries]


def test_a_wrong_code_and_a_missing_number_ask_the_database_the_same(client: Client, slip: Registered) -> None:
    there = statements(client, str(slip.petition.number), "ABCDEFGHJK")
    assert there == statements(client, missing(slip, 0), "ABCDEFGHJK")
    assert len(there) == 1


def test_they_take_the_same_time(client: Client, slip: Registered, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the pause that every wrong answer takes, so that the work itself is compared. Generous: the machine is shared."""
    monkeypatch.setattr(patience, "WRONG_TAKES", 0.0)
    monkeypatch.setattr(patience, "FREE_TRIES", 10_000)
    spent: dict[bool, list[float]] = {True: [], False: []}
    for n in range(60):
        for is_there in (True, False):
            number = str(slip.petition.number) if is_there else missing(slip, n)
            began = time.process_time()
            ask(client, number, "ABCDEFGHJK")
            spent[is_there].append(time.process_time() - began)
    there, not_there = (statistics.median(spent[is_there]) for is_there in (True, False))
    assert abs(there - not_there) < 0.5 * max(there, not_there)


def test_a_wrong_answer_takes_its_time_whether_or_not_the_number_exists(client: Client, slip: Registered) -> None:
    for number in (str(slip.petition.number), missing(slip, 0)):
        began = time.monotonic()
        ask(client, number, "ABCDEFGHJK")
        assert time.monotonic() - began >= patience.WRONG_TAKES


@pytest.mark.parametrize("said", INJECTIONS)
@pytest.mark.parametrize("field", ["number", "query_code"])
def test_whatever_is_typed_is_only_a_wrong_code(client: Client, slip: Registered, field: str, said: str) -> None:
    form = {"number": str(slip.petition.number), "query_code": slip.query_code, field: said}
    answer = client.post(reverse("portal:query"), form)
    assert answer.status_code == 200
    assert "编号和查询码都在您的登记单上" in text(answer)
    assert "<script>" not in text(answer)
    asked_again = text(answer).split("登记单不在手边")[0].split("<form")[1].replace(slip.query_code, "")
    assert "49" not in asked_again or said != "{{7*7}}"
    assert not answer.cookies


def test_walking_through_the_numbers_finds_nothing(client: Client, slip: Registered) -> None:
    head = str(slip.petition.number)[:-6]
    pages = {text(ask(client, f"{head}{n:06}", "ABCDEFGHJK")).replace(f"{head}{n:06}", "N") for n in range(4)}
    assert len(pages) == 1


def test_a_code_of_one_petition_opens_no_other(client: Client, cast: Cast, slip: Registered) -> None:
    other = registered(cast)
    assert "没有查到" in text(ask(client, str(other.petition.number), slip.query_code))


def test_no_line_of_a_log_joins_an_address_to_a_petition(
    client: Client, slip: Registered, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        for code in (slip.query_code, *["WRONGWRONG"] * 7):
            client.post(
                reverse("portal:query"),
                {"number": slip.petition.number, "query_code": code},
                REMOTE_ADDR="203.0.113.9",
            )
    lines = [record.getMessage() for record in caplog.records if not record.name.startswith("django.db")]
    assert not [line for line in lines if "203.0.113.9" in line or str(slip.petition.number) in line]


@pytest.mark.parametrize("name", ["portal:write", "portal:query"])
def test_nothing_comes_from_elsewhere_and_nothing_stands_in_line(client: Client, cast: Cast, name: str) -> None:
    answer = client.get(reverse(name))
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    page = text(answer)
    assert not [
        sign for sign in (' style="', "<style", "onclick", "javascript:", 'src="http', 'src="//') if sign in page
    ]
    assert "<script>" not in page


def test_the_act_secret_is_guessed_no_faster_for_a_number_that_exists(client: Client, slip: Registered) -> None:
    """Whoever has no query code is never told about the secret at all."""
    form: dict[str, Any] = {"number": slip.petition.number, "query_code": "ABCDEFGHJK", "token": "t", "text": "a"}
    answer = client.post(reverse("portal:act", args=["urge"]), {**form, "act_secret": slip.act_secret})
    assert "没有查到" in text(answer)
    assert "办事密码不对" not in text(answer)
