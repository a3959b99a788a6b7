"""重新办理: handled anew with clocks of its own; what was done and promised the first time stays (P15)."""

from datetime import date, timedelta

import pytest

from tests.cast import Cast, Life
from tests.petitions.facts import hands_that_may, promises_of, refused, running, said, stopped
from xinfang.documents.kinds import PaperKind
from xinfang.petitions import actions
from xinfang.petitions.codes import ReopenGround
from xinfang.petitions.errors import NotOnTheRoad, NotReady
from xinfang.petitions.models import Assignment, Opinion, Remark

REASON = "回访发现屋顶没有维修，重新办理并报告。"


@pytest.fixture
def life(cast: Cast) -> Life:
    return Life(cast).until("deliver")


def reopen(life: Life, ground: ReopenGround = ReopenGround.FALSE_CLOSING, reason: str = REASON) -> Assignment:
    return actions.reopen(
        life.petition,
        ground=ground,
        unit=life.cast.dept,
        reason=reason,
        by=life.cast.bureau_head,
        at=life.later(days=5),
    )


def test_the_head_of_the_bureau_reopens(cast: Cast, life: Life) -> None:
    at = life.later()
    may = hands_that_may(
        cast,
        lambda by: actions.reopen(
            life.petition, ground=ReopenGround.FALSE_CLOSING, unit=cast.dept, reason=REASON, by=by, at=at
        ),
    )
    assert may == {"bureau_head", "system"}  # the system where a review orders it (order_redo)


def test_it_is_assigned_anew_and_must_be_reported(life: Life) -> None:
    new = reopen(life)
    day = life.now.date()
    assert (new.unit, new.kind, new.requirement) == (life.cast.dept, "assign", REASON)
    assert set(running(new)) == {"D3", "D4", "D7"}
    assert running(new)["D4"] == day + timedelta(days=15)
    assert (life.petition.status, life.petition.closed_at, life.petition.due_on) == ("dispatched", None, None)


def test_the_windows_of_the_first_closing_end(life: Life) -> None:
    assert set(running(life.petition)) == {"D9", "D14"}
    reopen(life)
    assert running(life.petition) == {}
    assert {"D9", "D14"} <= set(stopped(life.petition))
    assert life.petition.evaluation_status == "unopened"


def test_the_first_opinion_and_its_dates_stay(life: Life) -> None:
    first, dates = life.assignment, {p.clock: p.due_on for p in promises_of(life.assignment)}
    reopen(life)
    again = Assignment.objects.get(pk=first.pk)
    assert (again.status, again.notice_due, again.handling_due) == ("done", first.notice_due, first.handling_due)
    assert {p.clock: p.due_on for p in promises_of(first)} == dates
    assert Opinion.objects.filter(assignment=first, issued_at__isnull=False).exists()
    assert promises_of(life.petition).get(clock="D2").due_on == date(2026, 6, 30)


def test_the_petitioner_and_the_unit_are_told(life: Life) -> None:
    reopen(life)
    assert said(PaperKind.ROUTING_NOTICE, life.petition)["unit"] == "区住房和城乡建设局"
    letter = said(PaperKind.ASSIGNMENT_LETTER, life.petition)
    assert (letter["to"], letter["request"]) == ("区住房和城乡建设局", REASON)
    assert Remark.objects.get(act="petition.reopen").text == REASON


def test_it_needs_reason_and_requirement(life: Life) -> None:
    with refused("请写明重新办理的理由和要求。", field="reason"):
        reopen(life, reason=" ")


def test_a_closed_petition_was_not_withdrawn(life: Life) -> None:
    with refused("撤回的件只能以撤回非本意为由恢复，办结的件不用这一理由。", field="ground"):
        reopen(life, ReopenGround.FORCED_WITHDRAWAL)


def test_a_withdrawn_petition_is_restored_for_that_reason_alone(cast: Cast) -> None:
    life = Life(cast).until("ask_withdrawal")
    actions.withdraw(life.petition, called_back="自愿。", by=cast.registrar, at=life.later())
    with refused("撤回的件只能以撤回非本意为由恢复", field="ground"):
        reopen(life, ReopenGround.NEW_FACTS)


def test_what_is_still_handled_is_not_reopened(cast: Cast) -> None:
    with refused("现在不能“重新办理”", NotOnTheRoad):
        reopen(Life(cast).until("accept"))


def test_it_is_closed_again_only_by_a_new_opinion_and_rated_again(life: Life) -> None:
    reopen(life)
    with refused("主办单位尚未送达处理意见或办结报告尚未审核，不能办结。", NotReady):
        actions.close(life.petition, by=life.cast.dispatcher, at=life.later())


def test_a_unit_that_may_lead_nothing_gets_nothing(life: Life) -> None:
    with refused("区纪委监委不能作为主办单位。"):
        actions.reopen(
            life.petition,
            ground=ReopenGround.NEW_FACTS,
            unit=life.cast.discipline,
            reason=REASON,
            by=life.cast.bureau_head,
            at=life.later(),
        )
