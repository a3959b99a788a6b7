"""The instruments of this folder work: without this, a green run of the others might mean nothing."""

from playwright.sync_api import Page

from tests.browser.conftest import complaints

SHEET = "<!doctype html><html lang='zh-CN'><title>试页</title><main><h1>试页</h1>{}</main>"


def test_chinese_is_drawn_and_not_as_boxes(page: Page) -> None:
    page.set_content(SHEET.format("<p id='a'>信</p><p id='b'>访</p>"))
    assert page.locator("#a").screenshot() != page.locator("#b").screenshot()


def test_axe_complains_of_a_field_without_a_label(page: Page) -> None:
    page.set_content(SHEET.format("<input name='phone'>"))
    assert any(complaint.startswith("label ") for complaint in complaints(page))


def test_axe_has_nothing_to_say_of_a_good_page(page: Page) -> None:
    page.set_content(SHEET.format("<label>电话 <input name='phone'></label>"))
    assert complaints(page) == []
