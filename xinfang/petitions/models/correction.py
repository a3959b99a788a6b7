"""更正: a wrong entry is corrected by adding, never by editing. The time of receipt is not even corrected: it is annotated."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xinfang.foundation.ids import IdField, new_id
from xinfang.petitions.models.petition import Petition
from xinfang.petitions.models.words import Line, Sealed


class CorrectedField(models.TextChoices):
    """What may be corrected. The original text and the time of receipt never are."""

    DIVISION = "division", _("问题属地")
    CATEGORY = "category", _("内容分类")
    PLACE = "place", _("具体地点")
    TITLE = "title", _("标题")
    SUMMARY = "summary", _("概况")
    PERSONS_INVOLVED = "persons_involved", _("涉及人数")


class Correction(Sealed):
    """Asked for by whoever entered it, confirmed by the organ's head: old value, new value, why."""

    id = IdField(primary_key=True, default=new_id)
    petition = models.ForeignKey(Petition, models.PROTECT, related_name="corrections")
    field = models.CharField(max_length=20, choices=CorrectedField)
    old = Line(max_length=500)
    new = Line(max_length=500)
    reason = Line(max_length=200)
    asked_by = models.ForeignKey("organizations.Officer", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    confirmed_by = models.ForeignKey("organizations.Officer", models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="correction_confirmed_by_somebody",
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["petition", "field"],
                condition=Q(confirmed_at__isnull=True),
                name="correction_asked_once_at_a_time",
            ),
        ]

    class Privacy:
        personal = ("old", "new", "reason", "words_sealed")

    def content(self) -> dict[str, Any]:
        return {"field": self.field, "old": self.old, "new": self.new, "reason": self.reason}


class ReceiptNote(Sealed):
    """注明收到时间: when it came by what a paper shows. The time that was entered stands, and every clock with it (S18)."""

    id = IdField(primary_key=True, default=new_id)
    petition = models.ForeignKey(Petition, models.PROTECT, related_name="receipt_notes")
    shown_at = models.DateTimeField()
    proof = Line(max_length=120)
    reason = Line(max_length=200)
    noted_by = models.ForeignKey("organizations.Officer", models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["petition", "shown_at"], name="receipt_noted_once_as_shown")]

    class Privacy:
        personal = ("proof", "reason", "words_sealed")

    def content(self) -> dict[str, Any]:
        return {"shown_at": self.shown_at, "proof": self.proof, "reason": self.reason, "by": self.noted_by_id}
