"""A scanned letter beside the form in which it is registered: nothing for axe to complain of, wide and narrow."""

from collections.abc import Callable
from io import BytesIO

from django.utils import timezone
from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect

from tests.browser.test_axe import NARROW, WIDE, look
from tests.cast import Cast
from tests.files.handed_in import sealed
from xinfang.petitions import actions
from xinfang.petitions.actions.originals import Kept

SitDown = Callable[[str], Page]


def a_page() -> bytes:
    """A scan of a letter, as large as scanners make them."""
    held, sheet = BytesIO(), Image.new("L", (1240, 1754), "white")
    pen = ImageDraw.Draw(sheet)
    for line in range(120, 1700, 60):
        pen.line((120, line, 1120, line), fill="black", width=3)
    sheet.save(held, "PNG")
    return held.getvalue()


def test_a_scanned_letter_beside_its_form(sit_down: SitDown, cast: Cast) -> None:
    now, kept = timezone.now(), Kept(barcode="LX-0001", description="来信", place="一号柜")
    draft = actions.open_letter(kept, received_at=now, organ=cast.bureau, by=cast.registrar, at=now).petition
    for n, (name, content) in enumerate([("1.png", a_page()), ("2.png", a_page()), ("3.txt", b"a")], start=1):
        file, label = sealed(content, draft), f"来信扫描件{n}"
        actions.add_evidence(draft, file=file, name=name, label=label, by=cast.registrar, at=timezone.now())
    page = sit_down("registrar")
    assert look(page, f"/desk/drafts/{draft.pk}/register/", "intake-scanned") == []
    scan, form = page.locator("#scans"), page.locator("#intake")
    page.set_viewport_size(WIDE)
    page.locator("#id_summary").scroll_into_view_if_needed()
    expect(scan).to_be_in_viewport()
    page.set_viewport_size(NARROW)
    assert scan.bounding_box()["y"] < form.bounding_box()["y"]  # type: ignore[index]
