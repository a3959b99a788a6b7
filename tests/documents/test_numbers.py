"""Numbers are given in order and without a gap, whatever is rolled back."""

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from xinfang.documents.models import Series
from xinfang.documents.numbers import take, take_of


class _Mistake(Exception):
    pass


def taken(series: str, *, is_rolled_back: bool = False) -> int | None:
    try:
        with transaction.atomic():
            number = take(series)
            if is_rolled_back:
                raise _Mistake
            return number
    except _Mistake:
        return None


@pytest.mark.django_db
def test_a_series_begins_with_one_and_goes_on() -> None:
    assert [take("paper:a") for _ in range(3)] == [1, 2, 3]
    assert Series.objects.get(name="paper:a").last == 3


@pytest.mark.django_db
def test_series_do_not_share_numbers() -> None:
    assert [take(name) for name in ("a", "b", "a", "c", "b")] == [1, 1, 2, 1, 2]


@pytest.mark.django_db
def test_a_number_that_was_rolled_back_is_given_again() -> None:
    assert taken("a", is_rolled_back=True) is None
    assert not Series.objects.exists()
    assert [taken("a"), taken("a", is_rolled_back=True), taken("a")] == [1, None, 2]


class Gaps(TestCase):
    @settings(max_examples=30)
    @given(st.lists(st.tuples(st.sampled_from("abc"), st.booleans()), max_size=20))
    def test_whatever_is_rolled_back_no_series_has_a_gap(self, acts: list[tuple[str, bool]]) -> None:
        given: dict[str, list[int]] = {name: [] for name in "abc"}
        for name, is_rolled_back in acts:
            if number := taken(name, is_rolled_back=is_rolled_back):
                given[name].append(number)
        for numbers in given.values():
            assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.django_db
def test_a_number_costs_one_statement(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        take("a")


@pytest.mark.django_db
def test_numbers_of_several_series_are_taken_at_once_each_the_next_of_its_own() -> None:
    take("b")
    assert take_of(["b", "a"]) == {"a": 1, "b": 2}
    assert take_of(["a"]) == {"a": 2}
