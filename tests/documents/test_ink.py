"""盖章件回传: the stamped and signed sheet comes back as a scan, is known by its codes and closes the signing."""

import io
import weakref
from typing import Any

import pypdfium2
import pytest
from django.utils import timezone
from PIL import Image, ImageFilter

from tests.cast import Cast, Life, assemble
from tests.documents.samples import printed
from tests.files import samples
from xinfang.documents import actions, printing, scans
from xinfang.documents.codes import serial_of
from xinfang.documents.kinds import PaperKind
from xinfang.documents.models import AwaitingInk, Paper, Rendering, SignedSheet
from xinfang.documents.scans import Scan, Sheet
from xinfang.files import store
from xinfang.files.errors import TooLarge
from xinfang.foundation.errors import Refused
from xinfang.trace import sequencer
from xinfang.trace.models import Entry
from xinfang.trace.verify import verify


def pictures(pdf: bytes, dpi: int = 150) -> list[Image.Image]:
    opened = pypdfium2.PdfDocument(pdf)
    drawn = [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in opened]
    opened.close()
    return drawn


def jpeg(picture: Image.Image, quality: int = 60) -> io.BytesIO:
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=quality)
    return file


def noisy(picture: Image.Image, angle: float) -> Image.Image:
    """As a worn scanner gives it: crooked, blurred, speckled."""
    turned = picture.rotate(angle, expand=True, fillcolor="white").filter(ImageFilter.GaussianBlur(0.7))
    return Image.blend(turned, Image.effect_noise(turned.size, 60).convert("RGB"), 0.2)


OPINION = PaperKind.HANDLING_OPINION
PDF = printed(OPINION).pdf


@pytest.mark.parametrize("angle", [0, 1.7, -4, 90, 180, 270, 37])
def test_a_crooked_and_noisy_sheet_is_read(angle: float) -> None:
    scan = scans.look_into(jpeg(noisy(pictures(PDF)[0], angle), quality=45))
    assert scan.sheets == (Sheet(serial_of(7), 1),)


def test_every_page_of_a_pdf_is_read() -> None:
    assert scans.look_into(io.BytesIO(PDF)).sheets == (Sheet(serial_of(7), 1), Sheet(serial_of(7), 2))


def test_a_photograph_in_heic_is_looked_into() -> None:
    assert scans.look_into(io.BytesIO(samples.heic())).sheets == (None,)


@pytest.mark.parametrize(
    "evil", [b"\0\0\0\x18ftypheic" + b"\0" * 64, b"%PDF-1.7 broken", b"\x89PNG\r\n\x1a\n", b"words", b""]
)
def test_what_is_no_scan_is_refused(evil: bytes) -> None:
    with pytest.raises(Refused):
        scans.look_into(io.BytesIO(evil))


def test_a_page_without_a_code_says_nothing() -> None:
    assert scans.look_into(jpeg(Image.new("RGB", (800, 1100), "white"))).sheets == (None,)


def test_pages_that_came_as_single_files_are_put_in_order() -> None:
    parts = [scans.look_into(jpeg(picture)) for picture in reversed(pictures(PDF))]
    whole = scans.together(parts)
    assert [sheet and sheet.page for sheet in whole.sheets] == [1, 2]
    assert [sheet and sheet.page for sheet in scans.look_into(whole.file).sheets] == [1, 2]


def test_more_pages_than_a_scan_may_have_are_refused_and_not_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "MOST_PAGES", 1)
    parts = [scans.look_into(jpeg(picture)) for picture in pictures(PDF)]
    for too_many in (lambda: scans.look_into(io.BytesIO(PDF)), lambda: scans.together(parts)):
        with pytest.raises(TooLarge) as refused:
            too_many()
        assert refused.value.sentence == "一份扫描件最多 1 页，这里有 2 页。请核对是不是扫了别的材料。"


def test_no_more_than_one_page_is_drawn_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = [scans.look_into(jpeg(picture)) for picture in pictures(PDF)]
    real, most, seen = scans._picture, [0], list[weakref.ref[Image.Image]]()

    def drawn(*asked: Any) -> Image.Image:
        picture = real(*asked)
        seen.append(weakref.ref(picture))
        most[0] = max(most[0], sum(one() is not None for one in seen))
        return picture

    monkeypatch.setattr(scans, "_picture", drawn)
    scans.together(parts * 3)
    assert most[0] <= 2  # the one that is drawn, and the one before it


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble()


