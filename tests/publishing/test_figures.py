"""公开数字: counted from the rows, always with n, no cell that could point at somebody."""

from collections import Counter
from typing import Any

import pytest
from django.utils import timezone, translation

from tests.cast import MORNING, Cast, registered
from xinfang.petitions.models import Petition
from xinfang.publishing import figures
from xinfang.publishing.figures import By


def register(cast: Cast, count: int, **changes: Any) -> None:
    for _n in range(count):
        registered(cast, people=(), **changes)


def table(by: By) -> dict[str, int | None]:
    return {cell.name: cell.count for cell in figures.table(by, MORNING.year, at=timezone.now()).cells}


def suppressed(*counts: int) -> tuple[list[int | None], int | None]:
    cells, n = figures._suppressed([(str(place), count) for place, count in enumerate(counts)])
    return [cell.count for cell in cells], n


def test_small_cells_are_hidden_and_the_sum_is_shown(cast: Cast) -> None:
    register(cast, 8)
    register(cast, 9, division="610115004000")
    register(cast, 2, division="610115005000")
    found = figures.table(By.STREET, MORNING.year, at=timezone.now())
    cells = {cell.name: cell.count for cell in found.cells}
    assert found.n == 19
    # One cell alone could be worked out from the sum: the next smallest goes with it.
    assert cells == {"骊山街道": None, "代王街道": 9, "斜口街道": None}


@pytest.mark.parametrize(
    ("counts", "shown", "n"),
    [
        ((20, 30), [20, 30], 50),
        ((20, 0), [20, 0], 20),
        ((20, 1, 1, 0), [None, None, None, None], 22),
        ((20, 4, 4, 0), [None, None, None, None], 28),
        ((20, 30, 4, 4, 4, 0), [20, 30, None, None, None, None], 62),
        ((20, 7, 6, 1), [20, None, None, None], 34),
        ((5, 2, 1), [None, None, None], None),
        ((3,), [None], None),
        ((), [], 0),
    ],
)
def test_nothing_hidden_can_be_worked_out(counts: tuple[int, ...], shown: list[int | None], n: int | None) -> None:
    assert suppressed(*counts) == (shown, n)


def test_each_language_reads_its_own_labels(cast: Cast) -> None:
    register(cast, 6, division="610115000000")
    assert "区县本级和其他地方" in table(By.STREET)
    with translation.override("en"):
        assert "区县本级和其他地方" not in table(By.STREET)


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
