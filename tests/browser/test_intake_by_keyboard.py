"""One desk, by keyboard alone: nothing in this file clicks, but where it shows that a mouse, or no script at all, will do."""

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings

from tests.browser.conftest import complaints
from tests.browser.fake_card_reader import reader
from tests.cast import WANG, Cast, registered
from tests.desk.hall import signed_in, typed
from xinfang.desk.models import Draft
from xinfang.organizations.models import Duty
from xinfang.petitions import actions
from xinfang.petitions.models import Evidence, Original, Petition
from xinfang.petitions.models.phrase import PhraseUse
from xinfang.trace.acts import Hand

SitDown = Callable[[str], Page]
NAMES = {
    "Enter",
    "Tab",
    "Escape",
    "ArrowDown",
    "ArrowUp",
    "Backspace",
    "Space",
    "F2",
    "Control+Enter",
    "Control+/",
    "?",
}
TEXT = "屋顶漏水，多次找物业无果。要求：一是修好屋顶；二是赔偿损失。"
MATTER = ("lsjd", "Enter", "Enter", "wyfw", "Enter", "qj", "Enter", "Enter", TEXT)


def keys(page: Page, *typed: str) -> None:
    """Keys by their names; everything else is typed, Chinese as an input method hands it over."""
    for one in typed:
        if one in NAMES:
            page.keyboard.press(one)
        elif one.isascii():
            page.keyboard.type(one)
        else:
            page.keyboard.insert_text(one)


def at(page: Page) -> str:
    """The field the keyboard is in."""
    return str(page.evaluate("document.activeElement.id || document.activeElement.name"))


def alt(page: Page, letter: str) -> None:
    """Alt and a letter, with the text that playwright leaves out and access keys are told by."""
    key = {"modifiers": 1, "key": letter, "code": f"Key{letter.upper()}", "windowsVirtualKeyCode": ord(letter.upper())}
    wire = page.context.new_cdp_session(page)
    wire.send("Input.dispatchKeyEvent", {"type": "keyDown", "unmodifiedText": letter, **key})
    wire.send("Input.dispatchKeyEvent", {"type": "keyUp", **key})
    wire.detach()


def jump(page: Page, field: str) -> None:
    page.focus(f"#{field}")


@pytest.fixture
def form(sit_down: SitDown, cast: Cast) -> Page:
    """The intake page of the registrar, ready to be typed in."""
    page = sit_down("registrar")
    page.goto("/desk/intake/")
    expect(page.locator("#id_channel_find")).to_be_focused()
    return page


def test_a_visit_is_registered_without_a_mouse(form: Page) -> None:
    keys(form, "lf", "Enter", "Enter", "Enter", "Enter")
    assert at(form) == "id_lead_name"
    keys(form, WANG.name, "Enter", WANG.id_no, "Enter", WANG.phone, "Enter")
    assert at(form) == "id_lead_address"  # who has a telephone is not asked whether he has none
    keys(form, "Enter", "Enter", "Enter", "Enter")
    assert at(form) == "id_division_find"
    keys(form, *MATTER)
    assert form.input_value("#id_title") == "反映骊山街道物业服务问题"
    keys(form, "Tab")
    assert at(form) == "id_demands_1"
    keys(form, "Control+Enter")
    form.wait_for_url("**/slip/")
    petition = Petition.objects.get()
    assert (petition.channel, petition.division_id, petition.category_id) == ("visit", "610115001000", "040200")
    assert [demand.text for demand in petition.demands.order_by("n")] == ["修好屋顶", "赔偿损失"]
    assert petition.petitioners.get().identity.id_no == WANG.id_no


def test_a_list_is_found_by_initials_code_or_a_part_of_the_name(form: Page) -> None:
    for said, found in (("dwjd", "代王街道"), ("610115005", "斜口街道"), ("骊山", "骊山街道")):
        jump(form, "id_division_find")
        keys(form, said)
        expect(form.locator("#id_division_find_list [aria-selected=true]")).to_have_text(found)
        assert complaints(form) == []
        keys(form, "Enter")
        assert form.input_value("#id_division_find") == found
    assert form.input_value("[name=division]") == "610115001000"
    assert at(form) == "id_place"


def test_the_box_of_a_list_tells_what_it_is_and_what_is_chosen(form: Page) -> None:
    box = form.locator("#id_channel_find")
    keys(form, "ArrowDown")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(box).to_have_attribute("aria-activedescendant", "id_channel_find_list_0")
    keys(form, "ArrowDown", "Enter")
    expect(box).to_have_attribute("aria-expanded", "false")
    assert box.input_value() == "来访"
    jump(form, "id_channel_find")
    keys(form, "x", "Escape")
    assert box.input_value() == "来访"


def test_what_fits_nothing_is_told_and_stays_to_be_read(form: Page) -> None:
    jump(form, "id_division_find")
    keys(form, "火星", "Enter")
    assert at(form) == "id_division_find"
    expect(form.locator("#id_division_find_beside")).to_contain_text("没有找到“火星”")
    assert form.input_value("#id_division_find") == "火星"
    assert form.input_value("[name=division]") == ""


