"""退回重办: the clock is not set back, and both reports are kept (S24)."""

from datetime import date

import pytest

from tests.cast import Cast, Life
from tests.petitions.facts import begun, hands_that_may, moment, paper, promises_of, refused, running, said, stopped
from xinfang.documents.kinds import PaperKind
from xinfang.organizations.models import Division
from xinfang.petitions import actions, progress
from xinfang.petitions.codes import AssignmentKind, ReviewLevel
from xinfang.petitions.errors import NotOnTheRoad, NotReady
from xinfang.petitions.models import Answer, CheckResult, Delivery, Opinion, ReviewCase
from xinfang.petitions.obstacles import obstacle
from xinfang.trace.models import Entry

DUE = date(2026, 5, 11)


@pytest.fixture
def life(cast: Cast) -> Life:
    """交办, accepted on 12 March: handling ends on 11 May. Reported on 8 May."""
    life = begun(cast, moment(date(2026, 3, 10)), way=AssignmentKind.ASSIGN).until("sign_for")
    actions.accept(life.assignment, by=life.handler, at=moment(date(2026, 3, 12)))
    life.now = moment(date(2026, 4, 20))
    life.handle()
    life.now = moment(date(2026, 5, 7), 8)
    for step in ("draft_opinion", "issue_opinion", "deliver", "report"):
        getattr(life, step)()
    return life


def send_back(life: Life, note: str = "第2项诉求未答复。") -> CheckResult:
    by = life.cast.supervisor
    return actions.return_result(life.assignment, note=note, by=by, at=moment(date(2026, 5, 9)))


def again(life: Life) -> None:
    actions.handle_again(life.assignment, by=life.handler, at=moment(date(2026, 5, 9), 15))
    life.now = moment(date(2026, 5, 13), 8)
    for step in ("draft_opinion", "issue_opinion", "deliver"):
        getattr(life, step)()
    life.report()


def test_handling_and_feedback_run_on_to_the_days_they_always_had(life: Life) -> None:
    feedback = life.assignment.feedback_due
    assert {"D5", "D7"} <= set(stopped(life.assignment))
    send_back(life)
    assert running(life.assignment) == {"D5": DUE, "D7": feedback}
    assert (life.assignment.status, life.assignment.due_on) == ("check_returned", DUE)
    assert promises_of(life.assignment).filter(clock="D5").count() == 1


def test_under_review_nothing_is_sent_back(life: Life) -> None:
    """One opinion lies before the higher organ; the unit does not write another one meanwhile."""
    life.apply_review(at=life.later())
    with refused("结束后再办。", NotReady):
        send_back(life)


def test_a_new_opinion_is_reviewed_as_the_first_one_was(cast: Cast) -> None:
    life = Life(cast, way=AssignmentKind.ASSIGN).until("report")
    life.apply_review()
    life.reviewed()
    assert "D11" in running(life.petition)
    life.return_result()
    assert "D11" not in running(life.petition)
    actions.handle_again(life.assignment, by=life.handler, at=life.later())
    for step in ("draft_opinion", "issue_opinion", "deliver"):
        getattr(life, step)()
    life.apply_review()
    life.reviewed()
    assert life.review.status == "closed"


def test_the_final_word_on_an_opinion_that_was_sent_back_bars_no_review_of_the_next(cast: Cast) -> None:
    Division.objects.create(code="610100000000", name="西安市", kind="city")
    Division.objects.filter(code="610115000000").update(parent_id="610100000000")
    life = Life(cast, way=AssignmentKind.ASSIGN).until("report")
    life.apply_review()
    life.reviewed()
    life.apply_review(level=ReviewLevel.FINAL_REVIEW, organ="西安市人民政府")
    moments = dict.fromkeys(("admitted_at", "decided_at", "delivered_at", "ended_at"), life.now)
    final = {"status": "closed", "decision": "upheld", **moments}
    ReviewCase.objects.filter(level=ReviewLevel.FINAL_REVIEW).update(**final)
    assert obstacle("petition.apply_review", life.petition, life.day())
    life.return_result()
    actions.handle_again(life.assignment, by=life.handler, at=life.later())
    for step in ("draft_opinion", "issue_opinion", "deliver"):
        getattr(life, step)()
    life.apply_review()


