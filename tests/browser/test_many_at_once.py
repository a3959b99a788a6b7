"""Many rows at once, by keyboard; and the pages it leads to, looked at wide and narrow and printed."""

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import complaints
from tests.browser.test_axe import look, look_again
from tests.cast import Cast, Life
from tests.desk.hall import signed_in
from xinfang.petitions.codes import AssignmentKind
from xinfang.petitions.models import Assignment, Petition

SitDown = Callable[[str], Page]


@pytest.fixture
def ready(cast: Cast) -> list[Life]:
    """Three that may be transferred, one that was proposed otherwise."""
    lives = [Life(cast, title=f"反映第{n}号楼屋顶漏水多次报修无人处理请求维修并赔偿") for n in range(3)]
    for life in lives:
        life.until("propose")
    return [*lives, Life(cast, way=AssignmentKind.ASSIGN).until("propose")]


def test_rows_are_ticked_and_transferred_by_keyboard_alone(sit_down: SitDown, ready: list[Life]) -> None:
    page = sit_down("dispatcher")
    page.goto("/desk/")
    bar, boxes = page.locator(".bar").first, page.locator("[name=row]")
    expect(bar.locator("button:visible")).to_have_count(0)
    boxes.first.focus()
    for key in ("Space", "ArrowDown", "Space", "ArrowDown", "Space"):
        page.keyboard.press(key)
    expect(bar.locator(".count")).to_have_text("选中 3 件")
    expect(bar.locator("[value='petition.transfer']")).to_be_visible()
    assert complaints(page) == []
    page.keyboard.press("Enter")
    expect(bar.locator("[value='petition.transfer']")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("button.main")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".message")).to_contain_text("已办理 3 件。")
    assert Assignment.objects.count() == 3


def test_a_row_is_ticked_from_its_link_and_all_of_a_page_at_once(sit_down: SitDown, ready: list[Life]) -> None:
    page = sit_down("dispatcher")
    page.goto("/desk/")
    page.locator(".list th a").first.focus()
    page.keyboard.press("Space")
    expect(page.locator("[name=row]").first).to_be_checked()
    page.click("text=全选本页")
    expect(page.locator("[name=row]:checked")).to_have_count(4)
    page.click("text=全不选")
    expect(page.locator("[name=row]:checked")).to_have_count(0)


def test_without_a_script_the_same_rows_are_sent(browser: Browser, server: str, cast: Cast, ready: list[Life]) -> None:
    window = browser.new_context(base_url=server, locale="zh-CN", java_script_enabled=False)
    session = signed_in(cast.dispatcher).cookies["sessionid"].value
    window.add_cookies([{"name": "sessionid", "value": session, "url": server}])
    page = window.new_page()
    page.goto("/desk/")
    page.click("text=全选本页")
    expect(page.locator("[name=row]:checked")).to_have_count(4)
    page.click("[value='petition.transfer']")
    expect(page.locator("h2", has_text="另有 1 件现在不能办")).to_be_visible()
    page.click("button.main")
    expect(page.locator(".message")).to_contain_text("已办理 3 件。")
    window.close()


def test_every_page_of_it_is_looked_at(sit_down: SitDown, cast: Cast, ready: list[Life]) -> None:
    page = sit_down("dispatcher")
    assert look(page, "/desk/?tick=after", "many-ticked") == []
    page.click("text=打印文书")
    assert look_again(page, "many-prints") == []
    page.goto("/desk/?tick=after")
    page.click("text=信封、标签")
    assert look_again(page, "many-envelopes-ask") == []
    page.click("button.main")
    assert look_again(page, "many-envelopes") == []
    page.goto("/desk/?tick=after")
    page.click("text=信封、标签")
    page.check("[value=labels]")
    page.click("button.main")
    assert look_again(page, "many-labels") == []
    page.goto("/desk/")
    page.locator("[name=row]").first.check()
    page.click("[value='petition.transfer']:visible")
    assert look_again(page, "many-batch") == []
    ready[0].dispatch()
    page.click("button.main")
    assert look_again(page, "many-batch-done") == []


def test_what_is_printed_has_the_size_of_its_paper(sit_down: SitDown, ready: list[Life], tmp_path: Path) -> None:
    page, number = sit_down("dispatcher"), Petition.objects.count()
    printed = {}
    for name, steps in {
        "dl": ["信封、标签", "显示信封"],
        "c5": ["信封、标签", "C5", "显示信封"],
        "labels": ["信封、标签", "A4 标签纸", "显示信封"],
    }.items():
        page.goto("/desk/?tick=after")
        for step in steps:
            page.click(f"text={step}")
        page.wait_for_load_state()
        page.pdf(path=tmp_path / "it.pdf", prefer_css_page_size=True)
        with pikepdf.open(tmp_path / "it.pdf") as pdf:
            box = pdf.pages[0].mediabox
            printed[name] = (len(pdf.pages), *(round(float(side) / 72 * 25.4) for side in box[2:]))
    assert printed == {"dl": (number, 220, 110), "c5": (number, 229, 162), "labels": (1, 210, 297)}


def test_papers_are_printed_as_one_pdf_and_not_from_the_page(sit_down: SitDown, ready: list[Life]) -> None:
    page = sit_down("dispatcher")
    page.goto("/desk/?tick=after")
    page.click("text=打印文书")
    page.emulate_media(media="print")
    assert page.locator(".prints .paper").count() == Petition.objects.count()
    expect(page.locator(".prints .paper").first).to_be_hidden()
    form = page.locator("form", has=page.locator("[name=pdf]"))
    sent = dict(form.evaluate("form => [...new FormData(form).entries()]")) | {"pdf": "1"}
    answer = page.request.post("/desk/prints/", form=sent)
    assert answer.headers["content-type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(answer.body())) as pdf:
        assert {tuple(round(float(side) / 72 * 25.4) for side in one.mediabox[2:]) for one in pdf.pages} == {(210, 297)}
