"""Named questions about units."""

from datetime import date

from django.db.models import F, Q, QuerySet

from xinfang.organizations.models import Unit


def open_units(day: date) -> QuerySet[Unit]:
    """The units that work on a day, villages last."""
    still_open = Q(abolished_on__isnull=True) | Q(abolished_on__gt=day)
    return Unit.objects.filter(still_open, opened_on__lte=day).order_by(F("serial").asc(nulls_last=True), "code")


def successor_of(unit: Unit, day: date) -> Unit | None:
    """Who does this unit's work on a day: itself, or the first after it that is open. None when it has no heir."""
    heir: Unit | None = unit
    passed: set[int] = set()
    while heir is not None and not heir.is_open_on(day):
        passed.add(heir.pk)
        heir = heir.successor
        if heir is not None and heir.pk in passed:
            return None
    return heir


def within(code: str) -> str:
    """What the codes of a place and of all places under it begin with: a district by six digits, a street by nine."""
    for digits in (6, 9):
        if code[digits:] == "0" * (12 - digits):
            return code[:digits]
    return code
