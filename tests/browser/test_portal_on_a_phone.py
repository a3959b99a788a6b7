"""A person files and follows on a phone of 360 px, with a script and without one, and axe has nothing to say at any step."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings

from tests.browser.conftest import complaints
from tests.browser.test_axe import keep
from tests.cast import Cast, Life
from tests.files import samples
from tests.meetings.plans import plan
from xinfang.meetings.actions import offer_places, schedule_reception
from xinfang.petitions.models import Petition

Phone = Callable[..., Page]
THUMB = 44
SMALL = """least => [...document.querySelectorAll("main button, main .button, main input:not([type=hidden]), main select")]
  .filter(one => one.checkVisibility() && !one.classList.contains("unseen") && !["checkbox", "radio"].includes(one.type))
  .filter(one => one.getBoundingClientRect().height < least).map(one => one.outerHTML.slice(0, 80))"""

BROKEN = """() => [...document.querySelectorAll("dd.code")].filter(one => one.scrollWidth > one.clientWidth
  || one.getBoundingClientRect().height > 1.5 * parseFloat(getComputedStyle(one).lineHeight)).map(one => one.id)"""
PRESSED = """said => { const form = document.createElement("form"); form.method = "post"; form.action = "/file/write/";
  for (const [name, value] of Object.entries(said))
    form.append(Object.assign(document.createElement("input"), {name, value}));
  document.body.append(form); form.submit(); }"""


@pytest.fixture(params=[True, False], ids=["with-script", "without-script"])
def phone(browser: Browser, server: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """360 px, touched, not clicked."""
    context = browser.new_context(
        base_url=server,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        viewport={"width": 360, "height": 740},
        has_touch=True,
        is_mobile=True,
        java_script_enabled=request.param,
    )
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.has_script = request.param  # type: ignore[attr-defined]
    yield page
    context.close()


def wrong(page: Page, name: str) -> list[str]:
    """Axe is a script itself: without scripts there is only the picture."""
    keep(page, f"portal-phone-{name}")
    if not page.has_script:  # type: ignore[attr-defined]
        return []
    found = [f"{name}: {one}" for one in complaints(page)]
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        found.append(f"{name}: runs off the screen")
    return found + [f"{name}: too small for a thumb: {one}" for one in page.evaluate(SMALL, THUMB)]


def press(page: Page, words: str, then: str) -> None:
    """And the words by which one sees that the next page has come."""
    page.get_by_role("button", name=words, exact=True).locator("visible=true").first.tap()
    expect(page.get_by_text(then, exact=True).first).to_be_visible()
    page.wait_for_load_state("networkidle")


def test_a_person_files_and_follows(phone: Page, cast: Cast, tmp_path: Path) -> None:
    photograph = tmp_path / "屋顶.heic"
    photograph.write_bytes(samples.heic())
    phone.goto("/file/")
    assert wrong(phone, "file") == []
    phone.get_by_role("link", name="开始写").tap()
    expect(phone.get_by_role("heading", name="发生了什么事")).to_be_visible()
    phone.wait_for_load_state("networkidle")
    assert wrong(phone, "what") == []
    press(phone, "下一步", "还差一点，请看下面红字的说明。您写的都还在。")
    assert wrong(phone, "what-wrong") == []
    phone.get_by_label("请求解决问题、投诉").check()
    phone.get_by_label("用一句话说是什么事").fill("屋顶漏水没有人修")
    phone.get_by_label("慢慢说清楚").fill("去年冬天起屋顶漏水，物业说要找法院。")
    press(phone, "问一问该走哪条路", "您写的事情，可能还有这些路：")
    assert wrong(phone, "advice") == []
    expect(phone.get_by_text("这只是提醒。")).to_be_visible()
    press(phone, "下一步", "事情在哪里")
    assert wrong(phone, "where") == []
    phone.get_by_label("街道、村（社区）").select_option(label="骊山街道")
    press(phone, "下一步", "您要求什么")
    assert wrong(phone, "asks") == []
    phone.get_by_label("第1项要求").fill("修好屋顶")
    phone.get_by_label("第3项要求").fill("赔礼道歉")
    press(phone, "再加几格", "您要求什么")
    expect(phone.get_by_label("第5项要求")).to_be_visible()
    expect(phone.get_by_label("第1项要求")).to_have_value("修好屋顶")
    phone.get_by_label("第2项要求").fill("赔偿损失")
    press(phone, "下一步", "照片和材料")
    phone.get_by_label("选照片或者文件").set_input_files(photograph)
    press(phone, "上传选好的文件", "已经收下的")
    phone.wait_for_load_state("networkidle")
    expect(phone.get_by_text("已经收下的")).to_be_visible()
    assert wrong(phone, "files") == []
    press(phone, "下一步", "您是谁，怎样找到您")
    assert wrong(phone, "who") == []
    phone.get_by_label("姓名", exact=True).fill("王桂兰")
    phone.get_by_label("没有电话", exact=True).check()
    press(phone, "下一步", "看一遍，再提交")
    assert wrong(phone, "check") == []
    press(phone, "提交", "信访事项登记单")
    expect(phone.get_by_role("heading", name="信访事项登记单")).to_be_visible()
    assert wrong(phone, "receipt") == []
    assert phone.evaluate(BROKEN) == [], "a code that is read out stands on one line"
    number, query_code = (phone.locator(f"#{one}").text_content() or "" for one in ("number", "query-code"))
    petition = Petition.objects.get()
    assert number == petition.number
    assert petition.evidence.count() == 1
    phone.goto("/query/")
    phone.get_by_label("编号").fill(number)
    phone.get_by_label("查询码").fill(query_code)
    press(phone, "查询", "已登记，正在判明由哪个单位办理。")
    expect(phone.get_by_role("heading", name="已登记，正在判明由哪个单位办理。")).to_be_visible()
    assert wrong(phone, "progress") == []


@pytest.fixture
def page_of(browser: Browser, server: str) -> Iterator[Page]:
    context = browser.new_context(base_url=server, locale="zh-CN", viewport={"width": 360, "height": 740})
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def test_a_draft_stays_on_the_device_only_if_chosen_and_goes_when_it_is_filed(page_of: Page, cast: Cast) -> None:
    def kept() -> str | None:
        return page_of.evaluate("localStorage.getItem('xinfang.draft')")

    page_of.goto("/file/write/")
    page_of.get_by_label("慢慢说清楚").fill("去年冬天起屋顶漏水。")
    assert kept() is None
    page_of.get_by_label("把没写完的存在这台设备上").check()
    assert ["text", "去年冬天起屋顶漏水。"] in json.loads(kept() or "{}")["typed"]
    page_of.goto("/file/write/")
    page_of.get_by_role("button", name="接着写").click()
    expect(page_of.get_by_label("慢慢说清楚")).to_have_value("去年冬天起屋顶漏水。")
    page_of.get_by_label("检举、控告干部或者单位").check()
    assert kept() is None
    page_of.get_by_label("请求解决问题、投诉").check()
    page_of.get_by_label("用一句话说是什么事").fill("屋顶漏水")
    assert kept() is not None
    for fill in (
        lambda: None,
        lambda: page_of.get_by_label("街道、村（社区）").select_option(label="骊山街道"),
        lambda: page_of.get_by_label("第1项要求").fill("修好屋顶"),
        lambda: None,
        lambda: page_of.get_by_label("不写名字").check(),
    ):
        fill()
        page_of.get_by_role("button", name="下一步", exact=True).click()
    assert kept() is not None
    page_of.get_by_role("button", name="提交", exact=True).click()
    expect(page_of.get_by_role("heading", name="信访事项登记单")).to_be_visible()
    page_of.wait_for_function("() => localStorage.getItem('xinfang.draft') === null")


def test_a_draft_kept_earlier_ticks_nothing_for_whoever_writes_next(page_of: Page, cast: Cast) -> None:
    page_of.goto("/file/write/")
    page_of.get_by_label("慢慢说清楚").fill("去年冬天起屋顶漏水。")
    page_of.get_by_label("把没写完的存在这台设备上").check()
    kept = page_of.evaluate("localStorage.getItem('xinfang.draft')")
    page_of.goto("/file/write/")
    page_of.get_by_label("请求解决问题、投诉").check()
    page_of.get_by_label("用一句话说是什么事").fill("另一个人的事")
    page_of.get_by_label("慢慢说清楚").fill("另一个人的事。")
    page_of.get_by_role("button", name="下一步", exact=True).click()
    expect(page_of.get_by_role("heading", name="事情在哪里")).to_be_visible()
    expect(page_of.get_by_label("把没写完的存在这台设备上")).not_to_be_checked()
    page_of.get_by_label("街道、村（社区）").select_option(label="骊山街道")
    page_of.get_by_role("button", name="下一步", exact=True).click()
    expect(page_of.get_by_role("heading", name="您要求什么")).to_be_visible()
    assert page_of.evaluate("localStorage.getItem('xinfang.draft')") == kept


def test_after_files_were_sent_a_public_terminal_is_not_wiped_while_someone_types(
    page_of: Page, cast: Cast, tmp_path: Path
) -> None:
    photograph, program = tmp_path / "屋顶.jpg", tmp_path / "坏.exe"
    photograph.write_bytes(samples.jpeg())
    program.write_bytes(b"MZ" + bytes(90))
    said = {"purpose": "claim", "subject": "漏水", "text": "漏水", "channel": "online", "division": "610115001000"}
    page_of.clock.install()
    page_of.goto("/file/")
    page_of.evaluate(PRESSED, said | {"demands": "修", "step": "asks", "go": "next", "terminal": "1"})
    page_of.get_by_label("选照片或者文件").set_input_files([photograph, program])
    page_of.get_by_role("button", name="下一步", exact=True).click()
    expect(page_of.get_by_text("“坏.exe”：这种文件不能上传")).to_be_visible()
    expect(page_of.get_by_text("屋顶.jpg")).to_be_visible()
    assert complaints(page_of) == []
    page_of.get_by_label("选照片或者文件").set_input_files(photograph)
    page_of.evaluate("window.stayed = true")
    page_of.get_by_role("button", name="下一步", exact=True).click()
    expect(page_of.get_by_role("heading", name="您是谁，怎样找到您")).to_be_visible()
    assert page_of.evaluate("window.stayed") is None  # another page, with its own listeners and its own timer
    assert len(page_of.locator("[name=held]").input_value()) > 100
    for _ in range(3):
        page_of.clock.run_for(100_000)
        page_of.get_by_label("姓名", exact=True).press_sequentially("王")
    expect(page_of.get_by_label("姓名", exact=True)).to_have_value("王王王")
    assert page_of.locator("#leaving").is_hidden()


def test_a_file_that_goes_out_slowly_keeps_a_public_terminal_until_it_is_through_and_no_longer(
    page_of: Page, cast: Cast, tmp_path: Path
) -> None:
    """Ten times a minute and a half: far more than the terminal waits for a hand."""
    photograph = tmp_path / "屋顶.jpg"
    photograph.write_bytes(samples.jpeg() + bytes(400_000))
    said = {"purpose": "claim", "subject": "漏水", "text": "漏水", "channel": "online", "division": "610115001000"}
    page_of.clock.install()
    page_of.goto("/file/")
    page_of.evaluate(PRESSED, said | {"demands": "修", "step": "asks", "go": "next", "terminal": "1"})
    page_of.get_by_label("选照片或者文件").set_input_files(photograph)
    line = page_of.context.new_cdp_session(page_of)
    line.send("Network.enable")
    slow = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 80_000}
    line.send("Network.emulateNetworkConditions", slow)
    page_of.get_by_role("button", name="下一步", exact=True).click()
    seen, waited = {""}, 0
    while waited < 10 and (told := page_of.locator("#sent-said").text_content() or "") != "100%":
        if told not in seen:
            seen.add(told)
            page_of.clock.run_for(100_000)
            waited += 1
        assert page_of.locator("#leaving").is_hidden()
        page_of.wait_for_timeout(20)
    assert waited >= 3, seen
    expect(page_of.get_by_role("heading", name="您是谁，怎样找到您")).to_be_visible()
    page_of.clock.run_for(181_000)
    expect(page_of.get_by_role("button", name="还在填")).to_be_visible()
    page_of.clock.run_for(31_000)
    page_of.wait_for_url("**/")


def test_a_file_that_does_not_get_through_leaves_a_public_terminal_that_wipes_itself(
    page_of: Page, cast: Cast, tmp_path: Path
) -> None:
    photograph = tmp_path / "屋顶.jpg"
    photograph.write_bytes(samples.jpeg())
    said = {"purpose": "claim", "subject": "漏水", "text": "漏水", "channel": "online", "division": "610115001000"}
    page_of.clock.install()
    page_of.goto("/file/")
    page_of.evaluate(PRESSED, said | {"demands": "修", "step": "asks", "go": "next", "terminal": "1"})
    page_of.get_by_label("选照片或者文件").set_input_files(photograph)
    page_of.clock.run_for(100_000)
    page_of.context.set_offline(True)
    page_of.get_by_role("button", name="下一步", exact=True).click()
    expect(page_of.get_by_text("没有传完，可能是网络断了。写的字都还在，请再按一次。")).to_be_visible()
    page_of.context.set_offline(False)
    page_of.clock.run_for(175_000)
    assert page_of.locator("#leaving").is_hidden()
    page_of.clock.run_for(40_000)
    page_of.wait_for_url("**/")


def test_a_public_terminal_keeps_no_draft_and_wipes_itself(page_of: Page, cast: Cast) -> None:
    page_of.clock.install()
    page_of.goto("/file/write/?terminal=1")
    assert page_of.locator("#draft").count() == 0
    page_of.get_by_label("慢慢说清楚").fill("去年冬天起屋顶漏水。")
    page_of.clock.run_for(181_000)
    expect(page_of.get_by_role("button", name="还在填")).to_be_visible()
    assert complaints(page_of) == []
    page_of.get_by_role("button", name="还在填").click()
    page_of.clock.run_for(100_000)
    expect(page_of.get_by_label("慢慢说清楚")).to_have_value("去年冬天起屋顶漏水。")
    page_of.clock.run_for(120_000)
    page_of.wait_for_url("**/")
    assert page_of.locator("text=屋顶漏水").count() == 0


def test_the_devices_work_is_done_within_two_seconds_of_a_slow_phone(
    page_of: Page, cast: Cast, settings: Settings
) -> None:
    """Six times slower than this machine, as a cheap telephone is."""
    settings.BUSY_FROM = 0
    said = {"purpose": "claim", "subject": "漏水", "text": "漏水", "channel": "online", "division": "610115001000"}
    said |= {"demands": "修", "naming": "unnamed", "persons_count": "1", "step": "check", "go": "file"}
    page_of.context.new_cdp_session(page_of).send("Emulation.setCPUThrottlingRate", {"rate": 6})
    page_of.goto("/file/")
    page_of.evaluate(PRESSED, said)
    expect(page_of.get_by_text("好了，现在可以提交。")).to_be_visible()
    assert complaints(page_of) == []
    took = int(page_of.locator("#toll").get_attribute("data-took") or "")
    assert took < 2_000 * 3  # this machine may be busy; on its own it is about a tenth
    print(f"toll {took} ms")
    page_of.get_by_role("button", name="提交", exact=True).click()
    expect(page_of.get_by_role("heading", name="信访事项登记单")).to_be_visible()


def test_the_large_type_look_is_chosen_once_and_reads_aloud(page_of: Page, cast: Cast) -> None:
    page_of.goto("/file/")
    page_of.get_by_role("button", name="长辈版（大字、朗读）").click()
    for path in ("/", "/file/", "/file/write/", "/query/"):
        page_of.goto(path)
        assert page_of.locator("html.elder").count() == 1
        assert page_of.get_by_role("button", name="朗读这一页").is_visible()
        assert complaints(page_of) == []
        keep(page_of, f"portal-elder{path.replace('/', '-')}")
        page_of.set_viewport_size({"width": 320, "height": 640})
        assert page_of.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), path
    page_of.get_by_role("button", name="标准版").click()
    assert page_of.locator("html.elder").count() == 0


def closed(cast: Cast) -> Life:
    life = Life(cast)
    life.now = timezone.now() - timedelta(days=10)
    return life.until("deliver")


def follow(phone: Page, life: Life) -> None:
    phone.goto("/query/")
    phone.get_by_label("编号").fill(str(life.petition.number))
    phone.get_by_label("查询码").fill(life.registered.query_code)
    press(phone, "查询", "您现在可以")


def test_a_person_rates_bureau_and_unit_separately(phone: Page, cast: Cast) -> None:
    life = closed(cast)
    follow(phone, life)
    assert wrong(phone, "closed") == []
    rating = phone.locator("section.rating")
    press(phone, "提交评价", "评价还没有交上，请看下面的说明。")
    assert wrong(phone, "rating-wrong") == []
    rating.get_by_role("group", name="信访局的工作").get_by_label("满意", exact=True).check()
    rating.get_by_role("group", name="办理单位的工作").get_by_label("不满意", exact=True).check()
    rating.get_by_label("原因").fill("还在漏。")
    rating.get_by_label("办事密码").fill(life.registered.act_secret.lower())
    press(phone, "提交评价", "您的评价已经记下，谢谢。")
    assert [(one.bureau, one.unit) for one in life.petition.evaluations.all()] == [("satisfied", "dissatisfied")]


def test_a_person_urges_adds_a_photograph_and_sees_who_looked(phone: Page, cast: Cast, tmp_path: Path) -> None:
    life = Life(cast)
    life.now = timezone.now() - timedelta(days=10)
    life.until("handle")
    photograph = tmp_path / "a.jpg"
    photograph.write_bytes(samples.jpeg())
    follow(phone, life)
    phone.get_by_text("催办", exact=True).first.tap()
    urge = phone.locator("#may-urge")
    urge.get_by_label("您要说的话").fill("三个月了。")
    press(phone, "催办", "还没有办成，请看下面的说明。您写的都还在。")
    expect(urge.get_by_label("您要说的话")).to_have_value("三个月了。")
    assert wrong(phone, "urge-wrong") == []
    urge.get_by_label("办事密码").fill(life.registered.act_secret)
    press(phone, "催办", "催办已经记下，办理单位和信访局都看得到。")
    phone.get_by_text("补交材料", exact=True).first.tap()
    phone.locator("#may-material").get_by_label("选照片或者文件").set_input_files(photograph)
    phone.locator("#may-material").get_by_label("办事密码").fill(life.registered.act_secret)
    press(phone, "交材料", "材料已经收下，办理单位看得到。原件请自己收好。")
    phone.get_by_text("谁看过我的信息", exact=True).first.tap()
    phone.locator("#may-looks").get_by_label("办事密码").fill(life.registered.act_secret)
    press(phone, "看记录", "还没有查阅记录。")
    assert wrong(phone, "looks") == []
    assert life.petition.pleas.get().text == "三个月了。"
    assert life.petition.evidence.count() == 1


def test_a_person_asks_for_review(phone: Page, cast: Cast) -> None:
    life = closed(cast)
    follow(phone, life)
    phone.get_by_role("link", name="在这里提出").tap()
    review = phone.locator("#may-review")
    review.get_by_label("您的请求、事实和理由").fill("第2项没有答复清楚。")
    review.get_by_label("办事密码").fill(life.registered.act_secret)
    assert wrong(phone, "review") == []
    press(phone, "提交申请", "申请已经登记。接下来由谁审查、最迟到哪一天，写在“下一步”里。不收费。")
    assert life.petition.reviews.get().request == "第2项没有答复清楚。"


def test_a_person_books_a_reception_and_cancels_it(phone: Page, cast: Cast) -> None:
    made = schedule_reception(plan(cast), by=cast.registrar, at=timezone.now())
    offer_places(made, places=2, by=cast.registrar, at=timezone.now())
    phone.goto("/book/")
    assert wrong(phone, "book") == []
    phone.get_by_role("radio").first.check()
    phone.get_by_label("姓名").fill("王桂兰")
    press(phone, "预约", "还没有约上，请看下面的说明。")
    expect(phone.get_by_label("姓名")).to_have_value("王桂兰")
    assert wrong(phone, "book-wrong") == []
    phone.get_by_label("电话").fill("13800001234")
    phone.get_by_role("button", name="预约", exact=True).tap()
    phone.wait_for_selector("#booking-code")
    assert wrong(phone, "booked") == []
    number, code = (phone.locator(f"#booking-{one}").text_content() or "" for one in ("number", "code"))
    phone.goto("/book/mine/")
    phone.get_by_label("预约号").fill(number)
    phone.get_by_label("取消码").fill(code)
    phone.locator("main button").first.tap()
    expect(phone.get_by_text("已预约")).to_be_visible()
    phone.get_by_role("button", name="取消这个预约").tap()
    expect(phone.get_by_text("已取消").first).to_be_visible()
    assert wrong(phone, "booking-cancelled") == []
