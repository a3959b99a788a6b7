"""演练: what a restore drill found."""

from typing import Any

from django.db import models
from django.db.models import Q

from xinfang.foundation.ids import IdField, new_id


class Drill(models.Model):
    """One restore drill. `lost_seconds` and `lost_entries` are what would be lost if the machine were lost at that moment.

    `tree_size` is that of the checkpoint which the rebuilt tree agrees with, and whether others than the bureau have signed it.
    """

    id = IdField(primary_key=True, default=new_id)
    at = models.DateTimeField()
    backup = models.CharField(max_length=60, blank=True)
    made_at = models.DateTimeField(null=True)
    took_seconds = models.PositiveIntegerField()
    entries = models.BigIntegerField(default=0)
    lost_entries = models.BigIntegerField(default=0)
    lost_seconds = models.BigIntegerField(default=0)
    files = models.PositiveIntegerField(default=0)
    is_sound = models.BooleanField()
    tree_size = models.BigIntegerField(null=True)
    is_witnessed = models.BooleanField(default=False)
    said = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="drill_says_what_is_wrong", condition=Q(is_sound=True) | ~Q(said=""))
        ]

    class Privacy:
        personal: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.backup}: {'sound' if self.is_sound else self.said}"

    def content(self) -> dict[str, Any]:
        return {field.attname: getattr(self, field.attname) for field in self._meta.concrete_fields}
