"""One byte string for one value, on every machine and in every time zone."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone as here
from hypothesis import given
from hypothesis import strategies as st

from xinfang.foundation.canonical import canonical, digest
from xinfang.petitions.codes import Channel

TEXT = st.text(st.characters(codec="utf-8"), max_size=12)
LEAF = st.none() | st.integers() | TEXT
VALUES = st.recursive(
    LEAF, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4), max_leaves=12
)


def rebuilt(value: Any) -> Any:
    """An equal value, made in another order and out of other containers."""
    if isinstance(value, dict):
        return {key: rebuilt(value[key]) for key in reversed(value)}
    return tuple(rebuilt(item) for item in value) if isinstance(value, list) else value


@given(VALUES)
def test_equal_values_have_equal_bytes(value: Any) -> None:
    assert canonical(rebuilt(value)) == canonical(value)


@given(VALUES, VALUES)
def test_different_values_have_different_bytes(one: Any, other: Any) -> None:
    assert (canonical(one) == canonical(other)) == (one == other)


@given(VALUES)
def test_the_bytes_are_the_value(value: Any) -> None:
    assert json.loads(canonical(value)) == value


def test_chinese_stands_as_it_is_and_nothing_is_spaced() -> None:
    assert canonical({"b": [1, None], "a": "漏水"}) == '{"a":"漏水","b":[1,null]}'.encode()


@pytest.mark.parametrize(
    "value", [1.0, [1.5], (1.5,), {"a": {"b": [1.5]}}, {1.5}, frozenset({1.5}), float("nan"), float("inf")]
)
def test_a_float_is_refused_wherever_it_hides(value: Any) -> None:
    with pytest.raises(TypeError, match="float"):
        canonical(value)


@pytest.mark.parametrize("key", [1, 1.5, True, None, date(2026, 6, 15)])
def test_a_key_that_is_not_text_is_refused(key: Any) -> None:
    with pytest.raises(TypeError):
        canonical({key: "a"})


def test_what_has_no_canonical_form_is_refused() -> None:
    with pytest.raises(TypeError, match="object has no canonical form"):
        canonical(object())


@given(st.datetimes(timezones=st.just(UTC), min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1)))
def test_a_moment_is_the_same_moment_in_every_zone(moment: datetime) -> None:
    elsewhere = moment.astimezone(timezone(timedelta(hours=-9, minutes=-30)))
    assert canonical(moment) == canonical(elsewhere)


def test_the_zone_a_reader_chose_changes_no_digest() -> None:
    moment = datetime(2026, 6, 15, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
    before = digest(moment)
    with here.override("America/New_York"):
        assert digest(moment) == before


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        canonical(datetime(2026, 6, 15, 9))


def test_days_codes_bytes_and_sets_have_plain_forms() -> None:
    value = {"day": date(2026, 6, 15), "code": Channel.VISIT, "bytes": memoryview(b"\x00\xff"), "set": {"b", "a"}}
    assert canonical(value) == b'{"bytes":"00ff","code":"visit","day":"2026-06-15","set":["a","b"]}'


def test_a_salt_changes_the_digest() -> None:
    assert len({digest("a"), digest("a", salt=b"1"), digest("a", salt=b"2")}) == 3
