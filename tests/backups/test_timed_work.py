"""The worker's own backups: one after the other, and one that fails stands where the administrator looks."""

import sys
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.utils import timezone
from pytest_django import Settings

from xinfang.backups import drilling, timed_work
from xinfang.backups.models import Drill
from xinfang.desk.administration import drills
from xinfang.trace import sequencer
from xinfang.trace.verify import verify


def test_a_drill_waits_for_the_backup_and_makes_the_first_where_there_is_none(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.BACKUPS, told = str(tmp_path / "none"), tmp_path / "told"
    write = (
        "import sys, time; time.sleep(.2 * (sys.argv[1] == 'backup')); open(sys.argv[2], 'a').write(sys.argv[1] + ' ')"
    )
    monkeypatch.setattr(timed_work, "_words", lambda command: [sys.executable, "-c", write, command, str(told)])
    timed_work.drill(timezone.now())
    timed_work._last[0].join()
    assert told.read_text() == "backup drill "


@pytest.mark.django_db
def test_a_backup_that_failed_is_told_to_the_administrator(settings: Settings) -> None:
    failed = timed_work.note_failed("…\nCommandError: 磁盘满了。\n", seconds=3, at=timezone.now())
    assert (failed.is_sound, failed.said) == (False, "备份没有做成：磁盘满了。")
    assert Drill.objects.get() == failed
    assert "没有通过" in drills.last_said()
    sequencer.place_all()
    assert verify() is None


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "is_sound"), [(1, True), (3, False)])
def test_a_drill_of_an_old_backup_is_not_passed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, days: int, is_sound: bool
) -> None:
    now = timezone.now()
    said = SimpleNamespace(moment=now - timedelta(days=days, hours=1), entries=0, files=0)
    monkeypatch.setattr(drilling, "latest", lambda target: tmp_path)
    monkeypatch.setattr(drilling.manifest, "read", lambda folder: said)
    monkeypatch.setattr(drilling, "_try", lambda *asked: None)
    found = drilling.drill(tmp_path, at=now)
    assert found.is_sound is is_sound
    assert found.said == ("" if is_sound else "恢复得了，可是最近一份备份是 3 天以前做的。")
