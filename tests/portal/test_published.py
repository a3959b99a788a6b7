"""公开信息: what anybody reads, without an account, a cookie or a script."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import Cast, registered
from tests.portal.conftest import text
from tests.publishing.texts import BODY, TITLE, drafted, released
from xinfang.publishing import actions
from xinfang.publishing.models import Column


def test_what_is_released_stands_in_the_hall_in_its_column_and_alone(client: Client, cast: Cast) -> None:
    guide, case = released(cast), released(cast, Column.CASES, title="督促物业修好屋顶", body="一户居民反映。")
    drafted(cast, title="还是草稿")
    hall = text(client.get("/news/"))
    assert TITLE in hall
    assert "督促物业修好屋顶" in hall
    assert "还是草稿" not in hall
    assert TITLE in text(client.get("/news/guide/"))
    assert TITLE not in text(client.get("/news/cases/"))
    page = client.get(f"/news/{guide.pk}/")
    assert "<p>保修期内的，由开发单位负责。</p>" in text(page)
    assert page.cookies == {}
    assert f"/news/{case.pk}/" in text(client.get("/news/cases/"))


def test_the_first_questions_stand_on_the_front_page(client: Client, cast: Cast) -> None:
    assert "办事问答" not in text(client.get("/"))
    for n in range(6):
        released(cast, title=f"第{n}个问题？")
    page = text(client.get("/"))
    assert page.count("个问题？") == 4
    assert 'href="/news/guide/"' in page


def test_what_is_withdrawn_is_a_line_with_its_reason(client: Client, cast: Cast) -> None:
    publication = released(cast)
    actions.withdraw(publication, reason="政策已经调整。", by=cast.bureau_head, at=timezone.now())
    page = client.get(f"/news/{publication.pk}/")
    assert page.status_code == 410
    assert "政策已经调整。" in text(page)
    assert BODY.split("\n")[0] not in text(page)
    assert "<del>" in text(client.get("/news/guide/"))
    assert TITLE not in text(client.get("/news/"))


def test_a_title_that_must_go_is_nowhere(client: Client, cast: Cast) -> None:
    publication = released(cast)
    reason = {"reason": "标题写错。", "hides_title": True}
    actions.withdraw(publication, **reason, by=cast.bureau_head, at=timezone.now())
    for path in (f"/news/{publication.pk}/", "/news/guide/", "/news/"):
        assert TITLE not in text(client.get(path))
    assert "标题写错。" in text(client.get("/news/guide/"))


def test_a_script_in_a_text_is_shown_as_text(client: Client, cast: Cast) -> None:
    publication = released(cast, body="<script>alert(1)</script>")
    page = text(client.get(f"/news/{publication.pk}/"))
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_words_are_found_and_nothing_found_is_said(client: Client, cast: Cast) -> None:
    publication = released(cast)
    assert f"/news/{publication.pk}/" in text(client.get("/news/search/", {"words": "漏水 物业"}))
    assert "没有找到有“拆迁”的内容" in text(client.get("/news/search/", {"words": "拆迁"}))
    for words in ("", "\0", "x" * 500, "%", "'"):
        assert client.get("/news/search/", {"words": words}).status_code == 200


def test_a_column_is_paged_by_key(client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xinfang.portal.published.SIZE", 2)
    for n in range(3):
        released(cast, title=f"第{n}篇")
    first = client.get("/news/guide/")
    assert [row.shown.title for row in first.context["rows"]] == ["第2篇", "第1篇"]
    second = client.get("/news/guide/", {"after": first.context["after"]})
    assert [row.shown.title for row in second.context["rows"]] == ["第0篇"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/news/1/", "/news/99999999999999999999/", "/news/nothing/"])
def test_what_is_not_there_is_not_there(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_open_figures_say_n_and_hide_what_is_small(client: Client, cast: Cast) -> None:
    for _n in range(9):
        registered(cast, people=())
    registered(cast, people=(), category="999900")
    page = text(client.get("/news/figures/", {"year": "2026"}))
    assert "n = 10" in page
    assert "不显示" in page
    for asked in ({"by": "street"}, {"by": "month", "year": "2007"}, {"by": "person", "year": "1900"}):
        answer = client.get("/news/figures/", asked)
        assert answer.status_code == 200
        assert "n = " in text(answer)


def test_the_pages_cost_a_fixed_number_of_statements(
    client: Client, cast: Cast, django_assert_num_queries: Any
) -> None:
    for n in range(8):
        released(cast, title=f"第{n}篇")
    for path, statements in (("/news/", 4), ("/news/guide/", 1), ("/news/search/?words=物业", 1)):
        with django_assert_num_queries(statements):
            client.get(path)
