"""不予受理: for listed reasons only, in writing, and with the right road named (条例 十九、二十、二十三)."""

from datetime import date

import pytest

from tests.cast import Cast, Life, intake
from tests.petitions.facts import hands_that_may, refused, running, said, stopped
from xinfang.documents.kinds import PaperKind
from xinfang.petitions import actions
from xinfang.petitions.actions.triage import Disposition
from xinfang.petitions.codes import (
    AssignmentKind,
    Channel,
    DeclineReason,
    DuplicateOutcome,
    MatterKind,
    Procedure,
    Way,
)
from xinfang.petitions.errors import NotReady
from xinfang.petitions.models import Ending, Petition

ROAD = "请向临潼区人民法院起诉，期限三年。"


@pytest.fixture
def life(cast: Cast) -> Life:
    return Life(cast).until("propose_decline")


def decline(life: Life, road: str = ROAD) -> Ending:
    return actions.decline(life.petition, right_road=road, by=life.cast.dispatcher, at=life.later())


def test_the_dispatcher_declines(cast: Cast, life: Life) -> None:
    at = life.later()
    may = hands_that_may(cast, lambda by: actions.decline(life.petition, right_road=ROAD, by=by, at=at))
    assert may == {"dispatcher"}


def test_it_ends_with_the_reason_and_the_right_road(life: Life) -> None:
    ending = decline(life)
    assert (life.petition.status, life.petition.ended_at) == ("declined", life.now)
    assert (ending.ground, ending.road) == ("judicial_matter", ROAD)
    assert life.petition.is_judicial


def test_the_petitioner_is_told_in_writing_why_and_where_to_go(life: Life) -> None:
    decline(life)
    told = said(PaperKind.DECLINE_NOTICE, life.petition)
    assert told["to"] == "王桂兰"
    assert told["ground"] == "属于或者应当通过诉讼等政法程序处理"
    assert told["basis"] == "《信访工作条例》第二十条、第三十一条"
    assert told["road"] == ROAD
    assert told["matters"] == ["1. 修好屋顶", "2. 赔偿损失"]


def test_the_fifteen_days_stop_and_the_archive_waits(life: Life) -> None:
    decline(life)
    assert stopped(life.petition) == {"D2": life.now}
    assert running(life.petition) == {"D20": date(2026, 7, 15)}


def test_without_the_right_road_it_is_not_declined(life: Life) -> None:
    with refused("请写明应当向哪个机关、循哪条途径提出。", field="right_road", article="条例 十九"):
        decline(life, " ")


def test_what_was_proposed_for_a_unit_is_not_declined(cast: Cast) -> None:
    with refused("拟办意见不是“不予受理”。", NotReady):
        decline(Life(cast).until("propose"))


def test_a_reason_that_is_not_listed_is_refused(cast: Cast) -> None:
    life = Life(cast).until("check_duplicate")
    for ground in ("", "no_demand", "too_difficult"):
        with refused("请从所列理由中选择一项。", field="ground"):
            life.propose_end(Way.DECLINE, ground)


def test_the_bureau_never_declines_because_it_is_not_in_its_power_but_transfers(cast: Cast) -> None:
    life = Life(cast).until("check_duplicate")
    with refused("应当转送、交办有权处理的机关、单位。", field="ground", article="条例 二十二、二十三"):
        life.propose_end(Way.DECLINE, DeclineReason.NOT_OUR_POWER)
    life.propose()
    life.dispatch()
    assert life.petition.status == "dispatched"


def of_the_street(cast: Cast, life: Life, ground: DeclineReason) -> Petition:
    """Received and declined at a street."""
    own = actions.register(intake(), organ=cast.street, by=cast.street_handler, at=life.later()).petition
    actions.check_duplicate(own, outcome=DuplicateOutcome.INITIAL, reason="无", by=cast.street_head, at=life.later())
    way = Disposition(
        kind=MatterKind.APPEAL_CLAIM,
        procedure=Procedure.PETITION_PROCEDURE,
        category="040200",
        way=Way.DECLINE,
        ground=ground,
        opinion="不属街道职权。",
    )
    actions.propose(own, way, by=cast.street_handler, at=life.later())
    return own


def test_a_street_may_decline_because_it_is_not_in_its_power_and_names_who_has_it(cast: Cast) -> None:
    life = Life(cast)
    own = of_the_street(cast, life, DeclineReason.NOT_OUR_POWER)
    actions.decline(own, right_road="请向区住房和城乡建设局提出。", by=cast.street_head, at=life.later())
    assert said(PaperKind.DECLINE_NOTICE, own)["basis"] == "《信访工作条例》第二十三条"


def test_only_a_visit_can_skip_a_level_a_letter_is_registered_and_transferred(cast: Cast) -> None:
    life = Life(cast).until("check_duplicate")
    with refused("只有走访提出的申诉求决事项才有越级问题", field="ground", article="条例 二十"):
        life.propose_end(Way.DECLINE, DeclineReason.SKIP_LEVEL_VISIT)


def test_a_visit_that_skips_a_level_is_registered_and_sent_to_the_right_level(cast: Cast) -> None:
    visit = {"channel": Channel.VISIT, "persons_present": 1}
    life = Life(cast, way=AssignmentKind.TRANSFER, **visit).until("check_duplicate")
    life.propose_end(Way.DECLINE, DeclineReason.SKIP_LEVEL_VISIT)
    decline(life, "请到骊山街道办事处提出。")
    assert life.petition.number
    assert said(PaperKind.DECLINE_NOTICE, life.petition)["ground"] == "越级走访"


def test_nobody_approves_it_first(life: Life) -> None:
    with refused("没有等待批办的拟办意见。", NotReady):
        actions.approve(life.petition, note="同意。", by=life.cast.bureau_head, at=life.later())
