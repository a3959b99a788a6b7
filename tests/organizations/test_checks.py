"""A demonstration has published passwords, so it stays on its own machine."""

from typing import Any

import pytest

from xinfang.organizations.checks import demo_stays_at_home, is_loopback, the_county_is_the_one_that_was_loaded
from xinfang.organizations.models import Division


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("[::1]", True),
        ("demo.localhost", True),
        ("0.0.0.0", False),
        ("*", False),
        (".localhost.example.cn", False),
        ("10.1.2.3", False),
        ("127.0.0.1.example.cn", False),
        ("", False),
    ],
)
def test_only_this_machine_is_loopback(host, here):
    assert is_loopback(host) is here


def test_a_demonstration_refuses_an_outside_address(settings):
    settings.DEMO, settings.ALLOWED_HOSTS = True, ["localhost", "xf.example.cn"]
    (error,) = demo_stays_at_home(None)
    assert error.id == "organizations.E001"
    assert "xf.example.cn" in error.msg


def test_a_real_installation_may_be_reached(settings):
    settings.DEMO, settings.ALLOWED_HOSTS = False, ["xf.example.cn"]
    assert demo_stays_at_home(None) == []


def test_a_demonstration_at_home_starts(settings):
    settings.DEMO, settings.ALLOWED_HOSTS = True, ["localhost", "127.0.0.1", "[::1]"]
    assert demo_stays_at_home(None) == []


@pytest.mark.django_db
@pytest.mark.parametrize(("code", "ids"), [("610115", []), ("610116", ["organizations.E002"])])
def test_the_county_of_the_settings_is_the_county_of_the_files(settings: Any, code: str, ids: list[str]) -> None:
    Division.objects.create(code="610115000000", name="临潼区", kind="district")
    settings.COUNTY = code
    assert [error.id for error in the_county_is_the_one_that_was_loaded(None)] == ids


@pytest.mark.django_db
def test_before_a_county_is_loaded_any_code_will_do(settings: Any) -> None:
    settings.COUNTY = "610116"
    assert the_county_is_the_one_that_was_loaded(None) == []
