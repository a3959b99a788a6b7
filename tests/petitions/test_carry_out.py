"""承诺事项: a supported demand is carried out until a day, with evidence, and kept only when the petitioner says so."""

from datetime import date, timedelta

import pytest

from tests.cast import Cast, Life
from tests.petitions.facts import hands_that_may, refused, said
from xinfang.documents.kinds import PaperKind
from xinfang.foundation.errors import Refused
from xinfang.petitions import actions, worklists
from xinfang.petitions.actions.opinion import AnswerText
from xinfang.petitions.codes import AssignmentKind, CommitmentStatus, OpinionResult
from xinfang.petitions.errors import NotOnTheRoad
from xinfang.petitions.models import Commitment, Performance
from xinfang.trace.models import Entry

BASIS = "《物业管理条例》"


@pytest.fixture
def life(cast: Cast) -> Life:
    return promised(cast)


def promised(cast: Cast, **changes: object) -> Life:
    """The first demand is supported with a day of its own, the second is not."""
    life = Life(cast, **changes).until("handle")
    draft(life)
    life.issue_opinion()
    return life


def draft(life: Life, **promise: object) -> None:
    words = {"what": "更换屋顶防水层", "by_day": date(2026, 7, 31)} | promise
    yes = AnswerText("漏水属实。", BASIS, OpinionResult.SUPPORTED, **words)  # type: ignore[arg-type]
    answers = {1: yes, 2: AnswerText("损失没有凭据。", BASIS, OpinionResult.NOT_SUPPORTED)}
    by, at = life.handler, life.later()
    actions.draft_opinion(life.assignment, answers=answers, remedy_organ="临潼区人民政府", by=by, at=at)


def carry_out(life: Life, **changes: object) -> Performance:
    at = life.later(days=3)
    facts = {"text": "防水层已更换，附验收单。", "done_on": at.date(), "by": life.handler, "at": at}
    return actions.carry_out(Commitment.objects.get(status="open"), **(facts | changes))


def check(life: Life, **changes: object) -> Performance:
    facts = {"is_kept": True, "said": "电话回访，信访人说已经不漏。", "by": life.cast.supervisor, "at": life.later()}
    return actions.check_commitment(Commitment.objects.get(status="carried_out"), **(facts | changes))


def test_what_is_supported_becomes_a_commitment_and_nothing_else_does(life: Life) -> None:
    [one] = Commitment.objects.all()
    assert (one.what, one.unit, one.due_on) == ("更换屋顶防水层", life.cast.street, date(2026, 7, 31))
    assert (one.status, one.answer.demand.n) == ("open", 1)
    answers = said(PaperKind.HANDLING_OPINION, life.petition)["answers"]
    assert answers[0]["result"] == "支持，由骊山街道办事处于2026年7月31日前落实：更换屋顶防水层。"
    assert answers[1]["result"] == "不予支持。"


def test_where_the_opinion_names_no_day_the_countys_own_term_runs(cast: Cast) -> None:
    life = Life(cast).until("issue_opinion")
    one, two = Commitment.objects.order_by("id")
    assert one.due_on == two.due_on == life.now.date() + timedelta(days=30)
    assert (one.unit, one.what) == (cast.street, "修好屋顶")


def test_a_day_that_has_passed_is_refused(cast: Cast) -> None:
    life = Life(cast).until("handle")
    with refused("第 1 项的落实日期不能早于今天；已经落实的，填今天。", field="by_day_1"):
        draft(life, by_day=life.now.date() - timedelta(days=1))


def test_who_promises_works_on_it(cast: Cast) -> None:
    life = Life(cast).until("handle")
    with refused("第 1 项的落实单位只能是本单位或者协办单位。", field="doer_1"):
        draft(life, doer=cast.dept)
    by, at = cast.dispatcher, life.later()
    actions.add_co_handler(life.petition, unit=cast.dept, requirement="请查防水。", by=by, at=at)
    work = life.petition.assignments.get(role="lead")
    yes = AnswerText("漏水属实。", BASIS, OpinionResult.SUPPORTED, doer=cast.dept)
    at = life.later()
    row = actions.draft_opinion(work, answers={1: yes}, remedy_organ="临潼区人民政府", by=life.handler, at=at)
    assert row.answers.get().doer == cast.dept


def test_only_the_unit_that_does_it_reports_it_done(cast: Cast, life: Life) -> None:
    assert hands_that_may(cast, lambda by: carry_out(life, by=by)) == {"street_head", "street_handler"}


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"text": " "}, "text", "请写明怎样落实的、有什么证明。"),
        ({"done_on": date(2026, 6, 1)}, "done_on", "落实日期不能早于出具意见之日，也不能晚于今天。"),
        ({"done_on": date(2099, 6, 1)}, "done_on", "落实日期不能早于出具意见之日，也不能晚于今天。"),
    ],
)
def test_bad_input_is_refused_beside_its_field(
    life: Life, changes: dict[str, object], field: str, sentence: str
) -> None:
    with refused(sentence, field=field):
        carry_out(life, **changes)
    assert not Performance.objects.exists()


