"""The pages of the access ledger keep the rules, wide and narrow."""

from collections.abc import Callable

from django.utils import timezone
from playwright.sync_api import Page

from tests.browser.conftest import complaints
from tests.browser.test_axe import look, look_again
from tests.cast import Cast, Life
from xinfang.backups.actions import Found, note_drill
from xinfang.petitions import actions
from xinfang.petitions.codes import InquiryGround, LookKind, RevealGround
from xinfang.petitions.models import ErasureRequest
from xinfang.trace.acts import Hand

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
