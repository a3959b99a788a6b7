"""Ringing and hearing bells."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from xinfang.notices.models import Bell, Reading
from xinfang.notices.words import Kind
from xinfang.organizations.models import Duty, Officer

HANDLERS = frozenset({Duty.CASE_HANDLER, Duty.UNIT_HEAD, Duty.DISPATCHER})
"""Whom a bell of their unit reaches."""
MOST_COUNTED = 100
KEPT = timedelta(days=100)


def ring(
    kind: Kind, *, unit: int, petition: int, at: datetime, officer: int | None = None, due_on: date | None = None
) -> Bell:
    """A bell that is not hung yet: see `hang`."""
    return Bell(kind=kind, unit_id=unit, officer_id=officer, petition=petition, due_on=due_on, rung_at=at)


def hang(bells: Iterable[Bell]) -> None:
    """All in one statement."""
    Bell.objects.bulk_create(list(bells))


def silence(petition: int) -> None:
    """What was sealed since is no longer rung for a whole unit."""
    Bell.objects.filter(petition=petition, officer=None).delete()


def of(officer: Officer) -> QuerySet[Bell]:
    """His own, and those of the units whose work he may take. Whether he may see the petition the page asks."""
    units = {seat.unit_id for seat in officer.seats if seat.duty in HANDLERS}
    return Bell.objects.filter(Q(officer=officer.pk) | Q(officer=None, unit__in=units))


def read_to(officer: Officer) -> int:
    return next(iter(Reading.objects.filter(pk=officer.pk).values_list("read_to", flat=True)), 0)


def unread(officer: Officer) -> int:
    """How many he has not read, up to a hundred, in one statement."""
    so_far = Coalesce(Subquery(Reading.objects.filter(pk=officer.pk).values("read_to")), 0)
    return of(officer).filter(pk__gt=so_far)[:MOST_COUNTED].count()


def mark_read(officer: Officer, last: int) -> None:
    """Up to this one; never back."""
    reading, _new = Reading.objects.get_or_create(officer=officer)
    Reading.objects.filter(pk=reading.pk, read_to__lt=last).update(read_to=last)


def drop_old(at: datetime) -> int:
    """Timed work: after a season a bell is only noise."""
    return Bell.objects.filter(rung_at__lt=at - KEPT).delete()[0]
