"""The pages of papers under the same rules as every page (tests/browser/test_axe.py), with what comes back on them."""

import io
from pathlib import Path
from zipfile import ZipFile

from django.utils import timezone
from playwright.sync_api import BrowserContext

from tests.browser.test_axe import SitDown, look, look_again
from tests.cast import Cast, Life
from tests.desk.hall import signed_in
from tests.desk.test_ink import scanned
from xinfang.documents import printing
from xinfang.documents.models import Paper
from xinfang.trace import sequencer


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


def test_the_packs_that_are_opened_at_home(window: BrowserContext, cast: Cast, tmp_path: Path) -> None:
    """The case's for a court, the petitioner's own: a page in a file, without a server."""
    life, page = Life(cast).until("evaluate"), window.new_page()
    sequencer.place_all()
    asked = {"pack": ("bureau_head", {"purpose": "court"}), "own_pack": ("registrar", {"is_known": "on"})}
    for name, (duty, form) in asked.items():
        answer = signed_in(cast.officers[duty]).post(f"/desk/petitions/{life.petition.number}/{name}/", form)
        whole = io.BytesIO(b"".join(answer.streaming_content))  # type: ignore[attr-defined]
        (tmp_path / f"{name}.html").write_bytes(ZipFile(whole).read("index.html"))
        page.goto(f"file://{tmp_path}/{name}.html")
        assert look_again(page, f"{name}-at-home") == []
