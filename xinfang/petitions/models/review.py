"""复查 and 复核: a higher organ looks again (条例 三十五、三十六)."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from xinfang.foundation.ids import IdField, new_id
from xinfang.petitions.codes import DeliveryMode, ReviewDecision, ReviewLevel, ReviewRefusal
from xinfang.petitions.lifecycle import ReviewStatus
from xinfang.petitions.models.opinion import Opinion
from xinfang.petitions.models.petition import Matter, Petition


class ReviewCase(models.Model):
    """One request for review. `organ` decides; `is_outside` where that organ does not work in this system.

    `received_on` is the day the request came in, from which the organ's thirty days run.
    """

    id = IdField(primary_key=True, default=new_id)
    number = models.CharField(max_length=30, unique=True)
    petition = models.ForeignKey(Petition, models.PROTECT, related_name="reviews")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="reviews")
    level = models.CharField(max_length=12, choices=ReviewLevel)
    status = models.CharField(max_length=12, choices=ReviewStatus)
    opinion = models.ForeignKey(Opinion, models.PROTECT, related_name="reviews")
    previous = models.ForeignKey("self", models.PROTECT, null=True, related_name="next_level")
    respondent = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    organ = models.CharField(max_length=60)
    is_outside = models.BooleanField(default=False)
    is_on_paper = models.BooleanField()
    request = models.TextField()
    handler = models.ForeignKey("organizations.Officer", models.PROTECT, null=True, related_name="+")

    received_on = models.DateField()
    applied_at = models.DateTimeField()
    admitted_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    due_on = models.DateField(null=True)

    refusal = models.CharField(max_length=20, choices=ReviewRefusal, blank=True)
    late_excuse = models.CharField(max_length=500, blank=True)
    decision = models.CharField(max_length=8, choices=ReviewDecision, blank=True)
    findings = models.TextField(blank=True)
    redo_days = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter"],
                condition=~Q(status__in=[ReviewStatus.CLOSED, ReviewStatus.REFUSED]),
                name="review_one_open_a_matter",
            ),
            models.CheckConstraint(
                name="review_final_follows_a_review",
                condition=Q(level=ReviewLevel.REVIEW)
                | Q(previous__isnull=False)
                | Q(status=ReviewStatus.REFUSED)
                | Q(status=ReviewStatus.APPLIED),
            ),
            models.CheckConstraint(
                name="review_decided_says_what",
                condition=~Q(status__in=["decided", "delivered"]) | (~Q(decision="") & Q(decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="review_times_follow_one_another",
                condition=(Q(admitted_at__isnull=True) | Q(admitted_at__gte=F("applied_at")))
                & (Q(decided_at__isnull=True) | Q(decided_at__gte=F("admitted_at")))
                & (Q(delivered_at__isnull=True) | Q(delivered_at__gte=F("decided_at"))),
            ),
        ]
        indexes = [
            models.Index(fields=["due_on", "id"], name="review_worklist", condition=Q(due_on__isnull=False)),
        ]

    class Privacy:
        personal = ("request", "findings", "late_excuse")

    def __str__(self) -> str:
        return self.number

    @property
    def moved_at(self) -> Any:
        """When it was last moved on."""
        later = (self.admitted_at, self.decided_at, self.delivered_at, self.ended_at)
        return max((at for at in later if at), default=self.applied_at)

    def content(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "level": self.level,
            "opinion": self.opinion_id,
            "organ": self.organ,
            "request": self.request,
            "received_on": self.received_on,
        }


class ReviewDelivery(models.Model):
    """送达 of a review opinion."""

    id = IdField(primary_key=True, default=new_id)
    review = models.OneToOneField(ReviewCase, models.PROTECT, related_name="delivery")
    mode = models.CharField(max_length=12, choices=DeliveryMode)
    delivered_on = models.DateField()
    proof = models.CharField(max_length=200)

    class Privacy:
        personal = ("proof",)

    def content(self) -> dict[str, Any]:
        return {"mode": self.mode, "delivered_on": self.delivered_on, "proof": self.proof}


class ReviewSupplement(models.Model):
    """补正: what the application lacks, asked for once."""

    id = IdField(primary_key=True, default=new_id)
    review = models.OneToOneField(ReviewCase, models.PROTECT, related_name="supplement")
    missing = models.TextField()
    until = models.DateField()
    asked_at = models.DateTimeField()

    class Privacy:
        personal = ("missing",)

    def content(self) -> dict[str, Any]:
        return {"missing": self.missing, "until": self.until}
