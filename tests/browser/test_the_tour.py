"""One petition, six eyes: the lit stops walked in Chromium from the door to the last one, and what axe says on the way."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from tests import heroes
from tests.browser.test_axe import look, look_again
from tests.cast import Cast
from xinfang.desk import tour
from xinfang.desk.demo_lives import loading
from xinfang.organizations.models import Officer


@pytest.fixture
def county(db: None, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The heroes, and nobody besides."""
    heroes.tell(settings, tmp_path, monkeypatch)
    loading.note(600, 2000)


@pytest.fixture
def visitor(county: None, window: BrowserContext) -> Page:
    """The county is there before the server is asked for its first page."""
    return window.new_page()


def test_the_lit_stops_from_the_door_to_the_last(visitor: Page) -> None:
    page = visitor
    assert look(page, "/desk/sign-in/", "demo-sign-in") == []
    page.click(".cards button[value=registrar]")
    assert page.locator(".ribbon").is_visible()
    assert look_again(page, "demo-worklist") == []
    page.click("text=导览")
    for nth, stop in enumerate(tour.STOPS, start=1):
        assert page.locator("h2#stop").inner_text() == str(stop.title)
        if nth in (1, 3):
            assert look_again(page, f"tour-{nth}") == []
        if stop.is_lit:
            _visit(page, stop)
        if nth < len(tour.STOPS):
            page.click("text=下一站")
    page.click("text=不看了，自己走走")
    assert page.url.endswith("/desk/")
    assert look(page, "/desk/questions/") == []
    assert look(page, "/desk/parts/") == []
    assert look(page, "/desk/cheat/") == []
    page.click("button[value=gone]")
    assert "缺失" in page.locator("[role=status]").inner_text()
    assert look_again(page, "cheat-caught") == []


def _visit(page: Page, stop: tour.Stop) -> None:
    """There, and back by the ribbon; the petitioner's page has none."""
    page.click("article button.main")
    if stop.is_petitioners:
        assert "相桥街道" in page.locator("main").inner_text()
        page.go_back()
        return
    if stop.role == "unit_head":
        assert "还有 1 项诉求没有答复" in page.locator(".refusals").inner_text()
    page.click("text=回到导览第")


@pytest.fixture
def stage(cast: Cast, settings: Any, tmp_path: Path) -> None:
    """A demonstration whose accounts are the standing cast."""
    settings.DEMO, settings.HOME = True, tmp_path
    Officer.objects.update(must_change_password=False)


@pytest.mark.usefixtures("stage")
def test_the_desk_is_changed_by_keyboard(window: BrowserContext) -> None:
    page = window.new_page()
    page.goto("/desk/sign-in/")
    page.click(".cards button[value=registrar]")
    page.locator(".ribbon summary").focus()
    page.keyboard.press("Enter")
    page.locator(".ribbon button[value=leader]").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".ribbon button[value=leader][aria-current]", state="attached")
