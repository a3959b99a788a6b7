"""法规库 as officers see it: what is in force on a day, an article and who cites it, versions side by side, imports."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast, Life
from tests.desk.hall import signed_in, words
from tests.legislation.conftest import AT, BRIDGES, HAND, bring
from xinfang.desk.templatetags.laws import article_link
from xinfang.legislation import library, shelf
from xinfang.legislation.models import Article, Citation, Version
from xinfang.petitions import actions
from xinfang.petitions.actions.opinion import AnswerText
from xinfang.petitions.codes import OpinionResult

Browse = Callable[[str], Client]
BASIS = "《信访工作条例》第三十二条"


@pytest.fixture(autouse=True)
def _library(db: None) -> None:
    library.load(by=HAND, at=AT)


def answered(cast: Cast, basis: str = BASIS, **changes: object) -> Life:
    """A petition whose opinion is drafted on that basis."""
    life = Life(cast, **changes).until("handle")
    answer = AnswerText("漏水属实。", basis, OpinionResult.SUPPORTED)
    answers = {demand.n: answer for demand in life.petition.demands.all()}
    by, at = life.handler, life.later()
    actions.draft_opinion(life.assignment, answers=answers, remedy_organ="临潼区人民政府", by=by, at=at)
    return life


def test_the_list_shows_what_is_in_force_on_the_day_that_is_asked_for(cast: Cast) -> None:
    client = signed_in(cast.registrar)
    now, then = (words(client.get("/desk/laws/", {"on": day})) for day in ("2026-06-15", "2021-06-15"))
    assert "?version=tiaoli-2022" in now
    assert "?version=tiaoli-2005" not in now
    assert "?version=tiaoli-2005" in then


def test_words_are_found_in_our_lines_and_in_imported_texts(cast: Cast) -> None:
    client = signed_in(cast.registrar)
    assert "《信访工作条例》第三十四条" in words(client.get("/desk/laws/", {"words": "六十日"}))
    bring(BRIDGES, code="bridges")
    assert "某县桥梁管理办法" in words(client.get("/desk/laws/", {"words": "扫桥"}))


def test_a_wrong_day_is_said_beside_its_field(cast: Cast) -> None:
    assert signed_in(cast.registrar).get("/desk/laws/", {"on": "2026-02-30"}).status_code == 422


def test_an_article_shows_where_it_came_from(cast: Cast) -> None:
    page = words(signed_in(cast.registrar).get("/desk/laws/articles/tiaoli-2022/34/"))
    assert "/desk/laws/articles/tiaoli-2005/33/" in page
    assert "不能代替原文" in page


def test_an_article_lists_the_open_petitions_that_cite_it_to_those_who_may_see_them(cast: Cast) -> None:
    life = answered(cast)
    address = "/desk/laws/articles/tiaoli-2022/32/"
    assert life.petition.number in words(signed_in(cast.dispatcher).get(address))
    assert life.petition.number in words(signed_in(cast.street_handler).get(address))
    assert life.petition.number not in words(signed_in(cast.dept_handler).get(address))
    assert life.petition.number in words(signed_in(cast.dispatcher).get("/desk/laws/xinfang-gongzuo-tiaoli/citing/"))


def test_a_petition_that_is_closed_is_not_listed(cast: Cast) -> None:
    life = answered(cast)
    life.issue_opinion()
    life.deliver()
    page = words(signed_in(cast.dispatcher).get("/desk/laws/articles/tiaoli-2022/32/"))
    assert life.petition.number not in page


def test_a_sealed_petition_stands_in_no_index(cast: Cast) -> None:
    from tests.cast import registered
    from xinfang.petitions.actions.opinion import _cite
    from xinfang.petitions.models import Answer

    petition = registered(cast, is_confidential=True).petition
    _cite(petition, [Answer(basis=BASIS)], AT)
    assert not Citation.objects.exists()


def test_an_opinion_costs_two_statements_more_for_what_it_cites(cast: Cast) -> None:
    shelf.current()
    with CaptureQueriesContext(connection) as plain:
        answered(cast, "按规定办理")
    with CaptureQueriesContext(connection) as cited:
        answered(cast)
    assert len(cited) - len(plain) <= 2


def test_a_citation_is_followed_to_its_article_as_of_the_day(cast: Cast) -> None:
    client = signed_in(cast.registrar)
    found = client.get("/desk/laws/cite/", {"text": "条例 三十三", "on": "2021-06-15"})
    assert found.headers["Location"] == "/desk/laws/articles/tiaoli-2005/33/"
    told = words(client.get("/desk/laws/cite/", {"text": "信访条例第三十三条"}))
    assert "已于2022-05-01废止" in told
    assert "/desk/laws/articles/tiaoli-2022/34/" in told


def test_a_text_links_each_article_it_cites_and_nothing_else() -> None:
    link = unquote(article_link("依据条例 二十二、三十一 <b>办理", date(2026, 6, 15)))
    assert link.count("<a href=") == 2
    assert "《条例》第三十一条" in link
    assert "&lt;b&gt;" in link
    assert "<a" not in article_link("本级工作制度")


def test_the_norm_of_a_move_and_the_basis_of_an_opinion_lead_to_their_articles(cast: Cast) -> None:
    life = answered(cast)
    page = words(signed_in(cast.street_handler).get(reverse("desk:petition", args=[life.petition.number])))
    assert page.count("/desk/laws/cite/?text=") >= 3


def test_the_library_speaks_english_and_says_that_the_law_does_not(cast: Cast) -> None:
    client = signed_in(cast.registrar)
    life = answered(cast)
    page = words(client.get("/desk/laws/articles/tiaoli-2022/34/", headers={"accept-language": "en"}))
    assert "Article 34" in page
    assert 'lang="zh-Hans"' in words(signed_in(cast.dispatcher).get(f"/desk/petitions/{life.petition.number}/"))


def test_two_versions_stand_side_by_side(cast: Cast) -> None:
    page = words(signed_in(cast.registrar).get("/desk/laws/compare/tiaoli-2005/tiaoli-2022/"))
    assert "第三十三条 → 第三十四条" in page
    assert "新增 14 条" in page


def imported(client: Client, **form: object) -> object:
    said = {"kind": "policy", "level": "county", "text": BRIDGES, "in_force_on": "", "repealed_on": "", "succeeds": ""}
    return client.post("/desk/laws/import/", {**said, **form})


def test_a_file_is_shown_as_it_would_stand_before_it_is_imported(cast: Cast) -> None:
    client = signed_in(cast.administrator)
    file = SimpleUploadedFile("a.md", BRIDGES.encode())
    looked = imported(client, text="", file=file)
    assert "读到的内容，还没有导入" in words(looked)
    assert "夜里过桥要点灯" in words(looked)
    assert not Version.objects.filter(law__title="某县桥梁管理办法").exists()
    done = imported(client)
    assert done.status_code == 302
    assert Article.objects.filter(version__law__title="某县桥梁管理办法").count() == 6


def test_a_refused_file_says_line_and_reason_and_keeps_what_was_typed(cast: Cast) -> None:
    answer = imported(signed_in(cast.administrator), text=BRIDGES.replace("第二条 本", "第四条 本"), issuer="某县")
    assert answer.status_code == 422
    assert "第11行：第一条之后是第四条" in words(answer)
    assert 'value="某县"' in words(answer)


def test_a_repeal_leads_to_the_petitions_that_have_to_be_looked_at_again(cast: Cast) -> None:
    life = answered(cast)
    client = signed_in(cast.administrator)
    answer = client.post("/desk/laws/xinfang-gongzuo-tiaoli/repeal/", {"on": "2027-01-01", "successor": ""})
    assert answer.headers["Location"] == "/desk/laws/xinfang-gongzuo-tiaoli/citing/"
    assert Version.objects.get(code="tiaoli-2022").repealed_on == date(2027, 1, 1)
    assert life.petition.number in words(signed_in(cast.bureau_head).get(answer.headers["Location"]))
    assert client.get("/desk/laws/xinfang-gongzuo-tiaoli/repeal/").status_code == 404


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/desk/laws/", 8),
        ("/desk/laws/xinfang-gongzuo-tiaoli/", 10),
        ("/desk/laws/articles/tiaoli-2022/34/", 9),
        ("/desk/laws/xinfang-gongzuo-tiaoli/citing/", 8),
        ("/desk/laws/compare/tiaoli-2005/tiaoli-2022/", 8),
    ],
)
def test_a_page_of_the_library_costs_a_fixed_number_of_statements(cast: Cast, path: str, most: int) -> None:
    client = signed_in(cast.dispatcher)
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    assert len(captured) <= most


def test_a_moment_is_read_as_of_its_day_on_the_countys_clock() -> None:
    night = datetime(2026, 11, 30, 18, 22, tzinfo=UTC)
    assert "on=2026-12-01" in article_link("条例 二十二", night)
