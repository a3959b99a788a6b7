"""The guard against skipped tests, on a run of its own."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.house import rooms

SUITE = "import pytest\ndef test_runs(): pass\n@pytest.mark.skip\ndef test_is_left_out(): pass\n"
CONFTEST = """
from tests.nothing_skipped import Watch
def pytest_configure(config):
    config.pluginmanager.register(Watch(is_fatal={}))
"""


@pytest.mark.parametrize(("is_fatal", "workers", "code"), [(True, "0", 1), (True, "2", 1), (False, "0", 0)])
def test_a_skipped_test_fails_the_run_in_ci(tmp_path: Path, is_fatal: bool, workers: str, code: int) -> None:
    (tmp_path / "test_suite.py").write_text(SUITE)
    (tmp_path / "conftest.py").write_text(CONFTEST.format(is_fatal))
    (tmp_path / "pytest.ini").write_text(f"[pytest]\npythonpath = {rooms.ROOT}\n")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:django", "-p", "no:cacheprovider", "-n", workers]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ran.returncode == code, ran.stdout
    assert ("test_is_left_out" in ran.stdout) == is_fatal
