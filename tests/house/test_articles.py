"""Every article that the code names is one that the library carries, or a law that it knows by name."""

import ast
import re
from collections.abc import Iterator
from datetime import date

import pytest
from django.utils import timezone

from tools import marked
from xinfang.deadlines.terms import Clock, Term, term
from xinfang.legislation import library, queries
from xinfang.legislation.citations import references
from xinfang.petitions.codes import STATUTORY, Procedure
from xinfang.petitions.openings import moves
from xinfang.trace.acts import Hand

TODAY = date(2026, 6, 15)
ON_PAPER = re.compile(r"《信访工作条例》第[一二三四五六七八九十、第条款项（）]+")
"""The basis that a paper cites, word for word."""
# By name only until someone imports their text; no article of them is claimed.
BY_NAME = {"本级工作制度", "档案法实施条例", "《信访事项简易办理办法》", "本级工作惯例", "本级听证工作惯例"}


def written() -> Iterator[tuple[str, str, date]]:
    """Where an article stands in the code, the article, and the day it is read as of."""
    for verb, move in moves().items():
        yield f"moves: {verb}", move.article, TODAY
    for clock in Clock:
        one: Term = term(clock, TODAY)
        yield f"terms: {clock}", one.article, max(one.since, date(2005, 5, 1))
    for file in marked.modules():
        for node in ast.walk(marked.tree(file)):
            if isinstance(node, ast.keyword) and node.arg == "article" and isinstance(node.value, ast.Constant):
                yield f"{file.name}:{node.value.lineno}", str(node.value.value), TODAY
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and ON_PAPER.fullmatch(node.value):
                yield f"{file.name}:{node.lineno}", node.value, TODAY


def wrong(article: str, on: date) -> str:
    """The sentence of the first citation that leads nowhere."""
    if article.rsplit("，", maxsplit=1)[-1] in BY_NAME or not article:
        return ""
    found = queries.resolve_all([article], on)
    return next((one.sentence for one in found if one.article is None), "" if found else "?")


@pytest.fixture
def _library(db: None) -> None:
    library.load(by=Hand.system("test"), at=timezone.now())


@pytest.mark.usefixtures("_library")
def test_every_article_the_code_names_is_in_the_library() -> None:
    found = [(where, article, said) for where, article, on in written() if (said := wrong(article, on))]
    assert found == []


def test_the_basis_of_papers_is_among_them() -> None:
    found = {article for _where, article, _on in written() if article.startswith("《信访工作条例》")}
    assert {
        "《信访工作条例》第三十四条",
        "《信访工作条例》第三十一条第（六）项",
        "《信访工作条例》第二十三条第三款",
    } <= found


@pytest.mark.usefixtures("_library")
def test_an_article_that_is_not_there_would_be_found() -> None:
    assert wrong("条例 五十一", TODAY) == "《信访工作条例》没有第五十一条。"
    assert wrong("《信访工作条例》第二十二条第一款第（四）项", TODAY) != ""
    assert wrong("民法典 二百零三", TODAY) != ""


@pytest.mark.usefixtures("_library")
def test_what_is_known_by_name_only_is_on_the_shelf() -> None:
    assert all(queries.resolve(name, TODAY).law for name in BY_NAME)


def test_every_article_the_code_names_is_read_as_one() -> None:
    assert [article for _where, article, _on in written() if article and not references(article)] == []
    assert len(list(written())) > 40


def test_each_procedure_is_told_under_its_own_item() -> None:
    """按法定途径处理告知书 cites article 31 by the place of the procedure in this table."""
    courts, arbitration, party, administration, duty = STATUTORY
    items = {
        courts: "（一）应当通过审判机关诉讼程序或者复议程序、检察机关……公安机关法律程序处理的",
        arbitration: "（二）应当通过仲裁解决的",
        party: "（三）可以通过党员申诉、申请复审等解决的",
        administration: "（四）可以通过行政复议、行政裁决、行政确认、行政许可、行政处罚等行政程序解决的",
        duty: "（五）属于申请查处违法行为、履行保护人身权或者财产权等合法权益职责的",
    }
    assert list(items) == [
        Procedure.JUDICIAL,
        Procedure.ARBITRATION,
        Procedure.PARTY_APPEAL,
        Procedure.ADMINISTRATIVE,
        Procedure.DUTY_PERFORMANCE,
    ]
