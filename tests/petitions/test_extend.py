"""延期: once, at most thirty days, by the head of the organ, with the reason told on the same day (条例 三十四, S2)."""

from datetime import date

import pytest

from tests.cast import Cast, Life
from tests.petitions.facts import begun, hands_that_may, moment, paper, refused, running, said
from xinfang.deadlines.models import Shift
from xinfang.documents.kinds import PaperKind
from xinfang.documents.models import Paper
from xinfang.organizations.errors import NotYourOffice
from xinfang.petitions import actions
from xinfang.petitions.actions.opinion import AnswerText
from xinfang.petitions.codes import AssignmentKind, OpinionResult, SimpleGround
from xinfang.petitions.errors import NotOnTheRoad, NotReady
from xinfang.petitions.models import Extension
from xinfang.trace.models import Entry

DAY_59 = moment(date(2026, 10, 30), 10)


@pytest.fixture
def life(cast: Cast) -> Life:
    """Accepted on the first of September: sixty days are over on Saturday, 31 October."""
    life = begun(cast, moment(date(2026, 8, 31))).until("sign_for")
    actions.accept(life.assignment, by=life.handler, at=moment(date(2026, 9, 1), 9))
    actions.handle(life.assignment, text="已联系。", by=life.handler, at=moment(date(2026, 9, 2), 9))
    life.now = DAY_59
    return life


def ask(life: Life, *, days: int = 30, ground: str = "需委托测绘。") -> Extension:
    return actions.ask_extension(life.assignment, days=days, ground=ground, by=life.handler, at=life.later())


def extend(life: Life) -> Extension:
    return actions.extend(life.assignment, answer="同意。", by=life.head, at=life.later())


def test_on_the_59th_day_thirty_days_are_asked_for_and_granted_and_count_from_the_old_last_day(life: Life) -> None:
    assert life.assignment.handling_due == date(2026, 10, 31)
    ask(life)
    assert (life.assignment.status, running(life.assignment)["D5"]) == ("extension_pending", date(2026, 10, 31))
    extend(life)
    after = life.assignment
    assert (after.status, after.handling_due, after.due_on) == ("handling", date(2026, 11, 30), date(2026, 11, 30))
    assert running(after)["D5"] == date(2026, 11, 30)


def test_the_form_and_the_notice_are_issued_on_the_same_day_with_the_reason_and_the_new_day(life: Life) -> None:
    ask(life)
    extend(life)
    form, notice = (said(kind, life.petition) for kind in (PaperKind.EXTENSION_APPROVAL, PaperKind.EXTENSION_NOTICE))
    assert (form["due"], form["days"], form["until"]) == ("2026-10-31", "30日", "2026-11-30")
    assert (notice["ground"], notice["until"]) == ("需委托测绘。", "2026-11-30（延长30日）")
    assert paper(PaperKind.EXTENSION_NOTICE, life.petition).issued_at.date() == DAY_59.date()


def test_the_shift_names_who_approved_and_not_what_was_written(life: Life) -> None:
    ask(life)
    extend(life)
    shift = Shift.objects.get()
    assert (shift.days, shift.approved_post, shift.ground) == (30, "unit_head", "情况复杂")
    entry = Entry.objects.get(act="assignment.extend")
    assert (entry.facts["days"], entry.facts["due"]) == (30, {"D5": "2026-11-30"})
    assert "测绘" not in str(entry.facts)


def test_a_second_request_is_refused(life: Life) -> None:
    ask(life)
    extend(life)
    with refused("该件已延期一次，不能再延期", NotReady):
        ask(life)
    assert Extension.objects.count() == 1


@pytest.mark.parametrize("days", [0, 31])
def test_more_than_thirty_days_or_none_are_refused(life: Life, days: int) -> None:
    with refused("延长期限最短1日，最长30日。", field="days"):
        ask(life, days=days)


def test_a_head_of_section_does_not_approve(life: Life, cast: Cast) -> None:
    """科长 sits as a handler: only the head of the organ may."""
    ask(life)
    life.later()
    assignment = life.assignment
    assert hands_that_may(cast, lambda by: actions.extend(assignment, answer="同意。", by=by, at=life.now)) == {
        "street_head"
    }


def test_after_the_last_day_nothing_is_asked_for(life: Life) -> None:
    life.now = moment(date(2026, 11, 1))
    with refused("办理期限已于 2026-10-31 届满", NotReady):
        ask(life)


