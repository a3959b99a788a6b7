"""Who works in the county of a bench: its units as loaded, and one officer for every post."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from xinfang.organizations.actions import officers, tenures
from xinfang.organizations.models import Division, Duty, Officer, Post, Tenure, Unit, UnitKind
from xinfang.petitions.actions.triage import MAY_LEAD
from xinfang.petitions.models import Category
from xinfang.trace.acts import Hand

FILES = Path(__file__).resolve().parent.parent / "counties" / "lintong"
HAND = Hand.system("bench")
IN_OFFICE_SINCE = date(2010, 1, 1)
NEEDED = {Duty.UNIT_HEAD, Duty.CASE_HANDLER}


@dataclass(frozen=True)
class County:
    """The units that handle petitions, the codes an intake needs, and who sits where."""

    bureau: Unit
    units: tuple[Unit, ...]
    divisions: tuple[str, ...]
    categories: tuple[str, ...]
    officers: dict[tuple[int, str], Officer]

    def officer(self, unit: Unit, duty: Duty) -> Officer:
        return self.officers[unit.pk, duty]

    def desk(self, duty: Duty) -> Officer:
        """Someone of the bureau."""
        return self.officer(self.bureau, duty)


def load() -> None:
    """The files of the county, then an officer in every post, all by their verbs."""
    with transaction.atomic():
        call_command("load_county", FILES, verbosity=0, stdout=_Nowhere())
        at = timezone.now()
        for n, post in enumerate(Post.objects.select_related("unit").order_by("pk"), start=1):
            officer = officers.enrol(username=f"bench{n:04d}", name=f"{post.unit.short_name}{n}号", by=HAND, at=at)
            tenures.begin(post, officer=officer, since=max(IN_OFFICE_SINCE, post.unit.opened_on), by=HAND, at=at)


class _Nowhere:
    def write(self, text: str) -> None:
        """Commands greet; stdout belongs to the figures."""


def _ours() -> "QuerySet[Division]":
    return Division.objects.filter(code__startswith=settings.COUNTY).order_by("code")


def read() -> County:
    """As it stands in the database."""
    seats = Tenure.objects.filter(until__isnull=True).select_related("post", "officer").order_by("-pk")
    officers = {(seat.post.unit_id, seat.post.duty): seat.officer for seat in seats}
    open_units = Unit.objects.filter(abolished_on__isnull=True, kind__in=MAY_LEAD).order_by("pk")
    leaders = [unit for unit in open_units if all((unit.pk, duty) in officers for duty in NEEDED)]
    return County(
        bureau=Unit.objects.get(kind=UnitKind.BUREAU),
        units=tuple(unit for unit in leaders if unit.kind != UnitKind.BUREAU),
        divisions=tuple(_ours().values_list("code", flat=True)),
        categories=tuple(Category.objects.filter(parent__isnull=False).order_by("code").values_list("code", flat=True)),
        officers=officers,
    )
