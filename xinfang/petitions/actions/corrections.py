"""更正: asked with a reason, confirmed by the organ's head; history keeps the old value (S18)."""

from datetime import datetime
from typing import Any

from xinfang.foundation.errors import Refused
from xinfang.organizations.models import Division, Duty, Officer
from xinfang.organizations.policies import seat_of
from xinfang.petitions import fitting, road
from xinfang.petitions.models import Category, Correction, Petition
from xinfang.petitions.models.correction import CorrectedField
from xinfang.trace.acts import Hand, act, record

ASKERS = frozenset({Duty.REGISTRAR, Duty.DISPATCHER, Duty.UNIT_HEAD, Duty.CASE_HANDLER, Duty.BUREAU_HEAD})
HEADS = frozenset({Duty.BUREAU_HEAD, Duty.UNIT_HEAD})
_COLUMN = {CorrectedField.DIVISION: "division_id", CorrectedField.CATEGORY: "category_id"}
_LONGEST = {CorrectedField.TITLE: 50, CorrectedField.PLACE: 200}


@act
def ask_correction(
    petition: Petition, *, field: CorrectedField, new: str, reason: str, by: Officer, at: datetime
) -> Correction:
    """申请更正: nothing changes until the head confirms."""
    petition = road.hold_petition(petition)
    hand = by.hand(seat_of(by, ASKERS, unit_id=petition.organ_id))
    road.refuse_sealed(petition, by)
    old = str(getattr(petition, _column(field)) or "")
    _refuse(petition, field, old, new, reason)
    correction = fitting.add(
        Correction, petition=petition, field=field, old=old, new=new, reason=reason, asked_by=by, asked_at=at
    )
    _record("petition.ask_correction", correction, petition, hand, at)
    return correction


@act
def confirm_correction(correction: Correction, *, by: Officer, at: datetime) -> Correction:
    """确认更正: from now on the new value is shown and counted; closed periods are not reopened."""
    petition = road.hold_petition(correction.petition)
    hand = by.hand(seat_of(by, HEADS, unit_id=petition.organ_id))
    road.refuse_sealed(petition, by)
    correction = Correction.objects.select_for_update().get(pk=correction.pk)
    if correction.confirmed_at:
        raise Refused("该更正已经确认。")
    if correction.asked_by_id == by.pk:
        raise Refused("申请人不能确认自己的更正。")
    correction.confirmed_at, correction.confirmed_by = at, by
    correction.save(update_fields=["confirmed_at", "confirmed_by"])
    column = _column(CorrectedField(correction.field))
    setattr(petition, column, int(correction.new) if column == "persons_involved" else correction.new)
    petition.has_corrections = True
    petition.save(update_fields=[column.removesuffix("_id"), "has_corrections"])
    _record("petition.confirm_correction", correction, petition, hand, at)
    return correction


def _column(field: CorrectedField) -> str:
    return _COLUMN.get(field, field.value)


def _refuse(petition: Petition, field: CorrectedField, old: str, new: str, reason: str) -> None:
    if not reason.strip():
        raise Refused("请写明更正理由。", field="reason")
    if new == old or not new.strip():
        raise Refused("请填写与原来不同的内容。", field="new")
    if not _fits(field, new):
        raise Refused("“%(new)s”不能作为%(what)s。", field="new", new=new, what=field.label)
    if petition.corrections.filter(field=field, confirmed_at__isnull=True).exists():
        raise Refused("这一项已有更正等待确认。", field="field")


def _fits(field: CorrectedField, new: str) -> bool:
    if field == CorrectedField.DIVISION:
        return Division.objects.filter(pk=new).exists()
    if field == CorrectedField.CATEGORY:
        return Category.objects.filter(pk=new).exists()
    if field == CorrectedField.PERSONS_INVOLVED:
        return new.isdecimal() and 0 < int(new) < 1_000_000
    return len(new) <= _LONGEST.get(field, 500)


def _record(name: str, correction: Correction, petition: Petition, hand: Hand, at: datetime) -> None:
    said: dict[str, Any] = {"field": correction.field, "correction": correction.pk}
    if correction.field in _COLUMN:
        said |= {"old": correction.old, "new": correction.new}
    facts = road.told(petition, **said)
    record(name, subject=("petition", petition.pk), by=hand, at=at, facts=facts, rows=[correction], key=petition.key)
