"""`xinfang worker` and `xinfang trace verify`."""

import threading
from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.cast import Cast, registered
from tests.trace.notes import noted, places
from xinfang.trace.management.commands import worker
from xinfang.trace.models import Timed

pytestmark = pytest.mark.django_db


def test_a_worker_that_runs_once_places_what_waits_and_does_what_is_due(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)  # it would close the one this test lives in
    noted(2)
    call_command("worker", once=True)
    assert [n for n, _ in places()] == [1, 2]
    assert Timed.objects.filter(name="deadlines.sweep", held_until__isnull=True).exists()


def test_a_sound_trace_is_called_sound(cast: Cast) -> None:
    registered(cast)
    said = StringIO()
    call_command("trace_verify", stdout=said, stderr=StringIO())
    assert said.getvalue() == "痕迹完好，共 1 条。\n"


def test_a_lie_fails_the_command_and_is_named(cast: Cast, raw: Callable[..., None]) -> None:
    registered(cast)
    raw("UPDATE petitions_demand SET text = 'x'")
    with pytest.raises(CommandError, match=r"第 1 位（petition.register）与库中内容不符。"):
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
