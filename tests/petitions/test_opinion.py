"""处理意见: one answer to each demand with its facts, its basis and its result, signed by the head for the unit."""

from dataclasses import replace
from datetime import date

import pytest

from tests.cast import Cast, Life
from tests.petitions.facts import hands_that_may, moment, paper, refused, running, said, stopped
from xinfang.documents.kinds import PaperKind
from xinfang.documents.papers import frame_of, lines_of
from xinfang.petitions import actions
from xinfang.petitions.actions.opinion import AnswerText
from xinfang.petitions.codes import AssignmentKind, OpinionResult
from xinfang.petitions.errors import NotOnTheRoad, NotReady, StalePage
from xinfang.petitions.models import Answer, Opinion
from xinfang.trace.models import Entry

YES = AnswerText("漏水属实。", "《物业管理条例》", OpinionResult.SUPPORTED)
NO = AnswerText("损失没有凭据。", "《民法典》", OpinionResult.NOT_SUPPORTED)


@pytest.fixture
def life(cast: Cast) -> Life:
    return Life(cast).until("handle")


def draft(life: Life, answers: dict[int, AnswerText] | None = None, **changes: object) -> Opinion:
    facts = {
        "remedy_organ": "临潼区人民政府",
        "by": life.handler,
        "at": life.later(),
        "answers": answers or {1: YES, 2: NO},
    }
    return actions.draft_opinion(life.assignment, **(facts | changes))


def issue(life: Life, **changes: object) -> Opinion:
    read = {"draft": life.draft, "by": life.head, "at": life.later()}
    return actions.issue_opinion(life.assignment, **(read | changes))


# 拟写


def test_only_the_handling_unit_drafts(cast: Cast, life: Life) -> None:
    assert hands_that_may(cast, lambda by: draft(life, by=by)) == {"street_head", "street_handler"}


def test_a_later_draft_stands_beside_the_earlier_one(life: Life) -> None:
    draft(life)
    draft(life, {1: NO, 2: NO})
    assert life.assignment.opinions.count() == 2
    assert Answer.objects.count() == 4
    assert life.assignment.status == "handling"


def test_a_draft_says_where_to_turn_for_review(life: Life) -> None:
    for nowhere in ("", "   "):
        with refused("请写明复查机关。", field="remedy_organ"):
            draft(life, remedy_organ=nowhere)


@pytest.mark.parametrize(
    ("blank", "field"),
    [
        (AnswerText(" ", "《民法典》", OpinionResult.SUPPORTED), "finding_2"),
        (AnswerText("属实。", "", "supported"), "basis_2"),
    ],
)
def test_an_answer_needs_its_facts_and_its_basis(life: Life, blank: AnswerText, field: str) -> None:
    with refused("第 2 项诉求要写明事实和依据。", field=field):
        draft(life, {1: YES, 2: blank})
    assert not Opinion.objects.exists()


def test_a_demand_that_nobody_made_is_not_answered(life: Life) -> None:
    with refused("没有第 3 项诉求。", field="answers"):
        draft(life, {1: YES, 3: NO})
    assert not Opinion.objects.exists()


def test_nothing_is_drafted_before_the_contact(cast: Cast) -> None:
    life = Life(cast).until("accept")
    with refused("现在不能“拟写处理意见”：该件当前状态为“已受理”", NotOnTheRoad):
        draft(life)


# 出具


def test_only_the_head_of_the_unit_signs(cast: Cast, life: Life) -> None:
    draft(life)
    assert hands_that_may(cast, lambda by: issue(life, by=by)) == {"street_head"}


def test_at_the_bureau_its_head_signs(cast: Cast) -> None:
    life = Life(cast, way=AssignmentKind.SELF).until("draft_opinion")
    assert hands_that_may(cast, lambda by: issue(life, by=by)) == {"bureau_head"}


def test_without_a_draft_nothing_is_signed(life: Life) -> None:
    with refused("请先拟写处理意见。", NotReady):
        issue(life)


def test_every_demand_must_be_answered(life: Life) -> None:
    draft(life, {2: NO})
    with refused("还有 1 项诉求没有答复。", NotReady):
        issue(life)
    assert running(life.assignment) == {"D5": date(2026, 8, 15)}


def test_what_an_earlier_draft_answered_does_not_count(life: Life) -> None:
    draft(life)
    draft(life, {1: YES})
    with refused("还有 1 项诉求没有答复。", NotReady):
        issue(life)


def test_the_sixty_days_stop_when_the_opinion_is_signed(life: Life) -> None:
    draft(life)
    issue(life)
    assert (life.assignment.status, life.assignment.opinion_at) == ("opinion_issued", life.now)
    assert stopped(life.assignment)["D5"] == life.now
    assert set(running(life.assignment)) == {"D19"}


def test_the_last_draft_is_the_one_that_is_signed(life: Life) -> None:
    first, second = draft(life), draft(life, {1: NO, 2: NO})
    assert issue(life).pk == second.pk
    assert list(Opinion.objects.filter(issued_at__isnull=False)) == [second]
    assert Opinion.objects.get(pk=first.pk).issued_at is None


