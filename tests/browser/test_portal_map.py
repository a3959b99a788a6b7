"""The map of the streets at 320 px: by thumb, by keyboard, with a script and without, on a grid and with borders."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_portal_on_a_phone import press, wrong
from tests.cast import Cast
from tests.organizations.test_county import LINTONG
from xinfang.organizations.county import read
from xinfang.organizations.models import Division, OnMap

STREETS = 23


@pytest.fixture
def county(cast: Cast) -> None:
    """All 23 streets, on their tiles."""
    land = read(LINTONG)
    streets = [row for row in land.divisions if row.kind == "street"]
    made = [Division(code=row.code, name=row.name, kind=row.kind, parent_id=row.parent) for row in streets]
    Division.objects.bulk_create(made, ignore_conflicts=True)
    OnMap.objects.bulk_create(OnMap(division_id=one.code, column=one.column, row=one.row) for one in land.on_map)


def _small(browser: Browser, server: str, **more: Any) -> Iterator[Page]:
    context = browser.new_context(
        base_url=server,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        viewport={"width": 320, "height": 640},
        has_touch=True,
        is_mobile=True,
        **more,
    )
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.has_script = more.get("java_script_enabled", True)  # type: ignore[attr-defined]
    yield page
    context.close()


@pytest.fixture(params=[True, False], ids=["with-script", "without-script"])
def phone(browser: Browser, server: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    yield from _small(browser, server, java_script_enabled=request.param)


def to_where(page: Page) -> None:
    page.goto("/file/write/")
    page.get_by_label("请求解决问题、投诉").check()
    page.get_by_label("用一句话说是什么事").fill("屋顶漏水没有人修")
    page.get_by_label("慢慢说清楚").fill("去年冬天起屋顶漏水。")
    press(page, "下一步", "事情在哪里")


@pytest.mark.usefixtures("county")
def test_a_street_is_chosen_by_a_touch_of_its_tile(phone: Page) -> None:
    to_where(phone)
    phone.get_by_label("具体地点").fill("某小区3号楼")
    press(phone, "看图选街道", "上面是北，只是大致的位置，不是界线。按一下您说的街道。")
    assert wrong(phone, "map") == []
    assert phone.get_by_role("radio").count() == STREETS + 1
    sizes = [tile.bounding_box() for tile in phone.locator(".tiles label").all()]
    assert all(size and min(size["width"], size["height"]) >= 44 for size in sizes)
    phone.locator(".tiles label", has_text="代王").tap()
    expect(phone.get_by_role("radio", name="代王街道")).to_be_checked()
    press(phone, "从清单里选", "街道、村（社区）")
    expect(phone.get_by_label("街道、村（社区）")).to_have_value("610115004000")
    expect(phone.get_by_label("具体地点")).to_have_value("某小区3号楼")
    press(phone, "看图选街道", "街道")
    press(phone, "下一步", "您要求什么")


@pytest.mark.usefixtures("county")
def test_a_street_is_chosen_by_the_keyboard_alone(phone: Page) -> None:
    to_where(phone)
    press(phone, "看图选街道", "街道")
    phone.locator(".tiles input").first.focus()
    phone.keyboard.press("Space")
    expect(phone.get_by_role("radio", name="栎阳街道")).to_be_checked()
    phone.keyboard.press("ArrowDown")
    expect(phone.get_by_role("radio", name="相桥街道")).to_be_checked()
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("heading", name="您要求什么")).to_be_visible()


@pytest.mark.usefixtures("cast")
def test_borders_are_touched_where_they_are_drawn(phone: Page) -> None:
    for n, code in enumerate(("610115001000", "610115004000", "610115005000")):
        left, right = n * 320, n * 320 + 310
        OnMap.objects.create(division_id=code, outline=[[[left, 0], [right, 60], [right, 500], [left, 440], [left, 0]]])
    to_where(phone)
    press(phone, "看图选街道", "上面是北。按一下您说的街道。")
    assert wrong(phone, "map-borders") == []
    drawn = phone.locator(".sheet path").nth(1).bounding_box()
    assert drawn
    phone.touchscreen.tap(drawn["x"] + drawn["width"] / 2, drawn["y"] + drawn["height"] / 2)
    expect(phone.get_by_role("radio", name="代王街道")).to_be_checked()
    press(phone, "下一步", "您要求什么")


@pytest.mark.usefixtures("county")
def test_the_map_of_the_elder_look_runs_off_no_screen(browser: Browser, server: str) -> None:
    for page in _small(browser, server):
        page.context.add_cookies([{"name": "look", "value": "elder", "url": server}])
        to_where(page)
        press(page, "看图选街道", "街道")
        assert wrong(page, "map-elder") == []
