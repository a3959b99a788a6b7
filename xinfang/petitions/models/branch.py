"""What is asked for and decided where the road branches: objection, extension, supplement, co-handling, ending."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from xinfang.foundation.ids import IdField, new_id
from xinfang.petitions.models.assignment import Assignment
from xinfang.petitions.models.petition import Petition
from xinfang.petitions.models.words import Line, Sealed, Words

MOST_EXTENSION_DAYS = 30


class Objection(models.Model):
    """异议: a unit says the matter is not in its power; the bureau agrees or not (条例 二十三)."""

    id = IdField(primary_key=True, default=new_id)
    assignment = models.OneToOneField(Assignment, models.PROTECT, related_name="objection")
    reason = models.CharField(max_length=500)
    basis = models.CharField(max_length=200)
    suggested_unit = models.ForeignKey("organizations.Unit", models.PROTECT, null=True, related_name="+")
    objected_at = models.DateTimeField()
    is_upheld = models.BooleanField(null=True)
    answer = models.CharField(max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="objection_answered_has_a_date",
                condition=Q(is_upheld__isnull=True) | Q(answered_at__isnull=False, answered_at__gte=F("objected_at")),
            )
        ]

    class Privacy:
        personal = ("reason", "answer")

    def content(self) -> dict[str, Any]:
        return {"reason": self.reason, "basis": self.basis, "suggested_unit": self.suggested_unit_id}


class OwnerDecision(models.Model):
    """裁定责任单位: after the second return the joint conference names the unit (条例 二十四)."""

    id = IdField(primary_key=True, default=new_id)
    petition = models.ForeignKey(Petition, models.PROTECT, related_name="owner_decisions")
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    decided_at = models.DateTimeField()

    class Privacy:
        personal = ("reason",)

    def content(self) -> dict[str, Any]:
        return {"unit": self.unit_id, "reason": self.reason}


class Extension(models.Model):
    """延期: asked once, at most thirty days, granted by the head of the organ (条例 三十四)."""

    id = IdField(primary_key=True, default=new_id)
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="extensions")
    days = models.PositiveSmallIntegerField()
    ground = models.CharField(max_length=500)
    asked_at = models.DateTimeField()
    is_granted = models.BooleanField(null=True)
    answer = models.CharField(max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="extension_within_thirty_days", condition=Q(days__gte=1, days__lte=MOST_EXTENSION_DAYS)
            ),
            models.UniqueConstraint(
                fields=["assignment"], condition=Q(is_granted=True), name="extension_granted_once_an_assignment"
            ),
        ]

    class Privacy:
        personal = ("ground", "answer")

    def content(self) -> dict[str, Any]:
        return {"days": self.days, "ground": self.ground}


class Supplement(models.Model):
    """补充材料: what is missing, asked for once; every clock runs on."""

    id = IdField(primary_key=True, default=new_id)
    assignment = models.OneToOneField(Assignment, models.PROTECT, related_name="supplement")
    missing = models.TextField()
    until = models.DateField()
    asked_at = models.DateTimeField()
    is_arrived = models.BooleanField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Privacy:
        personal = ("missing",)

    def content(self) -> dict[str, Any]:
        return {"missing": self.missing, "until": self.until}


class CoOpinion(models.Model):
    """协办意见: to the lead unit, never to the petitioner."""

    id = IdField(primary_key=True, default=new_id)
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="co_opinions")
    text = models.TextField()
    given_at = models.DateTimeField()

    class Privacy:
        personal = ("text",)

    def content(self) -> dict[str, Any]:
        return {"text": self.text}


class Ending(Sealed):
    """了结: how a petition ended otherwise than by an opinion, and the words given to the petitioner.

    `ground` is a code of the way's own list; `road` names the right road, `destination` the organ it went to.
    """

    id = IdField(primary_key=True, default=new_id)
    petition = models.ForeignKey(Petition, models.PROTECT, related_name="endings")
    act = models.CharField(max_length=64)
    ground = models.CharField(max_length=40, blank=True)
    text = Words(blank=True)
    road = Line(max_length=500, blank=True)
    destination = models.CharField(max_length=60, blank=True)
    ended_at = models.DateTimeField()

    class Privacy:
        personal = ("text", "road", "words_sealed")

    def content(self) -> dict[str, Any]:
        return {
            "act": self.act,
            "ground": self.ground,
            "text": self.text,
            "road": self.road,
            "destination": self.destination,
        }


class Withdrawal(models.Model):
    """撤回: asked by the petitioner; it takes effect only after the bureau has called back and found it voluntary."""

    id = IdField(primary_key=True, default=new_id)
    petition = models.ForeignKey(Petition, models.PROTECT, related_name="withdrawals")
    statement = models.CharField(max_length=500)
    is_on_paper = models.BooleanField()
    asked_at = models.DateTimeField()
    is_voluntary = models.BooleanField(null=True)
    called_back = models.CharField(max_length=500, blank=True)
    called_back_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["petition"], condition=Q(is_voluntary__isnull=True), name="withdrawal_asked_once_at_a_time"
            )
        ]

    class Privacy:
        personal = ("statement", "called_back")

    def content(self) -> dict[str, Any]:
        return {"statement": self.statement, "is_on_paper": self.is_on_paper}
