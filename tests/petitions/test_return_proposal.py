"""退回拟办: a proposal that is not agreed to, or cannot be carried out, is made anew; the clocks run on."""

from datetime import date

import pytest

from tests.cast import Cast, Life
from tests.petitions.facts import hands_that_may, promises_of, refused, running
from xinfang.petitions import actions
from xinfang.petitions.codes import AssignmentKind
from xinfang.petitions.errors import NotOnTheRoad, NotReady
from xinfang.petitions.models import Remark

REASON = "应由住建局办理，请重新拟办。"


@pytest.fixture
def life(cast: Cast) -> Life:
    return Life(cast, way=AssignmentKind.ASSIGN).until("propose")


def sent_back(life: Life) -> None:
    actions.return_proposal(life.petition, reason=REASON, by=life.cast.bureau_head, at=life.later())


def test_the_chief_or_who_proposes_returns_it(cast: Cast, life: Life) -> None:
    at = life.later()
    may = hands_that_may(cast, lambda by: actions.return_proposal(life.petition, reason=REASON, by=by, at=at))
    assert may == {"bureau_head", "registrar", "dispatcher"}


def test_it_is_registered_again_and_its_fifteen_days_run_on(life: Life) -> None:
    before = running(life.petition)
    sent_back(life)
    assert life.petition.status == "registered"
    assert running(life.petition) == before == {"D2": date(2026, 6, 30)}
    assert promises_of(life.petition).filter(clock="D2").count() == 1
    assert life.petition.due_on == date(2026, 6, 30)


def test_the_reason_is_kept(life: Life) -> None:
    sent_back(life)
    assert Remark.objects.filter(act="petition.return_proposal").values_list("text", flat=True).get() == REASON


def test_it_needs_a_reason(life: Life) -> None:
    with refused("请写明退回的理由。", field="reason"):
        actions.return_proposal(life.petition, reason=" ", by=life.cast.bureau_head, at=life.later())


def test_it_is_proposed_anew_to_another_unit(cast: Cast, life: Life) -> None:
    sent_back(life)
    life.propose(lead_unit=cast.dept)
    life.approve()
    life.dispatch()
    assert life.assignment.unit == cast.dept


def test_an_approval_does_not_cover_what_was_proposed_after_it(life: Life) -> None:
    life.approve()
    sent_back(life)
    life.propose()
    with refused("该件须经负责人批办后才能交出。", NotReady):
        life.dispatch()


def test_what_was_given_to_a_unit_is_not_returned_to_the_clerk(life: Life) -> None:
    life.approve()
    life.dispatch()
    with refused("现在不能“退回拟办”", NotOnTheRoad):
        sent_back(life)
