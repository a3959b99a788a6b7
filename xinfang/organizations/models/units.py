"""单位: the nodes of the network and the villages under the streets."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _


class UnitKind(models.TextChoices):
    """What a unit is to the rules (domain 4.7): who may lead, who reviews upward, who owns the accusations."""

    STREET = "street", _("街道办事处（乡镇政府）")
    DEPT = "dept", _("政府工作部门")
    BRANCH = "branch", _("市级部门分支机构")
    VERTICAL = "vertical", _("垂直管理单位")
    JUDICIAL = "judicial", _("司法机关")
    DISCIPLINE = "discipline", _("纪检监察机关")
    BUREAU = "bureau", _("信访局")
    PARTY = "party", _("党委部门")
    NPC = "npc", _("人大机关")
    GOV = "gov", _("政府办公室")
    CPPCC = "cppcc", _("政协机关")
    MASS = "mass", _("群团组织")
    MIL = "mil", _("人民武装部")
    INST = "inst", _("事业单位")
    ENTERPRISE = "enterprise", _("公用企业")
    ZONE = "zone", _("开发区（度假区）")
    VILLAGE = "village", _("村（社区）")


class Unit(models.Model):
    """单位: an organ that signs for petitions. `serial` is its node number; a village under a street has none.

    It is open from `opened_on` until the day before `abolished_on`; its work then belongs to its `successor`.
    `superior` is the competent organ one level up, which does not work in this system, and `superior_above` the one
    above that: who is asked for 复查 and 复核 (条例 三十五、三十六).
    """

    code = models.CharField(max_length=19, unique=True)
    serial = models.PositiveSmallIntegerField(null=True, blank=True, unique=True)
    name = models.CharField(max_length=80)
    short_name = models.CharField(max_length=40)
    kind = models.CharField(max_length=12, choices=UnitKind)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    division = models.ForeignKey("organizations.Division", models.PROTECT, null=True, blank=True, related_name="units")
    opened_on = models.DateField()
    abolished_on = models.DateField(null=True, blank=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="predecessors")
    pinyin = models.CharField(max_length=80, blank=True)
    address = models.CharField(max_length=120, blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    paper_code = models.CharField(max_length=20, blank=True)
    superior = models.CharField(max_length=60, blank=True)
    superior_above = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Exact(Length("code"), 19), name="unit_code_has_19_digits"),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | Q(abolished_on__isnull=False), name="unit_successor_needs_an_end"
            ),
            models.CheckConstraint(condition=~Q(successor=F("id")), name="unit_does_not_succeed_itself"),
            models.CheckConstraint(
                condition=Q(abolished_on__isnull=True) | Q(abolished_on__gte=F("opened_on")),
                name="unit_ends_after_it_opens",
            ),
            models.UniqueConstraint(
                fields=["paper_code"], condition=~Q(paper_code=""), name="unit_paper_code_is_its_own"
            ),
        ]

    class Privacy:
        personal: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.name

    def is_open_on(self, day: date) -> bool:
        return self.opened_on <= day and (self.abolished_on is None or day < self.abolished_on)

    def content(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "serial": self.serial,
            "kind": self.kind,
            "parent": self.parent_id,
            "division": self.division_id,
            "opened_on": self.opened_on.isoformat(),
        }
