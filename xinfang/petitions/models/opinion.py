"""处理意见, its answers, and its delivery."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from xinfang.foundation.ids import IdField, new_id
from xinfang.foundation.text import listed
from xinfang.petitions.codes import DeliveryMode, GapCode, OpinionResult
from xinfang.petitions.models.assignment import Assignment
from xinfang.petitions.models.petition import Petition
from xinfang.petitions.models.petitioner import Demand
from xinfang.petitions.models.words import Sealed, Words


class Opinion(models.Model):
    """处理意见. Each draft is a row of its own; the one that was issued has a date."""

    id = IdField(primary_key=True, default=new_id)
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="opinions")
    remedy_organ = models.CharField(max_length=60)
    drafted_at = models.DateTimeField()
    issued_at = models.DateTimeField(null=True)

    class Privacy:
        personal: tuple[str, ...] = ()

    def content(self) -> dict[str, Any]:
        return {"remedy_organ": self.remedy_organ, "drafted_at": self.drafted_at}


class SharedDraft(Sealed):
    """一稿多户: the draft was written for many at once (`one_text`). The text with its places, and what stands for them here."""

    id = IdField(primary_key=True, default=new_id)
    opinion = models.OneToOneField(Opinion, models.PROTECT, related_name="shared")
    batch = models.BigIntegerField()
    n = models.PositiveSmallIntegerField()
    """Its place in the batch, from one."""
    text = Words()
    differences = Words()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "n"], name="shared_draft_has_its_place")]
        indexes = [models.Index(fields=["-id"], name="shared_draft_first", condition=Q(n=1))]

    class Privacy:
        personal = ("text", "differences", "words_sealed")

    @property
    def sealing_petition(self) -> Petition:
        return self.opinion.assignment.petition

    def content(self) -> dict[str, Any]:
        return {"batch": self.batch, "n": self.n, "text": self.text, "differences": self.differences}


class Answer(Sealed):
    """What the opinion says to one demand: facts found, legal basis, result (条例 三十二)."""

    id = IdField(primary_key=True, default=new_id)
    opinion = models.ForeignKey(Opinion, models.PROTECT, related_name="answers")
    demand = models.ForeignKey(Demand, models.PROTECT, related_name="+")
    finding = Words()
    basis = models.CharField(max_length=500)
    result = models.CharField(max_length=16, choices=OpinionResult)
    doer = models.ForeignKey("organizations.Unit", models.PROTECT, null=True, related_name="+")
    what = Words(blank=True)
    by_day = models.DateField(null=True)
    """Of what is supported: who carries out what until when. Left open, the unit itself, the demand, the county's own term."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["opinion", "demand"], name="answer_once_per_demand")]

    class Privacy:
        personal = ("finding", "what", "words_sealed")

    @property
    def sealing_petition(self) -> Petition:
        return self.demand.petition

    def content(self) -> dict[str, Any]:
        told = {"demand": self.demand_id, "finding": self.finding, "basis": self.basis, "result": self.result}
        promised = {"doer": self.doer_id, "what": self.what, "by_day": self.by_day}
        return told | {name: value for name, value in promised.items() if value}


class GatePass(Sealed):
    """放行: why the head signed an opinion that the gate would have held back, and which laws he looked up himself."""

    id = IdField(primary_key=True, default=new_id)
    opinion = models.OneToOneField(Opinion, models.PROTECT, related_name="gate_pass")
    waived = models.JSONField(default=list)
    """The codes of what was waived."""
    looked_up = models.JSONField(default=list)
    """The demands whose basis he found himself to be in force."""
    reason = Words(blank=True)

    class Privacy:
        personal = ("reason", "words_sealed")

    @property
    def sealing_petition(self) -> Petition:
        return self.opinion.assignment.petition

    def content(self) -> dict[str, Any]:
        return {"waived": self.waived, "looked_up": self.looked_up, "reason": self.reason}

    @property
    def overruled(self) -> str:
        """What the gate would have held it back for; empty where he only looked laws up."""
        return listed(GapCode(code).label for code in self.waived)


class Service(models.Model):
    """送达: how and when an opinion reached the petitioner, and the proof of it (domain 5.21)."""

    id = IdField(primary_key=True, default=new_id)
    mode = models.CharField(max_length=12, choices=DeliveryMode)
    delivered_on = models.DateField()
    proof = models.CharField(max_length=200)
    witnesses = models.JSONField(default=list)
    consented_on = models.DateField(null=True)
    announced_on = models.DateField(null=True)
    carried_by = models.ForeignKey("organizations.Unit", models.PROTECT, null=True, related_name="+")
    """The street that delivered it on behalf of the unit."""
    scan = models.ForeignKey("petitions.Evidence", models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_electronic_is_consented",
                condition=~Q(mode=DeliveryMode.ELECTRONIC) | Q(consented_on__lte=F("delivered_on")),
            ),
            models.CheckConstraint(
                name="%(class)s_announced_names_its_first_day",
                condition=~Q(mode=DeliveryMode.ANNOUNCED) | Q(announced_on__lt=F("delivered_on")),
            ),
        ]

    def content(self) -> dict[str, Any]:
        told = {"mode": self.mode, "delivered_on": self.delivered_on, "proof": self.proof}
        beside = ("witnesses", "consented_on", "announced_on", "carried_by_id", "scan_id")
        return told | {name: value for name in beside if (value := getattr(self, name))}


class Delivery(Service):
    """送达 of a 处理意见."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="deliveries")
    opinion = models.OneToOneField(Opinion, models.PROTECT, related_name="delivery")

    class Privacy:
        personal = ("proof", "witnesses")
