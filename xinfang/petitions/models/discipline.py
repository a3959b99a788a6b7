"""What the discipline organ does with an accusation: taken up, answered (条例 三十)."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from xinfang.foundation.ids import IdField, new_id
from xinfang.petitions.codes import DisciplineOutcome
from xinfang.petitions.models.petition import Petition
from xinfang.petitions.models.words import Line, Sealed, Words


class DisciplineCase(Sealed):
    """纪检办理: the organ that took an accusation up, and what it told the petitioner in the end.

    What it investigates and how stands in its own books: here is only that it has it, and its answer.
    """

    id = IdField(primary_key=True, default=new_id)
    petition = models.OneToOneField(Petition, models.PROTECT, related_name="discipline_case")
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    note = Words(blank=True)
    taken_at = models.DateTimeField()
    outcome = models.CharField(max_length=16, choices=DisciplineOutcome, blank=True)
    destination = Line(max_length=60, blank=True)
    answer = Words(blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="discipline_case_answered_has_an_outcome",
                condition=Q(outcome="", answered_at__isnull=True)
                | (~Q(outcome="") & Q(answered_at__gte=F("taken_at"))),
            )
        ]

    class Privacy:
        personal = ("note", "answer", "destination", "words_sealed")

    def content(self) -> dict[str, Any]:
        return {"unit": self.unit_id, "note": self.note, "taken_at": self.taken_at}


class DisciplineAnswer(DisciplineCase):
    """书面反馈: what the entry of the answer vouches for, as that of taking it up did for who has it."""

    class Meta:
        proxy = True

    class Privacy:
        personal: tuple[str, ...] = ()

    def content(self) -> dict[str, Any]:
        told = ("outcome", "destination", "answer", "answered_at")
        return {name: getattr(self, name) for name in told}
