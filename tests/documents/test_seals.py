"""印章: ink, unless the unit declared a picture or the county has an electronic seal."""

import io

import pikepdf
import pypdfium2
import pytest
from django.test import override_settings
from django.utils import timezone
from PIL import Image, ImageDraw

from tests.cast import Cast, Life, assemble
from xinfang.documents import actions, printing, seals
from xinfang.documents.models import AwaitingInk, Paper, SealPicture
from xinfang.documents.papers import frame_of
from xinfang.foundation.errors import Refused
from xinfang.trace import sequencer
from xinfang.trace.models import Entry
from xinfang.trace.verify import verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


def round_seal(side: int = 400, form: str = "PNG", height: int = 0) -> bytes:
    picture = Image.new("RGBA", (side, height or side), (0, 0, 0, 0))
    ImageDraw.Draw(picture).ellipse((8, 8, side - 8, (height or side) - 8), outline=(0, 0, 255, 255), width=20)
    file = io.BytesIO()
    (picture if form == "PNG" else picture.convert("RGB")).save(file, form)
    return file.getvalue()


def declare(cast: Cast, picture: bytes = b"") -> SealPicture:
    now = timezone.now() - timezone.timedelta(days=200)  # before the lives that the tests lead
    return actions.declare_seal(cast.bureau, picture=picture or round_seal(), by=cast.administrator, at=now)


def blue_dots(paper: Paper, key: bytes) -> int:
    """Of the seal, which the tests draw blue so that nothing else is."""
    opened = pypdfium2.PdfDocument(printing.typeset(paper, key=key).pdf)
    pages = [page.render(scale=1).to_pil().convert("RGB") for page in opened]
    opened.close()
    return sum(blue > 150 and red < 120 for page in pages for red, _green, blue in page.get_flattened_data())


def notice_of(life: Life) -> Paper:
    return Paper.objects.get(kind="routing_notice", subject_id=life.pk)


def test_papers_bear_the_picture_from_then_on_and_wait_for_no_ink(cast: Cast) -> None:
    plain = Life(cast).until("dispatch")
    printing.print_waiting(timezone.now())
    assert AwaitingInk.objects.filter(paper=notice_of(plain)).exists()
    AwaitingInk.objects.all().delete()
    declare(cast)
    sealed = Life(cast).until("dispatch")
    printing.print_waiting(timezone.now())
    assert blue_dots(notice_of(sealed), sealed.petition.key) > 100
    assert not AwaitingInk.objects.exists()


def test_another_units_papers_and_forms_bear_none(cast: Cast) -> None:
    declare(cast)
    life = Life(cast).until("accept")
    assert blue_dots(Paper.objects.get(kind="receipt_notice"), life.petition.key) == 0
    assert blue_dots(Paper.objects.get(kind="registration_form"), life.petition.key) == 0


def test_taken_out_of_use_papers_are_stamped_in_ink_again(cast: Cast) -> None:
    declare(cast)
    before = Life(cast).until("dispatch")
    later = before.later()
    actions.withdraw_seal(cast.bureau, by=cast.administrator, at=later)
    after = Life(cast)
    after.now = later
    after.until("dispatch")
    assert blue_dots(notice_of(before), before.petition.key) > 100
    assert blue_dots(notice_of(after), after.petition.key) == 0
    with pytest.raises(Refused, match="没有登记印章图样"):
        actions.withdraw_seal(cast.bureau, by=cast.administrator, at=timezone.now())


@pytest.mark.parametrize(
    ("picture", "said"),
    [
        (round_seal(form="JPEG"), "PNG"),
        (b"\x89PNG\r\n\x1a\n broken", "PNG"),
        (round_seal(120), "边长"),
        (round_seal(400, height=900), "正方形"),
        (b"\0" * 400_000, "300 KB"),
    ],
)
def test_what_is_no_seal_is_refused(cast: Cast, picture: bytes, said: str) -> None:
    with pytest.raises(Refused, match=said) as caught:
        declare(cast, picture)
    assert caught.value.field == "picture"


def test_only_an_administrator_declares_one_and_the_picture_lies_sealed(cast: Cast) -> None:
    with pytest.raises(Refused):
        actions.declare_seal(cast.bureau, picture=round_seal(), by=cast.bureau_head, at=timezone.now())
    row = declare(cast)
    assert b"PNG" not in bytes(row.picture)
    assert Entry.objects.get(act="seal.declare_seal").post == "administrator"
    sequencer.place_all()
    assert verify() is None


class FakeSeal:
    """An electronic seal as the seam asks for one: it notes in the file whose it is."""

    def keeps(self, unit_code: str) -> bool:
        return unit_code.startswith("6101150010000001")

    def sign(self, pdf: bytes, *, unit_code: str) -> bytes:
        signed = io.BytesIO()
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            opened.docinfo["/SealedBy"] = unit_code
            opened.save(signed)
        return signed.getvalue()


def test_the_bureaus_seal_stands_on_no_opinion_that_the_government_signs(cast: Cast) -> None:
    declare(cast)
    life = Life(cast).until("decide_review")
    paper = Paper.objects.get(kind="review_opinion")
    assert frame_of(paper, key=life.petition.key)["issuer"] == "临潼区人民政府"
    assert seals.picture_for(paper) == b""
    assert seals.waits_for_ink(paper)
    assert seals.picture_for(Paper.objects.get(kind="routing_notice"))


@override_settings(ELECTRONIC_SEAL="tests.documents.test_seals.FakeSeal")
def test_an_electronic_seal_is_put_on_what_would_be_stamped(cast: Cast) -> None:
    seals.electronic.cache_clear()
    try:
        life = Life(cast).until("accept")
        printing.print_waiting(timezone.now())
        sealed = {
            paper.kind: _sealed_by(paper, life.petition.key) for paper in Paper.objects.select_related("rendering")
        }
        assert sealed["receipt_notice"] == cast.street.code
        assert {kind for kind, unit in sealed.items() if unit} == {"receipt_notice"}
        assert not AwaitingInk.objects.filter(unit_code=cast.street.code).exists()
        paper = Paper.objects.select_related("rendering").get(kind="receipt_notice")
        more = printing.sheet_of(paper, paper.rendering, copy=2, key=life.petition.key, at=timezone.now())
        assert _seal_on(more) == cast.street.code
    finally:
        seals.electronic.cache_clear()


def _sealed_by(paper: Paper, key: bytes) -> str:
    return _seal_on(printing.pdf_of(paper.rendering, key=key))


def _seal_on(pdf: bytes) -> str:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return str(opened.docinfo.get("/SealedBy", ""))


@pytest.mark.parametrize("seal", [seals.InkOnly(), FakeSeal()])
def test_every_electronic_seal_keeps_the_seam(seal: seals.ElectronicSeal) -> None:
    assert seal.keeps("nobody") is False
    if seal.keeps("6101150010000001299"):
        assert seal.sign(printing.joined([]) or b"", unit_code="6101150010000001299").startswith(b"%PDF")
