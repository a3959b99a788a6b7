"""The administrator's pages under the same rules as every page (tests/browser/test_axe.py)."""

from django.utils import timezone

from tests.browser.test_axe import SitDown, look, look_again
from tests.cast import Cast
from tests.desk.test_administration_sheets import book
from xinfang.deadlines import holidays
from xinfang.deadlines.actions import load_year
from xinfang.desk.excel import KIND
from xinfang.organizations.actions.officers import enrol
from xinfang.organizations.models import Duty
from xinfang.organizations.sheets import OFFICER_COLUMNS
from xinfang.petitions.actions.phrases import add_phrase
from xinfang.petitions.models.phrase import PhraseUse
from xinfang.trace.acts import Hand

LOADER = Hand.system("test")


def test_the_administrators_pages(sit_down: SitDown, cast: Cast) -> None:
    now = timezone.now()
    add_phrase(duty=Duty.DISPATCHER, use=PhraseUse.PROPOSAL, text="属街道职责。", by=LOADER, at=now)
    enrol(username="li.si", name="李四", by=LOADER, at=now)
    load_year(holidays.packaged()[-1], by=LOADER, at=now)
    page, place = sit_down("administrator"), "/desk/administration"
    unit, officer = cast.street.code, cast.street_handler.pk
    for path in (
        *("", "accounts/", "accounts/enrol/", "accounts/first_passwords/", "accounts/sheet/", f"accounts/{officer}/"),
        *(f"accounts/{officer}/reset_password/", f"accounts/{officer}/leave/", f"units/{unit}/begin/"),
        *("units/", "units/?words=没有", "units/open/", "units/sheet/", f"units/{unit}/correct/"),
        *(f"units/{unit}/move/", f"units/{unit}/abolish/", "categories/", "categories/open/"),
        *("categories/040200/rename/", "categories/040200/retire/", "code_lists/", "calendar/", "calendar/load/"),
        "phrases/",
    ):
        name = path.strip("/").replace("/", "-").replace(unit, "unit").replace(str(officer), "officer")
        assert look(page, f"{place}/{path}", f"administration-{name or 'front'}") == []
    page.goto(f"{place}/accounts/first_passwords/")
    page.click("button.main:visible")
    assert look_again(page, "administration-passwords") == []


def test_a_sheet_with_errors_and_its_preview_by_keyboard(sit_down: SitDown, cast: Cast) -> None:
    page, path = sit_down("administrator"), "/desk/administration/accounts/sheet/"
    for name, username in (("wrong", "li si"), ("preview", "li.si")):
        file = book(OFFICER_COLUMNS, [username, "李四", cast.street.name, "承办人", "2026-01-01"])
        page.goto(path)
        page.set_input_files("[name=sheet]", {"name": "a.xlsx", "mimeType": KIND, "buffer": file.read()})
        page.focus("button.main:visible")
        page.keyboard.press("Enter")
        page.wait_for_selector(".refusals" if name == "wrong" else "#preview")
        assert look_again(page, f"administration-sheet-{name}") == []
    page.focus("button.main:visible")
    page.keyboard.press("Enter")
    page.wait_for_selector(".message.success")
