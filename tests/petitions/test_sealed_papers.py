"""Slips and notices of a sealed petition name no subject and no unit; what lies in the letter to the unit names no person."""

from typing import Any

import pytest

from tests.cast import WANG, Cast, Life, registered
from tests.petitions.facts import said
from xinfang.documents.kinds import PaperKind
from xinfang.documents.models import Paper
from xinfang.petitions import actions
from xinfang.petitions.codes import MatterKind, Purpose, Way

SUBJECT = ("漏水", "修好屋顶", "赔偿损失")
UNIT = ("骊山", "街道", "住房和城乡建设", "纪委", "临street")


def confidential(cast: Cast, last: str) -> Life:
    life = Life(cast, is_confidential=True, by=cast.dispatcher)
    if last == "accept":
        life.until("dispatch")
        actions.sign_for(life.assignment, by=cast.street_head, at=life.later())
        actions.accept(life.assignment, by=cast.street_head, handler=cast.street_handler, at=life.later())
    elif last:
        life.until(last)
    return life


def ended(cast: Cast, way: Way, ground: str, **words: str) -> Life:
    life = confidential(cast, "check_duplicate")
    life.propose_end(way, ground)
    getattr(actions, way.value)(life.petition, **words, by=cast.dispatcher, at=life.later())
    return life


MADE: dict[PaperKind, Any] = {
    PaperKind.REGISTRATION_FORM: lambda cast: confidential(cast, ""),
    PaperKind.ROUTING_NOTICE: lambda cast: confidential(cast, "dispatch"),
    PaperKind.RECEIPT_NOTICE: lambda cast: confidential(cast, "accept"),
    PaperKind.DECLINE_NOTICE: lambda cast: ended(cast, Way.DECLINE, "judicial_matter", right_road="向法院起诉"),
    PaperKind.FINAL_DECLINE_NOTICE: lambda cast: ended(
        cast, Way.DECLINE_FINAL, "final_reviewed_same_facts", text="2025年的复核意见"
    ),
    PaperKind.DIRECT_REPLY: lambda cast: ended(cast, Way.REPLY_DIRECT, "", text="政策如下"),
}


@pytest.mark.parametrize("kind", MADE)
def test_what_goes_to_the_petitioner_names_no_subject_no_unit_and_no_person(cast: Cast, kind: PaperKind) -> None:
    life = MADE[kind](cast)
    paper = str(said(kind, life.petition)) + str(Paper.objects.filter(kind=kind).latest("id").number)
    assert [word for word in (*SUBJECT, *UNIT, WANG.name, WANG.phone, WANG.address) if word in paper] == []
    assert life.petition.number in paper


def test_of_an_accusation_the_petitioner_hears_of_no_organ(cast: Cast) -> None:
    life = Life(cast, purpose=Purpose.ACCUSE, by=cast.dispatcher).until("check_duplicate")
    life.propose(
        kind=MatterKind.ACCUSATION,
        way=Way.ROUTE_OUT,
        lead_unit=None,
        ground="accusation",
        destination="区纪委监委",
    )
    life.agree_to_route_out()
    actions.route_out(life.petition, right_road="区纪委监委会联系您", by=cast.dispatcher, at=life.later())
    notice = said(PaperKind.ROUTING_NOTICE, life.petition)
    assert (notice["unit"], notice["to"]) == ("有关机关", "来信人（保密）")
    assert "纪委" not in str(notice)
    letter = said(PaperKind.ROUTING_OUT_LETTER, life.petition)
    assert (letter["to"], letter["people"]) == ("区纪委监委", "来信人（保密）")


def test_the_letter_to_the_unit_names_the_way_back_through_the_bureau(cast: Cast) -> None:
    life = confidential(cast, "dispatch")
    assert said(PaperKind.TRANSFER_LETTER, life.petition)["people"] == "来信人（保密），需要联系的，经区信访局转达"


def test_an_ordinary_slip_still_names_everything(cast: Cast) -> None:
    slip = said(PaperKind.REGISTRATION_FORM, registered(cast).petition)
    assert (slip["people"], slip["title"]) == (WANG.name, "反映小区漏水无人维修")
    assert slip["demands"] == ["1. 修好屋顶", "2. 赔偿损失"]
