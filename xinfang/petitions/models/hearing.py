"""听证 and 调解."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q

from xinfang.foundation.ids import IdField, new_id
from xinfang.petitions.codes import HearingClosed, MediationOutcome
from xinfang.petitions.lifecycle import HearingStatus
from xinfang.petitions.models.assignment import Assignment
from xinfang.petitions.models.petition import Petition
from xinfang.petitions.models.review import ReviewCase
from xinfang.petitions.models.words import Line, Sealed, Words


class Hearing(Sealed):
    """听证 of a unit's work or of a review: for major, complex and difficult matters (条例 三十一、三十六).

    `members` are the hearing officers beside the host, a name and where he comes from a line.
    """

    id = IdField(primary_key=True, default=new_id)
    petition = models.ForeignKey(Petition, models.PROTECT, related_name="hearings")
    assignment = models.ForeignKey(Assignment, models.PROTECT, null=True, related_name="hearings")
    review = models.ForeignKey(ReviewCase, models.PROTECT, null=True, related_name="hearings")
    status = models.CharField(max_length=10, choices=HearingStatus)
    reason = Line(max_length=500)
    host = Line(max_length=50, blank=True)
    members = Words(blank=True)
    place = Line(max_length=200, blank=True)
    starts_at = models.DateTimeField(null=True)
    is_open = models.BooleanField(default=True)
    closed_for = models.CharField(max_length=16, choices=HearingClosed, blank=True)
    record = Words(blank=True)
    conclusion = Words(blank=True)
    dropped_for = Line(max_length=500, blank=True)

    proposed_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True)
    noticed_at = models.DateTimeField(null=True)
    held_at = models.DateTimeField(null=True)
    concluded_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    turned_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["petition", "id"], name="hearing_of_a_petition")]
        constraints = [
            models.UniqueConstraint(
                fields=["petition"],
                condition=~Q(status__in=[HearingStatus.CONCLUDED, HearingStatus.DROPPED]),
                name="hearing_one_under_way_a_petition",
            ),
            models.CheckConstraint(name="hearing_not_open_says_why", condition=Q(is_open=True) | ~Q(closed_for="")),
            models.CheckConstraint(
                name="hearing_of_one_work_or_one_review",
                condition=Q(assignment__isnull=False, review__isnull=True)
                | Q(assignment__isnull=True, review__isnull=False),
            ),
            models.CheckConstraint(
                name="hearing_noticed_says_when",
                condition=~Q(status__in=["noticed", "held", "concluded"]) | Q(starts_at__isnull=False),
            ),
        ]

    class Privacy:
        personal = ("reason", "host", "members", "place", "record", "conclusion", "dropped_for", "words_sealed")

    @property
    def moved_at(self) -> datetime:
        """When it was last moved on."""
        later = (self.approved_at, self.noticed_at, self.held_at, self.concluded_at, self.dropped_at, self.turned_at)
        return max((at for at in later if at), default=self.proposed_at)

    def content(self) -> dict[str, Any]:
        return {"assignment": self.assignment_id, "review": self.review_id, "reason": self.reason}


class Mediation(models.Model):
    """调解、和解: who mediated, and what was agreed."""

    id = IdField(primary_key=True, default=new_id)
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="mediations")
    outcome = models.CharField(max_length=8, choices=MediationOutcome)
    mediator = models.CharField(max_length=50)
    terms = models.TextField(blank=True)
    perform_by = models.DateField(null=True)
    held_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="mediation_settled_names_its_terms", condition=Q(outcome="failed") | ~Q(terms="")
            )
        ]

    class Privacy:
        personal = ("mediator", "terms")

    def content(self) -> dict[str, Any]:
        return {"outcome": self.outcome, "mediator": self.mediator, "terms": self.terms, "held_on": self.held_on}
