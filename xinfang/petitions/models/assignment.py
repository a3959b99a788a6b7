"""承办: one unit's work on a petition."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import F, Q

from xinfang.foundation.ids import IdField, new_id
from xinfang.petitions.codes import AssignmentKind, AssignmentRole, NoteKind, PetitionerView, Procedure
from xinfang.petitions.lifecycle import ENDED_ASSIGNMENT, AssignmentStatus
from xinfang.petitions.models.petition import Matter, Petition
from xinfang.petitions.models.words import Line, Sealed, Words

_ENDED = sorted(ENDED_ASSIGNMENT)


class Assignment(models.Model):
    """承办任务. The dates are promises made when the work was given; only an act of its own moves one.

    `turned_at`: when it last turned off the ordinary road, or back onto it. `handling_due` is empty where another law's
    term runs instead (`procedure_due`).
    """

    id = IdField(primary_key=True, default=new_id)
    petition = models.ForeignKey(Petition, models.PROTECT, related_name="assignments")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="assignments")
    kind = models.CharField(max_length=10, choices=AssignmentKind)
    role = models.CharField(max_length=6, choices=AssignmentRole, default=AssignmentRole.LEAD)
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    handler = models.ForeignKey("organizations.Officer", models.PROTECT, null=True, related_name="+")
    status = models.CharField(max_length=20, choices=AssignmentStatus)
    procedure = models.CharField(max_length=24, choices=Procedure)
    requirement = models.CharField(max_length=500, blank=True)

    received_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    contacted_at = models.DateTimeField(null=True)
    opinion_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    reported_at = models.DateTimeField(null=True)
    objected_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    turned_at = models.DateTimeField(null=True)

    notice_due = models.DateField()
    handling_due = models.DateField(null=True)
    feedback_due = models.DateField(null=True)
    procedure_due = models.DateField(null=True)
    due_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter"],
                condition=Q(role=AssignmentRole.LEAD) & ~Q(status__in=_ENDED),
                name="assignment_one_open_lead_per_matter",
            ),
            models.CheckConstraint(
                name="assignment_delivered_has_a_date",
                condition=~Q(status__in=["delivered", "reported"]) | Q(delivered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="assignment_accepted_has_a_due_date",
                condition=Q(accepted_at__isnull=True) | Q(handling_due__isnull=False) | Q(procedure_due__isnull=False),
            ),
            models.CheckConstraint(
                name="assignment_times_follow_one_another",
                condition=(Q(signed_at__isnull=True) | Q(signed_at__gte=F("received_at")))
                & (Q(accepted_at__isnull=True) | Q(accepted_at__gte=F("signed_at")))
                & (Q(opinion_at__isnull=True) | Q(opinion_at__gte=F("accepted_at")))
                & (Q(delivered_at__isnull=True) | Q(delivered_at__gte=F("opinion_at"))),
            ),
        ]
        indexes = [
            models.Index(
                fields=["unit", "due_on", "id"], name="assignment_worklist", condition=Q(due_on__isnull=False)
            ),
            models.Index(fields=["unit", "petition"], name="assignment_of_a_unit"),
            models.Index(
                fields=["due_on", "id"],
                name="assignment_unserved",
                condition=Q(status=AssignmentStatus.OPINION_ISSUED, due_on__isnull=False),
            ),
        ]

    class Privacy:
        personal = ("requirement",)

    @property
    def moved_at(self) -> datetime:
        """When it was last moved on."""
        work = (self.objected_at, self.signed_at, self.accepted_at, self.contacted_at, self.opinion_at)
        end = (self.delivered_at, self.reported_at, self.done_at, self.turned_at)
        return max((at for at in (*work, *end) if at), default=self.received_at)

    @property
    def came_at(self) -> datetime:
        """What an organ handles itself reached it with the petition, not when it decided to (条例 二十三)."""
        return self.petition.received_at if self.kind == AssignmentKind.SELF else self.received_at

    def content(self) -> dict[str, Any]:
        """What the unit was told when it was given the work."""
        return {
            "kind": self.kind,
            "role": self.role,
            "unit": self.unit_id,
            "received_at": self.received_at,
            "requirement": self.requirement,
        }


class WorkNote(Sealed):
    """办理记录: added as the work goes, never changed."""

    id = IdField(primary_key=True, default=new_id)
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="notes")
    kind = models.CharField(max_length=16, choices=NoteKind)
    text = Words()
    place = Line(max_length=80, blank=True, default="", db_default="")
    happened_at = models.DateTimeField()
    written_by = models.ForeignKey("organizations.Officer", models.PROTECT, related_name="+")

    class Privacy:
        personal = ("text", "place", "words_sealed")

    @property
    def sealing_petition(self) -> Petition:
        return self.assignment.petition

    def content(self) -> dict[str, Any]:
        said = {"kind": self.kind, "text": self.text, "happened_at": self.happened_at}
        return {**said, "place": self.place} if self.place else said


class Report(Sealed):
    """办结报告, one row for each time it was handed in."""

    id = IdField(primary_key=True, default=new_id)
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="reports")
    process = Words()
    view = models.CharField(max_length=10, choices=PetitionerView)
    reported_at = models.DateTimeField()

    class Privacy:
        personal = ("process", "words_sealed")

    @property
    def sealing_petition(self) -> Petition:
        return self.assignment.petition

    def content(self) -> dict[str, Any]:
        return {"process": self.process, "view": self.view}


class CheckResult(models.Model):
    """审核意见 of the bureau on a report: passed, or sent back with what is wrong."""

    id = IdField(primary_key=True, default=new_id)
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="check_results")
    is_passed = models.BooleanField(default=True)
    note = models.CharField(max_length=500)
    checked_at = models.DateTimeField()

    class Privacy:
        personal = ("note",)

    def content(self) -> dict[str, Any]:
        return {"is_passed": self.is_passed, "note": self.note}