def test_it_is_kept_when_the_bureau_has_asked_the_petitioner(cast: Cast, life: Life) -> None:
    carry_out(life)
    life.deliver()
    assert hands_that_may(cast, lambda by: check(life, by=by)) == {
        *("supervisor", "registrar", "dispatcher", "bureau_head")
    }
    row = check(life)
    one = Commitment.objects.get()
    assert (one.status, one.kept_at) == (CommitmentStatus.KEPT, life.now)
    assert row.is_confirmed
    assert row.call_back
    assert row.call_back.said == "电话回访，信访人说已经不漏。"


def test_what_was_not_done_is_open_again_with_its_old_date(life: Life) -> None:
    carry_out(life)
    check(life, is_kept=False, said="信访人说还在漏。")
    one = Commitment.objects.get()
    assert (one.status, one.due_on, one.kept_at) == ("open", date(2026, 7, 31), None)
    carry_out(life)
    check(life)
    assert [row.is_confirmed for row in Performance.objects.order_by("id")] == [False, True]


def test_the_handler_of_the_matter_never_finds_his_own_work_kept(cast: Cast) -> None:
    life = Life(cast, way=AssignmentKind.SELF).until("issue_opinion")
    commitment = Commitment.objects.earliest("id")
    at = life.later()
    actions.carry_out(commitment, text="已修好。", done_on=at.date(), by=cast.dispatcher, at=at)
    with refused("承办人、承办单位不能回访、认定自己办理的件"):
        check(life, by=cast.dispatcher)
    check(life, by=cast.supervisor)


def test_it_is_reported_once_until_it_is_checked(life: Life) -> None:
    carry_out(life)
    with pytest.raises(Commitment.DoesNotExist):
        carry_out(life)
    with refused("现在不能“报告落实”：该件当前状态为“已报落实，待回访”", NotOnTheRoad):
        actions.carry_out(Commitment.objects.get(), text="x", done_on=life.now.date(), by=life.head, at=life.later())


def test_a_new_opinion_drops_what_the_earlier_one_promised(cast: Cast) -> None:
    life = promised(cast, way=AssignmentKind.ASSIGN)
    life.deliver()
    life.report()
    by, at = cast.supervisor, life.later()
    actions.return_result(life.assignment, note="第二项没有答清。", by=by, at=at)
    actions.handle_again(life.assignment, by=life.handler, at=life.later())
    draft(life, by_day=date(2026, 8, 31))
    life.issue_opinion()
    states = Commitment.objects.order_by("id").values_list("status", "due_on")
    assert list(states) == [("dropped", date(2026, 7, 31)), ("open", date(2026, 8, 31))]


def test_the_trace_tells_that_it_was_late_and_no_word_of_it(cast: Cast, life: Life) -> None:
    life.now += timedelta(days=90)
    carry_out(life)
    facts = Entry.objects.get(act="petition.carry_out").facts
    assert facts["late"] is True
    assert "防水" not in str(facts)


def test_the_list_is_the_units_own_and_the_bureaus_whole(cast: Cast, life: Life) -> None:
    [one] = Commitment.objects.all()
    for name in ("street_handler", "street_head", "supervisor", "bureau_head"):
        assert list(worklists.commitments_waiting(cast.officers[name])) == [one], name
    assert not worklists.commitments_waiting(cast.dept_handler).exists()
    carry_out(life)
    assert list(worklists.commitments_waiting(cast.supervisor)) == [one]
    check(life)
    assert not worklists.commitments_waiting(cast.supervisor).exists()


def test_a_sealed_one_is_on_nobodys_list_who_does_not_see_it(cast: Cast) -> None:
    life = Life(cast, is_confidential=True, by=cast.dispatcher).until("dispatch")
    actions.sign_for(life.assignment, by=cast.street_head, at=life.later())
    actions.accept(life.assignment, by=cast.street_head, handler=cast.street_handler, at=life.later())
    life.handle()
    draft(life)
    life.issue_opinion()
    one = Commitment.objects.get()
    assert Commitment.objects.filter(what="").exists()
    assert one.what == "更换屋顶防水层"
    assert not worklists.commitments_waiting(cast.supervisor).exists()
    assert worklists.commitments_waiting(cast.street_head).exists()
    with pytest.raises(Refused):
        carry_out(life, by=cast.dept_handler)
