"""接访日: a leader, a day, a place."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from xinfang.foundation.ids import IdField, new_id


class ReceptionDay(models.Model):
    """领导接访: written once. It stands until it is withdrawn, called off or put in another's place, with the reason.

    `leader` is the post that receives; `officer` is named where it is known who will sit there.
    """

    id = IdField(primary_key=True, default=new_id)
    leader = models.ForeignKey("organizations.Post", models.PROTECT, related_name="+")
    officer = models.ForeignKey("organizations.Officer", models.PROTECT, null=True, blank=True, related_name="+")
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    place = models.CharField(max_length=80)
    day = models.DateField(db_index=True)
    begins = models.TimeField()
    ends = models.TimeField()
    scope = models.CharField(max_length=200)
    booking = models.CharField(max_length=120, blank=True)
    instead_of = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    scheduled_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="reception_ends_after_it_begins", condition=Q(ends__gt=F("begins"))),
            models.CheckConstraint(
                name="reception_is_withdrawn_for_a_reason", condition=Q(withdrawn_at__isnull=True) | ~Q(reason="")
            ),
            models.UniqueConstraint(
                name="reception_once_for_a_leader",
                fields=["leader", "day", "begins"],
                condition=Q(withdrawn_at__isnull=True),
            ),
        ]

    class Privacy:
        personal: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.day} {self.leader_id}"

    def content(self) -> dict[str, Any]:
        return {
            "leader": self.leader_id,
            "officer": self.officer_id,
            "unit": self.unit_id,
            "place": self.place,
            "day": self.day.isoformat(),
            "begins": self.begins.isoformat(),
            "ends": self.ends.isoformat(),
            "scope": self.scope,
            "booking": self.booking,
            "instead_of": self.instead_of_id,
        }
