"""Counters and frozen papers."""

from typing import Any

from django.db import models

from xinfang.documents.kinds import kinds_of_papers
from xinfang.foundation.ids import IdField, new_id
from xinfang.foundation.sealing import fingerprint


class Series(models.Model):
    """The last number given in one series; the row is the lock (docs/decisions/0004)."""

    name = models.CharField(max_length=80, primary_key=True)
    last = models.IntegerField()

    class Privacy:
        personal: tuple[str, ...] = ()


class Paper(models.Model):
    """A paper as it was issued: number, template version and data, sealed with the key of its petition."""

    id = IdField(primary_key=True, default=new_id)
    kind = models.CharField(max_length=24, choices=kinds_of_papers)
    template_version = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=60, null=True, unique=True)
    unit_code = models.CharField(max_length=19)
    subject_kind = models.CharField(max_length=24)
    subject_id = models.BigIntegerField()
    data = models.BinaryField()
    issued_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["subject_kind", "subject_id", "id"], name="paper_of_a_subject")]

    class Privacy:
        personal = ("data",)

    def content(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "template_version": self.template_version,
            "number": self.number,
            "unit": self.unit_code,
            "data": fingerprint(bytes(self.data)),
        }
