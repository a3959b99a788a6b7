"""送达: with its day and its proof; the thirty days for review begin when the petitioner has the opinion in hand."""

from datetime import date, timedelta

import pytest

from tests.cast import Cast, Life
from tests.petitions.facts import begun, hands_that_may, moment, paper, promises_of, refused, running, said
from xinfang.documents.kinds import PaperKind
from xinfang.petitions import actions
from xinfang.petitions.codes import AssignmentKind, DeliveryMode
from xinfang.petitions.errors import NotOnTheRoad
from xinfang.petitions.models import Delivery
from xinfang.trace.models import Entry


@pytest.fixture
def life(cast: Cast) -> Life:
    return Life(cast, way=AssignmentKind.ASSIGN).until("issue_opinion")


def deliver(life: Life, **changes: object) -> Delivery:
    at = changes.setdefault("at", life.later())
    facts = {"mode": DeliveryMode.MAIL, "delivered_on": at.date(), "proof": "EMS 1234", "by": life.handler}  # type: ignore[attr-defined]
    return actions.deliver(life.assignment, **(facts | changes))


def test_only_the_handling_unit_delivers(cast: Cast, life: Life) -> None:
    assert hands_that_may(cast, lambda by: deliver(life, by=by)) == {"street_head", "street_handler"}


def test_the_window_for_review_runs_from_the_day_of_delivery(life: Life) -> None:
    issued = life.now.date()
    deliver(life, delivered_on=issued + timedelta(days=2), at=life.now + timedelta(days=5))
    window = promises_of(life.petition).get(clock="D9")
    assert window.started_on == issued + timedelta(days=2)
    assert window.due_strict == issued + timedelta(days=32) == date(2026, 7, 19)
    assert window.due_on == date(2026, 7, 20)  # a Monday


def test_the_window_rolls_past_the_holidays(cast: Cast, calendar_of_2026: None) -> None:
    """Domain 3.16: delivered on 2 September, the thirtieth day is 2 October, the window ends on 8 October."""
    life = begun(cast, moment(date(2026, 8, 3)), way=AssignmentKind.ASSIGN).until("issue_opinion")
    deliver(life, at=moment(date(2026, 9, 2)))
    window = promises_of(life.petition).get(clock="D9")
    assert (window.due_strict, window.due_on) == (date(2026, 10, 2), date(2026, 10, 8))
    assert window.warn_on is None


def test_it_is_the_petitions_window_and_the_bureau_sees_it(life: Life) -> None:
    deliver(life)
    assert set(running(life.petition)) == {"D9"}
    assert promises_of(life.petition).get(clock="D9").unit_code == life.cast.bureau.code


@pytest.mark.parametrize("proof", ["", "  "])
def test_without_proof_nothing_is_delivered(life: Life, proof: str) -> None:
    with refused("请写明签收、拒收见证或邮寄单号。", field="proof"):
        deliver(life, proof=proof)
    assert not Delivery.objects.exists()
    assert running(life.petition) == {}


def test_it_is_not_delivered_before_it_was_signed_nor_tomorrow(life: Life) -> None:
    issued = life.now.date()
    for day in (issued - timedelta(days=1), issued + timedelta(days=1)):
        with refused("送达日期不能早于出具意见之日，也不能晚于今天。", field="delivered_on"):
            deliver(life, delivered_on=day, at=life.now)
    assert deliver(life, delivered_on=issued).delivered_on == issued


def test_the_day_is_that_of_the_county(life: Life) -> None:
    """00:30 at the seat is still yesterday in Greenwich."""
    day = life.now.date() + timedelta(days=3)
    assert deliver(life, delivered_on=day, at=moment(day, 0, 30)).delivered_on == day


def test_the_receipt_says_what_reached_whom_and_how(life: Life) -> None:
    deliver(life)
    receipt = said(PaperKind.DELIVERY_RECEIPT, life.petition)
    assert receipt == {
        "document": f"{life.petition.number} 处理意见书",
        "to": "王桂兰",
        "mode": "邮寄",
        "on": life.now.date().isoformat(),
        "proof": "EMS 1234",
    }
    assert paper(PaperKind.DELIVERY_RECEIPT, life.petition).number is None


def test_an_assigned_petition_stays_open_for_the_report(life: Life) -> None:
    deliver(life)
    assert (life.petition.status, life.assignment.status) == ("dispatched", "delivered")
    assert life.assignment.due_on == life.assignment.feedback_due


@pytest.mark.parametrize("way", [AssignmentKind.TRANSFER, AssignmentKind.SELF])
def test_others_are_done_and_closed_with_the_delivery(cast: Cast, way: AssignmentKind) -> None:
    life = Life(cast, way=way).until("deliver")
    assert (life.petition.status, life.petition.closed_at) == ("closed", life.now)
    assert (life.assignment.status, life.assignment.done_at, life.assignment.due_on) == ("done", life.now, None)
    assert set(running(life.petition)) == {"D9", "D14"}
    hands = set(Entry.objects.filter(act__in=["assignment.finish", "petition.close"]).values_list("hand", "post"))
    assert hands == {("system", "road")}


def test_it_is_delivered_once(life: Life) -> None:
    deliver(life)
    with refused("现在不能“送达”：该件当前状态为“已送达”", NotOnTheRoad):
        deliver(life)
    assert Delivery.objects.count() == 1


def test_nothing_is_delivered_before_it_is_signed(cast: Cast) -> None:
    life = Life(cast).until("draft_opinion")
    with refused("现在不能“送达”：该件当前状态为“办理中”", NotOnTheRoad):
        deliver(life)


def test_the_system_ends_the_work_and_nobody_else(cast: Cast, life: Life) -> None:
    deliver(life)
    with refused("“结束承办”由系统办理。"):
        actions.finish(life.assignment, by=cast.street_head, at=life.later())
    with refused("只有交办件需要办结报告。"):
        actions.finish(life.assignment, by=actions.opinion.ROAD, at=life.later())
