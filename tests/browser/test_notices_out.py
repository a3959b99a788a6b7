"""告知待送 in Chromium: ticked, entered, gone; axe finds nothing, wide or narrow."""

from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.test_one_text import looked_at
from tests.cast import Cast
from tests.desk.test_notices_out import LIST, lived


def test_notices_are_ticked_and_how_they_went_is_entered(cast: Cast, sit_down: Callable[[str], Page]) -> None:
    for days in (5, 12, 20):
        lived(cast, "accept", days=days)
    page = sit_down("street_handler")
    page.goto(LIST)
    looked_at(page, "notices")
    page.get_by_role("button", name="全选本页").click()
    page.get_by_role("button", name="登记送出…").click()
    page.select_option("[name=mode]", "mail")
    page.locator("[name^=proof_]").first.fill("EMS 1234567890")
    page.get_by_role("button", name="登记送出").click()
    page.get_by_text("已登记送出 1 份。").wait_for()
    looked_at(page, "notices-send")
    page.fill("[name=proof]", "平信，李某寄出")
    page.get_by_role("button", name="登记送出").click()
    page.get_by_text("没有等待送出的告知。").wait_for()
