"""Markdown, Word and PDF; and the real texts, where they are at hand."""

import os
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from docx import Document

from tests.legislation.conftest import BRIDGES, draft_of
from xinfang.legislation import packaged
from xinfang.legislation.errors import LawRefused
from xinfang.legislation.files import LARGEST
from xinfang.legislation.files import draft_of as read_file
from xinfang.legislation.reading import Draft

LAWS = os.environ.get("XINFANG_LAWS")


def word(text: str) -> BytesIO:
    document, file = Document(), BytesIO()
    for line in text.splitlines():
        if line.strip() and not line.startswith("<!--"):
            document.add_paragraph(line.lstrip("# "))
    document.save(file)
    file.seek(0)
    return file


def pdf(pages: list[list[str]]) -> BytesIO:
    """Pages of lines, drawn with two-byte codes that a table turns back into the signs."""
    document, file = pikepdf.new(), BytesIO()
    signs = sorted({sign for page in pages for line in page for sign in line})
    table = "\n".join(f"<{n:04x}> <{ord(sign):04x}>" for n, sign in enumerate(signs, start=1))
    to_unicode = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        + "\n".join(
            f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar"
            for part in [table.splitlines()[at : at + 100] for at in range(0, len(signs), 100)]
        )
        + "\nendcmap end end"
    )
    font = document.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type0,
            BaseFont=pikepdf.Name("/Song"),
            Encoding=pikepdf.Name("/Identity-H"),
            ToUnicode=document.make_stream(to_unicode.encode()),
            DescendantFonts=[
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Font,
                    Subtype=pikepdf.Name.CIDFontType2,
                    BaseFont=pikepdf.Name("/Song"),
                    CIDSystemInfo=pikepdf.Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
                    DW=1000,
                )
            ],
        )
    )
    code = {sign: f"{n:04x}" for n, sign in enumerate(signs, start=1)}
    for page in pages:
        drawn = "\n".join(f"<{''.join(code[sign] for sign in line)}> Tj 0 -20 Td" for line in page)
        document.add_blank_page()
        document.pages[-1].Contents = document.make_stream(f"BT /F 12 Tf 72 800 Td\n{drawn}\nET".encode())
        document.pages[-1].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
    document.save(file)
    file.seek(0)
    return file


def test_markdown_and_word_are_read_the_same() -> None:
    assert read_file(BytesIO(BRIDGES.encode()), "a.md").digest() == draft_of().digest()
    assert read_file(word(BRIDGES), "a.docx").digest() == draft_of().digest()


def test_a_pdf_breaks_lines_and_pages_where_it_likes() -> None:
    pages = [
        ["某县桥梁管理办法", "第一条 为了管好本县的桥梁，使过；", "桥的人安全，制定本办法。", "- 1 -"],
        [
            "第二条 本办法适用于石桥。",
            "桥的主人叫桥主。",
            "第三条 过桥的人不得有下列行为：",
            "（一）跑；",
            "（二）跳。",
        ],
    ]
    draft = read_file(pdf(pages), "a.pdf")
    assert [one.text for one in draft.provisions] == [
        "为了管好本县的桥梁，使过；桥的人安全，制定本办法。",
        "本办法适用于石桥。\n桥的主人叫桥主。",
        "过桥的人不得有下列行为：\n（一）跑；\n（二）跳。",
    ]


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"x", "a.doc", "只能导入Markdown、纯文本、Word（docx）和PDF文件。"),
        (b"x", "a.docx", "无法读取这个Word文件。"),
        (b"x", "a.pdf", "无法读取这个PDF文件。"),
        ("第一行\n第二行".encode("gb18030"), "a.md", "第1行：文件不是UTF-8编码。"),
        (b"x" * (LARGEST + 1), "a.md", "文件不能超过5MB。"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(data: bytes, name: str, sentence: str) -> None:
    with pytest.raises(LawRefused) as refused:
        read_file(BytesIO(data), name)
    assert refused.value.sentence == sentence


def test_a_pdf_without_text_is_a_scan() -> None:
    document, file = pikepdf.new(), BytesIO()
    document.add_blank_page()
    document.save(file)
    file.seek(0)
    with pytest.raises(LawRefused, match="扫描件"):
        read_file(file, "a.pdf")


def texts(tmp_path: Path) -> list[Path]:
    """The full texts where XINFANG_LAWS says they are, and the invented one everywhere."""
    sample = tmp_path / "某县桥梁管理办法.md"
    sample.write_text(BRIDGES, encoding="utf-8")
    return [sample, *sorted(Path(LAWS).glob("*.md"))] if LAWS else [sample]


def test_every_text_is_read_the_same_from_markdown_and_word(tmp_path: Path) -> None:
    for path in texts(tmp_path):
        with path.open("rb") as file:
            plain = read_file(file, path.name)
        assert len(plain.provisions) >= 6, path.stem
        assert read_file(word(path.read_text(encoding="utf-8")), "a.docx").digest() == plain.digest(), path.stem


def printed(text: str) -> BytesIO:
    """A PDF of it, 38 signs a line and 40 lines a page."""
    lines = [line.lstrip("# ").strip() for line in text.splitlines() if line.strip() and not line.startswith("<!--")]
    cut = [line[at : at + 38] for line in lines for at in range(0, len(line), 38)]
    return pdf([cut[at : at + 40] for at in range(0, len(cut), 40)])


def test_every_text_has_the_same_articles_when_it_is_printed(tmp_path: Path) -> None:
    for path in texts(tmp_path):
        with path.open("rb") as file:
            plain = read_file(file, path.name)
        read = read_file(printed(path.read_text(encoding="utf-8")), "a.pdf")
        assert [one.key for one in read.provisions] == [one.key for one in plain.provisions], path.stem
        if path.stem.startswith("信访条例"):
            assert read.digest() == plain.digest(), path.stem


@pytest.mark.parametrize(
    ("title", "code", "size"), [("信访条例", "tiaoli-2005", 51), ("信访工作条例", "tiaoli-2022", 50)]
)
def test_the_articles_that_come_with_the_system_have_the_shape_of_the_real_ones(
    tmp_path: Path, title: str, code: str, size: int
) -> None:
    carried = next(one for one in packaged.editions() if one.code == code)
    assert [one.number for one in carried.draft.provisions] == list(range(1, size + 1))
    assert all(one.gloss.endswith("。") for one in carried.draft.provisions)
    for path in texts(tmp_path):
        with path.open("rb") as file:
            real = read_file(file, path.name)
        if real.title == title:
            assert shape(real) == shape(carried.draft)
            assert real.in_force_on() == carried.in_force_on
            assert copied(carried.draft, real) == []


def shape(draft: Draft) -> list[object]:
    headings = [(one.number, one.title, one.first) for one in draft.chapters]
    return [*headings, *((one.key, one.clauses, one.chapter) for one in draft.provisions)]


def copied(carried: Draft, real: Draft) -> list[str]:
    """Lines of ours that stand in the text itself."""
    pairs = zip(carried.provisions, real.provisions, strict=True)
    return [mine.gloss for mine, theirs in pairs if mine.gloss.rstrip("。") in theirs.text]
