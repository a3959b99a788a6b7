"""One desk, by keyboard alone: nothing in this file clicks."""

from collections.abc import Callable

from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.conftest import complaints
from tests.cast import WANG, Cast, registered
from xinfang.organizations.models import Duty
from xinfang.petitions.models import Petition, Phrase

SitDown = Callable[[str], Page]


def keys(page: Page, *typed: str) -> None:
    """Keys by their names; anything longer than a name is typed."""
    for one in typed:
        if one in {"Enter", "Tab", "Escape", "ArrowDown", "ArrowUp", "F2", "Backspace", "Space"} or "+" in one[1:]:
            page.keyboard.press(one)
        else:
            page.keyboard.insert_text(one) if not one.isascii() else page.keyboard.type(one)


def at(page: Page) -> str:
    """The field the keyboard is in."""
    return str(page.evaluate("document.activeElement.id || document.activeElement.name"))


def open_form(sit_down: SitDown, name: str = "registrar") -> Page:
    page = sit_down(name)
    page.goto("/desk/intake/")
    expect(page.locator("#id_channel_find")).to_be_focused()
    return page


def test_a_visit_is_registered_without_a_mouse(sit_down: SitDown, cast: Cast) -> None:
    page = open_form(sit_down)
    keys(page, "lf", "Enter", "Enter", "Enter", "Enter")
    assert at(page) == "id_lead_name"
    keys(page, WANG.name, "Enter", WANG.id_no, "Enter", WANG.phone, "Enter")
    assert at(page) == "id_lead_address"
    keys(page, "Enter", "Enter", "Enter", "Enter")
    assert at(page) == "id_division_find"
    keys(page, "lsjd", "Enter", "Enter", "wyfw", "Enter", "qj", "Enter")
    assert at(page) == "id_title"
    assert page.input_value("#id_title") == "反映骊山街道物业服务问题"
    keys(page, "Enter", "屋顶漏水，多次找物业无果。要求：修好屋顶；赔偿损失。", "Tab")
    assert [page.input_value(f"#id_demands_{n}") for n in (1, 2)] == ["修好屋顶", "赔偿损失"]
    assert at(page) == "id_demands_1"
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/slip/")
    petition = Petition.objects.get()
    assert (petition.channel, petition.division_id, petition.category_id) == ("visit", "610115001000", "040200")
    assert [demand.text for demand in petition.demands.order_by("n")] == ["修好屋顶", "赔偿损失"]
    assert petition.petitioners.get().identity.id_no == WANG.id_no
