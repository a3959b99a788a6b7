"""公开数字: counted from the rows, always with n, no cell that could point at somebody."""

from collections import Counter
from typing import Any

from django.utils import timezone

from tests.cast import MORNING, Cast, registered
from xinfang.petitions.models import Petition
from xinfang.publishing import figures
from xinfang.publishing.figures import By


def register(cast: Cast, count: int, **changes: Any) -> None:
    for _n in range(count):
        registered(cast, people=(), **changes)


def table(by: By) -> dict[str, int | None]:
    return {cell.name: cell.count for cell in figures.table(by, MORNING.year, at=timezone.now()).cells}


def test_small_cells_are_hidden_and_the_sum_is_shown(cast: Cast) -> None:
    register(cast, 7)
    register(cast, 6, division="610115004000")
    register(cast, 2, division="610115005000")
    found = figures.table(By.STREET, MORNING.year, at=timezone.now())
    cells = {cell.name: cell.count for cell in found.cells}
    assert found.n == 15
    # One cell alone could be worked out from the sum: the next smallest goes with it.
    assert cells == {"骊山街道": 7, "代王街道": None, "斜口街道": None}


def test_two_small_cells_hide_each_other(cast: Cast) -> None:
    register(cast, 5)
    register(cast, 2, division="610115004000")
    register(cast, 1, division="610115005000")
    assert table(By.STREET) == {"骊山街道": 5, "代王街道": None, "斜口街道": None}


def test_the_figures_are_those_of_the_rows(cast: Cast) -> None:
    register(cast, 5)
    register(cast, 6, category="999900")
    rows = Counter(Petition.objects.values_list("category__parent__name", flat=True))
    assert table(By.CATEGORY) == dict(rows) == {"房产物业": 5, "其他": 6}
    assert table(By.MONTH)["2026-06"] == 11
    assert table(By.MONTH)["2026-05"] == 0


def test_compartments_drafts_and_voided_ones_are_in_no_figure(cast: Cast) -> None:
    register(cast, 5)
    registered(cast, is_confidential=True, by=cast.dispatcher)
    Petition.objects.filter(pk=registered(cast).petition.pk).update(status="voided")
    assert figures.table(By.CATEGORY, MORNING.year, at=timezone.now()).n == 5


def test_it_is_counted_once_an_hour(cast: Cast, django_assert_num_queries: Any) -> None:
    register(cast, 5)
    first = figures.table(By.STREET, MORNING.year, at=timezone.now())
    register(cast, 5)
    with django_assert_num_queries(0):
        assert figures.table(By.STREET, MORNING.year, at=timezone.now()) == first