def test_the_unit_is_told_why_and_that_the_days_stand(life: Life) -> None:
    send_back(life)
    told = said(PaperKind.CHECK_RETURN_NOTICE, life.petition)
    assert (told["reasons"], told["due"]) == ("第2项诉求未答复。", "2026-05-11（不重新计算）")
    assert paper(PaperKind.CHECK_RETURN_NOTICE, life.petition).unit_code == life.cast.bureau.code
    assert CheckResult.objects.get().is_passed is False


def test_reported_again_after_the_last_day_it_is_late_and_both_reports_are_kept(life: Life) -> None:
    send_back(life)
    again(life)
    handling = promises_of(life.assignment).get(clock="D5")
    assert (handling.due_on, handling.stopped_at.date()) == (DUE, date(2026, 5, 13))
    assert life.assignment.reported_at.date() == date(2026, 5, 14)
    assert (life.assignment.reported_at.date() - DUE).days == 3
    assert [report.reported_at.date().day for report in life.assignment.reports.order_by("id")] == [8, 14]
    assert (Opinion.objects.count(), Delivery.objects.count()) == (2, 2)


def test_then_the_bureau_passes_it_and_the_petition_closes(life: Life) -> None:
    send_back(life)
    again(life)
    life.check_result()
    life.close()
    assert (life.assignment.status, life.petition.status) == ("done", "closed")
    assert [row.is_passed for row in CheckResult.objects.order_by("id")] == [False, True]
    assert Entry.objects.filter(act="assignment.issue_opinion").count() == 2


def test_the_window_for_review_opens_with_the_new_opinion(life: Life) -> None:
    send_back(life)
    assert "D9" not in running(life.petition)
    again(life)
    window = running(life.petition)["D9"]
    assert window > date(2026, 6, 10)


def test_the_opinion_that_was_sent_back_is_not_issued_again(life: Life) -> None:
    send_back(life)
    actions.handle_again(life.assignment, by=life.handler, at=moment(date(2026, 5, 9), 15))
    life.now = moment(date(2026, 5, 10))
    with refused("原来的意见已经退回，请重新拟写处理意见。", NotReady):
        life.issue_opinion()
    assert Answer.objects.count() == 2


def test_meanwhile_the_petitioner_reads_that_it_is_done_again(life: Life) -> None:
    send_back(life)
    reading = progress.of(life.petition, today=date(2026, 5, 9))
    assert (reading.state, reading.next.due) == ("信访局审核后，退回骊山街道办事处重新办理。", DUE)


def test_the_reason_is_written(life: Life) -> None:
    with refused("请逐条写明退回的理由。", field="note"):
        send_back(life, note=" ")


def test_the_bureau_sends_back_and_the_unit_handles_again(life: Life, cast: Cast) -> None:
    at, assignment = moment(date(2026, 5, 9)), life.assignment
    assert hands_that_may(cast, lambda by: actions.return_result(assignment, note="不全。", by=by, at=at)) == {
        *("bureau_head", "dispatcher", "supervisor")
    }
    send_back(life)
    assignment = life.assignment
    assert hands_that_may(cast, lambda by: actions.handle_again(assignment, by=by, at=at)) == {
        *("street_head", "street_handler")
    }


def test_a_result_that_was_sent_back_is_neither_checked_nor_closed(life: Life) -> None:
    send_back(life)
    life.now = moment(date(2026, 5, 10))
    with refused("退回重办", NotOnTheRoad):
        life.check_result()
    with refused("主办单位尚未送达处理意见或办结报告尚未审核", NotReady):
        life.close()


def test_nothing_is_entered_before_it_was_sent_back(life: Life) -> None:
    send_back(life)
    with refused("时间不能早于上一步办理的时间"):
        actions.handle_again(life.assignment, by=life.handler, at=moment(date(2026, 5, 8), 20))
