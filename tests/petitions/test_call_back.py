"""不满意件回访 (S29): a call within five working days, a result within fifteen days; the first rating stays as it was given."""

from datetime import date, timedelta

import pytest

from tests.cast import Cast, Life
from tests.files.handed_in import sealed
from tests.petitions.facts import hands_that_may, moment, refused, running, said, stopped
from xinfang.documents.kinds import PaperKind
from xinfang.organizations.models import Duty, Officer, Post, Tenure, Unit
from xinfang.petitions import actions, sweeps, worklists
from xinfang.petitions.codes import AssignmentKind, CallAbout, EvaluationValue, FollowUpOutcome, ReopenGround
from xinfang.petitions.errors import NotReady, NotYourMove
from xinfang.petitions.models import CallBack, Evaluation, FollowUp, Petition
from xinfang.trace.acts import PETITIONER
from xinfang.trace.models import Entry

GOOD, FAIR, BAD = EvaluationValue.SATISFIED, EvaluationValue.BASICALLY, EvaluationValue.DISSATISFIED


@pytest.fixture
def life(cast: Cast) -> Life:
    life = Life(cast).until("deliver")
    rate(life, BAD)
    return life


def rate(life: Life, unit: EvaluationValue, reason: str = "还在漏。") -> Evaluation:
    secret = life.registered.act_secret
    said = reason if unit == BAD else ""
    by, at = PETITIONER, life.later(days=1)
    return actions.evaluate(life.petition, bureau=GOOD, unit=unit, reason=said, act_secret=secret, by=by, at=at)


def call(life: Life, **changes: object) -> CallBack:
    facts = {"about": CallAbout.RATING, "is_reached": True, "said": "电话回访，屋顶还在漏。"}
    facts |= {"by": life.cast.supervisor, "at": life.later()}
    return actions.call_back(life.petition, **(facts | changes))


def conclude(life: Life, **changes: object) -> FollowUp:
    facts = {"outcome": FollowUpOutcome.UNCARRIED, "text": "意见没有落实，重新办理。"}
    facts |= {"by": life.cast.supervisor, "at": life.later()}
    return actions.conclude_follow_up(life.petition, **(facts | changes))


def test_a_rating_of_dissatisfied_starts_the_clock_of_the_call_and_of_the_result(life: Life) -> None:
    """Rated on Friday 19 June: the fifth working day is the 26th, the fifteenth day 4 July."""
    row = FollowUp.objects.get()
    assert (row.call_due, row.result_due) == (date(2026, 6, 26), date(2026, 7, 4))
    clocks = running(life.petition)
    assert (clocks["D15"], clocks["D15_RESULT"]) == (date(2026, 6, 26), date(2026, 7, 4))


def test_other_ratings_are_not_followed_up(cast: Cast) -> None:
    life = Life(cast).until("deliver")
    rate(life, FAIR)
    assert not FollowUp.objects.exists()
    assert "D15" not in running(life.petition)
    with refused("没有不满意的评价等待核查。", field="about"):
        call(life)
    with refused("没有不满意的评价等待核查。", NotReady):
        conclude(life)


def test_only_the_bureau_calls_and_never_the_unit(cast: Cast, life: Life) -> None:
    assert hands_that_may(cast, lambda by: call(life, by=by)) == {
        *("registrar", "dispatcher", "supervisor", "bureau_head")
    }
    for by in (cast.street_head, cast.street_handler):
        with refused("“回访”由信访局办理。", NotYourMove):
            call(life, by=by)


def test_who_handled_it_does_not_call_about_it(cast: Cast) -> None:
    life = Life(cast, way=AssignmentKind.SELF).until("deliver")
    rate(life, BAD)
    with refused("承办人、承办单位不能回访、认定自己办理的件"):
        call(life, by=cast.dispatcher)
    call(life, by=cast.supervisor)


def test_a_call_that_reached_nobody_is_kept_and_the_clock_runs_on(life: Life) -> None:
    call(life, is_reached=False, said="三次无人接听。")
    assert "D15" in running(life.petition)
    call(life)
    assert stopped(life.petition)["D15"] == life.now
    assert "D15_RESULT" in running(life.petition)
    assert [one.is_reached for one in CallBack.objects.order_by("id")] == [False, True]


def missed(life: Life, days: int) -> None:
    for _n in range(days):
        call(life, is_reached=False, said="无人接听。", at=life.later(days=1))


