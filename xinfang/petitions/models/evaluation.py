"""满意度评价."""

from typing import Any

from django.db import models
from django.db.models import Q

from xinfang.foundation.ids import IdField, new_id
from xinfang.petitions.codes import EvaluationValue
from xinfang.petitions.models.petition import Petition

MOST_RATINGS = 2
"""Each time it is closed."""


class Evaluation(models.Model):
    """The petitioner's two ratings, of the bureau and of the unit. A second one stands beside the first.

    `nth` counts all of a petition; what was handled anew is rated anew.
    """

    id = IdField(primary_key=True, default=new_id)
    petition = models.ForeignKey(Petition, models.PROTECT, related_name="evaluations")
    nth = models.PositiveSmallIntegerField()
    bureau = models.CharField(max_length=12, choices=EvaluationValue)
    unit = models.CharField(max_length=12, choices=EvaluationValue)
    reason = models.CharField(max_length=500, blank=True)
    is_on_paper = models.BooleanField()
    scan = models.ForeignKey("petitions.Evidence", models.PROTECT, null=True, related_name="+")
    evaluated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["petition", "nth"], name="evaluation_numbered_once"),
            models.CheckConstraint(name="evaluation_numbered_from_one", condition=Q(nth__gte=1)),
            models.CheckConstraint(
                name="evaluation_scan_is_of_paper", condition=Q(scan__isnull=True) | Q(is_on_paper=True)
            ),
            models.CheckConstraint(
                name="evaluation_dissatisfied_has_a_reason",
                condition=~(Q(bureau="dissatisfied") | Q(unit="dissatisfied")) | ~Q(reason=""),
            ),
        ]

    class Privacy:
        personal = ("reason",)

    @property
    def is_dissatisfied(self) -> bool:
        return EvaluationValue.DISSATISFIED in (self.bureau, self.unit)

    def content(self) -> dict[str, Any]:
        said = {
            "nth": self.nth,
            "bureau": self.bureau,
            "unit": self.unit,
            "reason": self.reason,
            "paper": self.is_on_paper,
        }
        return {**said, "scan": self.scan_id} if self.scan_id else said
