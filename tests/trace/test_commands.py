"""`xinfang worker` and `xinfang trace verify`."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from functools import partial
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from tests.cast import Cast, registered
from tests.trace.notes import noted, places
from xinfang.trace.management.commands import worker
from xinfang.trace.models import Timed

pytestmark = pytest.mark.django_db


def test_a_worker_that_runs_once_places_what_waits_and_does_what_is_due() -> None:
    noted(2)
    call_command("worker", once=True)
    assert [n for n, _ in places()] == [1, 2]
    assert Timed.objects.filter(name="deadlines.sweep", held_until__isnull=True).exists()


def test_work_that_fails_is_logged_and_done_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)  # it would close the one this test lives in
    stop, tried = threading.Event(), []

    def fail_once() -> None:
        tried.append(len(tried))
        if len(tried) == 1:
            raise OperationalError("the database is away")
        stop.set()

    worker._repeat("sequencer", 0, fail_once, stop)
    assert tried == [0, 1]
    assert "sequencer failed" in caplog.text


@pytest.fixture
def _same_signals() -> Iterator[None]:
    before = {name: signal.getsignal(name) for name in (signal.SIGTERM, signal.SIGINT)}
    yield
    for name, handler in before.items():
        signal.signal(name, handler)


@pytest.mark.usefixtures("_same_signals")
@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_works_until_it_is_told_to_stop(monkeypatch: pytest.MonkeyPatch, told: signal.Signals) -> None:
    rounds = {"a": 0, "b": 0}

    def work(name: str) -> None:
        rounds[name] += 1
        if rounds["a"] >= 3 and name == "b":
            os.kill(os.getpid(), told)

    monkeypatch.setattr(worker, "WORK", tuple((name, 0.001, partial(work, name)) for name in rounds))
    call_command("worker")
    assert rounds["a"] >= 3
    assert rounds["b"] >= 1


def test_the_worker_places_reads_and_does_timed_work() -> None:
    assert [name for name, _, _ in worker.WORK] == [*("sequencer", "readers", "timed work", "nightly verification")]
    assert all(pause <= 0.25 for name, pause, _ in worker.WORK if name in ("sequencer", "readers"))


def test_a_sound_trace_is_called_sound(cast: Cast) -> None:
    registered(cast)
    said = StringIO()
    call_command("trace_verify", stdout=said, stderr=StringIO())
    assert said.getvalue() == "正在核验：痕迹和附件共 1 项，从头算一遍……\n痕迹完好，共 1 条。\n"


def test_a_lie_fails_the_command_and_is_named(cast: Cast, raw: Callable[..., None]) -> None:
    registered(cast)
    raw("UPDATE petitions_demand SET text = 'x'")
    with pytest.raises(CommandError, match=r"第 1 位（登记）与库中内容不符。是哪一件"):
        call_command("trace_verify", stdout=StringIO(), stderr=StringIO())


def test_a_long_piece_of_timed_work_does_not_keep_the_sequencer_waiting() -> None:
    stop, placed = threading.Event(), threading.Event()
    sweep = threading.Thread(target=worker._repeat, args=("sweep", 0.01, lambda: stop.wait(30), stop), daemon=True)
    place = threading.Thread(target=worker._repeat, args=("places", 0.01, placed.set, stop), daemon=True)
    sweep.start()
    place.start()
    assert placed.wait(5)
    stop.set()
    sweep.join(5)
    assert not sweep.is_alive()


def test_work_that_fails_is_logged_and_tried_again(caplog: pytest.LogCaptureFixture) -> None:
    stop, tries = threading.Event(), iter([False, True])

    def fail_once() -> None:
        if next(tries):
            stop.set()
        else:
            raise RuntimeError("the database is away")

    worker._repeat("places", 0.01, fail_once, stop)
    assert "places failed" in caplog.text
