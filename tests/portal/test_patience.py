"""Guessing is slow, and tells nothing."""

import time
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import Cast, registered
from tests.portal.conftest import ask, text
from xinfang.foundation import patience
from xinfang.foundation.errors import Refused
from xinfang.foundation.patience import FREE_TRIES, LONGEST_WAIT, TooSoon, guarded, wait_after
from xinfang.petitions.intake import Registered

NOON = timezone.make_aware(datetime(2026, 6, 15, 12, 0))
WRONG = "ABCDEFGHJK"


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "WRONG_TAKES", 0.0)


def guess(number: str, at: datetime, field: str = "query_code") -> None:
    with pytest.raises(Refused), guarded(field, number, at=at):
        raise Refused("没有查到。", field=field)


def wait_for(number: str, at: datetime, field: str = "query_code") -> int:
    """The seconds still to wait; asking neither counts nor clears anything."""
    with pytest.raises(Refused) as refused, guarded(field, number, at=at):
        raise Refused("别的原因。")
    return refused.value.seconds if isinstance(refused.value, TooSoon) else 0


def succeed(number: str, at: datetime) -> None:
    with guarded("query_code", number, at=at):
        pass


def test_the_first_mistakes_cost_nothing_then_each_costs_more() -> None:
    assert [wait_after(n) for n in range(FREE_TRIES + 8)] == [0] * FREE_TRIES + [2, 4, 8, 16, 32, 60, 60, 60]


@pytest.mark.usefixtures("at_once")
def test_the_wait_grows_with_every_wrong_code_and_then_ends() -> None:
    at, waits = NOON, []
    for _ in range(FREE_TRIES + 6):
        guess("N1", at)
        waits.append(wait_for("N1", at))
        at += timedelta(seconds=waits[-1])
        assert wait_for("N1", at) == 0
    assert waits == [0, 0, 0, 0, 2, 4, 8, 16, 32, LONGEST_WAIT, LONGEST_WAIT]


@pytest.mark.usefixtures("at_once")
def test_a_try_during_the_wait_is_not_looked_at_and_does_not_lengthen_it() -> None:
    for _ in range(FREE_TRIES):
        guess("N1", NOON)
    for _ in range(50):
        with pytest.raises(TooSoon), guarded("query_code", "N1", at=NOON):
            pytest.fail("the code was tried")
    assert wait_for("N1", NOON + timedelta(seconds=3)) == 0


@pytest.mark.usefixtures("at_once")
def test_each_number_and_each_secret_waits_for_itself() -> None:
    for _ in range(FREE_TRIES):
        guess("N1", NOON)
    assert wait_for("N1", NOON) > 0
    assert wait_for("N2", NOON) == 0
    assert wait_for("N1", NOON, field="act_secret") == 0


@pytest.mark.usefixtures("at_once")
def test_a_right_code_ends_the_count() -> None:
    for _ in range(FREE_TRIES - 1):
        guess("N1", NOON)
    succeed("N1", NOON)
    for _ in range(FREE_TRIES - 1):
        guess("N1", NOON)
    assert wait_for("N1", NOON) == 0


@pytest.mark.usefixtures("at_once")
def test_another_refusal_is_not_a_wrong_code() -> None:
    for _ in range(FREE_TRIES + 1):
        with pytest.raises(Refused), guarded("query_code", "N1", at=NOON):
            raise Refused("评价期已过。")
    assert wait_for("N1", NOON) == 0


def test_the_number_is_not_readable_in_the_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    written = SimpleNamespace(get=lambda _, default: default, set=lambda *given: seen.append(str(given)))
    monkeypatch.setattr(patience, "cache", written)
    guess("6101152026LX000001", NOON)
    assert len(seen) == 1
    assert "LX000001" not in seen[0]


def test_a_wrong_code_takes_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    guess("N1", NOON)
    assert 0 < slept[0] <= patience.WRONG_TAKES


@pytest.fixture
def slip(cast: Cast) -> Registered:
    return registered(cast)


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("exists", [True, False])
def test_the_page_says_how_long_whether_the_number_exists_or_not(
    client: Client, slip: Registered, exists: bool
) -> None:
    number = str(slip.petition.number) if exists else "6101152026LX999999"
    for _ in range(FREE_TRIES):
        assert ask(client, number, WRONG).status_code == 200
    page = ask(client, number, slip.query_code)
    assert page.status_code == 429
    assert page.headers["Retry-After"] in {"1", "2", "3"}
    assert "秒后再试" in text(page)
    assert f'value="{slip.query_code}"' in text(page)


@pytest.mark.usefixtures("at_once")
def test_wrong_codes_for_one_number_do_not_hold_back_another(client: Client, cast: Cast, slip: Registered) -> None:
    other = registered(cast)
    for _ in range(FREE_TRIES + 1):
        ask(client, str(slip.petition.number), WRONG)
    assert "已登记" in text(ask(client, str(other.petition.number), other.query_code))