def test_a_phrase_is_found_by_initials_and_tab_goes_from_blank_to_blank(sit_down: SitDown, cast: Cast) -> None:
    by = Hand.system("test")
    for text in ("信访人反映{事项}，要求{诉求}。", "来信原文见扫描件。"):
        actions.add_phrase(duty=Duty.REGISTRAR, use=PhraseUse.SUMMARY, text=text, by=by, at=timezone.now())
    page = sit_down("registrar")
    page.goto("/desk/intake/")
    jump(page, "id_text")
    keys(page, "F2", "xfrfy", "Enter", "屋顶漏水", "Tab", "修好屋顶", "Tab")
    assert page.input_value("#id_text") == "信访人反映屋顶漏水，要求修好屋顶。"
    assert at(page) == "id_demands_1"
    assert page.input_value("#id_demands_1") == "修好屋顶"
    jump(page, "id_summary")
    keys(page, "F2", "Escape")
    assert at(page) == "id_summary"


def test_demands_are_rows_that_come_and_go(form: Page) -> None:
    jump(form, "id_demands_1")
    keys(form, "修好屋顶", "Enter", "赔偿损失", "Enter", "Backspace", "Enter")
    assert form.locator("#id_demands").input_value() == "修好屋顶\n赔偿损失"
    assert at(form) == "id_demands_3"
    keys(form, "Enter")
    assert at(form) == "id_summary"


def test_several_lines_pasted_become_several_rows(form: Page) -> None:
    jump(form, "id_demands_1")
    form.evaluate(
        """text => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text", text);
            const paste = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
            document.activeElement.dispatchEvent(paste);
        }""",
        "修好屋顶\n赔偿损失\n道歉",
    )
    assert form.locator("#id_demands").input_value() == "修好屋顶\n赔偿损失\n道歉"


def test_the_sixth_representative_is_refused_beside_the_field(form: Page) -> None:
    jump(form, "id_persons_count")
    keys(form, "12", "Enter", "Enter")
    assert at(form) == "id_people_1"
    for name in ("甲一", "乙二", "丙三", "丁四"):
        keys(form, name, "Enter")
    assert at(form) == "id_people_4"
    expect(form.locator("#id_people_beside")).to_contain_text("代表连主访人最多5人")
    keys(form, "Enter")
    assert at(form) == "id_division_find"


def test_what_was_typed_is_there_again_after_the_power_went(form: Page) -> None:
    keys(form, "lx", "Enter")
    jump(form, "id_text")
    keys(form, "写到一半，停电了", "Tab")
    expect(form.locator(".kept")).to_contain_text("已暂存", timeout=8000)
    form.reload()
    expect(form.locator(".unsent")).to_contain_text("未登记完的内容")
    assert form.input_value("#id_text") == "写到一半，停电了"
    assert form.input_value("#id_channel_find") == "来信"
    assert complaints(form) == []


def test_when_nothing_can_be_kept_the_page_says_so_and_goes_on_trying(form: Page) -> None:
    Session.objects.all().delete()
    jump(form, "id_text")
    keys(form, "登录已经过期")
    expect(form.locator(".kept")).to_contain_text("在另一个标签页登录", timeout=8000)
    assert form.input_value("#id_text") == "登录已经过期"
    assert not Draft.objects.exists()


def test_who_has_been_here_before_is_chosen_by_keyboard(form: Page, cast: Cast) -> None:
    earlier = registered(cast).petition
    keys(form, "lf", "Enter", "Enter", "Enter", "Enter", WANG.name, "Enter", WANG.id_no, "Enter", WANG.phone, "Enter")
    expect(form.locator(".alike")).to_contain_text(str(earlier.number))
    assert complaints(form) == []
    keys(form, "Enter", "Enter", "Enter", "Enter")
    assert form.evaluate("document.activeElement.name") == "same_as"
    keys(form, "ArrowDown")
    assert form.locator("[name=same_as]:checked").get_attribute("value") == earlier.number
    keys(form, "Enter", *MATTER, "Control+Enter")
    form.wait_for_url("**/slip/?other=*")
    alt(form, "j")
    form.wait_for_url("**/check_duplicate/**")
    assert form.input_value("#id_other") == earlier.number


def test_a_wrong_number_is_told_while_he_is_still_there(form: Page) -> None:
    jump(form, "id_lead_id_no")
    keys(form, "610115195401010021", "Enter")
    expect(form.locator("#id_lead_id_no_beside")).to_contain_text("最后一位")
    expect(form.locator("#id_ids_as_written")).to_be_visible()


