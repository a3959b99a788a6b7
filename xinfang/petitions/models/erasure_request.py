"""销毁申请: a petitioner asks that what he said be destroyed; two approve who did not ask, he is told, and thirty days pass."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from xinfang.foundation.ids import IdField, new_id
from xinfang.petitions.codes import DeliveryMode, ErasureReason
from xinfang.petitions.models.petition import Petition
from xinfang.petitions.models.words import Line, Sealed

_OPEN = Q(erased_at__isnull=True, refused_at__isnull=True, dropped_at__isnull=True)


class ErasureRequest(Sealed):
    """One request. `asked_by` is who entered the petitioner's paper, nobody where he asked himself.

    It is open until it is carried out, refused or dropped; `erase_on` is set when the petitioner has been told.
    """

    id = IdField(primary_key=True, default=new_id)
    petition = models.ForeignKey(Petition, models.PROTECT, related_name="erasure_requests")
    reason = models.CharField(max_length=20, choices=ErasureReason)
    is_on_paper = models.BooleanField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("organizations.Officer", models.PROTECT, null=True, related_name="+")
    archivist = models.ForeignKey("organizations.Officer", models.PROTECT, null=True, related_name="+")
    archivist_at = models.DateTimeField(null=True)
    discipline = models.ForeignKey("organizations.Officer", models.PROTECT, null=True, related_name="+")
    discipline_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    told_by = models.CharField(max_length=12, choices=DeliveryMode, blank=True)
    erase_on = models.DateField(null=True)
    erased_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)
    refused_by = models.ForeignKey("organizations.Officer", models.PROTECT, null=True, related_name="+")
    refusal = Line(max_length=200, blank=True)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["petition"], condition=_OPEN, name="erasure_one_open_of_a_petition"),
            models.CheckConstraint(
                name="erasure_nobody_approves_his_own",
                condition=(Q(archivist__isnull=True) | Q(asked_by__isnull=True) | ~Q(archivist=F("asked_by")))
                & (Q(discipline__isnull=True) | Q(asked_by__isnull=True) | ~Q(discipline=F("asked_by")))
                & (Q(discipline__isnull=True) | Q(archivist__isnull=True) | ~Q(discipline=F("archivist"))),
            ),
            models.CheckConstraint(
                name="erasure_told_after_both_approved",
                condition=Q(told_at__isnull=True, erase_on__isnull=True)
                | Q(archivist_at__isnull=False, discipline_at__isnull=False, erase_on__isnull=False),
            ),
            models.CheckConstraint(
                name="erasure_done_after_he_was_told",
                condition=Q(erased_at__isnull=True) | Q(told_at__isnull=False, refused_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["erase_on"], name="erasure_due", condition=_OPEN & Q(erase_on__isnull=False)),
        ]

    class Privacy:
        personal = ("refusal", "words_sealed")

    @property
    def is_open(self) -> bool:
        return not (self.erased_at or self.refused_at or self.dropped_at)

    @property
    def is_approved(self) -> bool:
        return self.archivist_at is not None and self.discipline_at is not None

    def content(self) -> dict[str, Any]:
        return {
            "petition": self.petition_id,
            "reason": self.reason,
            "is_on_paper": self.is_on_paper,
            "asked_at": self.asked_at,
            "asked_by": self.asked_by_id,
        }
