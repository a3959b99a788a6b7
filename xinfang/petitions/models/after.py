"""办结之后: what was promised and whether it was kept, calls to the petitioner, what he was helped to, and urgent reports."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from xinfang.foundation.ids import IdField, new_id
from xinfang.petitions.codes import (
    CallAbout,
    CommitmentStatus,
    FollowUpOutcome,
    ReferralKind,
    ResolvedBy,
)
from xinfang.petitions.models.assignment import Assignment
from xinfang.petitions.models.evaluation import Evaluation
from xinfang.petitions.models.evidence import Evidence
from xinfang.petitions.models.opinion import Answer
from xinfang.petitions.models.petition import Petition
from xinfang.petitions.models.review import ReviewFinding
from xinfang.petitions.models.words import Sealed, Words


class CallBack(Sealed):
    """回访: the bureau asked the petitioner, and what he said."""

    id = IdField(primary_key=True, default=new_id)
    petition = models.ForeignKey(Petition, models.PROTECT, related_name="call_backs")
    about = models.CharField(max_length=16, choices=CallAbout)
    is_reached = models.BooleanField()
    said = Words()
    called_at = models.DateTimeField()

    class Privacy:
        personal = ("said", "words_sealed")

    def content(self) -> dict[str, Any]:
        return {"about": self.about, "reached": self.is_reached, "said": self.said, "called_at": self.called_at}


class Commitment(Sealed):
    """承诺事项: a demand that was supported is carried out by somebody until some day (条例 三十二).

    `unit` is who does it; `status` moves from open to carried out when the unit shows its evidence, and to kept when the bureau
    has asked the petitioner. A new opinion on the same demand drops what the earlier one promised, and so does a review that
    changed it or set it aside; what the review decided instead stands on its `finding`.
    """

    id = IdField(primary_key=True, default=new_id)
    petition = models.ForeignKey(Petition, models.PROTECT, related_name="commitments")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="commitments")
    answer = models.OneToOneField(Answer, models.PROTECT, null=True, related_name="commitment")
    finding = models.OneToOneField(ReviewFinding, models.PROTECT, null=True, related_name="commitment")
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    what = Words()
    due_on = models.DateField()
    made_at = models.DateTimeField()
    status = models.CharField(max_length=12, choices=CommitmentStatus, default=CommitmentStatus.OPEN)
    kept_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="commitment_kept_has_a_date", condition=~Q(status="kept") | Q(kept_at__gte=F("made_at"))
            ),
            models.CheckConstraint(
                name="commitment_of_an_answer_or_a_review", condition=Q(answer__isnull=True) ^ Q(finding__isnull=True)
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on", "id"], name="commitment_waiting", condition=Q(status__in=["open", "carried_out"])
            ),
            models.Index(fields=["unit", "due_on", "id"], name="commitment_of_a_unit", condition=Q(status="open")),
        ]

    class Privacy:
        personal = ("what", "words_sealed")

    def content(self) -> dict[str, Any]:
        of = {"finding": self.finding_id} if self.finding_id else {"answer": self.answer_id}
        return of | {"unit": self.unit_id, "what": self.what, "due_on": self.due_on}


class Performance(Sealed):
    """落实情况: what the unit did for a commitment, with its evidence, and what the petitioner said when he was asked."""

    id = IdField(primary_key=True, default=new_id)
    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="performances")
    text = Words()
    file = models.ForeignKey(Evidence, models.PROTECT, null=True, related_name="+")
    done_on = models.DateField()
    reported_at = models.DateTimeField()
    is_confirmed = models.BooleanField(null=True)
    call_back = models.ForeignKey(CallBack, models.PROTECT, null=True, related_name="+")

    class Privacy:
        personal = ("text", "words_sealed")

    @property
    def sealing_petition(self) -> Petition:
        return self.commitment.petition

    def content(self) -> dict[str, Any]:
        told = {"text": self.text, "done_on": self.done_on}
        return {**told, "file": self.file_id} if self.file_id else told


class FollowUp(Sealed):
    """不满意件核查: what lay behind a rating of 不满意, and what is done about it. The rating itself stays as it was given."""

    id = IdField(primary_key=True, default=new_id)
    petition = models.ForeignKey(Petition, models.PROTECT, related_name="follow_ups")
    evaluation = models.OneToOneField(Evaluation, models.PROTECT, related_name="follow_up")
    call_due = models.DateField()
    result_due = models.DateField()
    called_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, choices=FollowUpOutcome, blank=True)
    text = Words(blank=True)
    concluded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="follow_up_concluded_was_called",
                condition=Q(concluded_at__isnull=True)
                | (~Q(outcome="") & (Q(called_at__isnull=False) | Q(outcome__in=["unreached", "reopened"]))),
            )
        ]
        indexes = [
            models.Index(fields=["call_due", "id"], name="follow_up_waiting", condition=Q(concluded_at__isnull=True))
        ]

    class Privacy:
        personal = ("text", "words_sealed")

    def content(self) -> dict[str, Any]:
        return {"evaluation": self.evaluation_id, "call_due": self.call_due, "result_due": self.result_due}


class FollowUpConclusion(FollowUp):
    """核查结果: what the entry of its conclusion vouches for. The entry of the rating vouched for the days alone."""

    class Meta:
        proxy = True

    class Privacy:
        personal: tuple[str, ...] = ()

    def content(self) -> dict[str, Any]:
        return {"outcome": self.outcome, "text": self.text, "concluded_at": self.concluded_at}


class Resolution(Sealed):
    """化解: the dispute is over, by the petitioner's own word or what he said when the bureau asked. 办结 is another fact."""

    id = IdField(primary_key=True, default=new_id)
    petition = models.ForeignKey(Petition, models.PROTECT, related_name="resolutions")
    word_of = models.CharField(max_length=12, choices=ResolvedBy)
    call_back = models.ForeignKey(CallBack, models.PROTECT, null=True, related_name="+")
    said = Words()
    resolved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="resolution_of_the_bureau_was_asked",
                condition=~Q(word_of=ResolvedBy.BUREAU) | Q(call_back__isnull=False),
            )
        ]

    class Privacy:
        personal = ("said", "words_sealed")

    def content(self) -> dict[str, Any]:
        return {"word_of": self.word_of, "said": self.said}


