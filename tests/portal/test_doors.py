"""The front page, and how to file."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.portal.conftest import text
from xinfang.organizations.models import Unit


def page(client: Client, name: str) -> str:
    return text(client.get(reverse(f"portal:{name}")))


def test_two_doors_lead_on(client: Client, cast: Cast) -> None:
    home = page(client, "home")
    assert f'class="door door-file" href="{reverse("portal:file")}"' in home
    assert f'class="door door-query" href="{reverse("portal:query")}"' in home


def test_the_footer_leads_officers_to_their_sign_in(client: Client, cast: Cast) -> None:
    assert f'<a href="{reverse("desk:sign-in")}">工作人员登录</a>' in page(client, "home")


@pytest.mark.parametrize("name", ["home", "file"])
def test_where_the_bureau_is_and_its_telephone(client: Client, cast: Cast, name: str) -> None:
    Unit.objects.filter(pk=cast.bureau.pk).update(address="人民路1号", telephone="029-00000000")
    shown = page(client, name)
    assert "人民路1号" in shown
    assert 'href="tel:029-00000000"' in shown


@pytest.mark.parametrize("name", ["home", "file"])
def test_without_a_telephone_the_hotline_is_named(client: Client, cast: Cast, name: str) -> None:
    assert 'href="tel:12345"' in page(client, name)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["home", "file"])
def test_the_pages_stand_before_any_county_is_loaded(client: Client, name: str) -> None:
    assert client.get(reverse(f"portal:{name}")).status_code == 200


def test_nothing_comes_from_elsewhere_and_nothing_is_a_script(client: Client, cast: Cast) -> None:
    for name in ("home", "file", "query"):
        shown = page(client, name)
        for sign in ("<script", "style=", "<style", 'src="http', "onclick", "@import"):
            assert sign not in shown


def test_the_pages_speak_of_their_language_and_can_be_skipped_into(client: Client, cast: Cast) -> None:
    for name in ("home", "file", "query"):
        shown = page(client, name)
        assert '<html lang="zh-hans">' in shown
        assert '<a class="skip" href="#main">' in shown
        assert shown.count("<h1>") == 1
