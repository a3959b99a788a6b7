"""How a copy of a life takes its ids, and how a fill that fails ends."""

import random
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from bench import press
from bench.patterns import Act, Pattern
from bench.press import Job, Press


class Loaded(random.Random):
    """Dice that always fall alike."""

    def randrange(self, *_: Any) -> int:  # type: ignore[override]
        return 65_535

    def getrandbits(self, k: int) -> int:
        return 2**k - 1


def test_two_acts_of_one_moment_take_different_ids() -> None:
    at = datetime(2026, 6, 15, 9, tzinfo=UTC).replace(tzinfo=None)
    acts = (Act(at, ((0, 0), (1, 0))), Act(at, ((2, 0), (3, 0))))
    values: list[Any] = [None] * 4
    Pattern._ids(SimpleNamespace(acts=acts), values, timedelta(), Loaded())  # type: ignore[arg-type]
    assert len(set(values)) == 4


def test_a_fill_that_fails_says_so_and_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: Press, rows: Any) -> None:
        time.sleep(0.2)  # until the printers have nothing left to do
        raise ValueError("a row that does not fit")

    def jobs() -> Iterator[Job]:
        yield from (Job(n, "seed", ()) for n in range(100))

    to = SimpleNamespace(prepare=lambda: None)
    monkeypatch.setattr(press.dialects, "current", lambda: to)
    monkeypatch.setattr(press.connections, "close_all", lambda: None)
    monkeypatch.setattr(Press, "load", broken)
    monkeypatch.setattr(Press, "_in_transactions", Press._loaded)
    with pytest.raises(ValueError, match="does not fit"):
        list(Press([]).run(jobs(), 2))
