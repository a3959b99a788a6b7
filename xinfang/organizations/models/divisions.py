"""区划: where things happen, by the 12-digit statistical codes."""

from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _


class DivisionKind(models.TextChoices):
    """A neighbour is a district next door: known by name, without units here."""

    PROVINCE = "province", _("省")
    CITY = "city", _("市")
    DISTRICT = "district", _("区县")
    STREET = "street", _("街道乡镇")
    VILLAGE = "village", _("村（社区）")
    NEIGHBOUR = "neighbour", _("邻近区县")


class Division(models.Model):
    """区划: one place in the tree of province, city, district, street and village."""

    code = models.CharField(max_length=12, primary_key=True)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=DivisionKind)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    pinyin = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Exact(Length("code"), 12), name="division_code_has_12_digits"),
        ]

    class Privacy:
        personal: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.name
