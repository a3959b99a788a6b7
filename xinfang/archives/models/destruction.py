"""销毁: the list that is proposed and approved, and what stood on it."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from xinfang.archives.models.volumes import CaseFile
from xinfang.foundation.ids import IdField, new_id
from xinfang.petitions.codes import Confidentiality


class Destruction(models.Model):
    """销毁清册: files past their term, proposed by the archivist, approved by the organ's head, agreed to by the discipline
    organ. All of one compartment, so that a list tells nobody of another.
    """

    id = IdField(primary_key=True, default=new_id)
    organ = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    number = models.CharField(max_length=60, unique=True)
    compartment = models.CharField(max_length=24, choices=Confidentiality)
    reason = models.CharField(max_length=200)
    proposed_by = models.ForeignKey("organizations.Officer", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    approved_by = models.ForeignKey("organizations.Officer", models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    agreed_by = models.ForeignKey("organizations.Officer", models.PROTECT, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True)
    refused_by = models.ForeignKey("organizations.Officer", models.PROTECT, null=True, related_name="+")
    refused_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=200, blank=True)
    witness = models.ForeignKey("organizations.Officer", models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="destruction_is_approved_by_two_others",
                condition=(Q(approved_by__isnull=True) | ~Q(approved_by=F("proposed_by")))
                & (Q(agreed_by__isnull=True) | (~Q(agreed_by=F("proposed_by")) & ~Q(agreed_by=F("approved_by")))),
            ),
            models.CheckConstraint(
                name="destruction_is_done_once_both_have_approved",
                condition=Q(done_at__isnull=True)
                | Q(approved_at__isnull=False, agreed_at__isnull=False, refused_at__isnull=True, witness__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["-proposed_at", "-id"], name="destruction_by_day")]

    class Privacy:
        personal: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.number

    def content(self) -> dict[str, Any]:
        return {
            "organ": self.organ_id,
            "number": self.number,
            "compartment": self.compartment,
            "reason": self.reason,
            "lines": [line.content() for line in sorted(self.lines.all(), key=lambda line: line.pk)],
        }


class Refusal(Destruction):
    """不同意: the list as the act that ended it vouches for it; `Destruction.content` is what was proposed."""

    class Meta:
        proxy = True

    class Privacy:
        personal: tuple[str, ...] = ()

    def content(self) -> dict[str, Any]:
        return {"answer": self.answer}


class DestructionLine(models.Model):
    """One file of a list, with what there was of it: the line stays when the file is gone."""

    id = IdField(primary_key=True, default=new_id)
    destruction = models.ForeignKey(Destruction, models.PROTECT, related_name="lines")
    file = models.ForeignKey(CaseFile, models.PROTECT, related_name="+")
    volumes = models.PositiveSmallIntegerField()
    pages = models.PositiveIntegerField()
    files = models.PositiveIntegerField()
    keep_until = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["destruction", "file"], name="file_stands_on_a_list_once")]

    class Privacy:
        personal: tuple[str, ...] = ()

    def content(self) -> dict[str, Any]:
        return {
            "file": self.file_id,
            "volumes": self.volumes,
            "pages": self.pages,
            "files": self.files,
            "keep_until": self.keep_until.isoformat(),
        }
