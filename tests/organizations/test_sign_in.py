"""Wrong passwords make the next try wait, longer and longer; a unit's head lifts the wait."""

from datetime import datetime, timedelta
from io import StringIO

import pytest
from axes.models import AccessAttempt
from django.contrib.auth import authenticate, login
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.core.management import CommandError, call_command
from django.test import RequestFactory

from tests.organizations.cast import LOADER, again
from xinfang.foundation.errors import Refused
from xinfang.organizations import sign_in
from xinfang.organizations.actions import officers, tenures
from xinfang.organizations.errors import NotForYourself, NotYourOffice
from xinfang.organizations.models import Duty, Officer
from xinfang.trace.models import Entry

RIGHT = "a-long-enough-passphrase"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def clerk(cast) -> Officer:
    cast.street_clerk.set_password(RIGHT)
    cast.street_clerk.save(update_fields=["password"])
    return cast.street_clerk


def attempt(officer: Officer, password: str, *, address: str = "10.0.0.1") -> Officer | None:
    """What the sign-in page does."""
    form = {"username": officer.username, "password": password, "csrfmiddlewaretoken": "t0ken"}
    request = RequestFactory(REMOTE_ADDR=address).post("/desk/sign-in/", form)
    request.session = SessionStore()
    found = authenticate(request, username=officer.username, password=password)
    if found is not None:
        login(request, found)
    return found


def fail(officer: Officer, times: int) -> None:
    for _ in range(times):
        assert attempt(officer, "wrong") is None


def let_pass(elapsed: timedelta) -> None:
    for row in AccessAttempt.objects.all():
        row.attempt_time -= elapsed
        row.save(update_fields=["attempt_time"])


@pytest.mark.parametrize(
    ("failures", "minutes"), [(0, 0), (4, 0), (5, 1), (6, 2), (7, 4), (10, 32), (11, 60), (5000, 60)]
)
def test_the_wait_doubles_from_one_minute_to_an_hour(failures, minutes):
    assert sign_in.wait_after(failures) == minutes * MINUTE


def test_four_wrong_passwords_do_not_hold_the_right_one_up(clerk):
    fail(clerk, 4)
    assert attempt(clerk, RIGHT) == clerk


def test_after_five_even_the_right_password_waits_a_minute(clerk):
    fail(clerk, 5)
    assert attempt(clerk, RIGHT) is None
    let_pass(MINUTE)
    assert attempt(clerk, RIGHT) == clerk


def test_a_sixth_failure_after_the_wait_doubles_it(clerk):
    fail(clerk, 5)
    let_pass(MINUTE)
    fail(clerk, 1)
    let_pass(MINUTE)
    assert attempt(clerk, RIGHT) is None
    let_pass(MINUTE)
    assert attempt(clerk, RIGHT) == clerk


def test_trying_during_the_wait_does_not_lengthen_it(clerk, now: datetime):
    fail(clerk, 5)
    until = sign_in.waits_until(clerk.username, at=now)
    fail(clerk, 3)
    assert sign_in.waits_until(clerk.username, at=now) == until


def test_the_right_password_ends_the_count(clerk):
    fail(clerk, 4)
    attempt(clerk, RIGHT)
    fail(clerk, 4)
    assert attempt(clerk, RIGHT) == clerk


def test_failures_are_forgotten_after_a_day(clerk):
    fail(clerk, 4)
    let_pass(timedelta(hours=25))
    fail(clerk, 1)
    assert attempt(clerk, RIGHT) == clerk


def test_a_colleague_at_the_same_address_does_not_wait(clerk, cast):
    cast.registrar.set_password(RIGHT)
    cast.registrar.save(update_fields=["password"])
    fail(clerk, 9)
    assert attempt(cast.registrar, RIGHT) == cast.registrar


def test_another_address_does_not_get_round_the_wait(clerk):
    fail(clerk, 5)
    assert attempt(clerk, RIGHT, address="10.9.9.9") is None


def test_the_page_can_say_how_long(clerk, now):
    fail(clerk, 5)
    until = sign_in.waits_until(clerk.username, at=now)
    assert until is not None
    assert sign_in.sentence(until, at=until - 61 * MINUTE / 60).startswith("登录失败次数过多，请在 2 分钟后再试")


def test_no_password_or_token_is_kept_among_the_attempts(clerk):
    attempt(clerk, "my-real-password-mistyped")
    kept = str(AccessAttempt.objects.values().get())
    assert "my-real-password" not in kept
    assert "t0ken" not in kept


def test_the_head_of_the_unit_lifts_the_wait(clerk, cast, now):
    fail(clerk, 5)
    officers.lift_lock(clerk, by=cast.street_head, at=now)
    assert attempt(clerk, RIGHT) == clerk
    assert Entry.objects.get(act="officer.lift_lock").officer_id == cast.street_head.pk


def test_lifting_one_wait_leaves_the_others(clerk, cast, now):
    fail(clerk, 5)
    fail(cast.department_head, 5)
    officers.lift_lock(cast.department_head, by=cast.administrator, at=now)
    assert attempt(clerk, RIGHT) is None


def test_neither_another_units_head_nor_a_colleague_lifts_it(clerk, cast, now):
    for officer in (cast.department_head, cast.registrar):
        with pytest.raises(NotYourOffice):
            officers.lift_lock(clerk, by=officer, at=now)


