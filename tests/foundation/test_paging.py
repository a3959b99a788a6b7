"""Page after page gives the whole list once, also where many rows are equal."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from xinfang.deadlines.models import Promise
from xinfang.foundation.paging import first, first_page, page

NOON = datetime(2026, 6, 15, 4, tzinfo=UTC)
DAY = date(2026, 6, 15)
ROWS = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), max_size=14)
ORDERS = st.sampled_from(
    [("due_on", "id"), ("-due_on", "id"), ("due_on", "-started_at", "-id"), ("clock", "id"), ("-id",)]
)


def write(rows: list[tuple[int, int]], *, subject: str = "petition") -> None:
    """Few different days and moments, so that ties are the rule."""
    Promise.objects.bulk_create(
        Promise(
            clock=f"D{moment}",
            subject=subject,
            subject_id=n,
            unit_code="x",
            started_on=DAY,
            started_at=NOON + timedelta(microseconds=moment),
            due_strict=DAY + timedelta(days=day),
            due_legal=DAY + timedelta(days=day),
            due_on=DAY + timedelta(days=day),
            provisional=False,
        )
        for n, (day, moment) in enumerate(rows)
    )


def turned(keys: tuple[str, ...], size: int) -> list[list[Promise]]:
    pages, after = [], ""
    while True:
        found = page(Promise.objects.all(), keys, size=size, after=after)
        pages.append(found.rows)
        if not found.after:
            return pages
        after = found.after


class Pages(TestCase):
    @settings(max_examples=40)
    @given(rows=ROWS, keys=ORDERS, size=st.integers(1, 5))
    def test_the_pages_together_are_the_ordered_list(self, rows: list[Any], keys: tuple[str, ...], size: int) -> None:
        write(rows)
        pages = turned(keys, size)
        assert [row.pk for rows in pages for row in rows] == list(
            Promise.objects.order_by(*keys).values_list("pk", flat=True)
        )
        assert all(len(rows) == size for rows in pages[:-1])
        assert len(pages) == max(1, -(-len(rows) // size))

    @settings(max_examples=20)
    @given(rows=ROWS, keys=ORDERS, size=st.integers(1, 5))
    def test_a_first_page_worked_out_once_is_the_first_page(
        self, rows: list[Any], keys: tuple[str, ...], size: int
    ) -> None:
        kept = first_page(Promise.objects.all(), keys, size=size)
        assert first(kept, keys, size=size) == page(Promise.objects.all(), keys, size=size)
        write(rows)
        assert first(kept, keys, size=size) == page(Promise.objects.all(), keys, size=size)


@pytest.mark.django_db
def test_a_row_added_before_the_mark_moves_no_page() -> None:
    write([(1, 0)] * 4)
    first = page(Promise.objects.all(), ("due_on", "id"), size=2)
    rest = list(Promise.objects.order_by("due_on", "id"))[2:]
    write([(0, 0)], subject="assignment")
    assert page(Promise.objects.all(), ("due_on", "id"), size=2, after=first.after).rows == rest


@pytest.mark.django_db
def test_a_page_costs_one_statement(django_assert_num_queries: Any) -> None:
    write([(0, 0)] * 5)
    with django_assert_num_queries(1):
        page(Promise.objects.all(), ("due_on", "id"), size=2)


@pytest.mark.django_db
@pytest.mark.parametrize("mark", ["nonsense", "W10:1abc:xyz", "0"])
def test_a_mark_that_was_tampered_with_starts_again(mark: str) -> None:
    write([(0, 0)] * 3)
    assert page(Promise.objects.all(), ("due_on", "id"), size=2, after=mark).rows == list(
        Promise.objects.order_by("due_on", "id")[:2]
    )


@pytest.mark.django_db
@pytest.mark.parametrize("other", [("id",), ("id", "due_on"), ("started_at", "due_on", "id")])
def test_a_mark_of_another_list_starts_again(other: tuple[str, ...]) -> None:
    write([(0, 0)] * 3)
    mark = page(Promise.objects.all(), other, size=1).after
    assert len(page(Promise.objects.all(), ("due_on", "id"), size=3, after=mark).rows) == 3
