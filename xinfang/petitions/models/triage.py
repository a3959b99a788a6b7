"""判重, 拟办 and 批办: what people decided before a petition left the organ."""

from typing import Any

from django.db import models
from django.db.models import Q

from xinfang.foundation.ids import IdField, new_id
from xinfang.petitions.codes import GROUNDS, DuplicateOutcome, MatterKind, Procedure, Way
from xinfang.petitions.models.petition import Petition
from xinfang.petitions.models.words import Line, Sealed


class DuplicateCheck(Sealed):
    """判重: the candidates a person was shown, what he decided, and why."""

    id = IdField(primary_key=True, default=new_id)
    petition = models.ForeignKey(Petition, models.PROTECT, related_name="duplicate_checks")
    outcome = models.CharField(max_length=12, choices=DuplicateOutcome)
    other = models.ForeignKey(Petition, models.PROTECT, null=True, related_name="+")
    reason = Line(max_length=500)
    candidates = models.JSONField(default=list)
    checked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="duplicate_check_names_the_other",
                condition=Q(outcome=DuplicateOutcome.INITIAL) | Q(other__isnull=False),
            )
        ]

    class Privacy:
        personal = ("reason", "words_sealed")

    def content(self) -> dict[str, Any]:
        return {"outcome": self.outcome, "other": self.other_id, "reason": self.reason, "candidates": self.candidates}


class Proposal(Sealed):
    """拟办: kind, procedure, who should handle it and how. `ground` is the code for which it is declined, routed out or filed."""

    id = IdField(primary_key=True, default=new_id)
    petition = models.ForeignKey(Petition, models.PROTECT, related_name="proposals")
    kind = models.CharField(max_length=16, choices=MatterKind)
    procedure = models.CharField(max_length=24, choices=Procedure)
    category = models.ForeignKey("petitions.Category", models.PROTECT, related_name="+")
    disposition = models.CharField(max_length=16, choices=Way)
    lead_unit = models.ForeignKey("organizations.Unit", models.PROTECT, null=True, related_name="+")
    co_units = models.ManyToManyField("organizations.Unit", related_name="+")
    ground = models.CharField(max_length=40, blank=True)
    destination = models.CharField(max_length=60, blank=True)
    opinion = Line(max_length=500)
    needs_approval = models.BooleanField()
    proposed_at = models.DateTimeField()

    class Privacy:
        personal = ("opinion", "words_sealed")

    @property
    def ground_label(self) -> str:
        """The reason in words, empty where its way needs none."""
        return str(GROUNDS[Way(self.disposition)](self.ground).label) if self.ground else ""

    def content(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "procedure": self.procedure,
            "category": self.category_id,
            "disposition": self.disposition,
            "lead_unit": self.lead_unit_id,
            "ground": self.ground,
            "destination": self.destination,
            "opinion": self.opinion,
            "needs_approval": self.needs_approval,
        }


class Approval(Sealed):
    """批办: the chief's word on a proposal."""

    id = IdField(primary_key=True, default=new_id)
    petition = models.ForeignKey(Petition, models.PROTECT, related_name="approvals")
    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="approval")
    note = Line(max_length=500)
    approved_at = models.DateTimeField()

    class Privacy:
        personal = ("note", "words_sealed")

    def content(self) -> dict[str, Any]:
        return {"proposal": self.proposal_id, "note": self.note}
