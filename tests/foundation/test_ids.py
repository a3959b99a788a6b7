"""Ids are made before the insert, ordered by time and never twice."""

import time

import pytest

from xinfang.foundation import ids

LAST_MILLISECOND_OF_2038 = 2_177_452_799_999


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """And what was drawn under it is forgotten, or every later test of the process would live in 2038."""
    now = {"ms": 1_781_485_200_000}
    monkeypatch.setattr(ids, "_last", 0)
    monkeypatch.setattr(ids.time, "time_ns", lambda: now["ms"] * 1_000_000)
    return now


def test_a_later_id_is_a_larger_one(clock: dict[str, int]) -> None:
    made = []
    for _ in range(500):
        made.append(ids.new_id())
        clock["ms"] += 1
    assert made == sorted(made)
    assert len(set(made)) == 500


def test_ids_of_one_millisecond_differ(clock: dict[str, int]) -> None:
    # Of 4 million values twenty collide once in 20,000 runs.
    assert len({ids.new_id() for _ in range(20)}) == 20


def test_an_id_tells_its_millisecond() -> None:
    before = time.time_ns() // 1_000_000
    made = ids.new_id() >> 22
    assert before <= made <= time.time_ns() // 1_000_000


def test_an_id_fits_the_column_until_2039(clock: dict[str, int]) -> None:
    clock["ms"] = LAST_MILLISECOND_OF_2038
    assert 0 < ids.new_id() < 2**63
