"""The page of 出具处理意见: what is missing stands beside its demand before the head presses."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import Cast, Life
from tests.desk.hall import shown, words
from tests.desk.test_laws import AT, HAND
from xinfang.legislation import library
from xinfang.petitions import actions
from xinfang.petitions.actions.opinion import AnswerText
from xinfang.petitions.codes import OpinionResult
from xinfang.petitions.models import GatePass, Opinion, Petition

Desk = Callable[[str], Client]
REPEALED, UNKNOWN = "《信访条例》第三十二条", "《某市停车管理办法》第三条"


@pytest.fixture(autouse=True)
def _library(db: None) -> None:
    library.load(by=HAND, at=AT)


def drafted(cast: Cast, first: str, second: str, finding: str = "漏水属实，已现场核实两次。") -> Life:
    life = Life(cast).until("handle")
    answers = {
        n: AnswerText(finding, basis, OpinionResult.SUPPORTED) for n, basis in enumerate((first, second), start=1)
    }
    by, at = life.handler, life.later()
    actions.draft_opinion(life.assignment, answers=answers, remedy_organ="临潼区人民政府", by=by, at=at)
    return life


def path(life: Life) -> str:
    return f"/desk/assignments/{life.assignment.pk}/issue_opinion/"


def send(client: Client, life: Life, **said: Any) -> Any:
    drawn = client.get(path(life))
    marks = {"once": drawn.context["once"], "seen": drawn.context["seen"]}
    return client.post(path(life), {**marks, **shown(drawn), **said})


def test_the_head_reads_each_gap_beside_its_demand_before_he_signs(at_desk: Desk, cast: Cast) -> None:
    life = drafted(cast, REPEALED, UNKNOWN)
    page = words(at_desk("street_head").get(path(life)))
    first, second = page.split('<ol class="answers">')[1].split("</ol>")[0].split("</li>")[:2]
    assert "《信访条例》已于2022-05-01废止，由《信访工作条例》接替。" in first
    assert "法规库里没有《某市停车管理办法》第三条。" in second
    assert 'name="looked_up_2"' in page
    assert 'name="looked_up_1"' not in page
    assert 'name="waiver"' in page


def test_what_was_not_ticked_or_explained_is_refused_beside_its_field_and_nothing_typed_is_lost(
    at_desk: Desk, cast: Cast
) -> None:
    life, client = drafted(cast, REPEALED, UNKNOWN), at_desk("street_head")
    answer = send(client, life, looked_up_2="on")
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["waiver"]
    answer = send(client, life, waiver="事实发生在原条例施行期间。")
    assert list(answer.context["form"].errors) == ["looked_up_2"]
    assert "事实发生在原条例施行期间。" in words(answer)
    assert life.assignment.status == "handling"
    assert send(client, life, waiver="事实发生在原条例施行期间。", looked_up_2="on").status_code == 302
    assert GatePass.objects.get().waived == ["repealed"]
    assert life.assignment.status == "opinion_issued"


def overruled(cast: Cast, client: Client) -> Life:
    life = drafted(cast, REPEALED, UNKNOWN)
    assert send(client, life, waiver="事实发生在原条例施行期间。", looked_up_2="on").status_code == 302
    Opinion.objects.update(issued_at=timezone.now())
    return life


def test_why_the_head_overruled_the_gate_is_read_on_the_petitions_page(at_desk: Desk, cast: Cast) -> None:
    life = overruled(cast, at_desk("street_head"))
    home = f"/desk/petitions/{life.petition.number}/"
    for name in ("street_handler", "supervisor", "bureau_head", "review_office"):
        page = words(at_desk(name).get(home))
        assert "答复关提示“依据已经废止”，负责人写明理由签发：事实发生在原条例施行期间。" in page, name
        assert "诉求 2 的依据由负责人核对当日有效。" in page
    assert "原条例施行期间" not in words(at_desk("auditor").get(home))


def test_overrides_are_listed_and_counted_at_the_bureau_and_sealed_ones_for_insiders_alone(
    at_desk: Desk, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    client = at_desk("supervisor")
    assert "没有带理由签发的处理意见。" in words(client.get("/desk/rounds/overruled/"))
    first, second = overruled(cast, at_desk("street_head")), overruled(cast, at_desk("street_head"))
    GatePass.objects.create(
        opinion=Opinion.objects.create(assignment=first.assignment, remedy_organ="x", drafted_at=AT)
    )
    with django_assert_max_num_queries(9):
        page = words(client.get("/desk/rounds/overruled/"))
    assert "今年以来：依据已经废止 2 件。" in page
    assert page.index(str(second.petition.number)) < page.index(str(first.petition.number))
    assert "事实发生在原条例施行期间。" in page
    assert at_desk("street_head").get("/desk/rounds/overruled/").status_code == 403
    Petition.objects.filter(pk=second.pk).update(confidentiality="confidential")
    page = words(client.get("/desk/rounds/overruled/"))
    assert "今年以来：依据已经废止 1 件。" in page
    assert str(second.petition.number) not in page
    assert str(second.petition.number) in words(at_desk("bureau_head").get("/desk/rounds/overruled/"))


def test_what_nobody_may_waive_has_no_field_and_says_how_it_is_put_right(at_desk: Desk, cast: Cast) -> None:
    life = drafted(cast, "《物业管理条例》", "《物业管理条例》", finding="不属于我们职责。")
    page = words(at_desk("street_head").get(path(life)))
    assert "缺少的内容补齐后才能签发" in page
    assert 'name="waiver"' not in page
    answer = send(at_desk("street_head"), life, waiver="x")
    assert answer.status_code == 422
    assert life.assignment.status == "handling"


def test_the_draft_on_the_petition_page_shows_its_gaps_to_the_unit_alone(at_desk: Desk, cast: Cast) -> None:
    life = drafted(cast, REPEALED, "《物业管理条例》")
    sentence = "《信访条例》已于2022-05-01废止"
    assert sentence in words(at_desk("street_handler").get(f"/desk/petitions/{life.petition.number}/"))
    assert sentence not in words(at_desk("dispatcher").get(f"/desk/petitions/{life.petition.number}/"))


def test_a_demand_that_the_draft_leaves_out_is_named_on_the_petition_page(at_desk: Desk, cast: Cast) -> None:
    life = Life(cast).until("handle")
    answers = {2: AnswerText("漏水属实，已核实。", "《物业管理条例》", OpinionResult.SUPPORTED)}
    by, at = life.handler, life.later()
    actions.draft_opinion(life.assignment, answers=answers, remedy_organ="临潼区人民政府", by=by, at=at)
    page = words(at_desk("street_handler").get(f"/desk/petitions/{life.petition.number}/"))
    assert "诉求 1：这项诉求还没有答复。" in page
