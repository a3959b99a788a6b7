"""处理意见, its answers, and its delivery."""

from typing import Any

from django.db import models

from xinfang.foundation.ids import IdField, new_id
from xinfang.petitions.codes import DeliveryMode, OpinionResult
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


class Answer(Sealed):
    """What the opinion says to one demand: facts found, legal basis, result (条例 三十二)."""

    id = IdField(primary_key=True, default=new_id)
    opinion = models.ForeignKey(Opinion, models.PROTECT, related_name="answers")
    demand = models.ForeignKey(Demand, models.PROTECT, related_name="+")
    finding = Words()
    basis = models.CharField(max_length=500)
    result = models.CharField(max_length=16, choices=OpinionResult)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["opinion", "demand"], name="answer_once_per_demand")]

    class Privacy:
        personal = ("finding", "words_sealed")

    @property
    def sealing_petition(self) -> Petition:
        return self.demand.petition

    def content(self) -> dict[str, Any]:
        return {"demand": self.demand_id, "finding": self.finding, "basis": self.basis, "result": self.result}


class Delivery(models.Model):
    """送达: how and when the opinion reached the petitioner, and the proof of it."""

    id = IdField(primary_key=True, default=new_id)
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="deliveries")
    opinion = models.OneToOneField(Opinion, models.PROTECT, related_name="delivery")
    mode = models.CharField(max_length=12, choices=DeliveryMode)
    delivered_on = models.DateField()
    proof = models.CharField(max_length=200)

    class Privacy:
        personal = ("proof",)

    def content(self) -> dict[str, Any]:
        return {"mode": self.mode, "delivered_on": self.delivered_on, "proof": self.proof}
