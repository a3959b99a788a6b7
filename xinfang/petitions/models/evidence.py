"""附件: what was handed in, and the copy that units read."""

from typing import Any

from django.db import models

from xinfang.foundation.ids import IdField, new_id
from xinfang.petitions.models.petition import Petition


class Evidence(models.Model):
    """One file. The original stays sealed as evidence; units are given the copy, which has lost its hidden data."""

    id = IdField(primary_key=True, default=new_id)
    petition = models.ForeignKey(Petition, models.PROTECT, related_name="evidence")
    original = models.ForeignKey("files.Blob", models.PROTECT, related_name="+")
    copy = models.ForeignKey("files.Blob", models.PROTECT, related_name="+")
    note = models.ForeignKey("petitions.WorkNote", models.PROTECT, null=True, blank=True, related_name="photos")
    name_sealed = models.BinaryField()
    label = models.CharField(max_length=40)
    added_at = models.DateTimeField()

    class Privacy:
        personal = ("name_sealed",)

    def content(self) -> dict[str, Any]:
        said = {
            "original": self.original_id,
            "copy": self.copy_id,
            "label": self.label,
            "name": bytes(self.name_sealed),
        }
        return {**said, "note": self.note_id} if self.note_id else said
