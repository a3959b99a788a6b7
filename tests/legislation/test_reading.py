"""Texts into articles."""

import pytest

from tests.legislation.conftest import BRIDGES, LATER, draft_of
from xinfang.legislation import numerals
from xinfang.legislation.errors import LawRefused
from xinfang.legislation.reading import read


def test_a_law_is_read_by_its_articles_clauses_and_items() -> None:
    draft = draft_of()
    assert draft.title == "中华人民共和国某县桥梁管理办法"
    assert [(one.key, one.clauses) for one in draft.provisions] == [
        ("1", (0,)),
        ("2", (0, 0)),
        ("3", (3,)),
        ("3-1", (0,)),
        ("4", (0,)),
        ("5", (0,)),
    ]
    assert [(one.number, one.title, one.first) for one in draft.chapters] == [(1, "总则", 1), (2, "过桥", 3)]


def test_lines_between_two_items_that_follow_on_belong_to_the_first() -> None:
    assert "这样的人不少。" in draft_of().provisions[2].text
    assert draft_of().provisions[2].clauses == (3,)


def test_the_text_itself_names_its_first_day() -> None:
    assert str(draft_of().in_force_on()) == "2020-05-01"


def test_an_amended_law_that_still_names_its_very_first_day_names_none() -> None:
    amended = BRIDGES.replace("2020年3月1日 某县人民政府公布", "2020年3月1日 公布\n2023年9月1日 修正")
    assert draft_of(amended).in_force_on() is None


def test_what_is_written_out_again_reads_the_same() -> None:
    draft = draft_of(LATER)
    assert read(list(enumerate(draft.written().splitlines(), start=1))).digest() == draft.digest()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "文件里没有文字。"),
        ("# 关于过年放假的通知\n\n一、放七天。\n", "第1行：没有找到“第一条”"),
        (BRIDGES.replace("第二条 本", "第三条 本"), "第11行：第一条之后是第三条，条文编号应当连续。"),
        (BRIDGES.replace("第四条 违反规定的，罚扫桥3日。", "第四条"), "第31行：第四条没有内容。"),
        ("第一条 没有标题的法。", "第1行：第一行应当是标题。"),
    ],
)
def test_a_file_that_is_no_law_with_articles_is_refused_with_line_and_reason(text: str, sentence: str) -> None:
    with pytest.raises(LawRefused) as refused:
        draft_of(text)
    assert refused.value.sentence.startswith(sentence)


@pytest.mark.parametrize("number", [1, 9, 10, 11, 20, 34, 99, 100, 101, 110, 203, 1000, 1010, 1260])
def test_a_numeral_read_again_is_the_number_that_was_written(number: int) -> None:
    assert numerals.read(numerals.write(number)) == number


@pytest.mark.parametrize(
    ("number", "numeral"), [(10, "十"), (34, "三十四"), (102, "一百零二"), (110, "一百一十"), (1260, "一千二百六十")]
)
def test_numerals_are_written_as_laws_write_them(number: int, numeral: str) -> None:
    assert numerals.write(number) == numeral
