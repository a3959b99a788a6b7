from io import BytesIO
from zipfile import ZipFile

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import Image

from tests.files import samples
from xinfang.files import copies, kinds, packages, pictures
from xinfang.files.errors import TooLarge, Unclean
from xinfang.files.kinds import Kind

AUTHOR = samples.AUTHOR.encode()
TELLING = [AUTHOR, samples.MAKER, b"Exif", b"GPS", b"xmpmeta"]


def clean(content: bytes, kind: Kind) -> bytes:
    return copies.clean_copy(BytesIO(content), kind).read()


def parts(content: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(content)) as package:
        assert package.testzip() is None
        assert not package.comment
        return {name: package.read(name) for name in package.namelist()}


def telling(content: bytes) -> list[bytes]:
    return [mark for mark in TELLING if mark in content]


PICTURES = [
    (samples.jpeg(), kinds.JPEG),
    (samples.png(), kinds.PNG),
    (samples.webp(), kinds.WEBP),
]


@pytest.mark.parametrize(("content", "kind"), PICTURES)
def test_a_picture_loses_camera_place_and_author(content: bytes, kind: Kind) -> None:
    assert {AUTHOR, samples.MAKER} <= set(telling(content))
    copy = clean(content, kind)
    assert telling(copy) == []
    image = Image.open(BytesIO(copy))
    assert (dict(image.getexif()), image.getexif().get_ifd(0x8825)) == ({}, {})
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "loop", "background", "timestamp"}


@pytest.mark.parametrize(("content", "kind"), PICTURES)
def test_a_picture_still_shows_the_same(content: bytes, kind: Kind) -> None:
    image = Image.open(BytesIO(clean(content, kind))).convert("RGB")
    assert image.size == (32, 24)
    left, right = image.getpixel((4, 12)), image.getpixel((28, 12))
    assert isinstance(left, tuple)
    assert isinstance(right, tuple)
    assert left[0] > 200 > 60 > left[2]
    assert right[2] > 200 > 60 > right[0]


def test_a_phone_photo_becomes_one_that_every_browser_shows_and_loses_camera_and_place() -> None:
    assert {AUTHOR, samples.MAKER} <= set(telling(samples.heic()))
    copy = clean(samples.heic(), kinds.HEIC)
    assert telling(copy) == []
    image = Image.open(BytesIO(copy))
    assert (image.format, image.size) == ("JPEG", (64, 48))
    left, right = image.getpixel((4, 12)), image.getpixel((60, 12))
    assert isinstance(left, tuple)
    assert isinstance(right, tuple)
    assert left[0] > 200 > 60 > left[2]
    assert right[2] > 200 > 60 > right[0]


def test_a_photograph_taken_sideways_stands_upright() -> None:
    image = Image.open(BytesIO(clean(samples.jpeg(orientation=6), kinds.JPEG))).convert("RGB")
    assert image.size == (24, 32)
    top = image.getpixel((12, 4))
    assert isinstance(top, tuple)
    assert top[0] > 200


def test_a_photograph_keeps_its_quality() -> None:
    content = samples.picture("JPEG", quality=35)
    before, after = (Image.open(BytesIO(each)) for each in (content, clean(content, kinds.JPEG)))
    assert before.quantization == after.quantization  # type: ignore[attr-defined]


def test_what_follows_a_picture_is_left_behind() -> None:
    assert AUTHOR not in clean(samples.picture("JPEG") + AUTHOR, kinds.JPEG)


def test_the_second_picture_of_a_phone_is_left_behind() -> None:
    double = samples.picture("MPO", save_all=True, append_images=[Image.new("RGB", (32, 24), "green")])
    assert kinds.kind_of(double[: kinds.HEAD], BytesIO(double)) is kinds.JPEG
    copy = clean(double, kinds.JPEG)
    assert copy.count(b"\xff\xd8\xff") == 1
    assert Image.open(BytesIO(copy)).format == "JPEG"


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_png_pictures_of_every_mode_are_copied(mode: str) -> None:
    out = BytesIO()
    Image.new(mode, (8, 8)).save(out, "PNG")
    assert Image.open(BytesIO(clean(out.getvalue(), kinds.PNG))).mode == mode


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_jpeg_pictures_of_every_mode_are_copied(mode: str) -> None:
    out = BytesIO()
    Image.new(mode, (8, 8)).save(out, "JPEG")
    assert Image.open(BytesIO(clean(out.getvalue(), kinds.JPEG))).mode == mode


def test_a_colour_profile_is_kept() -> None:
    content = samples.picture("JPEG", icc_profile=b"a profile" * 20)
    assert Image.open(BytesIO(clean(content, kinds.JPEG))).info["icc_profile"] == b"a profile" * 20


