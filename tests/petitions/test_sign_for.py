"""签收: the unit confirms that it has the work. No date moves."""

from datetime import timedelta

import pytest

from tests.cast import Cast, Life
from tests.petitions.facts import hands_that_may, refused, running
from xinfang.petitions import actions
from xinfang.petitions.codes import AssignmentKind
from xinfang.petitions.errors import NotOnTheRoad


@pytest.fixture
def life(cast: Cast) -> Life:
    return Life(cast).until("dispatch")


def test_only_the_unit_that_was_given_it_signs(cast: Cast, life: Life) -> None:
    may = hands_that_may(cast, lambda by: actions.sign_for(life.assignment, by=by, at=life.later()))
    assert may == {"street_head", "street_handler"}


def test_at_the_bureau_the_dispatcher_signs_for_what_it_keeps(cast: Cast) -> None:
    life = Life(cast, way=AssignmentKind.SELF).until("dispatch")
    may = hands_that_may(cast, lambda by: actions.sign_for(life.assignment, by=by, at=life.later()))
    assert may == {"dispatcher"}


def test_signing_is_noted_and_moves_no_date(life: Life) -> None:
    before = running(life.assignment)
    life.sign_for()
    assert (life.assignment.status, life.assignment.signed_at) == ("signed", life.now)
    assert running(life.assignment) == before
    assert life.assignment.notice_due == before["D4"]


def test_it_is_signed_for_once(life: Life) -> None:
    life.sign_for()
    with refused("现在不能“签收”：该件当前状态为“已签收待办理”，可能已有人先行办理。请刷新后再看。", NotOnTheRoad):
        life.sign_for()


def test_a_stale_page_does_not_sign_again(life: Life) -> None:
    stale = life.assignment
    life.sign_for()
    assert stale.status == "awaiting_sign"
    with refused("现在不能“签收”", NotOnTheRoad):
        actions.sign_for(stale, by=life.cast.street_head, at=life.later())


def test_nothing_is_signed_for_before_it_was_given(life: Life) -> None:
    with refused("时间不能早于上一步", field="at"):
        actions.sign_for(life.assignment, by=life.handler, at=life.now - timedelta(seconds=1))


def test_a_confidential_petition_is_signed_for_by_the_head_until_a_handler_is_named(cast: Cast) -> None:
    life = Life(cast, is_confidential=True, by=cast.dispatcher).until("dispatch")
    may = hands_that_may(cast, lambda by: actions.sign_for(life.assignment, by=by, at=life.later()))
    assert may == {"street_head"}
