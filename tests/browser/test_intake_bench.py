"""The bench of the intake page still runs and says what it promised. How fast a typist is, is not asked here."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_three_registrations_are_counted(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bench.intake", "--quick", "-n", "60"]
    environment = {**os.environ, "XINFANG_HOME": str(tmp_path)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    said = {line["metric"]: line for line in map(json.loads, done.stdout.splitlines())}
    assert set(said) == {"seconds", "seconds_mean", "keystrokes", "keystrokes_mean"}
    assert said["keystrokes"]["value"] >= said["keystrokes_mean"]["value"] > 50