def test_who_is_not_reached_on_three_days_is_written_to_and_nothing_waits_for_ever(cast: Cast, life: Life) -> None:
    missed(life, 2)
    call(life, is_reached=False, said="同一天再打，无人接听。")
    with refused("分三天联系都没有联系上的，也可以记。", NotReady):
        conclude(life, outcome=FollowUpOutcome.UNREACHED)
    missed(life, 1)
    with refused("这个核查结果现在不能选", field="outcome"):
        conclude(life)
    row = conclude(life, outcome=FollowUpOutcome.UNREACHED, text="三次电话没有联系上，请来电。")
    assert (row.outcome, row.called_at) == ("unreached", None)
    assert said(PaperKind.DIRECT_REPLY, life.petition)["reply"] == "三次电话没有联系上，请来电。"
    assert not {"D15", "D15_RESULT"} & set(running(life.petition))
    assert not worklists.follow_ups_waiting(cast.supervisor).exists()
    actions.archive(life.petition, by=cast.archivist, at=life.later(days=90))


def test_who_was_reached_is_not_written_off_as_out_of_reach(life: Life) -> None:
    missed(life, 3)
    call(life)
    for outcome in (FollowUpOutcome.UNREACHED, FollowUpOutcome.REOPENED):
        with refused("这个核查结果现在不能选", field="outcome"):
            conclude(life, outcome=outcome)
    conclude(life)


def test_calls_before_this_rating_do_not_count(life: Life, store: None) -> None:
    missed(life, 3)
    reopened(life)
    rate(life, BAD)
    with refused("请先回访信访人", NotReady):
        conclude(life, outcome=FollowUpOutcome.UNREACHED)


def also_sits_at(cast: Cast, name: str, unit: Unit) -> Officer:
    """The officer of that name holds a second post, in a unit."""
    post = Post.objects.create(unit=unit, duty=Duty.CASE_HANDLER, name="兼任承办人")
    Tenure.objects.create(post=post, officer=cast.again(name), since=date(2020, 1, 1))
    return cast.again(name)


def test_who_also_sits_in_the_unit_neither_calls_nor_finds_it_resolved(cast: Cast, life: Life) -> None:
    """A second seat at the bureau is no way round (domain 3.15)."""
    by = also_sits_at(cast, "supervisor", cast.street)
    with refused("承办人、承办单位不能回访、认定自己办理的件"):
        call(life, by=by)
    with refused("承办人、承办单位不能回访、认定自己办理的件"):
        actions.resolve(life.petition, said="说修好了。", by=by, at=life.later())
    call(life, by=cast.dispatcher)
    with refused("承办人、承办单位不能回访、认定自己办理的件"):
        conclude(life, by=by)
    conclude(life, by=cast.dispatcher)


def test_who_also_sits_in_another_unit_may(cast: Cast, life: Life) -> None:
    call(life, by=also_sits_at(cast, "supervisor", cast.dept))


def test_a_registrar_who_also_sits_in_the_unit_enters_no_rating(cast: Cast, store: None) -> None:
    """Not even where that very unit registered the petition."""
    life = Life(cast).until("deliver")
    Petition.objects.filter(pk=life.pk).update(organ=cast.street)
    by = also_sits_at(cast, "registrar", cast.street)
    file = sealed("评价表".encode(), life.petition)
    scan = actions.add_evidence(life.petition, file=file, name="a.txt", label="评价表", by=by, at=life.later())
    with refused("承办单位的人员不得代为评价。", NotYourMove):
        actions.evaluate(life.petition, bureau=GOOD, unit=GOOD, scan=scan, by=by, at=life.later())
    assert not Evaluation.objects.exists()


def test_what_was_said_is_needed(life: Life) -> None:
    with refused("请写明回访的时间、方式和信访人怎样说", field="said"):
        call(life, said="  ")


def test_the_result_comes_after_the_call(life: Life) -> None:
    with refused("请先回访信访人，再记核查结果。", NotReady):
        conclude(life)
    call(life)
    with refused("请写明核查的情况和怎样处理。", field="text"):
        conclude(life, text="")
    row = conclude(life)
    assert (row.outcome, row.concluded_at) == ("uncarried", life.now)
    assert not {"D15", "D15_RESULT"} & set(running(life.petition))
    facts = Entry.objects.get(act="petition.conclude_follow_up").facts
    assert facts["outcome"] == "uncarried"
    assert "重新办理" not in str(facts)