def test_a_draft_that_a_newer_one_has_replaced_is_not_signed(life: Life) -> None:
    """The head read the first while the handler wrote the second."""
    first = draft(life)
    draft(life, {1: NO, 2: NO})
    with refused("您看过之后又有了新的拟稿。请看过新稿后再签发。", StalePage):
        issue(life, draft=first.pk)
    assert not Opinion.objects.filter(issued_at__isnull=False).exists()
    assert life.assignment.status == "handling"


def test_a_draft_of_other_work_is_not_signed_here(cast: Cast, life: Life) -> None:
    other = draft(Life(cast).until("handle"))
    draft(life)
    with refused("您看过之后又有了新的拟稿。", StalePage):
        issue(life, draft=other.pk)


def test_the_opinion_answers_each_demand_and_names_the_remedy_under_the_units_number(life: Life) -> None:
    draft(life)
    issue(life)
    text = said(PaperKind.HANDLING_OPINION, life.petition)
    assert text["answers"] == [
        {
            "n": 1,
            "demand": "修好屋顶",
            "finding": "漏水属实。",
            "basis": "《物业管理条例》",
            "result": "支持，由骊山街道办事处于2026年7月17日前落实：修好屋顶。",
        },
        {"n": 2, "demand": "赔偿损失", "finding": "损失没有凭据。", "basis": "《民法典》", "result": "不予支持。"},
    ]
    assert text["remedy"] == "对本意见不服的，可自收到本意见书之日起30日内向临潼区人民政府申请复查。"
    assert text["received"] == "2026-06-15 收到，2026-06-16 受理。"
    frozen = paper(PaperKind.HANDLING_OPINION, life.petition)
    assert (frozen.number, frozen.unit_code) == ("临street字〔2026〕意见 1 号", life.cast.street.code)


def test_days_on_the_paper_are_those_of_the_county(cast: Cast) -> None:
    """Accepted at 00:30 on 17 June, which is still 16 June in Greenwich."""
    life = Life(cast).until("sign_for")
    actions.accept(life.assignment, by=life.handler, at=moment(date(2026, 6, 17), 0, 30))
    life.now = moment(date(2026, 6, 17), 1)
    life.handle()
    draft(life)
    issue(life)
    assert said(PaperKind.HANDLING_OPINION, life.petition)["received"] == "2026-06-15 收到，2026-06-17 受理。"


def test_the_trace_tells_the_results_and_no_word_of_the_answers(life: Life) -> None:
    draft(life)
    issue(life)
    facts = Entry.objects.get(act="assignment.issue_opinion").facts
    assert facts["results"] == ["not_supported", "supported"]
    assert "漏水" not in str(facts)


def test_an_opinion_is_signed_once(life: Life) -> None:
    draft(life)
    issue(life)
    with refused("现在不能“出具处理意见”：该件当前状态为“已处理待送达”", NotOnTheRoad):
        issue(life)
    with refused("现在不能“拟写处理意见”：该件当前状态为“已处理待送达”", NotOnTheRoad):
        draft(life)


def test_the_opinion_of_a_sealed_petition_names_nobody(cast: Cast) -> None:
    life = Life(cast, is_confidential=True, by=cast.dispatcher).until("dispatch")
    actions.sign_for(life.assignment, by=cast.street_head, at=life.later())
    actions.accept(life.assignment, by=cast.street_head, handler=cast.street_handler, at=life.later())
    life.handle()
    draft(life)
    issue(life)
    assert said(PaperKind.HANDLING_OPINION, life.petition)["to"] == "来信人（保密）"


def test_the_sentence_of_what_is_carried_out_ends_once(life: Life) -> None:
    draft(life, {1: replace(YES, what="更换屋顶防水层。"), 2: NO})
    issue(life)
    frozen = paper(PaperKind.HANDLING_OPINION, life.petition)
    first = said(PaperKind.HANDLING_OPINION, life.petition)["answers"][0]["result"]
    assert first.endswith("前落实：更换屋顶防水层。")
    [lines] = [value for label, value in lines_of(frozen, key=life.petition.key) if label == "对各项诉求的意见"]
    assert "。。" not in "".join(lines)


def test_the_papers_of_a_unit_name_whom_to_ask(cast: Cast, life: Life) -> None:
    draft(life)
    issue(life)
    frame = frame_of(paper(PaperKind.HANDLING_OPINION, life.petition), key=life.petition.key)
    assert frame["contact"] == cast.street_handler.name  # not the head who signed it
    letter = frame_of(paper(PaperKind.TRANSFER_LETTER, life.petition), key=life.petition.key)
    assert letter["contact"] == cast.dispatcher.name


def test_of_a_sealed_petition_nobody_is_named_on_paper(cast: Cast) -> None:
    life = Life(cast, is_confidential=True, by=cast.dispatcher).until("dispatch")
    letter = frame_of(paper(PaperKind.TRANSFER_LETTER, life.petition), key=life.petition.key)
    assert letter["contact"] == ""
