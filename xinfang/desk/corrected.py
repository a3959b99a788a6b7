"""What was corrected, as the petition page tells it: old value, new value, who, when, why."""

from collections.abc import Iterable
from dataclasses import dataclass

from xinfang.desk.words import moment
from xinfang.organizations.models import Division, Officer
from xinfang.petitions.actions.corrections import ASKERS, HEADS
from xinfang.petitions.models import Category, Correction, Petition, ReceiptNote
from xinfang.petitions.models.correction import CorrectedField


@dataclass(frozen=True)
class CorrectionLine:
    """One correction, as the petition page tells it."""

    pk: int
    name: str
    """The code of the field."""
    field: str
    old: str
    new: str
    reason: str
    asked: str
    asked_by: str
    confirmed: str
    confirmed_by: str
    may_confirm: bool


def lines(corrections: Iterable[Correction], officer: Officer, petition: Petition) -> list[CorrectionLine]:
    """Oldest first; codes under their names."""
    rows = list(corrections)
    names = _names(rows)
    confirms = sits(officer, petition, HEADS)
    return [_line(row, names, may_confirm=confirms and row.asked_by_id != officer.pk) for row in rows]


def _line(row: Correction, names: dict[str, str], *, may_confirm: bool) -> CorrectionLine:
    return CorrectionLine(
        pk=row.pk,
        name=row.field,
        field=str(row.get_field_display()),
        old=names.get(row.old, row.old) or "—",
        new=names.get(row.new, row.new),
        reason=row.reason,
        asked=moment(row.asked_at),
        asked_by=row.asked_by.name,
        confirmed=moment(row.confirmed_at),
        confirmed_by=row.confirmed_by.name if row.confirmed_by else "",
        may_confirm=may_confirm and not row.confirmed_at,
    )


def of_field(corrections: Iterable[CorrectionLine], *fields: CorrectedField) -> list[CorrectionLine]:
    """What stood here before, oldest first; what is only asked for has changed nothing."""
    return [one for one in corrections if one.confirmed and one.name in fields]


def _names(rows: list[Correction]) -> dict[str, str]:
    """What the codes among the values are called."""
    places, kinds = (
        [value for row in rows if row.field == field for value in (row.old, row.new) if value]
        for field in (CorrectedField.DIVISION, CorrectedField.CATEGORY)
    )
    found = dict(Division.objects.filter(code__in=places).values_list("code", "name"))
    return found | dict(Category.objects.filter(code__in=kinds).values_list("code", "name"))


def receipts(petition: Petition) -> list[ReceiptNote]:
    """What was annotated to the time of receipt, oldest first."""
    found = list(ReceiptNote.objects.filter(petition=petition).select_related("noted_by").order_by("id"))
    for note in found:
        note.petition = petition
    return found


def sits(officer: Officer, petition: Petition, duties: Iterable[str]) -> bool:
    wanted = set(duties)
    return any(seat.duty in wanted and seat.unit_id == petition.organ_id for seat in officer.seats)


def may_ask(officer: Officer, petition: Petition) -> bool:
    return sits(officer, petition, ASKERS)
