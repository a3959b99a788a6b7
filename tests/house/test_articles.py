"""Every article that the code names is one that the library carries, or a law that it knows by name."""

import ast
from collections.abc import Iterator
from datetime import date

import pytest
from django.utils import timezone

from tools import marked
from xinfang.deadlines.terms import Clock, Term, term
from xinfang.legislation import library, queries
from xinfang.legislation.citations import references
from xinfang.petitions.queries import moves
from xinfang.trace.acts import Hand

TODAY = date(2026, 6, 15)
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
