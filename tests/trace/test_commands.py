"""`xinfang worker` and `xinfang trace verify`."""

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
