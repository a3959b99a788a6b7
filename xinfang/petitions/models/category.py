"""内容分类: the subject tree, as data."""

from django.db import models

OTHER = "999900"


class Category(models.Model):
    """One class of content, two levels. `version` names the list it belongs to."""

    code = models.CharField(max_length=6, primary_key=True)
    name = models.CharField(max_length=40)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    version = models.CharField(max_length=20)

    class Privacy:
        personal: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.name
