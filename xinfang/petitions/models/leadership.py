"""领导批示, 包案 and 回避."""

from typing import Any

from django.db import models
from django.db.models import Q

from xinfang.foundation.ids import IdField, new_id
from xinfang.petitions.codes import RecusalGround
from xinfang.petitions.models.petition import Matter, Petition


class Instruction(models.Model):
    """领导批示. Its day can only be earlier than the statutory one (C4)."""

    id = IdField(primary_key=True, default=new_id)
    petition = models.ForeignKey(Petition, models.PROTECT, related_name="instructions")
    leader = models.ForeignKey("organizations.Officer", models.PROTECT, related_name="+")
    text = models.CharField(max_length=500)
    due_on = models.DateField(null=True)
    given_at = models.DateTimeField()

    class Privacy:
        personal = ("text",)

    def content(self) -> dict[str, Any]:
        return {"leader": self.leader_id, "text": self.text, "due_on": self.due_on}


class Sponsorship(models.Model):
    """包案: a leader answers for a hard matter."""

    id = IdField(primary_key=True, default=new_id)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="sponsorships")
    petition = models.ForeignKey(Petition, models.PROTECT, related_name="sponsorships")
    leader = models.ForeignKey("organizations.Officer", models.PROTECT, related_name="+")
    plan = models.TextField()
    standard = models.CharField(max_length=500)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    result = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter"], condition=Q(until__isnull=True), name="sponsorship_one_open_a_matter"
            )
        ]

    class Privacy:
        personal = ("plan", "standard", "result")

    def content(self) -> dict[str, Any]:
        return {"leader": self.leader_id, "plan": self.plan, "standard": self.standard, "since": self.since}


class SponsorVisit(models.Model):
    """What the sponsor did: visits, meetings, calls."""

    id = IdField(primary_key=True, default=new_id)
    sponsorship = models.ForeignKey(Sponsorship, models.PROTECT, related_name="visits")
    text = models.CharField(max_length=500)
    visited_on = models.DateField()

    class Privacy:
        personal = ("text",)

    def content(self) -> dict[str, Any]:
        return {"text": self.text, "visited_on": self.visited_on}


class Recusal(models.Model):
    """回避: an officer, or a whole unit, keeps away from a petition (条例 二十八)."""

    id = IdField(primary_key=True, default=new_id)
    petition = models.ForeignKey(Petition, models.PROTECT, related_name="recusals")
    officer = models.ForeignKey("organizations.Officer", models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, null=True, related_name="+")
    ground = models.CharField(max_length=16, choices=RecusalGround)
    text = models.CharField(max_length=500)
    is_overridden = models.BooleanField(default=False)
    recused_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="recusal_of_an_officer_or_a_unit",
                condition=Q(officer__isnull=False, unit__isnull=True) | Q(officer__isnull=True, unit__isnull=False),
            )
        ]

    class Privacy:
        personal = ("text",)

    def content(self) -> dict[str, Any]:
        return {"officer": self.officer_id, "unit": self.unit_id, "ground": self.ground, "text": self.text}
