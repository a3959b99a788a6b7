"""轮换: old backups go, never the newest that a drill has proven, and never a file that a kept one names."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from xinfang.backups import actions, making, manifest, rotating
from xinfang.backups.actions import Found
from xinfang.backups.drilling import DRILLER
from xinfang.backups.making import POOL, place_of
from xinfang.backups.manifest import Manifest

DAY = datetime(2026, 11, 1, 2, 0, tzinfo=UTC)
EMPTY = Manifest("", "sqlite", "database.sqlite3", 0, "", 0, "", [], 0, "", "")


def held(target: Path, content: bytes) -> str:
    """A file of the pool."""
    address = sha256(content).hexdigest()
    place = place_of(target / POOL, address)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)
    return address


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """Five days, each with the file that every day has and with one of its own."""
    for n in range(5):
        at = DAY + timedelta(days=n)
        folder = tmp_path / f"xinfang-{at:%Y%m%dT%H%M%SZ}"
        folder.mkdir()
        (folder / manifest.FILES).write_text("\n".join([held(tmp_path, b"all"), held(tmp_path, b"%d" % n)]))
        files = {"files": 2, "files_digest": manifest.digest_of(folder / manifest.FILES)}
        manifest.write(folder, replace(EMPTY, made_at=at.isoformat(), key=manifest.key_mark(), **files))
    return tmp_path


def days(target: Path) -> list[int]:
    return sorted(int(one.name[14:16]) for one in target.glob("xinfang-*Z"))


def drilled(day: int, *, is_sound: bool = True) -> None:
    found = Found(
        took_seconds=1, is_sound=is_sound, said="" if is_sound else "坏了。", backup=f"xinfang-202611{day:02}T020000Z"
    )
    actions.note_drill(found, by=DRILLER, at=DAY + timedelta(days=9))


@pytest.mark.django_db
def test_the_newest_stay_and_the_pool_holds_what_they_name(target: Path) -> None:
    done = rotating.rotate(target, keep=2)
    assert days(target) == [4, 5]
    assert (len(done.gone), done.files, done.left) == (3, 3, [])
    kept = {sha256(content).hexdigest() for content in (b"all", b"3", b"4")}
    assert {file.name for file in (target / POOL).rglob("*") if file.is_file()} == kept


@pytest.mark.django_db
def test_the_newest_that_a_drill_has_proven_never_goes(target: Path) -> None:
    drilled(1)
    drilled(2)
    drilled(3, is_sound=False)
    rotating.rotate(target, keep=1)
    assert days(target) == [2, 5]
    assert place_of(target / POOL, sha256(b"1").hexdigest()).is_file()


@pytest.mark.django_db
def test_where_the_proven_one_is_among_the_newest_none_is_added(target: Path) -> None:
    drilled(4)
    rotating.rotate(target, keep=2)
    assert days(target) == [4, 5]


@pytest.mark.django_db
def test_what_is_altered_or_anothers_stays_and_the_pool_with_it(target: Path) -> None:
    list_of_the_first = target / "xinfang-20261101T020000Z" / manifest.FILE
    list_of_the_first.write_text(json.dumps(json.loads(list_of_the_first.read_text()) | {"entries": 7}))
    (target / "xinfang-by-hand").mkdir()
    (target / "xinfang-by-hand" / manifest.FILE).write_text("{}")
    done = rotating.rotate(target, keep=1)
    assert days(target) == [1, 5]
    assert (done.left, done.files) == (["xinfang-20261101T020000Z"], 0)
    assert (target / "xinfang-by-hand" / manifest.FILE).exists()
    assert len([file for file in (target / POOL).rglob("*") if file.is_file()]) == 6


@pytest.mark.django_db
def test_where_the_list_of_files_of_a_kept_one_is_spoilt_the_pool_stays(target: Path) -> None:
    (target / "xinfang-20261105T020000Z" / manifest.FILES).write_text("")
    assert rotating.rotate(target, keep=1).files == 0
    assert days(target) == [5]


@pytest.mark.django_db
def test_what_was_broken_off_while_it_left_goes_the_next_time(target: Path) -> None:
    (target / "xinfang-20261001T020000Z.leaving").mkdir()
    rotating.rotate(target, keep=9)
    assert days(target) == [1, 2, 3, 4, 5]
    assert not list(target.glob("*.leaving"))


@pytest.fixture
def backed_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """The dump itself is tried with real databases elsewhere."""
    made = replace(EMPTY, made_at=DAY.isoformat())
    monkeypatch.setattr(making, "make", lambda target, **_: (target / "new", made))


@pytest.mark.django_db
@pytest.mark.usefixtures("backed_up")
def test_the_folder_of_the_daily_backup_is_rotated_and_no_other(target: Path, settings: Any, tmp_path: Path) -> None:
    settings.BACKUPS_KEPT = 3
    call_command("backup", str(target))
    assert days(target) == [1, 2, 3, 4, 5]
    settings.BACKUPS = str(target)
    call_command("backup", str(target))
    assert days(target) == [3, 4, 5]
    settings.BACKUPS_KEPT = 0
    call_command("backup", str(target))
    assert days(target) == [3, 4, 5]
    call_command("backup", str(target), keep=1)
    assert days(target) == [5]


@pytest.mark.django_db
@pytest.mark.usefixtures("backed_up")
def test_none_at_all_is_refused_before_anything_is_done(target: Path) -> None:
    with pytest.raises(CommandError, match="至少要留一份"):
        call_command("backup", str(target), keep=0)
    assert days(target) == [1, 2, 3, 4, 5]
