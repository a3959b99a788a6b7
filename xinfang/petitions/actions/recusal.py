"""回避 (条例 二十八): an officer, or a whole unit, keeps away from a petition."""

from datetime import datetime

from xinfang.foundation.errors import Refused
from xinfang.organizations import policies as organizations
from xinfang.organizations.models import Duty, Officer, Unit
from xinfang.petitions import fitting, queries, road
from xinfang.petitions.codes import RecusalGround
from xinfang.petitions.lifecycle import ENDED_ASSIGNMENT
from xinfang.petitions.models import Petition, Recusal
from xinfang.petitions.policies import By
from xinfang.trace.acts import act

ARTICLE = "条例 二十八"
HEADS = frozenset({Duty.BUREAU_HEAD, Duty.UNIT_HEAD})


@act
def recuse(
    petition: Petition, *, ground: RecusalGround, text: str, by: By, at: datetime, officer: Officer | None = None
) -> Recusal:
    """回避: the officer himself, or his head for him. He makes no move of this petition any more."""
    petition = road.hold_petition(petition)
    step = road.enter("petition.recuse", petition, by=by, at=at)
    assert isinstance(by, Officer)
    who = officer or by
    _refuse_recusing(petition, who, by)
    _need(text)
    row = fitting.add(Recusal, petition=petition, officer=who, ground=ground, text=text, recused_at=at)
    petition.assignments.filter(handler=who).exclude(status__in=ENDED_ASSIGNMENT).update(handler=None)
    road.advance(step, has_recusals=True)
    road.leave(step, rows=[row], officer=who.pk, ground=ground)
    return row


def _refuse_recusing(petition: Petition, who: Officer, by: Officer) -> None:
    if not queries.visible_to(by).filter(pk=petition.pk).exists():
        raise Refused("您看不到这件信访件。", article=ARTICLE)
    if who == by:
        return
    units = {seat.unit_id for seat in by.seats if seat.duty in HEADS}
    if units.isdisjoint(seat.unit_id for seat in who.seats):
        raise Refused("别人的回避由其所在单位的负责人决定。", field="officer", article=ARTICLE)
    if organizations.holds(who, {Duty.BUREAU_HEAD}) and not organizations.holds(by, {Duty.BUREAU_HEAD}):
        raise Refused("别人的回避由其所在单位的负责人决定。", field="officer", article=ARTICLE)


@act
def recuse_unit(petition: Petition, *, unit: Unit, ground: RecusalGround, text: str, by: By, at: datetime) -> Recusal:
    """单位回避: it does not lead this petition; it may still help with what it knows."""
    return _keep("petition.recuse_unit", petition, unit, ground, text, is_overridden=False, by=by, at=at)


@act
def allow_unit(petition: Petition, *, unit: Unit, text: str, by: By, at: datetime) -> Recusal:
    """准予主办: the bureau's head lets the unit complained of lead all the same, with his reason; it is counted."""
    ground = RecusalGround.IS_RESPONDENT
    return _keep("petition.allow_unit", petition, unit, ground, text, is_overridden=True, by=by, at=at)


def _keep(
    verb: str,
    petition: Petition,
    unit: Unit,
    ground: RecusalGround,
    text: str,
    *,
    is_overridden: bool,
    by: By,
    at: datetime,
) -> Recusal:
    petition = road.hold_petition(petition)
    step = road.enter(verb, petition, by=by, at=at)
    _need(text)
    row = fitting.add(
        Recusal,
        petition=petition,
        unit=unit,
        ground=ground,
        text=text,
        is_overridden=is_overridden,
        recused_at=at,
    )
    road.advance(step, has_recusals=True)
    road.leave(step, rows=[row], unit=unit.pk, ground=ground, overridden=is_overridden or None)
    return row


def _need(text: str) -> None:
    if not text.strip():
        raise Refused("请写明理由。", field="text", article=ARTICLE)
