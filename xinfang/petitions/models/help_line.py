"""求助电话 of the county, as data."""

from typing import Any

from django.db import models

from xinfang.foundation.ids import IdField, new_id


class HelpLine(models.Model):
    """Whom to call when somebody may harm himself. Nothing of a petition stands here."""

    id = IdField(primary_key=True, default=new_id)
    place = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=40)
    telephone = models.CharField(max_length=30)
    hours = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["place"]

    class Privacy:
        personal: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.name} {self.telephone}"

    def content(self) -> dict[str, Any]:
        return {"place": self.place, "name": self.name, "telephone": self.telephone, "hours": self.hours}
