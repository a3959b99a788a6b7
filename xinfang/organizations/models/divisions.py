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


class OnMap(models.Model):
    """地图: where a division lies on the map of its county, as the county's own files say. A picture, no boundary in law.

    A tile has a column and a row. A shape has `outline`: closed lines of whole numbers, west to east and north to south.
    """

    division = models.OneToOneField(Division, models.CASCADE, primary_key=True, related_name="on_map")
    column = models.PositiveSmallIntegerField(null=True, blank=True)
    row = models.PositiveSmallIntegerField(null=True, blank=True)
    outline = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["column", "row"], name="on_map_a_tile_lies_alone"),
            models.CheckConstraint(
                condition=models.Q(column__isnull=True, row__isnull=True) | models.Q(column__gte=1, row__gte=1),
                name="on_map_a_tile_has_column_and_row",
            ),
        ]

    class Privacy:
        personal: tuple[str, ...] = ()

    def __str__(self) -> str:
        return str(self.division)
