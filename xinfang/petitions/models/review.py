"""复查 and 复核: a higher organ looks again (条例 三十五、三十六)."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from xinfang.foundation.ids import IdField, new_id
from xinfang.petitions.codes import LateGround, ReviewDecision, ReviewLevel, ReviewRefusal
from xinfang.petitions.lifecycle import ReviewStatus
from xinfang.petitions.models.evidence import Evidence
from xinfang.petitions.models.opinion import Opinion, Service
from xinfang.petitions.models.petition import Matter, Petition
from xinfang.petitions.models.words import Line, Sealed, Words

MOST_REDO_DAYS = 60


class ReviewCase(Sealed):
    """One request for review. `organ` decides; `is_outside` where that organ does not work in this system.

    `applied_on` is the day the petitioner asked (of a letter its postmark), `received_on` the day the organ had it, from
    which its thirty days run. `window_until` was the last day to ask; empty where no proven service ever began it.
    `due_on` is the last day of what the office does next.
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
    request = Words()
    scan = models.ForeignKey(Evidence, models.PROTECT, null=True, related_name="+")
    handler = models.ForeignKey("organizations.Officer", models.PROTECT, null=True, related_name="+")

    applied_on = models.DateField()
    received_on = models.DateField()
    window_until = models.DateField(null=True)
    applied_at = models.DateTimeField()
    turned_at = models.DateTimeField(null=True)
    admitted_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    due_on = models.DateField(null=True)

    refusal = models.CharField(max_length=20, choices=ReviewRefusal, blank=True)
    refusal_reason = Line(max_length=500, blank=True)
    withdrawal_asked_at = models.DateTimeField(null=True)
    """While the petitioner waits to be called back about it."""
    late_ground = models.CharField(max_length=16, choices=LateGround, blank=True)
    late_excuse = Line(max_length=500, blank=True)
    decision = models.CharField(max_length=8, choices=ReviewDecision, blank=True)
    redo_days = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter"],
                condition=~Q(status__in=[ReviewStatus.CLOSED, ReviewStatus.REFUSED, ReviewStatus.WITHDRAWN]),
                name="review_one_open_a_matter",
            ),
            models.CheckConstraint(
                name="review_final_follows_a_review",
                condition=Q(level=ReviewLevel.REVIEW)
                | Q(previous__isnull=False)
                | Q(status=ReviewStatus.REFUSED)
                | Q(status=ReviewStatus.WITHDRAWN)
                | Q(status=ReviewStatus.APPLIED),
            ),
            models.CheckConstraint(
                name="review_decided_says_what",
                condition=~Q(status__in=["decided", "delivered", "closed"])
                | (~Q(decision="") & Q(decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="review_refused_says_why", condition=~Q(status=ReviewStatus.REFUSED) | ~Q(refusal="")
            ),
            models.CheckConstraint(
                name="review_late_is_admitted_for_a_reason",
                condition=Q(admitted_at__isnull=True)
                | Q(is_outside=True)
                | Q(window_until__isnull=True)
                | Q(applied_on__lte=F("window_until"))
                | ~Q(late_ground=""),
            ),
            models.CheckConstraint(
                name="review_revoked_names_the_days",
                condition=~Q(decision=ReviewDecision.REVOKED) | Q(redo_days__gte=1, redo_days__lte=MOST_REDO_DAYS),
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
            models.Index(fields=["petition", "id"], name="review_of_a_petition"),
        ]

    class Privacy:
        personal = ("request", "refusal_reason", "late_excuse", "words_sealed")

    def __str__(self) -> str:
        return self.number

    @property
    def moved_at(self) -> Any:
        """When it was last moved on."""
        later = (self.turned_at, self.admitted_at, self.decided_at, self.delivered_at, self.ended_at)
        return max((at for at in later if at), default=self.applied_at)

    @property
    def is_late(self) -> bool:
        """Asked for after the last day of a window that had begun."""
        return self.window_until is not None and self.applied_on > self.window_until

    @property
    def is_terminal(self) -> bool:
        """三级终结: a final review that did not send the matter back."""
        is_over = self.level == ReviewLevel.FINAL_REVIEW and self.status == ReviewStatus.CLOSED
        return is_over and self.decision != ReviewDecision.REVOKED

    def content(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "level": self.level,
            "opinion": self.opinion_id,
            "organ": self.organ,
            "request": self.request,
            "scan": self.scan_id,
            "applied_on": self.applied_on,
            "received_on": self.received_on,
        }


class ReviewFinding(Sealed):
    """复查、复核意见: what was examined, what was found, what is decided on what basis.

    Of an organ outside this system: what came back on paper, under its own number and with the scan.
    """

    id = IdField(primary_key=True, default=new_id)
    review = models.OneToOneField(ReviewCase, models.PROTECT, related_name="finding")
    decision = models.CharField(max_length=8, choices=ReviewDecision)
    examined = Words(blank=True)
    findings = Words()
    outcome = Words()
    basis = models.CharField(max_length=500, blank=True)
    redo_days = models.PositiveSmallIntegerField(null=True)
    to_do = Words(blank=True)
    to_do_by = models.DateField(null=True)
    """变更: what is carried out now instead of what the opinion promised, and by which day."""
    decided_on = models.DateField()
    outside_number = models.CharField(max_length=60, blank=True)
    scan = models.ForeignKey(Evidence, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="review_finding_names_a_day_for_what_changed_alone",
                condition=Q(to_do_by__isnull=True) | Q(decision=ReviewDecision.CHANGED),
            )
        ]

    class Privacy:
        personal = ("examined", "findings", "outcome", "to_do", "words_sealed")

    @property
    def sealing_petition(self) -> Petition:
        return self.review.petition

    def content(self) -> dict[str, Any]:
        instead = {"to_do": self.to_do, "to_do_by": self.to_do_by} if self.to_do_by else {}
        return instead | {
            "decision": self.decision,
            "examined": self.examined,
            "findings": self.findings,
            "outcome": self.outcome,
            "basis": self.basis,
            "redo_days": self.redo_days,
            "decided_on": self.decided_on,
            "outside_number": self.outside_number,
            "scan": self.scan_id,
        }


class ReviewDelivery(Service):
    """送达 of a review opinion, proved as that of an opinion is."""

    review = models.OneToOneField(ReviewCase, models.PROTECT, related_name="delivery")

    class Privacy:
        personal = ("proof", "witnesses")


class ReviewSupplement(Sealed):
    """补正: what the application lacks, asked for once."""

    id = IdField(primary_key=True, default=new_id)
    review = models.OneToOneField(ReviewCase, models.PROTECT, related_name="supplement")
    missing = Words()
    until = models.DateField()
    asked_at = models.DateTimeField()
    is_arrived = models.BooleanField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Privacy:
        personal = ("missing", "words_sealed")

    @property
    def sealing_petition(self) -> Petition:
        return self.review.petition

    def content(self) -> dict[str, Any]:
        return {"missing": self.missing, "until": self.until}


class ReviewWithdrawal(Sealed):
    """撤回复查、复核: asked by the petitioner; it takes effect once the office has found that it is his own will."""

    id = IdField(primary_key=True, default=new_id)
    review = models.ForeignKey(ReviewCase, models.PROTECT, related_name="withdrawals")
    statement = Words()
    is_on_paper = models.BooleanField()
    scan = models.ForeignKey(Evidence, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    is_voluntary = models.BooleanField(null=True)
    called_back = Words(blank=True)
    called_back_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["review"], condition=Q(is_voluntary__isnull=True), name="review_withdrawal_asked_once_at_a_time"
            )
        ]

    class Privacy:
        personal = ("statement", "called_back", "words_sealed")

    @property
    def sealing_petition(self) -> Petition:
        return self.review.petition

    def content(self) -> dict[str, Any]:
        return {"statement": self.statement, "is_on_paper": self.is_on_paper, "scan": self.scan_id}
