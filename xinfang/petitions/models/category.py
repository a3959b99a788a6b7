"""内容分类: the subject tree, as data that is opened, renamed and retired from a day on and never removed."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

OTHER = "999900"


class Category(models.Model):
    """One class of content, two levels. `version` names the list it belongs to.

    In use from `opened_on` (always, where the county's file brought it) until the day before `retired_on`. `name` is its
    first name, `renamed_on` the first day on which it had another: its later names are rows.
    """

    code = models.CharField(max_length=6, primary_key=True)
    name = models.CharField(max_length=40)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    version = models.CharField(max_length=20)
    opened_on = models.DateField(null=True, blank=True)
    renamed_on = models.DateField(null=True, blank=True)
    retired_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(opened_on__isnull=True)
                | Q(retired_on__isnull=True)
                | Q(retired_on__gte=models.F("opened_on")),
                name="category_retires_after_it_opens",
            ),
        ]

    class Privacy:
        personal: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.name

    def called_on(self, day: date) -> str:
        """Its name that day. What was recorded under a name keeps it; no statement is spent where there is only one."""
        if self.renamed_on is None or day < self.renamed_on:
            return self.name
        return self.names.filter(since__lte=day).latest("since").name

    def is_used_on(self, day: date) -> bool:
        return (self.opened_on is None or self.opened_on <= day) and (self.retired_on is None or day < self.retired_on)


class CategoryName(models.Model):
    """What a category is called from a day on."""

    category = models.ForeignKey("petitions.Category", models.PROTECT, related_name="names")
    name = models.CharField(max_length=40)
    since = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["category", "since"], name="category_one_name_a_day")]

    class Privacy:
        personal: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.name

    def content(self) -> dict[str, Any]:
        return {"category": self.category_id, "name": self.name, "since": self.since.isoformat()}


def called(day: date) -> QuerySet[Any]:
    """Every category with `called`, its name on a day."""
    later = CategoryName.objects.filter(category=OuterRef("pk"), since__lte=day).order_by("-since").values("name")
    return Category.objects.annotate(called=Coalesce(Subquery(later[:1]), "name"))


def used_on(day: date) -> QuerySet[Any]:
    """Those that may be chosen on a day, with the name they have then."""
    opened = Q(opened_on__isnull=True) | Q(opened_on__lte=day)
    return called(day).filter(opened, Q(retired_on__isnull=True) | Q(retired_on__gt=day))
