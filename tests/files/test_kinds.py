from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

import pytest
from pytest_django import Settings

from tests.files import samples
from xinfang.files import kinds, packages, pictures
from xinfang.files.errors import EmptyFile, TooLarge, Unclean, WrongKind
from xinfang.files.kinds import Kind

BROKEN_HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(64)
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def kind_of(content: bytes) -> Kind:
    return kinds.kind_of(content[: kinds.HEAD], BytesIO(content))


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (samples.jpeg, kinds.JPEG),
        (samples.png, kinds.PNG),
        (samples.webp, kinds.WEBP),
        (samples.heic, kinds.HEIC),
        (samples.pdf, kinds.PDF),
        (samples.docx, kinds.DOCX),
        (samples.xlsx, kinds.XLSX),
        ("我要反映一个问题。\r\n".encode, kinds.TEXT),
        (lambda: "我要反映一个问题。\r\n".encode("gbk"), kinds.TEXT),
        (lambda: b"\xef\xbb\xbf" + "有字节顺序标记的文字。".encode(), kinds.TEXT),
    ],
)
def test_a_kind_is_told_by_its_content(make: Callable[[], bytes], kind: Kind) -> None:
    assert kind_of(make()) is kind


def test_a_text_that_begins_like_the_mark_of_a_bitmap_is_a_text() -> None:
    assert kind_of("BMW 4S 店拒不退款。".encode()) is kinds.TEXT


def test_a_chinese_character_cut_by_the_reading_is_still_text() -> None:
    assert kind_of("信".encode() * 70_000) is kinds.TEXT


@pytest.mark.parametrize(
    "content",
    [
        OLD_WORD,
        b"MZ\x90\x00" + bytes(100),
        b"\x7fELF" + bytes(100),
        b"GIF89a" + bytes(100),
        b"<!DOCTYPE html><p>x</p>",
        b"  \n<html><body>x</body></html>",
        b"\xef\xbb\xbf<script>x()</script>",
        b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
        b'<svg xmlns="http://www.w3.org/2000/svg"/>',
        b"<svg:svg/>",
        b"{\\rtf1 x}",
        b"%!PS-Adobe-3.0",
        "宽字符".encode("utf-16"),
        b"\xff\xff\xff not text in any encoding",
        b"words\x00and a zero",
        b"words" * 4000 + b"\x00and a zero far behind",
        b"half a character \xe4",
    ],
)
def test_anything_else_is_refused(content: bytes) -> None:
    with pytest.raises(WrongKind):
        kind_of(content)


def test_the_refusal_names_what_is_taken() -> None:
    with pytest.raises(WrongKind) as refused:
        kind_of(b"MZ\x90\x00" + bytes(100))
    assert refused.value.sentence == (
        "这种文件不能上传。可以上传的有：JPEG 图片、PNG 图片、WebP 图片、手机照片（HEIC）、PDF 文档、"
        "Word 文档（DOCX）、Excel 表格（XLSX）、纯文本（TXT）。"
    )


@pytest.mark.parametrize(
    ("content", "hint"),
    [
        (OLD_WORD, "请另存为不加密码的 DOCX、XLSX。"),
        (b"GIF89a" + bytes(100), "动图请先另存为静止的图片。"),
        (samples.moving_webp(), "动图请先另存为静止的图片。"),
        (samples.package({"a.txt": "x"}), "压缩包请先解开，再逐个上传里面的文件。"),
    ],
)
def test_a_near_miss_is_told_what_to_do(content: bytes, hint: str) -> None:
    with pytest.raises(WrongKind) as refused:
        kind_of(content)
    assert refused.value.sentence.endswith(hint)


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(EmptyFile):
        kind_of(b"")


def test_a_document_with_macros_is_refused() -> None:
    declared = samples.types("application/vnd.ms-word.document.macroEnabled", "word/document.xml")
    with pytest.raises(WrongKind):
        kind_of(samples.package({**samples.docx_parts(), "[Content_Types].xml": declared}))


