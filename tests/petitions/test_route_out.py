"""转出: to the political-legal organs, to the discipline organ, or to a bureau outside the county (条例 二十二、三十)."""

from datetime import date
from typing import Any

import pytest

from tests.cast import Cast, Life
from tests.petitions.facts import hands_that_may, refused, running, said, stopped
from xinfang.documents.kinds import PaperKind
from xinfang.petitions import actions
from xinfang.petitions.codes import MatterKind, Purpose, RouteOutReason, Way
from xinfang.petitions.errors import NotReady
from xinfang.petitions.models import Ending, Named
from xinfang.trace.models import Entry

APPEAL = "不服判决的，可以在十五日内上诉。"


@pytest.fixture
def life(cast: Cast) -> Life:
    return Life(cast).until("propose_out")


def route_out(life: Life, road: str = APPEAL) -> Ending:
    return actions.route_out(life.petition, right_road=road, by=life.cast.dispatcher, at=life.later())


def accusation(cast: Cast) -> Life:
    """Sealed from registration on; the dispatcher was named to it."""
    life = Life(cast, purpose=Purpose.ACCUSE)
    Named.objects.create(petition=life.petition, officer=cast.dispatcher)
    life.check_duplicate()
    return life


def to_the_discipline_organ(life: Life, **changes: Any) -> None:
    facts = {"kind": MatterKind.ACCUSATION, "way": Way.ROUTE_OUT, "lead_unit": None, "destination": "区纪委监委"}
    life.propose(**(facts | {"ground": RouteOutReason.ACCUSATION} | changes))


def test_the_bureau_routes_it_out(cast: Cast, life: Life) -> None:
    at = life.later()
    may = hands_that_may(cast, lambda by: actions.route_out(life.petition, right_road=APPEAL, by=by, at=at))
    assert may == {"dispatcher", "registrar", "bureau_head"}


def test_the_organ_gets_a_letter_and_the_petitioner_hears_which_organ_it_is(life: Life) -> None:
    assert route_out(life).destination == "区委政法委"
    letter, notice = (said(kind, life.petition) for kind in (PaperKind.ROUTING_OUT_LETTER, PaperKind.ROUTING_NOTICE))
    assert (letter["to"], letter["people"]) == ("区委政法委", "王桂兰")
    assert (notice["unit"], notice["next"]) == ("区委政法委", APPEAL)
    assert letter["basis"] == "《信访工作条例》第二十二条"  # article 30 is about accusations


def test_it_ends_the_fifteen_days_stop_and_the_archive_waits(life: Life) -> None:
    route_out(life)
    assert (life.petition.status, life.petition.ended_at) == ("routed_out", life.now)
    assert stopped(life.petition) == {"D2": life.now}
    assert running(life.petition) == {"D20": date(2026, 7, 15)}


def test_the_organ_must_be_named(cast: Cast) -> None:
    life = Life(cast).until("check_duplicate")
    with refused("转出的写明转到哪个机关，其他方式不写。", field="destination"):
        life.propose(way=Way.ROUTE_OUT, lead_unit=None, ground="judicial", destination=" ")


def test_what_was_proposed_for_a_unit_is_not_routed_out(cast: Cast) -> None:
    with refused("拟办意见不是“转出”。", NotReady):
        route_out(Life(cast).until("propose"))


def test_an_accusation_goes_to_the_discipline_organ_alone(cast: Cast) -> None:
    life = accusation(cast)
    with refused("检举控告件只能转纪检监察机关", field="way", article="条例 三十"):
        life.propose(kind=MatterKind.ACCUSATION)
    to_the_discipline_organ(life)
    life.agree_to_route_out()
    route_out(life, "")
    assert life.petition.status == "routed_out"


def test_of_an_accusation_the_petitioner_hears_that_it_was_routed_and_no_more(cast: Cast) -> None:
    life = accusation(cast)
    to_the_discipline_organ(life)
    life.agree_to_route_out()
    route_out(life, "")
    notice = said(PaperKind.ROUTING_NOTICE, life.petition)
    assert (notice["unit"], notice["next"]) == ("有关机关", "有关机关将按照规定处理。")
    assert said(PaperKind.ROUTING_OUT_LETTER, life.petition)["people"] == "来信人（保密）"


def test_an_accusation_leaves_no_organ_no_reason_and_no_paper_in_the_trace(cast: Cast) -> None:
    life = accusation(cast)
    to_the_discipline_organ(life)
    life.agree_to_route_out()
    route_out(life, "")
    facts = Entry.objects.get(act="petition.route_out").facts
    assert {"ground", "papers", "unit", "destination"} & set(facts) == set()
    assert facts["to"] == "routed_out"


def test_a_duty_alone_does_not_route_an_accusation(cast: Cast) -> None:
    life = accusation(cast)
    to_the_discipline_organ(life)
    life.agree_to_route_out()
    at = life.later()
    may = hands_that_may(cast, lambda by: actions.route_out(life.petition, right_road="", by=by, at=at))
    assert may == {"dispatcher", "registrar", "supervisor"}


@pytest.mark.parametrize("destination", ["骊山街道办事处", "区委组织部", "区环境监察大队"])
def test_an_accusation_goes_to_no_organ_that_is_not_of_discipline(cast: Cast, destination: str) -> None:
    life = accusation(cast)
    with refused("检举控告件按照管理权限转纪检监察机关", field="destination", article="条例 二十二、三十"):
        to_the_discipline_organ(life, destination=destination)
    to_the_discipline_organ(life, destination="中共西安市纪律检查委员会")


def test_an_accusation_never_goes_to_whom_it_accuses(cast: Cast) -> None:
    life = accusation(cast)
    accused = {"respondent_unit": cast.discipline}
    with refused("不能转给被检举控告的单位", field="destination", article="条例 三十"):
        to_the_discipline_organ(life, destination="临潼区纪委监委", **accused)
    to_the_discipline_organ(life, destination="西安市纪委监委", **accused)


def test_one_hand_alone_routes_no_accusation_out(cast: Cast) -> None:
    """Hard rule b of 2.2: two persons."""
    life = accusation(cast)
    Named.objects.create(petition=life.petition, officer=cast.bureau_head)
    to_the_discipline_organ(life)
    with refused("检举控告件须由另一名专人批办后才能转出。", NotReady):
        route_out(life, "")
    life.agree_to_route_out()
    assert route_out(life, "").destination == "区纪委监委"


def test_what_is_no_accusation_is_not_routed_out_as_one(cast: Cast) -> None:
    life = Life(cast).until("check_duplicate")
    with refused("只有检举控告件以此为由转出", field="kind", article="条例 三十"):
        to_the_discipline_organ(life, kind=MatterKind.APPEAL_CLAIM)
