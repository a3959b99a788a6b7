"""Every kind of paper is laid out whole, in the official frame, and looks as it looked when somebody looked at it."""

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pypdf
import pypdfium2
import pytest
from django.utils import translation
from PIL import Image

from tests.documents import pictures
from tests.documents.samples import DATA, FOUND, data_of, issuer_of, printed
from xinfang.documents import codes, house_words, layout, wording
from xinfang.documents.elements import TEMPLATES
from xinfang.documents.kinds import PaperKind
from xinfang.documents.layout import texts_in
from xinfang.documents.typesetting import Printed

OPINION = PaperKind.HANDLING_OPINION
MM = 72 / 25.4


@pytest.fixture(autouse=True)
def _in_chinese() -> Iterator[None]:
    with translation.override("zh-hans"):
        yield


def pages(made: Printed) -> list[str]:
    """The words of each page, without the spaces that setting puts between them."""
    return ["".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(made.pdf)).pages]


def bare(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("kind", list(PaperKind))
def test_every_field_of_every_kind_stands_on_the_paper(kind: PaperKind) -> None:
    made = printed(kind)
    said = "".join(pages(made))
    values = {name: layout._said(name, value) for name, value in data_of(kind).items()}
    texts = ["".join(layout._said("", cell) for cell in text.split("　")) for text in texts_in(values)]
    missing = [text for text in texts if bare(text).rstrip("。") not in said and not text.isdigit()]
    assert missing == []
    assert bare(house_words.default(kind).title) in said
    assert bare(issuer_of(kind)) in said
    assert "2026年6月15日" in said
    assert len(pages(made)) == made.pages


def test_every_kind_has_its_sample_that_says_what_its_template_asks_for() -> None:
    assert {kind: set(data) for kind, data in DATA.items()} == {kind: set(TEMPLATES[kind].fields) for kind in PaperKind}


@pytest.mark.parametrize("kind", list(PaperKind))
def test_it_looks_as_it_looked_and_says_what_it_said(kind: PaperKind) -> None:
    """`python -m tests.documents.pictures` draws them anew, to be looked at."""
    pdf = printed(kind).pdf
    with Image.open(pictures.FOLDER / f"{kind.value}.png") as kept:
        assert pictures.difference(pictures.of(pdf), kept.convert("L")) < 1.5
    assert pictures.words(pdf) == (pictures.FOLDER / f"{kind.value}.txt").read_text(encoding="utf-8")


def test_another_paper_would_be_seen() -> None:
    with Image.open(pictures.FOLDER / "extension_notice.png") as kept:
        other = pictures.of(printed(PaperKind.SUPPLEMENT_NOTICE).pdf)
        assert pictures.difference(other, kept.convert("L")) > 4


def test_a_paper_that_lost_one_line_would_be_seen() -> None:
    with Image.open(pictures.FOLDER / "extension_notice.png") as kept:
        wording = house_words.default(PaperKind.EXTENSION_NOTICE)
        shorter = printed(PaperKind.EXTENSION_NOTICE, wording=replace(wording, closing="")).pdf
        assert pictures.difference(pictures.of(shorter), kept.convert("L")) > 1.5


@pytest.mark.parametrize("kind", list(PaperKind))
def test_every_kind_of_the_house_has_a_layout_that_loses_none_of_its_elements(kind: PaperKind) -> None:
    wording.refuse_incomplete(kind, house_words.default(kind))


def test_a_kind_without_words_of_its_own_prints_its_labels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(house_words.DEFAULTS, PaperKind.CO_LETTER)
    said = "".join(pages(printed(PaperKind.CO_LETTER)))
    for name, label in TEMPLATES[PaperKind.CO_LETTER].fields.items():
        assert name == "to" or str(label) in said


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert printed(OPINION).pdf == printed(OPINION).pdf


def test_the_sheet_is_a4_with_the_margins_of_official_papers() -> None:
    opened = pypdfium2.PdfDocument(printed(OPINION, data_of(OPINION) | {"answers": _long(9)}).pdf)
    page = opened[1]
    assert [round(side / MM) for side in page.get_size()] == [210, 297]
    picture = page.render(scale=2).to_pil().convert("L")
    opened.close()
    text = picture.crop((0, round(34 * MM * 2), picture.width, round(265 * MM * 2)))
    left, top, right, _bottom = text.point(lambda dot: 255 if dot < 128 else 0).getbbox() or (0, 0, 0, 0)
    assert abs(left / 2 / MM - 28) < 1
    assert abs((picture.width - right) / 2 / MM - 26) < 1
    assert abs(top / 2 / MM + 34 - 37) < 1.5


def test_a_page_holds_twenty_two_lines() -> None:
    """GB/T 9704: 22 lines of 28 characters, a line every 28.95 pt."""
    long = data_of(PaperKind.DIRECT_REPLY) | {"reply": FOUND * 40}
    opened = pypdfium2.PdfDocument(printed(PaperKind.DIRECT_REPLY, long).pdf)
    page = opened[1].get_textpage()
    boxes = [page.get_charbox(n, loose=True) for n in range(page.count_chars())]
    bottoms = [bottom for _left, bottom, _right, top in boxes if 99 < bottom < 745 and top - bottom > 12]
    opened.close()
    places = [(max(bottoms) - bottom) / 28.95 for bottom in bottoms]
    assert {round(place) for place in places} == set(range(22))
    assert all(abs(place - round(place)) < 0.05 for place in places)


def _long(count: int) -> list[dict[str, Any]]:
    one = {"demand": "修好屋顶", "finding": FOUND * 3, "basis": "《物业管理条例》第三十五条", "result": "支持"}
    return [{"n": n, **one} for n in range(1, count + 1)]


@pytest.mark.parametrize("count", range(1, 12))
def test_no_page_bears_the_signature_alone(count: int) -> None:
    """However long the opinion: the remedy stands on the page of the seal, whole."""
    last = pages(printed(OPINION, data_of(OPINION) | {"answers": _long(count)}))[-1]
    assert "对本意见不服的，可自收到本意见书之日起30日内向临潼区人民政府申请复查。" in last
    assert f"{issuer_of(OPINION)}2026年6月15日" in last


def test_each_demand_is_numbered_with_its_facts_its_basis_and_its_result() -> None:
    said = "".join(pages(printed(OPINION)))
    assert said.index("一、关于“修好屋顶”") < said.index("二、关于“赔偿损失”")
    assert said.count("查明的事实：") == said.count("依据：") == said.count("处理意见：") == 2


def test_an_opinion_that_was_frozen_as_lines_is_printed_as_lines() -> None:
    old = "1. 修好屋顶 经查：属实。 依据：《物业管理条例》 结果：支持。"
    assert bare(old) in "".join(pages(printed(OPINION, data_of(OPINION) | {"answers": [old]})))


def test_what_a_person_wrote_is_no_markup() -> None:
    evil = '#panic("x") $a$ *b* @c <d> \\ [e] {to} 2026-01-02'
    made = printed(PaperKind.DIRECT_REPLY, data_of(PaperKind.DIRECT_REPLY) | {"reply": evil})
    assert bare(evil) in "".join(pages(made))


def test_three_hundred_attachments_make_a_long_paper_with_a_code_on_every_page() -> None:
    matters = [f"{n}. 附件{n}：房屋照片和修缮合同复印件" for n in range(1, 301)]
    made = printed(PaperKind.DIRECT_REPLY, data_of(PaperKind.DIRECT_REPLY) | {"matters": matters})
    said = pages(made)
    assert made.pages > 10
    assert all(f"{codes.serial_of(7)}-{n}" in page for n, page in enumerate(said, start=1))
    assert "附件300" in "".join(said)


def test_a_character_that_no_font_has_leaves_room_for_the_pen() -> None:
    made = printed(OPINION, data_of(OPINION) | {"to": "王㐀𠀀兰"})
    assert made.lacking == ("㐀", "𠀀")
    said = "".join(pages(made))
    assert "王\uff3f\uff3f兰：" in said
    assert "㐀" not in said


def test_the_rare_characters_of_names_are_there() -> None:
    assert printed(OPINION, data_of(OPINION) | {"to": "王堃喆玥翀赟龑犇骉镕昇璟垚䶮㛃𬭎"}).lacking == ()


def test_a_second_copy_is_marked() -> None:
    assert "补打第2份" in pages(printed(OPINION, mark="补打　第2份"))[0]


@pytest.mark.parametrize(("n", "said"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (86, "八十六")])
def test_demands_are_numbered_as_officials_number(n: int, said: str) -> None:
    assert layout.numeral(n) == said


def test_an_index_is_a_table_with_its_heads() -> None:
    lines = [f"{n}　临信访字〔2026〕转 {n} 号　区信访局　转送函　2026-06-{n:02d}　{n}　原件" for n in range(1, 9)]
    data = data_of(PaperKind.ARCHIVE_INDEX)
    said = "".join(pages(printed(PaperKind.ARCHIVE_INDEX, data | {"lines": lines})))
    assert "顺序号文号责任者题名日期页号备注" in said
    assert "8临信访字〔2026〕转8号区信访局转送函2026年6月8日8原件" in said


def test_an_index_of_a_volume_bound_before_has_the_heads_of_its_day() -> None:
    data = {name: value for name, value in data_of(PaperKind.ARCHIVE_INDEX).items() if name != "lines"}
    said = "".join(pages(printed(PaperKind.ARCHIVE_INDEX, data | {"items": ["1　—　区信访局　转送函　2026-06-08　1"]})))
    assert "顺序号文号责任者题名日期页号" in said
    assert "备注" not in said
    assert "区信访局转送函2026年6月8日1" in said


@pytest.mark.parametrize(
    ("lacking", "heads"),
    [
        ((), ["一、经过", "二、期限", "三、依据"]),
        (("process",), ["二、期限", "三、依据"]),
        (("due",), ["一、经过", "二、期限", "三、依据"]),
        (("due", "feedback_due"), ["一、经过", "三、依据"]),
    ],
)
def test_a_heading_goes_with_the_last_of_its_lines_and_no_sooner(lacking: tuple[str, ...], heads: list[str]) -> None:
    """The last one stands over the closing words, as a county may write it."""
    body = "一、经过\n{process}\n二、期限\n办理期限：{due}。\n反馈期限：{feedback_due}。\n三、依据"
    values = {name: "某" for name in ("process", "due", "feedback_due") if name not in lacking}
    lines = layout._spoken(wording.Wording(title="函", body=body), values)
    assert [line for line in lines if "、" in line] == heads


def test_words_that_leave_out_what_a_kind_holds_by_now_give_way_to_its_labels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(house_words.DEFAULTS, PaperKind.CO_LETTER, wording.Wording(title="函", body="{number}"))
    assert house_words.default(PaperKind.CO_LETTER).body == "{rows}"
