"""查阅: who opened what of a petition and for what, written before it is shown; and the inquiry during which nobody is told."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from xinfang.foundation.ids import IdField, new_id
from xinfang.petitions.codes import InquiryGround, LookKind, RevealGround
from xinfang.petitions.models.petition import Petition


class Look(models.Model):
    """One line of the access ledger. A search by name has no petition; an officer who is named but sits nowhere, no unit."""

    id = IdField(primary_key=True, default=new_id)
    petition = models.ForeignKey(Petition, models.PROTECT, null=True, related_name="+", db_index=False)
    officer = models.ForeignKey("organizations.Officer", models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    post = models.CharField(max_length=24)
    kind = models.CharField(max_length=12, choices=LookKind)
    ground = models.CharField(max_length=12, choices=RevealGround, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["petition", "officer", "id"], name="look_of_an_officer_lately"),
            models.Index(fields=["officer", "id"], name="look_by_officer"),
            models.Index(fields=["unit", "id"], name="look_by_unit"),
            models.Index(fields=["kind", "id"], name="look_by_kind"),
        ]

    class Privacy:
        personal: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.kind} {self.petition_id} by {self.officer_id}"

    def content(self) -> dict[str, Any]:
        return {
            "petition": self.petition_id,
            "officer": self.officer_id,
            "unit": self.unit_id,
            "post": self.post,
            "kind": self.kind,
            "ground": self.ground,
            "at": self.at,
        }


class Inquiry(models.Model):
    """核查: the discipline organ looks into how a petition was treated. Until it is closed its petitioner gets no access list,
    and nothing of the petition is erased."""

    id = IdField(primary_key=True, default=new_id)
    petition = models.ForeignKey(Petition, models.PROTECT, related_name="inquiries")
    ground = models.CharField(max_length=16, choices=InquiryGround)
    opened_by = models.ForeignKey("organizations.Officer", models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_by = models.ForeignKey("organizations.Officer", models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="inquiry_closed_by_a_hand",
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__gte=F("opened_at"), closed_by__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["petition"], condition=Q(closed_at__isnull=True), name="inquiry_one_open_of_a_petition"
            ),
        ]
        indexes = [models.Index(fields=["opened_at", "id"], name="inquiry_newest")]

    class Privacy:
        personal: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.petition_id}:{self.ground}"

    def content(self) -> dict[str, Any]:
        return {
            "petition": self.petition_id,
            "ground": self.ground,
            "opened_by": self.opened_by_id,
            "opened_at": self.opened_at,
        }