class Referral(Sealed):
    """救助转介: whoever is in real need is told of, or helped to, 社会救助 or 司法救助 (条例 三十七), and what came of it."""

    id = IdField(primary_key=True, default=new_id)
    petition = models.ForeignKey(Petition, models.PROTECT, related_name="referrals")
    kind = models.CharField(max_length=10, choices=ReferralKind)
    organ = models.CharField(max_length=60)
    reason = Words()
    referred_at = models.DateTimeField()
    is_granted = models.BooleanField(null=True)
    result = Words(blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="referral_answered_has_a_date",
                condition=Q(is_granted__isnull=True) | Q(answered_at__gte=F("referred_at")),
            )
        ]
        indexes = [
            models.Index(fields=["referred_at", "id"], name="referral_waiting", condition=Q(answered_at__isnull=True))
        ]

    class Privacy:
        personal = ("reason", "result", "words_sealed")

    def content(self) -> dict[str, Any]:
        return {"kind": self.kind, "organ": self.organ, "reason": self.reason}


class ReferralResult(Referral):
    """救助结果: what the entry of the answer vouches for, as that of the referral did for what was asked."""

    class Meta:
        proxy = True

    class Privacy:
        personal: tuple[str, ...] = ()

    def content(self) -> dict[str, Any]:
        return {"is_granted": self.is_granted, "result": self.result, "answered_at": self.answered_at}


class UrgentReport(Sealed):
    """紧急信息 (条例 二十五): telephoned at once, written soon after; both moments, and until when they were due."""

    id = IdField(primary_key=True, default=new_id)
    petition = models.ForeignKey(Petition, models.PROTECT, related_name="urgent_reports")
    learned_at = models.DateTimeField()
    phoned_at = models.DateTimeField()
    phoned_to = models.CharField(max_length=60)
    phone_by = models.DateTimeField()
    written_by = models.DateTimeField()
    written_at = models.DateTimeField()
    facts = Words()
    measures = Words()
    recipients = models.JSONField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="urgent_report_follows_what_was_learned",
                condition=Q(phoned_at__gte=F("learned_at"), written_at__gte=F("phoned_at")),
            )
        ]

    class Privacy:
        personal = ("facts", "measures", "words_sealed")

    @property
    def was_phoned_in_time(self) -> bool:
        return self.phoned_at <= self.phone_by

    @property
    def was_written_in_time(self) -> bool:
        return self.written_at <= self.written_by

    def content(self) -> dict[str, Any]:
        times = ("learned_at", "phoned_at", "phoned_to", "phone_by", "written_by", "written_at")
        return {name: getattr(self, name) for name in (*times, "facts", "measures", "recipients")}
