"""`xinfang demo …` runs a command on the demonstration's ground, and what finds no keys says so."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from xinfang.cli import on_ground

KNOWN = {"demo", "demo_load", "trace_verify", "drill"}


def run(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    given = {name: value for name, value in os.environ.items() if not name.startswith("XINFANG_")}
    command = [sys.executable, "-m", "xinfang", *words]
    env = {**given, "XINFANG_HOME": str(home)}
    return subprocess.run(command, env=env, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False)


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("demo", "demo"),
        ("demo --port 8001", "demo --port 8001"),
        ("demo load", "demo_load"),
        ("demo trace verify", "trace_verify"),
        ("demo drill var/copies", "drill var/copies"),
        ("trace verify", "trace_verify"),
    ],
)
def test_what_follows_demo_is_a_command_of_its_own(words: str, meant: str) -> None:
    assert on_ground(words.split(), KNOWN) == meant.split()


def test_it_runs_on_the_demonstrations_ground(tmp_path: Path) -> None:
    """And before there is one, nothing is made."""
    without = run(tmp_path, "demo", "diffsettings")
    assert (without.returncode, without.stderr) == (1, "这里还没有演示数据，请先运行 make demo。\n")
    assert list(tmp_path.iterdir()) == []
    keys = "".join(f"XINFANG_{name}_KEY={'A' * 43}=\n" for name in ("SECRET", "MASTER", "LOG"))
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "keys.env").write_text(keys)
    done = run(tmp_path, "demo", "diffsettings")
    assert "DEMO = True" in done.stdout, done.stderr
    assert f"HOME = PosixPath('{tmp_path}/demo')" in done.stdout


def test_where_only_a_demonstration_is_the_line_to_type_is_said(tmp_path: Path) -> None:
    assert "demo" not in run(tmp_path, "trace", "verify").stderr
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "keys.env").write_text("")
    done = run(tmp_path, "trace", "verify")
    assert done.returncode == 1
    assert done.stderr.startswith("XINFANG_SECRET_KEY is not set.")
    assert done.stderr.rstrip().endswith(" demo trace verify")