class Desk:
    """One printed letter of two pages, and the hand that scans it."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.life = cast, Life(cast).until("dispatch")
        self.key = self.life.petition.key
        self.rendering = self.of("transfer_letter")

    def of(self, kind: str) -> Rendering:
        paper = Paper.objects.get(kind=kind)
        return printing.rendering_of(paper, key=self.key, at=timezone.now())

    def scan(self, *pages: int) -> Scan:
        return self.made(*(Sheet(self.rendering.serial, page) for page in pages))

    def made(self, *sheets: Sheet | None) -> Scan:
        return Scan(jpeg(Image.new("RGB", (90, 120), "white")), sheets)

    def sign(self, scan: Scan, *, is_by_hand: bool = False, is_another: bool = False) -> SignedSheet:
        return actions.sign_in_ink(
            self.rendering,
            scan=scan,
            file=store.seal(store.take(scan.file), key=self.key),
            is_by_hand=is_by_hand,
            is_another=is_another,
            by=self.cast.dispatcher,
            at=timezone.now(),
        )


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return Desk(cast)


def waiting() -> set[str]:
    return set(AwaitingInk.objects.values_list("paper__kind", flat=True))


def test_what_bears_a_number_waits_for_its_ink_once_it_is_laid_out(desk: Desk) -> None:
    printing.print_waiting(timezone.now())
    assert waiting() == {"proposal_form", "transfer_letter", "routing_notice"}


def test_the_sheet_is_attached_and_the_signing_is_closed(desk: Desk) -> None:
    sheet = desk.sign(desk.scan(1, 2))
    assert (sheet.nth, sheet.is_by_hand) == (1, False)
    assert "transfer_letter" not in waiting()
    entry = Entry.objects.get(act="paper.sign_in_ink")
    assert (entry.subject_id, entry.officer_id, entry.unit) == (
        desk.rendering.pk,
        desk.cast.dispatcher.pk,
        desk.cast.bureau.code,
    )
    assert {name: entry.facts[name] for name in ("nth", "pages", "by_hand")} == {"nth": 1, "pages": 2, "by_hand": False}
    sequencer.place_all()
    assert verify() is None
    SignedSheet.objects.update(is_by_hand=True)
    assert verify() is not None


@pytest.mark.parametrize(
    ("pages", "said"),
    [((1,), "共 2 页，只扫到 1 页"), ((1, 1), "第 1 页扫了两遍"), ((1, 2, 2), "第 2 页扫了两遍")],
)
def test_a_scan_that_is_not_whole_is_refused(desk: Desk, pages: tuple[int, ...], said: str) -> None:
    with pytest.raises(Refused, match=said):
        desk.sign(desk.scan(*pages))
    assert not SignedSheet.objects.exists()
    assert "transfer_letter" in waiting()


def test_the_wrong_sheet_is_refused_whoever_vouches_for_it(desk: Desk) -> None:
    wrong, right = Sheet(desk.of("routing_notice").serial, 1), Sheet(desk.rendering.serial, 1)
    for sheets in ((wrong, wrong), (right, wrong), (Sheet("A" * 16, 1), None)):
        with pytest.raises(Refused, match="属于另一份文书"):
            desk.sign(desk.made(*sheets), is_by_hand=True)
    assert not SignedSheet.objects.exists()


def test_an_unreadable_one_is_taken_on_his_word_and_said_so(desk: Desk) -> None:
    with pytest.raises(Refused, match="读不出方块码"):
        desk.sign(desk.made(None, None))
    assert desk.sign(desk.made(None, None), is_by_hand=True).is_by_hand
    assert Entry.objects.get(act="paper.sign_in_ink").facts["by_hand"] is True


def test_one_page_that_is_read_speaks_for_the_others(desk: Desk) -> None:
    assert not desk.sign(desk.made(None, Sheet(desk.rendering.serial, 2)), is_by_hand=True).is_by_hand


def test_a_second_scan_asks_and_then_stands_beside_the_first(desk: Desk) -> None:
    desk.sign(desk.scan(1, 2))
    with pytest.raises(Refused, match="已经回传过") as caught:
        desk.sign(desk.scan(1, 2))
    assert caught.value.field == "is_another"
    assert desk.sign(desk.scan(1, 2), is_another=True).nth == 2
    assert SignedSheet.objects.count() == 2


def test_who_has_no_seat_attaches_nothing(desk: Desk) -> None:
    desk.cast.dispatcher.__dict__["seats"] = ()
    with pytest.raises(Refused, match="没有岗位"):
        desk.sign(desk.scan(1, 2))
