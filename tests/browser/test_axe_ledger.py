"""The pages of the access ledger keep the rules, wide and narrow."""

from collections.abc import Callable

from django.utils import timezone
from playwright.sync_api import BrowserContext, Page

from tests.browser.conftest import complaints
from tests.browser.test_axe import look, look_again
from tests.cast import Cast, Life
from tests.meetings.plans import plan
from xinfang.backups.actions import Found, note_drill
from xinfang.meetings import actions as meetings
from xinfang.petitions import actions
from xinfang.petitions.codes import InquiryGround, LookKind, RevealGround
from xinfang.petitions.models import ErasureRequest
from xinfang.trace.acts import PETITIONER, Hand

SitDown = Callable[[str], Page]


def looked_at(cast: Cast) -> Life:
    life, now = Life(cast).until("accept"), timezone.now()
    for _ in range(20):
        for name in ("dispatcher", "street_head", "supervisor"):
            actions.look(life.petition, kind=LookKind.OPEN, by=cast.officers[name], at=now)
    actions.reveal(life.petition.petitioners.get(), ground=RevealGround.CONTACT, by=cast.dispatcher, at=now)
    return life


def test_the_ledger(sit_down: SitDown, cast: Cast) -> None:
    looked_at(cast)
    assert look(sit_down("auditor"), "/desk/ledger/") == []
    assert look(sit_down("auditor"), "/desk/ledger/?day=x", "ledger-refused") == []


def test_inquiries(sit_down: SitDown, cast: Cast) -> None:
    life, now, organ = looked_at(cast), timezone.now(), cast.officers["discipline"]
    past = actions.open_inquiry(Life(cast).petition, ground=InquiryGround.CURIOSITY, by=organ, at=now)
    actions.close_inquiry(past, by=organ, at=now)
    inquiry = actions.open_inquiry(life.petition, ground=InquiryGround.LEAK, by=organ, at=now)
    page = sit_down("discipline")
    for path, name in (("", "inquiries"), ("open/", "inquiry-open"), (f"{inquiry.pk}/close/", "inquiry-close")):
        assert look(page, f"/desk/inquiries/{path}", name) == []


def test_the_list_is_given_by_keyboard_and_without_a_script(sit_down: SitDown, cast: Cast) -> None:
    life, page = looked_at(cast), sit_down("registrar")
    assert look(page, f"/desk/petitions/{life.petition.number}/own_pack/", "own-pack") == []
    assert look(page, f"/desk/petitions/{life.petition.number}/access_list/", "access-list") == []
    page.focus("input[name=is_known]")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_selector("table.register")
    assert complaints(page) == []
    assert look_again(page, "access-list-given") == []


def test_drills(sit_down: SitDown, cast: Cast) -> None:
    now, by = timezone.now(), Hand.system("drill")
    sound = Found(41, True, "", "xinfang-20261130T190000Z", now, 120_345, 17, 93_784, 2_310, 120_000, True)
    note_drill(sound, by=by, at=now)
    note_drill(Found(2, False, "数据库文件不完整：应有 52428800 字节，只有 1024 字节。"), by=by, at=now)
    assert look(sit_down("administrator"), "/desk/administration/drills/") == []


def test_erasures(sit_down: SitDown, cast: Cast) -> None:
    petition, now = Life(cast).until("archive").petition, timezone.now()
    request = ErasureRequest.objects.create(
        petition=petition, reason="unlawful", is_on_paper=True, asked_at=now, asked_by=cast.registrar
    )
    page = sit_down("archivist")
    for path, name in (("", "erasures"), (f"{request.pk}/approve/", "approve"), (f"{request.pk}/refuse/", "refuse")):
        assert look(page, f"/desk/erasures/{path}", f"erasure-{name}") == []
    page = sit_down("registrar")
    assert look(page, f"/desk/petitions/{petition.number}/erasure/", "erasure-ask") == []
    assert look(page, f"/desk/erasures/{request.pk}/tell/", "erasure-tell") == []


def test_bookings(sit_down: SitDown, cast: Cast, window: BrowserContext) -> None:
    now = timezone.now()
    reception = meetings.schedule_reception(plan(cast), by=cast.registrar, at=now)
    meetings.offer_places(reception, places=8, by=cast.registrar, at=now)
    made = [
        meetings.book(reception, name="王桂兰", phone=f"1380000000{n}", by=PETITIONER, at=now).booking for n in range(6)
    ]
    page, here = sit_down("registrar"), f"/desk/receptions/{reception.pk}"
    for path in ("bookings/", "bookings/add/", "offer/"):
        assert look(page, f"{here}/{path}", f"booking-{path.strip('/').replace('/', '-')}") == []
    assert look(page, f"/desk/bookings/{made[0].pk}/cancel/", "booking-cancel") == []
    page.goto(f"{here}/bookings/")
    page.click("button:has-text('打印名单')")
    assert "13800000003" in page.inner_text("table")
    assert look_again(page, "booking-printed") == []
    page = window.new_page()
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto("/book/")
    assert complaints(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.check("input[name=reception]")
    page.fill("#name", "李建国")
    page.fill("#phone", "123")
    page.click("form button")
    assert "能打通的电话" in page.inner_text("#phone-error")
    assert look_again(page, "book-refused") == []
    page.fill("#phone", "13900001234")
    page.click("form button")
    number, code = page.locator("dd.code").all_inner_texts()
    assert look_again(page, "booked") == []
    assert look(page, "/book/mine/", "booking-ask") == []
    page.fill("#number", number)
    page.fill("#code", code)
    page.click("form button")
    assert look_again(page, "booking-mine") == []
    page.click("text=取消这个预约")
    assert "已取消" in page.inner_text("main")