def test_a_scanner_types_a_code_or_rubbish(form: Page) -> None:
    keys(form, "lx", "Enter")
    jump(form, "id_barcode")
    keys(form, "~~%%", "Enter")
    assert at(form) == "id_barcode"
    expect(form.locator("#id_barcode_beside")).to_contain_text("不是条码，已清空")
    keys(form, "lx2026000123", "Enter")
    assert at(form) == "id_lead_name"
    keys(form, "Enter", "Enter", "Enter", "Enter", "Enter", "Enter", "Enter", *MATTER, "Control+Enter")
    form.wait_for_url("**/slip/")
    assert Original.objects.get().barcode == "LX2026000123"


def test_a_card_is_read_by_a_helper_on_the_same_machine(sit_down: SitDown, cast: Cast, settings: Settings) -> None:
    with reader() as helper:
        settings.CARD_READER = helper.address
        directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"] | {"connect-src": ["'self'", helper.address]}
        settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": directives}
        page = sit_down("registrar")
        page.goto("/desk/intake/")
        alt(page, "k")
        expect(page.locator(".reader")).to_contain_text("没有读到证件")
        helper.card = {"name": WANG.name, "id_no": WANG.id_no, "address": WANG.address}
        alt(page, "k")
        expect(page.locator(".reader")).to_contain_text("请核对")
    assert page.input_value("#id_lead_id_no") == WANG.id_no
    assert page.input_value("#id_lead_address") == WANG.address
    assert at(page) == "id_lead_phone"
    alt(page, "k")
    expect(page.locator(".reader")).to_contain_text("没有连上读卡程序")


def test_what_the_camera_took_outlives_a_complaint(form: Page) -> None:
    alt(form, "p")
    expect(form.locator("dialog button.main")).to_be_focused()
    assert complaints(form) == []
    keys(form, "Enter")
    expect(form.locator("dialog [role=status]")).to_contain_text("现有 1 个")
    keys(form, "Escape", "Control+Enter")
    expect(form.locator(".refusals")).to_contain_text("请填写标题")
    expect(form.locator(".chosen li")).to_have_count(1)
    jump(form, "id_channel_find")
    keys(form, "lx", "Enter")
    jump(form, "id_division_find")
    keys(form, *MATTER, "Control+Enter")
    form.wait_for_url("**/slip/")
    assert Evidence.objects.get().original.media_type == "image/jpeg"


def test_the_keys_are_listed_under_a_question_mark(form: Page) -> None:
    keys(form, "Control+/")
    expect(form.locator(".keys dl")).to_be_visible()
    assert complaints(form) == []
    keys(form, "Escape")
    expect(form.locator(".keys dl")).to_be_hidden()
    assert at(form) == "id_channel_find"


def test_the_slip_is_printed_on_the_paper_that_was_chosen(sit_down: SitDown, cast: Cast, tmp_path: Path) -> None:
    page = sit_down("registrar")
    page.goto(f"/desk/petitions/{registered(cast).petition.number}/slip/")
    sizes = {}
    for paper in ("a5", "roll"):
        page.check(f"#{paper}")
        page.pdf(path=tmp_path / "slip.pdf", prefer_css_page_size=True)
        with pikepdf.open(tmp_path / "slip.pdf") as printed:
            assert len(printed.pages) == 1
            sizes[paper] = round(float(printed.pages[0].mediabox[2]) / 72 * 25.4)
    assert sizes == {"a5": 148, "roll": 80}
    page.check("#large")
    page.reload()
    expect(page.locator("#roll")).to_be_checked()
    expect(page.locator("#large")).to_be_checked()


def test_without_a_script_the_same_form_is_sent(browser: Browser, server: str, cast: Cast) -> None:
    earlier = registered(cast).petition
    window = browser.new_context(base_url=server, locale="zh-CN", java_script_enabled=False)
    session = signed_in(cast.registrar).cookies["sessionid"].value
    window.add_cookies([{"name": "sessionid", "value": session, "url": server}])
    page = window.new_page()
    page.goto("/desk/intake/")
    for name, value in typed().items():
        field = page.locator(f"[name={name}]")
        if name in ("channel", "source", "division", "category", "purpose"):
            field.select_option(value)
        else:
            field.fill(value)
    page.click("[name=look]")
    assert str(earlier.number) in page.inner_text(".beside")
    assert page.input_value("[name=demands]").strip() == "修好屋顶\n赔偿损失"
    page.click("button.main")
    page.wait_for_url("**/slip/")
    assert Petition.objects.count() == 2
    window.close()


def test_on_a_short_form_enter_in_a_list_chooses_and_sends_nothing(sit_down: SitDown) -> None:
    """The time of receipt stands for good once it is sent."""
    page = sit_down("registrar")
    page.goto("/desk/receive/")
    assert page.locator("#id_channel").input_value() == "visit"
    page.locator("#id_channel_find").focus()
    page.keyboard.press("Control+a")
    keys(page, "lx", "Enter")
    expect(page.locator("#id_channel_find")).to_have_value("来信")
    assert page.url.endswith("/desk/receive/")
    keys(page, "Enter")
    page.wait_for_url("**/register/")
