"""The pages of papers under the same rules as every page (tests/browser/test_axe.py), with what comes back on them."""

from django.utils import timezone

from tests.browser.test_axe import SitDown, look, look_again
from tests.cast import Cast, Life
from tests.desk.test_ink import scanned
from xinfang.documents import printing
from xinfang.documents.models import Paper


def test_papers_and_their_ink(sit_down: SitDown, cast: Cast) -> None:
    lives = [Life(cast).until("dispatch") for _ in range(8)]
    printing.print_waiting(timezone.now())
    petition = lives[0].petition
    notice = Paper.objects.get(kind="routing_notice", subject_id=petition.pk)
    page, path = sit_down("dispatcher"), f"/desk/petitions/{petition.number}/papers/{notice.pk}/"
    assert look(page, "/desk/ink/", "ink") == []
    assert look(page, f"{path}ink/", "paper-ink") == []
    [sheet] = scanned(notice, petition)
    file = {"name": sheet.name, "mimeType": "image/jpeg", "buffer": sheet.read()}
    page.set_input_files("[name=scans]", file)
    page.click("form.sheet button.main")
    page.wait_for_selector(".message.success")
    assert look_again(page, "paper-signed") == []
    page.goto("/desk/ink/")
    page.set_input_files("[name=scans]", file)
    page.focus("form.sheet button.main")
    page.keyboard.press("Enter")
    page.wait_for_selector(".message.error")
    assert look_again(page, "ink-refused") == []


def test_the_wording_of_papers(sit_down: SitDown, cast: Cast) -> None:
    page, place = sit_down("administrator"), "/desk/administration/papers"
    assert look(page, f"{place}/", "wordings") == []
    assert look(page, f"{place}/handling_opinion/", "wording") == []
    page.fill("[name=closing]", "特此答复。")
    page.click("form.sheet button.main")
    page.wait_for_selector(".refusals")
    assert look_again(page, "wording-refused") == []
    assert look(page, f"{place}/extension_approval/", "wording-form") == []
    page.fill("[name=label_ground]", "")
    page.click("form.sheet button.main")
    page.wait_for_selector(".refusals")
    assert look_again(page, "wording-form-refused") == []
