"""批办: the chief's word, before a 交办, a group visit or an urgent matter leaves the organ."""

import pytest

from tests.cast import MORNING, Cast, Life, intake
from tests.petitions.facts import hands_that_may, refused
from xinfang.petitions import actions
from xinfang.petitions.actions.triage import Disposition
from xinfang.petitions.codes import AssignmentKind, DuplicateOutcome, MatterKind, Procedure, Way
from xinfang.petitions.errors import NotOnTheRoad, NotReady
from xinfang.petitions.models import Approval


@pytest.fixture
def life(cast: Cast) -> Life:
    return Life(cast, way=AssignmentKind.ASSIGN).until("propose")


def test_only_the_head_of_the_bureau_approves_there(cast: Cast, life: Life) -> None:
    may = hands_that_may(cast, lambda by: actions.approve(life.petition, note="同意。", by=by, at=life.later()))
    assert may == {"bureau_head"}


def test_the_head_of_a_unit_approves_what_his_unit_received(cast: Cast) -> None:
    life = Life(cast)
    at = life.later()
    own = actions.register(intake(is_urgent=True), organ=cast.street, by=cast.street_handler, at=at).petition
    actions.check_duplicate(own, outcome=DuplicateOutcome.INITIAL, reason="无", by=cast.street_head, at=at)
    way = Disposition(
        kind=MatterKind.APPEAL_CLAIM,
        procedure=Procedure.PETITION_PROCEDURE,
        category="040200",
        way=Way.SELF,
        lead_unit=cast.street,
        opinion="自办。",
    )
    actions.propose(own, way, by=cast.street_head, at=at)
    with refused("拟办和批办须由两个人分别办理"):
        actions.approve(own, note="同意。", by=cast.street_head, at=at)
    actions.return_proposal(own, reason="由承办人拟办。", by=cast.street_head, at=at)
    actions.propose(own, way, by=cast.street_handler, at=at)
    may = hands_that_may(cast, lambda by: actions.approve(own, note="同意。", by=by, at=life.later()))
    assert may == {"street_head"}


@pytest.mark.parametrize(("way", "ground"), [(Way.FILE_AWAY, "no_demand"), (Way.DECLINE, "not_our_power")])
def test_a_unit_complained_of_does_not_end_what_it_registered(cast: Cast, way: Way, ground: str) -> None:
    own = actions.register(intake(), organ=cast.street, by=cast.street_handler, at=MORNING).petition
    actions.check_duplicate(own, outcome=DuplicateOutcome.INITIAL, reason="无", by=cast.street_head, at=MORNING)
    facts = {"kind": MatterKind.APPEAL_CLAIM, "procedure": Procedure.PETITION_PROCEDURE, "category": "040200"}
    end = Disposition(**facts, way=way, ground=ground, respondent_unit=cast.street, opinion="存。")
    with refused("反映本单位的件，本单位不能以", field="way", article="条例 二十八"):
        actions.propose(own, end, by=cast.street_handler, at=MORNING)


def test_the_word_stands_beside_the_proposal_and_the_state_stays(life: Life) -> None:
    life.approve()
    approval = Approval.objects.get()
    assert (approval.note, approval.proposal) == ("同意。", life.petition.proposals.get())
    assert life.petition.status == "triaged"


def test_a_proposal_is_approved_once(life: Life) -> None:
    life.approve()
    with refused("没有等待批办的拟办意见。", NotReady):
        life.approve()
    assert Approval.objects.count() == 1


def test_what_needs_no_approval_gets_none(cast: Cast) -> None:
    life = Life(cast).until("propose")
    with refused("没有等待批办的拟办意见。", NotReady):
        actions.approve(life.petition, note="同意。", by=cast.bureau_head, at=life.later())


def test_nothing_is_approved_before_it_is_proposed(cast: Cast) -> None:
    life = Life(cast)
    with refused("现在不能“批办”：该件当前状态为“已登记”", NotOnTheRoad):
        actions.approve(life.petition, note="同意。", by=cast.bureau_head, at=life.later())


def test_without_it_the_petition_stays(life: Life) -> None:
    with refused("该件须经负责人批办后才能交出。", NotReady):
        life.dispatch()
    life.approve()
    life.dispatch()
    assert life.petition.status == "dispatched"
