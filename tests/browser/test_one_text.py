"""一稿多户 in Chromium: written, looked at, signed; and axe finds nothing, wide or narrow."""

import os
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import complaints
from tests.cast import Cast, Life
from xinfang.desk import one_text_batch

NARROW = {"width": 360, "height": 740}
WIDE = {"width": 1280, "height": 900}


def looked_at(page: Page, name: str) -> None:
    """A picture of each for whoever asks for them; axe always."""
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)
        if folder := os.environ.get("XINFANG_PICTURES"):
            page.screenshot(path=f"{folder}/{name}-{size['width']}.png", full_page=True)
        assert complaints(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.set_viewport_size(WIDE)


def test_one_text_is_written_read_and_signed(
    cast: Cast, sit_down: Callable[[str], Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(12):
        Life(cast, demands=("补足过渡费",)).until("handle")
    page = sit_down("street_handler")
    page.goto("/desk/")
    page.click("a.all >> nth=-1")
    page.get_by_role("button", name="一稿多户…").click()
    page.fill("[name=finding_1]", "经丈量，{户主}户房屋面积{面积}平方米，应补过渡费{金额}元。")
    page.fill("[name=basis_1]", "《信访工作条例》第三十二条")
    page.select_option("[name=result_1]", "supported")
    page.fill("[name=what_1]", "补付过渡费{金额}元")
    page.select_option("[name=remedy_organ]", "临潼区人民政府")
    page.get_by_role("button", name="更新表格").click()
    numbers = page.locator("tbody th").all_inner_texts()
    rows = [f"{number}\t户主{n}\t{n + 70}.5\t{n}000" for n, number in enumerate(numbers, start=1)]
    page.fill("[name=paste]", "\n".join(["编号\t户主\t面积\t金额", *rows[:-1]]))
    page.get_by_role("button", name="更新表格").click()
    page.get_by_role("button", name="预览选中的一户").click()
    assert page.get_by_text("经丈量，户主1户房屋面积71.5平方米，应补过渡费1000元。").count() == 1
    page.get_by_role("button", name="拟写 12 件").click()
    assert "第 12 行" in page.locator(".refusals").inner_text()
    looked_at(page, "one-text-wrong")
    for place, said in zip(("户主", "面积", "金额"), ("户主12", "82.5", "12000"), strict=True):
        page.locator(f"[name$=':{place}']").last.fill(said)
    page.get_by_role("button", name="拟写 12 件").click()
    page.wait_for_url("**/one_text/*/")
    page = sit_down("street_head")
    page.goto("/desk/one_text/")
    looked_at(page, "one-text-list")
    page.locator("tbody a").click()
    looked_at(page, "one-text-batch")
    monkeypatch.setattr(one_text_batch, "SPELL", -1.0)
    page.get_by_role("button", name="签发 12 件").click()
    monkeypatch.setattr(one_text_batch, "SPELL", 60.0)
    page.get_by_text("已签发 12 件。").wait_for()
    looked_at(page, "one-text-signed")