def test_a_document_with_a_script_project_is_refused() -> None:
    project = '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
    declared = samples.types(samples.WORD, "word/document.xml", project)
    with pytest.raises(WrongKind):
        kind_of(samples.package({**samples.docx_parts(), "[Content_Types].xml": declared}))


def test_a_document_whose_main_type_is_a_default_is_taken() -> None:
    declared = (
        f'<Types xmlns="{samples.OPC}/content-types">'
        f'<Default Extension="xml" ContentType="{samples.WORD}.main+xml"/></Types>'
    )
    assert kind_of(samples.package({**samples.docx_parts(), "[Content_Types].xml": declared})) is kinds.DOCX


def test_a_file_over_the_limit_of_its_kind_is_refused_in_megabytes() -> None:
    with pytest.raises(TooLarge) as refused:
        kind_of(b"x" * (kinds.TEXT.limit + 1))
    assert refused.value.sentence == "纯文本（TXT）不能超过 5 MB。"


def test_a_file_over_the_limit_of_the_installation_is_refused(settings: Settings) -> None:
    settings.UPLOAD_LIMIT = 1024 * 1024
    with pytest.raises(TooLarge) as refused:
        kind_of(b"x" * (1024 * 1024 + 1))
    assert refused.value.sentence == "文件不能超过 1 MB。"


@pytest.mark.parametrize("side", [9_000, 9_200, 10_000, 20_000])
def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unfolded(side: int) -> None:
    with pytest.raises(TooLarge):
        kind_of(samples.png_that_claims(side))


@pytest.mark.parametrize("content", [samples.png()[:20], BROKEN_HEIC, samples.heic()[:200]])
def test_a_picture_that_is_only_a_mark_is_refused(content: bytes) -> None:
    with pytest.raises(Unclean):
        kind_of(content)


def test_a_zip_that_unfolds_too_far_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "UNFOLDED", 1_000_000)
    with pytest.raises(TooLarge):
        kind_of(samples.package({**samples.docx_parts(), "word/big.xml": bytes(1_000_000)}))


def test_a_zip_of_too_many_parts_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "PARTS", 20)
    with pytest.raises(TooLarge):
        kind_of(samples.package({**samples.docx_parts(), **{f"word/{n}.xml": "" for n in range(20)}}))


def test_a_zip_with_a_vast_directory_is_refused_before_it_is_read() -> None:
    content = bytearray(samples.docx())
    record = content.rindex(b"PK\x05\x06")
    content[record + 12 : record + 16] = (50_000_000).to_bytes(4, "little")
    with pytest.raises(TooLarge):
        kind_of(bytes(content))


def test_a_zip_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(Unclean):
        kind_of(samples.docx()[:-30])


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_package_with_two_parts_of_one_name_is_refused() -> None:
    out = BytesIO(samples.docx())
    with ZipFile(out, "a", ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", "<other/>")
    with pytest.raises(Unclean):
        kind_of(out.getvalue())


def test_a_package_packed_in_an_unusual_way_is_refused() -> None:
    out = BytesIO(samples.docx())
    with ZipFile(out, "a", ZIP_BZIP2) as package:
        package.writestr("word/more.xml", "<other/>")
    with pytest.raises(Unclean):
        kind_of(out.getvalue())


def test_a_package_with_a_document_type_declaration_is_refused() -> None:
    bomb = '<!DOCTYPE Types [<!ENTITY a "b">]>' + samples.types(samples.WORD, "word/document.xml").split("?>")[1]
    with pytest.raises(Unclean):
        kind_of(samples.package({**samples.docx_parts(), "[Content_Types].xml": bomb}))


def test_every_picture_kind_has_a_form_to_be_drawn_in() -> None:
    drawn = {kind.media_type for kind in kinds.ACCEPTED if kind.media_type.startswith("image/")}
    assert drawn == set(pictures.FORMS)
