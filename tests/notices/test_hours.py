"""Quiet hours and the hour of the digest."""

from datetime import datetime

import pytest
from django.utils import timezone
from pytest_django import Settings

from xinfang.notices import checks, hours


def moment(text: str) -> datetime:
    return timezone.make_aware(datetime.fromisoformat(text))


@pytest.mark.parametrize(
    ("quiet", "at", "until"),
    [
        ("21:00-07:30", "2026-06-15 20:59", "2026-06-15 20:59"),
        ("21:00-07:30", "2026-06-15 21:00", "2026-06-16 07:30"),
        ("21:00-07:30", "2026-06-16 03:00", "2026-06-16 07:30"),
        ("21:00-07:30", "2026-06-16 07:30", "2026-06-16 07:30"),
        ("12:00-14:00", "2026-06-15 13:00", "2026-06-15 14:00"),
        ("12:00-14:00", "2026-06-15 14:00", "2026-06-15 14:00"),
        ("", "2026-06-15 23:00", "2026-06-15 23:00"),
    ],
)
def test_what_falls_into_the_quiet_hours_waits_for_their_end(
    settings: Settings, quiet: str, at: str, until: str
) -> None:
    settings.QUIET_HOURS = quiet
    assert hours.after_the_quiet(moment(at)) == moment(until)


def test_the_digest_has_its_hour_and_the_rest_of_the_day(settings: Settings) -> None:
    settings.DIGEST_AT = "08:30"
    assert [hours.is_digest_time(moment(f"2026-06-15 {at}")) for at in ("08:29", "08:30", "17:00")] == [
        False,
        True,
        True,
    ]


@pytest.mark.parametrize(
    ("name", "wrong", "says"),
    [
        ("QUIET_HOURS", "nine to five", "XINFANG_QUIET"),
        ("DIGEST_AT", "25:00", "XINFANG_DIGEST_AT"),
        ("SMS_URL", "sms", "XINFANG_SMS_URL"),
    ],
)
def test_a_setting_that_cannot_be_read_is_told_at_the_start(
    settings: Settings, name: str, wrong: str, says: str
) -> None:
    assert checks.hours_and_addresses_can_be_read(None) == []
    setattr(settings, name, wrong)
    [error] = checks.hours_and_addresses_can_be_read(None)
    assert says in error.msg