def test_what_was_asked_on_the_last_day_may_be_granted_the_next_morning(life: Life) -> None:
    life.now = moment(date(2026, 10, 31), 20)
    ask(life)
    life.now = moment(date(2026, 11, 1), 9)
    extend(life)
    assert life.assignment.handling_due == date(2026, 11, 30)


def test_a_refusal_gives_its_reason_and_moves_nothing(life: Life) -> None:
    ask(life)
    with refused("请写明不批准的理由。", field="answer"):
        actions.refuse_extension(life.assignment, answer=" ", by=life.head, at=life.later())
    actions.refuse_extension(life.assignment, answer="理由不足。", by=life.head, at=life.later())
    assert (life.assignment.status, life.assignment.handling_due) == ("handling", date(2026, 10, 31))
    assert not Shift.objects.exists()
    assert not Paper.objects.filter(kind=PaperKind.EXTENSION_NOTICE).exists()
    ask(life, ground="需鉴定。")
    assert Extension.objects.count() == 2


def test_the_reason_is_written(life: Life) -> None:
    with refused("请写明需要延期的具体理由。", field="ground"):
        ask(life, ground=" ")


def test_while_the_head_has_not_answered_the_opinion_waits(life: Life) -> None:
    ask(life)
    answers = {1: AnswerText("属实。", "《民法典》", OpinionResult.SUPPORTED)}
    with refused("已延期申请", NotOnTheRoad):
        actions.draft_opinion(life.assignment, answers=answers, remedy_organ="区政府", by=life.handler, at=life.later())


def assigned(cast: Cast, feedback_due: date | None = None) -> Life:
    """交办, accepted the day after: handling ends on 15 August, the result is due on 29 August unless the letter says so."""
    life = Life(cast, way=AssignmentKind.ASSIGN).until("approve")
    by, at = cast.dispatcher, life.later()
    actions.assign(life.petition, requirement="请办理。", feedback_due=feedback_due, by=by, at=at)
    for step in ("sign_for", "accept", "handle"):
        getattr(life, step)()
    return life


def extended(life: Life) -> Life:
    ask(life)
    extend(life)
    return life


def test_the_day_of_the_result_that_nobody_named_goes_with_the_handling_it_waits_for(cast: Cast) -> None:
    life = assigned(cast)
    handling, feedback = life.assignment.handling_due, life.assignment.feedback_due
    assert (handling, feedback) == (date(2026, 8, 15), date(2026, 8, 29))
    extended(life)
    assert running(life.assignment) == {"D5": date(2026, 9, 14), "D7": date(2026, 9, 28)}
    after = life.assignment
    assert (after.handling_due, after.feedback_due, after.due_on) == (
        date(2026, 9, 14),
        date(2026, 9, 28),
        date(2026, 9, 14),
    )
    assert Entry.objects.get(act="assignment.extend").facts["due"] == {"D5": "2026-09-14", "D7": "2026-09-28"}


def test_a_day_that_the_letter_or_a_leader_named_stays(cast: Cast) -> None:
    named = date(2026, 8, 20)
    assert running(extended(assigned(cast, named)).assignment)["D7"] == named
    life = assigned(cast)
    leader, day = cast.leader, date(2026, 8, 10)
    actions.instruct(life.petition, leader=leader, text="抓紧。", due_on=day, by=leader, at=life.later())
    assert running(extended(life).assignment)["D7"] == day


def test_an_opinion_within_the_extended_term_is_in_time(life: Life) -> None:
    ask(life)
    extend(life)
    life.now = moment(date(2026, 11, 20), 8)
    life.draft_opinion()
    life.issue_opinion()
    assert "D5" not in running(life.assignment)


def test_the_simple_procedure_is_not_extended(cast: Cast) -> None:
    life = Life(cast).until("sign_for")
    actions.accept_simple(
        life.assignment, ground=SimpleGround.CLEAR, may_be_refused=False, by=life.handler, at=life.later()
    )
    life.handle()
    with refused("简易办理不延期；确需更长时间的，请先转普通程序。", NotReady):
        ask(life)


def test_what_the_bureau_handles_itself_its_own_head_extends(cast: Cast) -> None:
    life = Life(cast, way=AssignmentKind.SELF).until("handle")
    before = life.assignment.handling_due
    ask(life, days=10)
    with refused("这一步需要在该单位任", NotYourOffice):
        actions.extend(life.assignment, answer="", by=cast.dispatcher, at=life.later())
    extend(life)
    assert before is not None
    assert (life.assignment.handling_due - before).days == 10
