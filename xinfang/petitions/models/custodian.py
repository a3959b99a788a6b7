"""专人: who keeps the accusation compartment of the bureau (domain 2.2, hard rule b). Decision 0013."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from xinfang.foundation.ids import IdField, new_id
from xinfang.organizations.models import Officer, Tenure
from xinfang.organizations.models.posts import running_on

PLACES = (1, 2)


class Custodian(models.Model):
    """One of two named persons, or the named deputy of one: appointed by the bureau's head, confirmed by the discipline organ.

    He keeps it from `since` until the day before `until`; a deputy only while he whom he stands in for is away.
    """

    id = IdField(primary_key=True, default=new_id)
    place = models.PositiveSmallIntegerField()
    officer = models.ForeignKey("organizations.Officer", models.PROTECT, related_name="+")
    deputy_for = models.ForeignKey("self", models.PROTECT, null=True, related_name="deputies")
    since = models.DateField()
    until = models.DateField(null=True)
    appointed_by = models.ForeignKey("organizations.Officer", models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey("organizations.Officer", models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="custodian_in_one_of_two_places", condition=Q(place__in=PLACES)),
            models.CheckConstraint(
                name="custodian_ends_after_he_begins", condition=Q(until__isnull=True) | Q(until__gte=F("since"))
            ),
            models.CheckConstraint(
                name="custodian_is_not_appointed_by_himself", condition=~Q(officer=F("appointed_by"))
            ),
            models.CheckConstraint(
                name="custodian_confirmed_by_a_second_person",
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | (Q(confirmed_at__isnull=False) & ~Q(confirmed_by=F("appointed_by")) & ~Q(confirmed_by=F("officer"))),
            ),
            models.UniqueConstraint(
                fields=["place"],
                condition=Q(until__isnull=True, deputy_for__isnull=True),
                name="custodian_one_in_a_place",
            ),
            models.UniqueConstraint(
                fields=["deputy_for"], condition=Q(until__isnull=True), name="custodian_has_one_deputy"
            ),
            models.UniqueConstraint(
                fields=["officer"], condition=Q(until__isnull=True), name="custodian_once_at_a_time"
            ),
        ]

    class Privacy:
        personal: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.place}:{self.officer_id}"

    def content(self) -> dict[str, Any]:
        return {
            "place": self.place,
            "officer": self.officer_id,
            "deputy_for": self.deputy_for_id,
            "since": self.since,
            "appointed_by": self.appointed_by_id,
        }


def keeping_on(day: date) -> QuerySet[Custodian]:
    """Who keeps the compartment that day. Being covered by somebody lets in the named deputy and nobody else."""
    standing = Q(confirmed_at__isnull=False, since__lte=day) & (Q(until__isnull=True) | Q(until__gt=day))
    covers = Tenure.objects.filter(running_on(day), is_cover=True, covers__officer=OuterRef("deputy_for__officer"))
    return Custodian.objects.filter(standing & (Q(deputy_for__isnull=True) | Exists(covers)))


def is_custodian(officer: Officer, day: date) -> bool:
    return keeping_on(day).filter(officer=officer).exists()
