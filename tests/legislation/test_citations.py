"""What is cited, as of a day; and who cites it."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.legislation.conftest import add
from xinfang.legislation import queries, shelf
from xinfang.legislation.citations import cited_in, spelled
from xinfang.legislation.cited import cite
from xinfang.legislation.models import Citation, Law

NOW, THEN = date(2026, 6, 15), date(2021, 6, 15)
pytestmark = pytest.mark.usefixtures("shelf_full")


@pytest.mark.parametrize(
    ("text", "on", "anchor"),
    [
        ("条例 三十四", NOW, "tiaoli-2022#34"),
        ("条例 三十四", THEN, "tiaoli-2005#34"),
        ("《信访工作条例》第二十二条第一款第（三）项", NOW, "tiaoli-2022#22"),
        ("信访条例第三十三条", THEN, "tiaoli-2005#33"),
        ("根据信访工作条例第三十一条第六项", NOW, "tiaoli-2022#31"),
        ("条例第34条", NOW, "tiaoli-2022#34"),
    ],
)
def test_a_citation_leads_to_its_article_as_of_the_day(text: str, on: date, anchor: str) -> None:
    found = queries.resolve(text, on)
    assert found.article is not None
    assert (found.article.anchor, found.sentence) == (anchor, "")


@pytest.mark.parametrize(
    ("text", "on", "sentence"),
    [
        ("民法典 二百零三", NOW, "《民法典》的条文尚未导入，法规库只知道名称。"),
        ("《信访工作条例》第九十九条", NOW, "《信访工作条例》没有第九十九条。"),
        ("《信访工作条例》第二十二条第三款", NOW, "第二十二条没有第三款。"),
        ("《信访工作条例》第二十二条第一款第（四）项", NOW, "第二十二条没有第（四）项。"),
        ("《信访工作条例》第三十四条", THEN, "《信访工作条例》在2021-06-15还没有施行。"),
        ("《陕西省信访条例》第五条", NOW, "法规库里没有《陕西省信访条例》。"),
    ],
)
def test_a_citation_that_leads_nowhere_says_why(text: str, on: date, sentence: str) -> None:
    found = queries.resolve(text, on)
    assert (found.article, found.sentence) == (None, sentence)


def test_a_repealed_article_names_the_one_that_took_its_place() -> None:
    found = queries.resolve("信访条例第三十三条", NOW)
    assert found.sentence == "《信访条例》已于2022-05-01废止，由《信访工作条例》接替。"
    assert found.instead == ("tiaoli-2022#34",)


def test_one_text_cites_several_articles_of_several_laws() -> None:
    text = "依据《信访工作条例》第三十二条、第三十四条和《民法典》第二百零三条的规定"
    assert [(one.name, one.number) for one in cited_in(text)] == [
        ("信访工作条例", 32),
        ("信访工作条例", 34),
        ("民法典", 203),
    ]
    assert [text[one.start : one.end] for one in cited_in(text)][1:] == ["第三十四条", "《民法典》第二百零三条"]


def test_a_citation_spelled_out_is_read_the_same() -> None:
    one = cited_in("条例 二十二、三十一")[1]
    assert spelled(one) == "《条例》第三十一条"
    assert queries.resolve(spelled(one), NOW).article.anchor == "tiaoli-2022#31"  # type: ignore[union-attr]


def test_what_cites_an_article_or_its_law_is_found() -> None:
    cite(["《信访工作条例》第三十二条", "《物业管理条例》"], subject=("petition", 7), on=NOW)
    cite(["条例 三十二"], subject=("petition", 8), on=NOW)
    article = queries.article("tiaoli-2022#32")
    assert article is not None
    assert set(queries.subjects_citing(article, "petition")) == {7, 8}
    assert set(queries.subjects_citing_law(Law.objects.get(code="wuye-tiaoli"), "petition")) == {7}
    assert set(queries.subjects_citing_law(article.version.law, "petition")) == {7, 8}


def test_what_cites_twice_is_noted_once() -> None:
    for _n in range(2):
        cite(["条例 三十二", "《民法典》"], subject=("petition", 7), on=NOW)
    assert Citation.objects.count() == 2


def test_a_citation_costs_two_statements_at_most_and_none_where_nothing_is_cited() -> None:
    shelf.current()
    for texts, most in (
        (["条例 三十二", "信访工作条例第三十四条", "《民法典》"], 2),
        (["《民法典》"], 1),
        (["按规定"], 0),
    ):
        with CaptureQueriesContext(connection) as captured:
            cite(texts, subject=("petition", 7), on=NOW)
        assert sum("SAVEPOINT" not in one["sql"] for one in captured) <= most


def test_a_new_version_is_noticed_at_once(bridges: Law) -> None:
    assert queries.resolve("某县桥梁管理办法第四条", NOW).article is None
    add(bridges)
    assert queries.resolve("某县桥梁管理办法第四条", NOW).article is not None
    assert queries.resolve("某县桥梁管理办法第三条之一", NOW).article.key == "3-1"  # type: ignore[union-attr]