def test_a_pdf_loses_properties_remark_writer_and_photograph_data() -> None:
    assert set(telling(samples.pdf())) >= {AUTHOR, samples.MAKER, b"xmpmeta"}
    copy = clean(samples.pdf(), kinds.PDF)
    with Pdf.open(BytesIO(copy)) as pdf:
        assert Name.Info not in pdf.trailer
        assert Name.Metadata not in pdf.Root
        assert Name.OpenAction not in pdf.Root
        assert not pdf.attachments
    assert telling(plain_bytes(copy)) == []
    assert b"/JavaScript" not in plain_bytes(copy)


def plain_bytes(content: bytes) -> bytes:
    """The same PDF with its streams unpacked, for searching."""
    out = BytesIO()
    with Pdf.open(BytesIO(content)) as pdf:
        pdf.save(
            out,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.specialized,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return out.getvalue()


def test_a_pdf_keeps_its_page_its_remark_and_its_photograph() -> None:
    with Pdf.open(BytesIO(clean(samples.pdf(), kinds.PDF))) as pdf:
        [page] = pdf.pages
        assert b"/Im0 Do" in page.Contents.read_bytes()
        assert str(page.Annots[0].Contents) == "see here"
        photo = pikepdf.PdfImage(page.Resources.XObject.Im0).as_pil_image()
    assert photo.tobytes() == Image.open(BytesIO(samples.jpeg())).tobytes()


def test_a_photograph_packed_twice_in_a_pdf_is_clean_too() -> None:
    with Pdf.open(BytesIO(clean(samples.pdf_with_wrapped_photograph(), kinds.PDF))) as pdf:
        photo = pdf.pages[0].Resources.XObject.Im0
        raw = photo.read_raw_bytes()
        assert (photo.Filter, int(photo.DecodeParms.ColorTransform)) == (Name.DCTDecode, 1)
    assert telling(raw) == []
    assert Image.open(BytesIO(raw)).tobytes() == Image.open(BytesIO(samples.jpeg())).tobytes()


def one_page() -> Pdf:
    made = Pdf.new()
    made.add_blank_page()
    return made


def saved(made: Pdf) -> bytes:
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def test_the_signer_of_a_pdf_does_not_pass() -> None:
    made = one_page()
    signature = made.make_indirect(Dictionary(Type=Name.Sig, Name=samples.AUTHOR, ContactInfo=samples.AUTHOR))
    field = Dictionary(FT=Name.Sig, T="signature", V=signature)
    made.Root.AcroForm = Dictionary(Fields=Array([field]), XFA=pikepdf.String(samples.AUTHOR))
    made.Root.Perms = Dictionary(DocMDP=signature)
    copy = plain_bytes(clean(saved(made), kinds.PDF))
    assert AUTHOR not in copy
    assert b"(signature)" in copy


def test_a_pdf_does_nothing_when_it_is_opened() -> None:
    made = one_page()
    made.Root.OpenAction = Dictionary(S=Name.GoTo, D=Array([made.pages[0].obj, Name.Fit]))
    assert b"OpenAction" not in plain_bytes(clean(saved(made), kinds.PDF))


def test_a_file_hidden_in_a_pdf_off_the_usual_places_does_not_pass() -> None:
    made = one_page()
    hidden = Stream(made, AUTHOR, Type=Name.EmbeddedFile)
    made.pages[0].obj.Odd = Dictionary(Type=Name.Filespec, F="x.txt", EF=Dictionary(F=hidden))
    assert AUTHOR not in plain_bytes(clean(saved(made), kinds.PDF))


def test_no_stream_of_a_pdf_unfolds_without_limit() -> None:
    limits = pikepdf.settings.get_qpdf_limits()
    names = ("flate_max_memory", "run_length_max_memory", "png_max_memory", "tiff_max_memory")
    assert {limits[name] for name in names} == {200 * 1024 * 1024}


def test_a_pdf_without_pages_is_refused() -> None:
    with pytest.raises(Unclean):
        clean(saved(Pdf.new()), kinds.PDF)


@pytest.mark.parametrize("form", ["baseline", "progressive"])
def test_segments_are_taken_from_a_jpeg_without_touching_a_pixel(form: str) -> None:
    noise = Image.effect_noise((64, 64), 80)
    out = BytesIO()
    noise.save(
        out, "JPEG", progressive=form == "progressive", exif=samples.exif(), comment=AUTHOR, icc_profile=b"p" * 99
    )
    bare = pictures.without_telling_segments(b"\n" + out.getvalue() + AUTHOR)
    assert telling(bare) == []
    image = Image.open(BytesIO(bare))
    assert image.tobytes() == Image.open(out).tobytes()
    assert image.info["icc_profile"] == b"p" * 99


def test_a_jpeg_without_an_end_keeps_what_it_has() -> None:
    cut = samples.jpeg()[:-2]
    bare = pictures.without_telling_segments(cut)
    assert telling(bare) == []
    assert cut.endswith(bare[-50:])


def test_a_word_document_loses_author_people_and_thumbnail() -> None:
    copy = parts(clean(samples.docx(), kinds.DOCX))
    assert {name for name, content in copy.items() if telling(content)} == set()
    assert {"docProps/core.xml", "preview/small.jpeg", "word/people.xml"} & set(copy) == set()
    assert b"core.xml" not in copy["[Content_Types].xml"] + copy["_rels/.rels"]
    assert b"small.jpeg" not in copy["_rels/.rels"]
    assert b"people.xml" not in copy["word/_rels/document.xml.rels"]


def test_a_word_document_keeps_what_it_says() -> None:
    copy = parts(clean(samples.docx(), kinds.DOCX))
    assert b"added" in copy["word/document.xml"]
    assert b'w:author=""' in copy["word/document.xml"]
    assert b'w:initials=""' in copy["word/comments.xml"]
    assert b'w:id="1"' in copy["word/comments.xml"]
    assert b"word/document.xml" in copy["_rels/.rels"]
    assert Image.open(BytesIO(copy["word/media/image1.jpeg"])).size == (32, 24)
    assert kinds.kind_of(b"PK\x03\x04", BytesIO(clean(samples.docx(), kinds.DOCX))) is kinds.DOCX


def test_a_word_document_fetches_nothing_but_may_link() -> None:
    copy = parts(clean(samples.docx(), kinds.DOCX))
    assert b"about:blank" in copy["word/_rels/settings.xml.rels"]
    assert b"https://example.org/notice" in copy["word/_rels/document.xml.rels"]


def test_a_file_embedded_in_a_word_document_is_emptied() -> None:
    assert parts(clean(samples.docx(), kinds.DOCX))["word/embeddings/oleObject1.bin"] == b""


def test_the_prefixes_of_a_word_document_stay_as_they_were() -> None:
    # Word refuses a document whose mc:Ignorable names a prefix that is no longer declared.
    markup = f'<w:document xmlns:w="{samples.W}" xmlns:w14="urn:w14" xmlns:mc="urn:mc" mc:Ignorable="w14"><w:body/></w:document>'
    copy = parts(clean(samples.package({**samples.docx_parts(), "word/document.xml": markup}), kinds.DOCX))
    assert b'xmlns:w14="urn:w14"' in copy["word/document.xml"]


def test_a_workbook_loses_author_persons_and_path() -> None:
    copy = parts(clean(samples.xlsx(), kinds.XLSX))
    assert {name for name, content in copy.items() if telling(content)} == set()
    assert b"<v>42</v>" in copy["xl/worksheets/sheet1.xml"]


def test_no_date_of_the_old_package_passes() -> None:
    with ZipFile(BytesIO(clean(samples.docx(), kinds.DOCX))) as package:
        assert {part.date_time for part in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_an_entity_in_a_part_is_not_opened() -> None:
    hostile = (
        f'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]><w:document xmlns:w="{samples.W}">&x;</w:document>'
    )
    with pytest.raises(Unclean):
        clean(samples.package({**samples.docx_parts(), "word/document.xml": hostile}), kinds.DOCX)


def test_a_part_too_large_to_read_whole_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "_READ_WHOLE", 10)
    with pytest.raises(TooLarge):
        clean(samples.docx(), kinds.DOCX)


def test_a_text_is_its_own_copy() -> None:
    assert clean("原文".encode("gbk"), kinds.TEXT) == "原文".encode("gbk")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (samples.picture("JPEG", size=(400, 400))[:900], kinds.JPEG),
        (samples.png()[:-60], kinds.PNG),
        (samples.webp()[:60], kinds.WEBP),
        (b"%PDF-1.7\nnothing follows", kinds.PDF),
        (samples.locked_pdf(), kinds.PDF),
        (samples.docx()[:-30], kinds.DOCX),
        (samples.package({**samples.docx_parts(), "word/document.xml": "<not closed"}), kinds.DOCX),
        (samples.package({**samples.docx_parts(), "word/media/image1.jpeg": samples.jpeg()[:500]}), kinds.DOCX),
    ],
)
def test_a_damaged_or_locked_file_is_refused_with_a_sentence(content: bytes, kind: Kind) -> None:
    with pytest.raises(Unclean) as refused:
        clean(content, kind)
    assert refused.value.sentence == "这个文件已损坏或者设有密码，打不开。请重新保存为不加密码的文件后再上传。"
