"""A handler of a street office on his phone: signs for, accepts, writes down a visit with a photograph, drafts and delivers."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.browser.conftest import complaints
from tests.browser.test_axe import keep
from tests.cast import Cast, Life
from tests.desk.hall import signed_in
from tests.files import samples
from xinfang.organizations.models import Officer
from xinfang.petitions import actions
from xinfang.petitions.models import Assignment, Evidence

Phone = Callable[[Officer], Page]
THUMB = 44


@pytest.fixture
def phone(browser: Browser, server: str) -> Iterator[Phone]:
    """`phone(officer)` is his phone, signed in: 360 px, touched, not clicked."""
    context: BrowserContext = browser.new_context(
        base_url=server,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        viewport={"width": 360, "height": 740},
        has_touch=True,
        is_mobile=True,
    )
    context.set_default_timeout(15_000)

    def of(officer: Officer) -> Page:
        session = signed_in(officer).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": server}])
        return context.new_page()

    yield of
    context.close()


@pytest.fixture
def photograph(tmp_path: Path) -> Path:
    file = tmp_path / "IMG_0001.jpg"
    file.write_bytes(samples.jpeg())
    return file


def wrong_on_a_phone(page: Page, name: str) -> list[str]:
    """What a thumb would stumble over, and what axe says at this width."""
    keep(page, f"phone-{name}")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")  # where the bar of buttons stands in its own place
    found = [f"{name}: {one}" for one in complaints(page)]
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        found.append(f"{name}: runs off the screen")
    small = page.evaluate(
        """least => [...document.querySelectorAll("main button, main .button, main input:not([type=hidden]), main select")]
          .filter(one => one.checkVisibility() && one.type !== "checkbox" && one.type !== "radio")
          .filter(one => !one.closest(".unseen, .finder, .by-label") && one.getBoundingClientRect().height < least)
          .map(one => one.outerHTML.slice(0, 80))""",
        THUMB,
    )
    return found + [f"{name}: too small for a thumb: {one}" for one in small]


def go(page: Page, selector: str) -> None:
    """A tap that leads to another page."""
    with page.expect_navigation():
        page.tap(selector)


def work(life: Life) -> Assignment:
    return Assignment.objects.get(petition=life.pk)


def held_back(page: Page, script: str) -> list[Route]:
    """The script that is on its way, as on a slow line, once the page has asked for it."""
    held = list[Route]()

    def hold(route: Route) -> None:
        held.append(route)

    page.route(f"**/{script}*.js", hold)
    return held


def test_a_photograph_chosen_before_the_script_came_is_not_lost(phone: Phone, cast: Cast, photograph: Path) -> None:
    life, page = Life(cast).until("handle"), phone(cast.street_handler)
    page.goto(f"/desk/petitions/{life.petition.number}/")
    held = held_back(page, "work-log")
    page.goto(page.locator(".moves .button:has-text('办理记录')").get_attribute("href") or "", wait_until="commit")
    page.set_input_files("[name=photos]", photograph)
    held[0].continue_()
    expect(page.locator(".photos li")).to_have_count(1)


def test_a_file_chosen_at_intake_before_the_script_came_is_listed(phone: Phone, cast: Cast, photograph: Path) -> None:
    page = phone(cast.registrar)
    held = held_back(page, "intake")
    page.goto("/desk/intake/", wait_until="commit")
    page.set_input_files("[data-most-files]", photograph)
    held[0].continue_()
    expect(page.locator(".chosen li")).to_have_count(1)


def test_a_handler_goes_the_whole_way_on_a_phone(phone: Phone, cast: Cast, photograph: Path) -> None:
    life = Life(cast).until("dispatch")
    page, found = phone(cast.street_handler), []
    page.goto("/desk/")
    found += wrong_on_a_phone(page, "worklist")
    go(page, ".list th a")
    found += wrong_on_a_phone(page, "petition")
    for move in ("签收", "受理告知"):
        go(page, f".moves .button:has-text('{move}')")
        found += wrong_on_a_phone(page, move)
        page.tap("form.sheet button.main")
        expect(page.locator(".message.success")).to_be_visible()
    go(page, ".moves .button:has-text('承办')")
    page.fill("[name=text]", "打电话听取了情况，约好下午上门。")
    page.tap("form.sheet button.main")
    expect(page.locator(".message.success")).to_be_visible()
    go(page, ".moves .button:has-text('办理记录')")
    page.select_option("[name=kind]", "site_visit")
    page.fill("[name=place]", "3号楼2单元")
    page.fill("[name=text]", "屋顶漏水属实，已拍照。")
    page.set_input_files("[name=photos]", photograph)
    page.set_input_files("[name=photos]", photograph)
    expect(page.locator(".photos li")).to_have_count(2)
    found += wrong_on_a_phone(page, "log_work")
    page.context.set_offline(True)
    page.tap("form.sheet button.main")
    expect(page.locator(".kept")).to_contain_text("没有发出去")
    page.context.set_offline(False)
    assert page.input_value("[name=text]") == "屋顶漏水属实，已拍照。"
    page.tap("form.sheet button.main")
    expect(page.locator(".pictures img")).to_have_count(2)
    found += wrong_on_a_phone(page, "petition-with-log")
    go(page, ".moves .button:has-text('拟写处理意见')")
    for n in (1, 2):
        page.fill(f"[name=finding_{n}]", "漏水属实。")
        page.fill(f"[name=basis_{n}]", "《物业管理条例》")
        page.select_option(f"[name=result_{n}]", "supported")
    page.select_option("[name=remedy_organ]", "临潼区人民政府")
    found += wrong_on_a_phone(page, "draft_opinion")
    page.tap("form.sheet button.main")
    expect(page.locator(".message.success")).to_be_visible()
    actions.issue_opinion(work(life), draft=life.draft, by=cast.street_head, at=timezone.now())
    page.reload()
    go(page, ".moves .button:has-text('送达')")
    page.select_option("[name=mode]", "in_person")
    page.fill("[name=proof]", "本人签收")
    found += wrong_on_a_phone(page, "deliver")
    page.tap("form.sheet button.main")
    expect(page.locator(".message.success")).to_be_visible()
    assert found == []
    assert work(life).status == "done"
    assert Evidence.objects.filter(note__text="屋顶漏水属实，已拍照。").count() == 2


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_worklist_fits_in_either_language(phone: Phone, cast: Cast, language: str) -> None:
    Life(cast).until("check_duplicate")
    page = phone(cast.dispatcher)
    page.goto("/desk/")
    page.context.add_cookies([{"name": "django_language", "value": language, "url": page.url}])
    page.reload()
    assert page.get_attribute("html", "lang") == language
    assert wrong_on_a_phone(page, f"worklist-{language}") == []
