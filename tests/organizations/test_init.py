"""A real installation begins once: keys, a county, and two persons who cannot do each other's part."""

import os
import stat
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.hashers import check_password
from django.core.management import call_command
from django.core.management.base import CommandError

from xinfang.foundation import keys
from xinfang.organizations.models import Duty, Officer, Unit

ROOT = Path(__file__).resolve().parents[2]
LINTONG = ROOT / "counties" / "lintong"
PEOPLE = {"administrator": ["guanli", "王甲"], "bureau_head": ["juzhang", "李乙"]}


@pytest.fixture
def begin(db, settings, tmp_path, monkeypatch, no_other_loaders):
    settings.HOME = tmp_path
    monkeypatch.setattr(keys, "_fresh", {})
    monkeypatch.setattr("xinfang.organizations.management.commands.init.call_command", without_migrate)

    def begin(**changed: object) -> str:
        said = StringIO()
        call_command("init", **{"county": LINTONG, **PEOPLE, **changed}, stdout=said)
        return said.getvalue()

    return begin


def without_migrate(name: str, *args: object, **options: object) -> None:
    if name != "migrate":
        call_command(name, *args, **options)


def test_two_persons_begin_each_with_one_duty_and_a_password_of_their_own(begin):
    said = begin()
    people = {officer.username: officer for officer in Officer.objects.all()}
    assert [seat.duty for seat in people["guanli"].seats] == [Duty.ADMINISTRATOR]
    assert [seat.duty for seat in people["juzhang"].seats] == [Duty.BUREAU_HEAD]
    told = dict(line.split() for line in said.splitlines() if line.startswith("  "))
    assert told.keys() == people.keys()
    assert all(check_password(once, people[username].password) for username, once in told.items())
    assert all(officer.must_change_password for officer in people.values())


def test_it_refuses_to_begin_twice(begin):
    begin()
    with pytest.raises(CommandError, match="只能运行一次"):
        begin(administrator=["other", "赵丙"])
    assert Officer.objects.count() == 2


@pytest.mark.parametrize("same", [["guanli", "李乙"], ["juzhang", "王甲"]])
def test_one_person_is_not_two(begin, same):
    with pytest.raises(CommandError, match="必须是两个人"):
        begin(bureau_head=same)
    assert not Unit.objects.exists()


def test_a_refused_second_person_leaves_no_first(begin):
    with pytest.raises(CommandError, match="登录名为"):
        begin(bureau_head=["a b", "李乙"])
    assert not Officer.objects.exists()


def test_keys_are_made_where_none_are_and_written_for_the_owner_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(keys, "_fresh", {})
    for name in keys._MAKERS:
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    keys.prepare(tmp_path)
    made = {name: os.environ[name] for name in ("XINFANG_SECRET_KEY", "XINFANG_MASTER_KEY", "XINFANG_LOG_KEY")}
    assert not (tmp_path / "keys.env").exists()
    file = keys.keep(tmp_path)
    assert file is not None
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert dict(line.split("=", 1) for line in file.read_text().splitlines()) == made


def test_keys_that_are_there_stay(tmp_path, monkeypatch):
    monkeypatch.setattr(keys, "_fresh", {})
    monkeypatch.setenv("XINFANG_SECRET_KEY", "given")
    monkeypatch.setenv("XINFANG_LOG_KEY", "given")
    monkeypatch.setenv("XINFANG_MASTER_KEY", "")
    monkeypatch.delenv("XINFANG_MASTER_KEY")
    (tmp_path / "keys.env").write_text("XINFANG_MASTER_KEY=kept\n")
    keys.prepare(tmp_path)
    assert "XINFANG_MASTER_KEY" not in os.environ
    assert keys.keep(tmp_path) is None
    assert (tmp_path / "keys.env").read_text() == "XINFANG_MASTER_KEY=kept\n"


def run(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("XINFANG", "DATABASE", "DJANGO", "COV"))
    }
    environment = {**kept, "XINFANG_HOME": str(home)}
    return subprocess.run(
        [sys.executable, "-m", "xinfang", *words], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60
    )


def test_without_keys_the_command_line_says_what_to_do_and_makes_none(tmp_path):
    done = run(tmp_path / "home", "check")
    assert done.returncode == 1
    assert "xinfang init" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "home").exists()
