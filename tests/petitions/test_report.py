"""办结报告 and 审核: the unit reports the result of a 交办, the bureau checks it."""

from datetime import UTC, date, datetime

import pytest

from tests.cast import Cast, Life
from tests.petitions.facts import hands_that_may, moment, paper, promises_of, refused, said, stopped
from xinfang.documents import papers
from xinfang.documents.kinds import PaperKind
from xinfang.petitions import actions
from xinfang.petitions.codes import AssignmentKind, PetitionerView
from xinfang.petitions.errors import NotOnTheRoad
from xinfang.petitions.models import Assignment, CheckResult, Commitment, Delivery, Report


@pytest.fixture
def life(cast: Cast) -> Life:
    return Life(cast, way=AssignmentKind.ASSIGN).until("deliver")


def report(life: Life, **changes: object) -> Report:
    facts = {"process": "已维修。", "view": PetitionerView.AGREE, "by": life.handler, "at": life.later()}
    return actions.report(life.assignment, **(facts | changes))


def check(life: Life, **changes: object) -> CheckResult:
    return actions.check_result(
        life.assignment, **({"note": "合格。", "by": life.cast.supervisor, "at": life.later()} | changes)
    )


def test_only_the_handling_unit_reports(cast: Cast, life: Life) -> None:
    assert hands_that_may(cast, lambda by: report(life, by=by)) == {"street_head", "street_handler"}


def test_the_report_stops_the_feedback_clock(life: Life) -> None:
    report(life)
    assert (life.assignment.status, life.assignment.reported_at) == ("reported", life.now)
    assert stopped(life.assignment)["D7"] == life.now


def test_a_late_report_shows_as_late(life: Life) -> None:
    report(life, at=moment(date(2026, 9, 5)))
    d7 = promises_of(life.assignment).get(clock="D7")
    assert d7.due_on == date(2026, 8, 29) < d7.stopped_at.date()


def test_the_report_tells_what_was_done_and_what_the_petitioner_thinks(life: Life) -> None:
    report(life, view=PetitionerView.DISAGREE)
    text = said(PaperKind.COMPLETION_REPORT, life.petition)
    assert (text["to"], text["process"], text["view"]) == ("区信访局", "已维修。", "不同意")
    assert paper(PaperKind.COMPLETION_REPORT, life.petition).number == "临street字〔2026〕报 1 号"


def test_the_day_of_the_opinion_is_that_of_the_county(life: Life) -> None:
    """Signed at 01:00 on 18 June, which is still 17 June in Greenwich."""
    Assignment.objects.update(
        opinion_at=datetime(2026, 6, 17, 17, tzinfo=UTC), accepted_at=datetime(2026, 6, 17, 16, tzinfo=UTC)
    )
    report(life)
    assert said(PaperKind.COMPLETION_REPORT, life.petition)["opinion"][0].startswith("2026年6月18日出具")


def test_the_report_repeats_what_the_opinion_found_how_it_was_served_and_what_is_still_to_be_done(life: Life) -> None:
    report(life)
    told = said(PaperKind.COMPLETION_REPORT, life.petition)
    opinion = paper(PaperKind.HANDLING_OPINION, life.petition)
    answers = papers.data_of(opinion, key=life.petition.key)["answers"]
    assert opinion.number in told["opinion"][0]
    assert told["facts"] == [f"{one['n']}. {one['finding']}" for one in answers]
    assert told["opinion"][1:] == [f"{one['n']}. {one['demand']}：{one['result']}" for one in answers]
    delivery = Delivery.objects.get()
    assert told["served"] == f"{delivery.delivered_on} 当面送达。"
    waiting = Commitment.objects.filter(status="open")
    assert len(told["left"]) == max(1, waiting.count())


def test_what_was_done_by_then_is_not_said_to_be_left(life: Life) -> None:
    Commitment.objects.update(status="carried_out")
    report(life)
    assert said(PaperKind.COMPLETION_REPORT, life.petition)["left"] == ["没有。"]


def test_a_report_that_says_nothing_is_refused(life: Life) -> None:
    with refused("请写明办理经过。", field="process"):
        report(life, process=" ")


def test_it_is_reported_once(life: Life) -> None:
    report(life)
    with refused("现在不能“办结报告”：该件当前状态为“待审核”", NotOnTheRoad):
        report(life)
    assert Report.objects.count() == 1


def test_nothing_is_reported_before_the_petitioner_has_the_opinion(cast: Cast) -> None:
    life = Life(cast, way=AssignmentKind.ASSIGN).until("issue_opinion")
    with refused("现在不能“办结报告”：该件当前状态为“已处理待送达”", NotOnTheRoad):
        report(life)


def test_a_transferred_petition_needs_no_report(cast: Cast) -> None:
    life = Life(cast).until("deliver")
    with refused("现在不能“办结报告”：该件当前状态为“已办结”", NotOnTheRoad):
        report(life)


# 审核


def test_the_bureau_checks(cast: Cast, life: Life) -> None:
    report(life)
    assert hands_that_may(cast, lambda by: check(life, by=by)) == {"bureau_head", "dispatcher", "supervisor"}


def test_a_sound_result_ends_the_work_and_leaves_the_petition_to_be_closed(life: Life) -> None:
    report(life)
    check(life)
    assert (life.assignment.status, life.assignment.done_at, life.assignment.due_on) == ("done", life.now, None)
    assert life.petition.status == "dispatched"
    assert CheckResult.objects.get().note == "合格。"


def test_it_is_checked_once_and_not_before_the_report(life: Life) -> None:
    with refused("现在不能“审核”：该件当前状态为“已送达”", NotOnTheRoad):
        check(life)
    report(life)
    check(life)
    with refused("现在不能“审核”：该件当前状态为“已办结”", NotOnTheRoad):
        check(life)
