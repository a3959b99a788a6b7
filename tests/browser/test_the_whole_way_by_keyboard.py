"""From the window to 办结 with no mouse and no touch: every page is reached and sent by keys, each by whoever sits there."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_intake_by_keyboard import MATTER, keys
from tests.cast import WANG, Cast
from xinfang.petitions.models import Petition

SitDown = Callable[[str], Page]
MOST_TABS = 90
FOCUSED = "(e => e === document.body ? '' : `${e.id} ${e.name || ''} ${e.innerText || ''}`)(document.activeElement)"


def reach(page: Page, wanted: str) -> None:
    """Tab until the keyboard is there."""
    for _ in range(MOST_TABS):
        if wanted in page.evaluate(FOCUSED):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"{wanted} is not reached by Tab on {page.url}")


def follow(page: Page, link: str) -> None:
    reach(page, link)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def do(page: Page, move: str, **fields: str | tuple[str, ...]) -> None:
    """A move from the petition's page: its link, its fields in order, and Ctrl+Enter; its button where it asks nothing."""
    follow(page, move)
    for name, typed in fields.items():
        reach(page, f"{name} ")
        keys(page, *((typed,) if isinstance(typed, str) else typed))
    if not fields:
        reach(page, move)
    with page.expect_navigation():
        page.keyboard.press("Control+Enter" if fields else "Enter")
    expect(page.locator(".message.success")).to_be_visible()


def opened(sit_down: SitDown, who: str, number: str) -> Page:
    """He opens it from his list."""
    page = sit_down(who)
    page.goto("/desk/")
    follow(page, number)
    return page


def test_a_petition_is_registered_dispatched_answered_and_closed_by_keyboard(sit_down: SitDown, cast: Cast) -> None:
    page = sit_down("registrar")
    page.goto("/desk/intake/")
    keys(page, "lf", "Enter", "Enter", "Enter", "Enter", WANG.name, "Enter", WANG.id_no, "Enter", WANG.phone, "Enter")
    keys(page, "Enter", "Enter", "Enter", "Enter", *MATTER, "Tab", "Control+Enter")
    page.wait_for_url("**/slip/")
    number = Petition.objects.get().number or ""

    page = opened(sit_down, "dispatcher", number)
    do(page, "判重", outcome="Space", reason="没有同人同事。")
    do(page, "拟办", kind="Space", way="Space", lead_unit_find=("lsjd", "Enter"), opinion="属街道职责。")
    do(page, "转送")

    page = opened(sit_down, "street_handler", number)
    do(page, "签收")
    do(page, "受理告知")
    do(page, "承办", text="打电话听取了情况。")
    answers = {f"{part}_{n}": said for n in (1, 2) for part, said in ANSWER.items()}
    do(page, "拟写处理意见", remedy_organ="临潼区人民政府", **answers)

    page = opened(sit_down, "street_head", number)
    do(page, "出具处理意见")

    page = opened(sit_down, "street_handler", number)
    do(page, "送达", mode="ArrowDown", proof="本人签收。")
    assert Petition.objects.get().status == "closed"


ANSWER = {"finding": "漏水属实。", "basis": "《物业管理条例》", "result": "ArrowDown"}