def test_it_is_not_archived_before_it_was_answered(cast: Cast, life: Life) -> None:
    life.now += timedelta(days=90)
    with refused("信访人评价不满意，核查结果记下以后才能归档。", NotReady):
        actions.archive(life.petition, by=cast.archivist, at=life.now)
    call(life)
    conclude(life)
    actions.archive(life.petition, by=cast.archivist, at=life.later())


def test_a_result_that_was_not_carried_out_is_handled_again(cast: Cast, life: Life) -> None:
    call(life)
    conclude(life)
    by, at = cast.bureau_head, life.later()
    actions.reopen(life.petition, ground="false_closing", unit=cast.dept, reason="没有落实。", by=by, at=at)  # type: ignore[arg-type]
    assert life.petition.status == "dispatched"
    assert Evaluation.objects.get().unit == BAD


def reopened(life: Life) -> None:
    """Handled again by the street and closed again."""
    life.way = AssignmentKind.ASSIGN
    facts = {"ground": ReopenGround.FALSE_CLOSING, "unit": life.cast.street, "reason": "没有落实，重新办理。"}
    actions.reopen(life.petition, **facts, by=life.cast.bureau_head, at=life.later())
    for step in ("sign_for", "accept", "handle", "draft_opinion", "issue_opinion", "deliver"):
        getattr(life, step)()
    for step in ("report", "check_result", "close"):
        getattr(life, step)()


def test_what_is_handled_again_needs_no_further_answer(life: Life) -> None:
    life.way = AssignmentKind.ASSIGN
    reopened(life)
    row = FollowUp.objects.get()
    assert (row.outcome, row.text, row.called_at) == ("reopened", "没有落实，重新办理。", None)
    assert {"D15", "D15_RESULT"}.isdisjoint(running(life.petition))
    assert not worklists.follow_ups_waiting(life.cast.supervisor).exists()


def test_what_was_handled_again_is_rated_and_followed_up_anew(cast: Cast, life: Life, store: None) -> None:
    reopened(life)
    rate(life, BAD)
    assert [row.concluded_at is None for row in FollowUp.objects.order_by("id")] == [False, True]
    assert {"D15", "D15_RESULT"} <= set(running(life.petition))
    call(life)
    conclude(life)
    reopened(life)
    rate(life, GOOD)
    assert list(Evaluation.objects.order_by("nth").values_list("nth", "unit")) == [
        (1, "dissatisfied"),
        (2, "dissatisfied"),
        (3, "satisfied"),
    ]


def test_the_second_rating_stands_beside_and_the_first_is_what_counts(cast: Cast, life: Life, store: None) -> None:
    call(life)
    conclude(life)
    file = sealed("评价表".encode(), life.petition)
    by = cast.registrar
    scan = actions.add_evidence(life.petition, file=file, name="a.txt", label="评价表", by=by, at=life.later())
    actions.evaluate(life.petition, bureau=GOOD, unit=GOOD, scan=scan, by=by, at=life.later())
    assert list(Evaluation.objects.order_by("nth").values_list("nth", "unit")) == [
        (1, "dissatisfied"),
        (2, "satisfied"),
    ]
    assert FollowUp.objects.count() == 1


def test_ten_closed_matters_as_the_norm_counts_them(cast: Cast) -> None:
    """S29: 6 满意, 1 基本满意, 1 不满意, 2 without a word: 8 of 10 took part, 7 of 8 were satisfied, not 9 of 10."""
    lives = [Life(cast) for _ in range(10)]
    for life in lives:
        life.until("deliver")
    for life, value in zip(lives, [GOOD] * 6 + [FAIR, BAD], strict=False):
        rate(life, value)
    assert sweeps.expire_evaluations(moment(date(2026, 9, 1))) == 2
    rated = Evaluation.objects.filter(nth=1)
    taken_part, asked = rated.count(), Petition.objects.exclude(evaluation_status="unopened").count()
    satisfied = rated.exclude(unit="dissatisfied").count()
    assert (taken_part, asked, satisfied) == (8, 10, 7)
    assert (taken_part / asked, satisfied / taken_part) == (0.8, 0.875)
    assert FollowUp.objects.count() == 1


def test_the_list_is_the_bureaus_and_sealed_ones_are_not_on_it(cast: Cast, life: Life) -> None:
    assert list(worklists.follow_ups_waiting(cast.supervisor)) == [FollowUp.objects.get()]
    assert not worklists.follow_ups_waiting(cast.street_head).exists()
    Petition.objects.filter(pk=life.pk).update(confidentiality="confidential")
    assert not worklists.follow_ups_waiting(cast.supervisor).exists()
