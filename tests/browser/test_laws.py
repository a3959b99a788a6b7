"""The law library in Chromium: axe has nothing to say and nothing runs off a narrow screen."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.test_axe import look, look_again
from tests.cast import Cast, Life
from tests.legislation.conftest import AT, BRIDGES, HAND, LATER, bring
from xinfang.legislation import library
from xinfang.petitions import actions
from xinfang.petitions.actions.opinion import AnswerText
from xinfang.petitions.codes import OpinionResult

SitDown = Callable[[str], Page]
BASIS = "《信访工作条例》第三十二条、第三十四条，《物业管理条例》"


@pytest.fixture(autouse=True)
def _library(cast: Cast) -> None:
    library.load(by=HAND, at=AT)


def test_the_library_and_an_article(sit_down: SitDown, cast: Cast) -> None:
    life = Life(cast).until("handle")
    answer = AnswerText("漏水属实。", BASIS, OpinionResult.SUPPORTED)
    answers = {demand.n: answer for demand in life.petition.demands.all()}
    by, at = life.handler, life.later()
    actions.draft_opinion(life.assignment, answers=answers, remedy_organ="临潼区人民政府", by=by, at=at)
    page = sit_down("dispatcher")
    assert look(page, "/desk/laws/", "laws") == []
    assert look(page, "/desk/laws/?on=2021-01-01&words=复查", "laws-found") == []
    assert look(page, "/desk/laws/?on=x", "laws-wrong") == []
    assert look(page, "/desk/laws/xinfang-gongzuo-tiaoli/", "law") == []
    assert look(page, "/desk/laws/minfadian/", "law-by-name") == []
    assert look(page, "/desk/laws/articles/tiaoli-2022/32/", "article") == []
    assert look(page, "/desk/laws/articles/tiaoli-2005/33/", "article-repealed") == []
    assert look(page, "/desk/laws/wuye-tiaoli/citing/", "law-citing") == []
    assert look(page, "/desk/laws/cite/?text=信访条例第三十三条", "law-cite") == []
    page = sit_down("street_handler")
    assert look(page, f"/desk/petitions/{life.petition.number}/", "petition-that-cites") == []
    page.click(".clocks .hint a >> nth=0")
    assert "/desk/laws/articles/tiaoli-2022/" in page.url


def test_two_versions_beside_each_other(sit_down: SitDown, cast: Cast) -> None:
    bring(BRIDGES, code="bridges")
    bring(LATER, replaces=True)
    page = sit_down("registrar")
    assert look(page, "/desk/laws/compare/bridges-2020/bridges-2024/", "law-compare") == []
    assert look(page, "/desk/laws/bridges/", "law-with-text") == []
    assert look(page, "/desk/laws/compare/tiaoli-2005/tiaoli-2022/", "law-compare-glosses") == []


def test_an_import_is_looked_over_and_a_version_repealed(sit_down: SitDown, cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "law.md"
    file.write_text(BRIDGES, encoding="utf-8")
    page = sit_down("administrator")
    assert look(page, "/desk/laws/import/", "law-import") == []
    page.click("button.main:visible")
    assert look_again(page, "law-import-wrong") == []
    page.set_input_files("[name=file]", file)
    page.select_option("[name=kind]", "policy")
    page.select_option("[name=level]", "county")
    page.click("[name=step]")
    assert look_again(page, "law-import-looked") == []
    page.click("button.main:visible")
    assert look_again(page, "law-imported") == []
    code = page.url.rstrip("/").split("/")[-2]
    assert look(page, f"/desk/laws/{code}/repeal/", "law-repeal") == []
