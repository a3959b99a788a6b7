"""原件: the paper itself, where it lies and who has it."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from xinfang.foundation.ids import IdField, new_id
from xinfang.petitions.models.petition import Petition
from xinfang.petitions.models.words import Line, Sealed


class Original(Sealed):
    """来信原件: a letter with its envelope, or papers left at a visit; known by the sticker it was given."""

    id = IdField(primary_key=True, default=new_id)
    petition = models.ForeignKey(Petition, models.PROTECT, related_name="originals")
    barcode = models.CharField(max_length=32, unique=True)
    description = Line(max_length=100)
    sheets = models.PositiveSmallIntegerField(default=1)
    postmarked_on = models.DateField(null=True)
    addressee = Line(max_length=60, blank=True)
    has_envelope = models.BooleanField(default=False)
    place = models.CharField(max_length=60)
    kept_at = models.DateTimeField()

    class Privacy:
        personal = ("addressee", "description", "words_sealed")

    def __str__(self) -> str:
        return self.barcode

    def content(self) -> dict[str, Any]:
        """What came in. `place` moves, and each place is a remark."""
        return {
            "barcode": self.barcode,
            "description": self.description,
            "sheets": self.sheets,
            "postmarked_on": self.postmarked_on,
            "addressee": self.addressee,
            "has_envelope": self.has_envelope,
        }


class Loan(models.Model):
    """借阅: who took an original, until when, and when it came back."""

    id = IdField(primary_key=True, default=new_id)
    original = models.ForeignKey(Original, models.PROTECT, related_name="loans")
    borrower = models.ForeignKey("organizations.Officer", models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=100)
    due_on = models.DateField()
    lent_at = models.DateTimeField()
    returned_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["original"], condition=Q(returned_at__isnull=True), name="original_is_lent_to_one_at_a_time"
            ),
            models.CheckConstraint(
                name="loan_ends_after_it_begins",
                condition=Q(returned_at__isnull=True) | Q(returned_at__gte=F("lent_at")),
            ),
        ]

    class Privacy:
        personal = ("purpose",)

    def content(self) -> dict[str, Any]:
        return {
            "original": self.original_id,
            "borrower": self.borrower_id,
            "purpose": self.purpose,
            "due_on": self.due_on,
        }


class HandingBack(Sealed):
    """退还: the petitioner has his paper again. Who took it, and how that is proved."""

    id = IdField(primary_key=True, default=new_id)
    original = models.OneToOneField(Original, models.PROTECT, related_name="handing_back")
    taken_by = Line(max_length=60)
    proof = Line(max_length=100)
    handed_at = models.DateTimeField()

    class Privacy:
        personal = ("taken_by", "proof", "words_sealed")

    @property
    def sealing_petition(self) -> Petition:
        return self.original.petition

    def content(self) -> dict[str, Any]:
        return {"original": self.original_id, "taken_by": self.taken_by, "proof": self.proof}