def test_nobody_lifts_his_own_wait(cast, now):
    with pytest.raises(NotForYourself):
        officers.lift_lock(cast.street_head, by=cast.street_head, at=now)


def test_a_one_time_password_must_be_changed(clerk, cast, now):
    once = officers.reset_password(clerk, by=cast.street_head, at=now)
    assert attempt(clerk, once) == clerk
    assert Officer.objects.get(pk=clerk.pk).must_change_password
    officers.set_password(clerk, raw="another-long-phrase", old=once, by=clerk, at=now)
    assert not Officer.objects.get(pk=clerk.pk).must_change_password
    assert attempt(clerk, "another-long-phrase") == clerk


def test_nobody_sets_the_password_of_another(clerk, cast, now):
    with pytest.raises(Refused, match="本人"):
        officers.set_password(clerk, raw="another-long-phrase", by=cast.administrator, at=now)


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [("short", "新密码太短"), ("password123", "太常见"), ("user123456", "太相近"), (RIGHT, "原密码")],
)
def test_a_weak_or_unchanged_password_is_refused_in_chinese_beside_its_field(clerk, now, raw, sentence):
    clerk.username = "user12345"
    with pytest.raises(Refused, match=sentence) as refused:
        officers.set_password(clerk, raw=raw, old=RIGHT, by=clerk, at=now)
    assert refused.value.field == "password"


def test_a_change_costs_one_hashing_for_the_old_and_one_for_the_new(clerk, now, monkeypatch):
    hashed: list[str] = []
    encode, verify = Argon2PasswordHasher.encode, Argon2PasswordHasher.verify
    monkeypatch.setattr(Argon2PasswordHasher, "encode", lambda *a: hashed.append("new") or encode(*a))
    monkeypatch.setattr(Argon2PasswordHasher, "verify", lambda *a: hashed.append("old") or verify(*a))
    officers.set_password(clerk, raw="another-long-phrase", old=RIGHT, by=clerk, at=now)
    assert hashed == ["old", "new"]


def test_who_does_not_know_the_present_password_changes_nothing(clerk, now):
    with pytest.raises(Refused, match="现在的密码不对") as refused:
        officers.set_password(clerk, raw="another-long-phrase", old="a guess", by=clerk, at=now)
    assert refused.value.field == "old"
    assert attempt(clerk, RIGHT) == clerk


def test_an_administrator_does_not_open_the_account_of_who_gives_the_duties(cast, tenure_of, now, today):
    for verb in (officers.reset_password, officers.leave):
        with pytest.raises(NotYourOffice, match="信访局局长"):
            verb(cast.bureau_head, by=cast.administrator, at=now)
    tenures.cover(tenure_of(cast.bureau_head), officer=cast.newcomer, since=today, last_on=today, by=LOADER, at=now)
    with pytest.raises(NotYourOffice):
        officers.reset_password(again(cast.newcomer), by=cast.administrator, at=now)
    assert officers.reset_password(cast.bureau_head, by=again(cast.newcomer), at=now)


def test_nor_one_who_is_to_give_them_from_tomorrow(cast, county, post_of, now, today):
    tomorrow = today + timedelta(days=1)
    post = post_of(county.bureau, Duty.BUREAU_HEAD)
    tenures.begin(post, officer=cast.newcomer, since=tomorrow, by=LOADER, at=now)
    with pytest.raises(NotYourOffice):
        officers.reset_password(cast.newcomer, by=cast.administrator, at=now)


def test_who_gives_the_duties_does_not_open_the_account_of_an_administrator(cast, county, appoint, post_of, now):
    with pytest.raises(NotYourOffice, match="系统管理员"):
        officers.reset_password(cast.administrator, by=cast.bureau_head, at=now)
    second = appoint("管理员辛", post_of(county.bureau, Duty.ADMINISTRATOR))
    assert officers.reset_password(cast.administrator, by=second, at=now)


def test_an_administrator_gives_himself_no_post(cast, county, post_of, tenure_of, now, today):
    for duty in (Duty.REGISTRAR, Duty.BUREAU_HEAD, Duty.ADMINISTRATOR):
        with pytest.raises(NotYourOffice):
            tenures.begin(
                post_of(county.bureau, duty), officer=cast.administrator, since=today, by=cast.administrator, at=now
            )
    with pytest.raises(NotYourOffice):
        tenures.hand_over(tenure_of(cast.registrar), to=cast.administrator, on=today, by=cast.administrator, at=now)


def test_the_host_gives_a_password_when_nobody_else_may(cast, now):
    told = StringIO()
    call_command("reset_password", cast.bureau_head.username, stdout=told)
    assert attempt(cast.bureau_head, told.getvalue().split()[-1]) == cast.bureau_head
    assert Entry.objects.get(act="officer.reset_password").hand == "system"
    with pytest.raises(CommandError, match="nobody"):
        call_command("reset_password", "nobody")


def test_no_password_reaches_the_trace(clerk, cast, now):
    once = officers.reset_password(clerk, by=cast.street_head, at=now)
    assert once not in str(list(Entry.objects.values()))


def test_who_has_left_cannot_sign_in(clerk, cast, now):
    officers.leave(clerk, by=cast.street_head, at=now)
    assert attempt(clerk, RIGHT) is None
