"""公开数字: counts by category, street or month, with n, and no cell that is small enough to point at somebody.

One query function, over the petitions themselves. When the room `statistics` stands, it is asked instead: here is the seam.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.core.cache import cache
from django.db import models
from django.db.models import Count
from django.db.models.functions import Substr, TruncMonth
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from xinfang.organizations.models import Division, DivisionKind
from xinfang.petitions.codes import Confidentiality
from xinfang.petitions.models import Category, Petition

SMALLEST = 5
ENOUGH = 2 * SMALLEST
KEPT = timedelta(hours=1)
FIRST_YEAR = 2007


class By(models.TextChoices):
    """What is counted by."""

    CATEGORY = "category", _("按内容分类")
    STREET = "street", _("按街道")
    MONTH = "month", _("按月份")


@dataclass(frozen=True)
class Cell:
    """One row; `count` is None where it is too small to be shown."""

    name: str
    count: int | None


@dataclass(frozen=True)
class Table:
    """The rows and their sum, which is shown unless it would tell what is hidden."""

    by: By
    year: int
    cells: tuple[Cell, ...]
    n: int | None
    counted_at: datetime


def table(by: By, year: int, *, at: datetime) -> Table:
    """Counted once an hour for all visitors."""
    key = f"publishing.figures:{by}:{year}:{get_language()}"
    kept: Table | None = cache.get(key)
    if kept is None:
        kept = Table(by, year, *_suppressed(_COUNTED[by](year)), at)
        cache.set(key, kept, KEPT.total_seconds())
    return kept


def years(today: date) -> list[int]:
    return list(range(today.year, FIRST_YEAR - 1, -1))


def _suppressed(counts: list[tuple[str, int]]) -> tuple[tuple[Cell, ...], int | None]:
    """Cells below five are not shown, nor noughts beside them, nor the next smallest until what is hidden sums up to ten:
    less could be worked out from the sum. Where the rows do not come to that, the sum is not shown either.
    """
    rising = sorted(counts, key=lambda row: row[1])
    hidden: dict[str, int] = {}
    if any(0 < count < SMALLEST for _name, count in counts):
        for name, count in rising:
            if count >= SMALLEST and sum(hidden.values()) >= ENOUGH:
                break
            hidden[name] = count
    n = sum(count for _name, count in counts)
    is_told = not hidden or sum(hidden.values()) >= ENOUGH
    return tuple(Cell(name, None if name in hidden else count) for name, count in counts), n if is_told else None


def _rows(year: int) -> models.QuerySet[Petition]:
    """Ordinary petitions registered in the year that count; a compartment is in no public figure."""
    begins = timezone.make_aware(datetime.combine(date(year, 1, 1), time()))
    ends = timezone.make_aware(datetime.combine(date(year + 1, 1, 1), time()))
    counted = Petition.objects.filter(confidentiality=Confidentiality.NORMAL, is_counted=True)
    return counted.filter(registered_at__gte=begins, registered_at__lt=ends).exclude(status__in=("draft", "voided"))


def _by_category(year: int) -> list[tuple[str, int]]:
    """The first level: two digits and four noughts."""
    found = _rows(year).filter(category__isnull=False).annotate(top=Substr("category_id", 1, 2)).values("top")
    names = dict(Category.objects.filter(parent__isnull=True).values_list("code", "name"))
    counts = found.annotate(count=Count("id")).values_list("top", "count").order_by("top")
    return [(names.get(f"{top}0000", top), count) for top, count in counts]


def _by_street(year: int) -> list[tuple[str, int]]:
    """Every street of the county stands there, with or without petitions."""
    found = _rows(year).filter(division__isnull=False).annotate(street=Substr("division_id", 1, 9)).values("street")
    counts = dict(found.annotate(count=Count("id")).values_list("street", "count"))
    streets = Division.objects.filter(kind=DivisionKind.STREET).order_by("code").values_list("code", "name")
    named = [(name, counts.pop(code[:9], 0)) for code, name in streets]
    elsewhere = sum(counts.values())
    return [*named, (str(_("区县本级和其他地方")), elsewhere)] if elsewhere else named


def _by_month(year: int) -> list[tuple[str, int]]:
    found = _rows(year).annotate(month=TruncMonth("registered_at")).values("month")
    counts = {row["month"].month: row["count"] for row in found.annotate(count=Count("id"))}
    last = timezone.localdate().month if year == timezone.localdate().year else 12
    return [(f"{year}-{month:02}", counts.get(month, 0)) for month in range(1, last + 1)]


_COUNTED: dict[By, Callable[[int], list[tuple[str, int]]]] = {
    By.CATEGORY: _by_category,
    By.STREET: _by_street,
    By.MONTH: _by_month,
}
