"""Named questions about units."""

from datetime import date

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from xinfang.organizations.models import Officer, Tenure, Unit


def open_units(day: date) -> QuerySet[Unit]:
    """The units that work on a day, villages last."""
    still_open = Q(abolished_on__isnull=True) | Q(abolished_on__gt=day)
    return Unit.objects.filter(still_open, opened_on__lte=day).order_by(F("serial").asc(nulls_last=True), "code")


def units_called(words: str) -> QuerySet[Unit]:
    """Every unit, abolished ones too, by a piece of its name, its code or its pinyin initials; all when nothing is asked."""
    asked = words.strip()
    if not asked:
        return Unit.objects.all()
    named = Q(name__contains=asked) | Q(short_name__contains=asked) | Q(code__startswith=asked)
    return Unit.objects.filter(named | Q(pinyin__contains=asked.lower()))


def without_post(day: date) -> QuerySet[Officer]:
    """The open accounts that hold no post and are to hold none."""
    lasting = Tenure.objects.filter(Q(until__isnull=True) | Q(until__gt=day), officer=OuterRef("pk"))
    return Officer.objects.filter(~Exists(lasting), is_active=True)


def without_password() -> QuerySet[Officer]:
    """The open accounts that nobody can sign in with yet."""
    return Officer.objects.filter(is_active=True, password__startswith=UNUSABLE_PASSWORD_PREFIX)


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
