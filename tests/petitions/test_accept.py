"""受理告知: the petitioner is told in writing; sixty days run, at the latest from the last day of notice."""

from datetime import date, timedelta

import pytest

from tests.cast import Cast, Life
from tests.petitions.facts import (
    begun,
    covering,
    hands_that_may,
    moment,
    paper,
    promises_of,
    refused,
    running,
    said,
    stopped,
)
from xinfang.documents.kinds import PaperKind
from xinfang.petitions import actions
from xinfang.petitions.codes import AssignmentKind
from xinfang.petitions.errors import NotOnTheRoad


@pytest.fixture
def life(cast: Cast) -> Life:
    return Life(cast).until("sign_for")


def accept_on(life: Life, day: date) -> None:
    actions.accept(life.assignment, by=life.handler, at=moment(day, 16))


def test_only_the_unit_that_was_given_it_accepts(cast: Cast, life: Life) -> None:
    may = hands_that_may(cast, lambda by: actions.accept(life.assignment, by=by, at=life.later(minutes=1)))
    assert may == {"street_head", "street_handler"}


def test_accepting_stops_objection_and_notice_and_starts_sixty_days(life: Life) -> None:
    accept_on(life, date(2026, 6, 20))
    assert set(stopped(life.assignment)) == {"D3", "D4"}
    assert running(life.assignment) == {"D5": date(2026, 6, 20) + timedelta(days=60)}


def test_an_early_acceptance_brings_the_last_day_forward(life: Life) -> None:
    before = life.assignment.handling_due
    accept_on(life, date(2026, 6, 20))
    assert life.assignment.handling_due == date(2026, 8, 19) < before


@pytest.mark.parametrize("day", [date(2026, 6, 30), date(2026, 7, 1), date(2026, 8, 10)])
def test_a_late_acceptance_does_not_move_it_later(life: Life, day: date) -> None:
    before = life.assignment.handling_due
    accept_on(life, day)
    promise = promises_of(life.assignment).get(clock="D5")
    assert promise.started_on == date(2026, 6, 30)
    assert life.assignment.handling_due == promise.due_on == before == date(2026, 8, 29)


def test_a_late_notice_shows_as_late(life: Life) -> None:
    accept_on(life, date(2026, 7, 3))
    d4 = promises_of(life.assignment).get(clock="D4")
    assert d4.due_on == date(2026, 6, 30)
    assert d4.stopped_at == moment(date(2026, 7, 3), 16)


def test_sixty_days_may_end_on_a_holiday_for_an_office(cast: Cast, calendar_of_2026: None) -> None:
    """Domain 3.16: accepted on 6 August, the strict last day is 5 October, inside the holiday."""
    life = begun(cast, moment(date(2026, 8, 5))).until("sign_for")
    accept_on(life, date(2026, 8, 6))
    promise = promises_of(life.assignment).get(clock="D5")
    assert (promise.due_strict, promise.due_legal) == (date(2026, 10, 5), date(2026, 10, 8))
    assert promise.due_on == promise.due_strict


def test_the_notice_names_procedure_demands_and_last_day_under_the_units_number(life: Life) -> None:
    life.accept()
    notice = said(PaperKind.RECEIPT_NOTICE, life.petition)
    assert (notice["to"], notice["procedure"], notice["due"]) == ("王桂兰", "信访程序", "2026-08-15")
    assert notice["matters"] == ["1. 修好屋顶", "2. 赔偿损失"]
    frozen = paper(PaperKind.RECEIPT_NOTICE, life.petition)
    assert (frozen.number, frozen.unit_code) == ("临street字〔2026〕受 1 号", life.cast.street.code)


def test_the_notice_of_a_sealed_petition_names_nobody(cast: Cast) -> None:
    life = Life(cast, is_confidential=True, by=cast.dispatcher).until("dispatch")
    actions.sign_for(life.assignment, by=cast.street_head, at=life.later())
    actions.accept(life.assignment, by=cast.street_head, handler=cast.street_handler, at=life.later())
    assert said(PaperKind.RECEIPT_NOTICE, life.petition)["to"] == "来信人（保密）"
    assert life.assignment.handler == cast.street_handler
    life.handle()  # whom the head has named sees it now


def test_who_accepts_handles_unless_another_is_named(cast: Cast, life: Life) -> None:
    life.accept()
    assert life.assignment.handler == cast.street_handler


def test_nobody_of_another_unit_is_named_as_handler(cast: Cast, life: Life) -> None:
    for stranger in (cast.dept_handler, cast.registrar, cast.village_collector):
        with refused("承办人", field="handler"):
            actions.accept(life.assignment, by=cast.street_head, handler=stranger, at=life.later(minutes=1))
    assert life.assignment.status == "signed"


def test_an_officer_with_a_seat_in_the_unit_may_be_named(cast: Cast, life: Life) -> None:
    two_seats = covering(cast, "dept_handler", "street_handler")
    actions.accept(life.assignment, by=cast.street_head, handler=two_seats, at=life.later())
    assert life.assignment.handler == cast.dept_handler


def test_what_is_not_signed_for_is_not_accepted(cast: Cast) -> None:
    life = Life(cast).until("dispatch")
    with refused("现在不能“受理告知”：该件当前状态为“待签收”", NotOnTheRoad):
        life.accept()


def test_it_is_accepted_once(life: Life) -> None:
    life.accept()
    with refused("现在不能“受理告知”：该件当前状态为“已受理”", NotOnTheRoad):
        life.accept()


def test_nothing_is_accepted_before_it_was_signed_for(life: Life) -> None:
    with refused("时间不能早于上一步", field="at"):
        actions.accept(life.assignment, by=life.handler, at=life.now - timedelta(minutes=30))


def test_the_bureau_accepts_what_it_keeps(cast: Cast) -> None:
    life = Life(cast, way=AssignmentKind.SELF).until("accept")
    assert set(stopped(life.assignment)) == {"D4"}
    assert running(life.assignment) == {"D5": date(2026, 8, 15)}
    assert paper(PaperKind.RECEIPT_NOTICE, life.petition).number == "临bureau字〔2026〕受 1 号"
