"""Each bench still runs and still says every figure it promised. What the figures are is not asked here."""

import fcntl
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
FEW = 300
LIFECYCLE = {"lifecycles_per_s", "ratio_to_skeleton", "loss_at_1m", "short_roads_per_s", "skeleton_per_s"}
OPERATIONS = ("register", "act", "petition", "worklist_20", "worklist_100", "status")
TRACE = {
    "cost_ratio",
    "cost_ratio_cpu",
    "integration_lag_p50_ms",
    "integration_lag_p99_ms",
    "proof_p50_ms",
    "proof_p95_ms",
    "proof_p95_cpu_ms",
}
TRACE |= {f"{one}_per_s" for one in ("hashes_verified", "contents_verified", "pymerkle_appends", "appends_in_memory")}
TRACE |= {"acts_with_trace_per_s", "acts_without_trace_per_s", "pymerkle_proof_p95_ms"}
DEADLINES = {"due_dates_per_s", "recompute_10k_s", "recompute_statements"}
DOCUMENTS = {"letter_ms", "letter_p95_ms", "batch_100_s", "act_overhead_ratio", "act_overhead_cpu_ratio"}
PORTAL = {"status_per_s", "filings_per_s", "first_visit_kb", "first_paint_slow_ms"}
PORTAL |= {f"{one}_{of}_ms" for one in ("status_query", "filing") for of in ("cpu", "p50", "p95")}
PAGES = {f"{name}{of}" for name in OPERATIONS for of in ("", "_cpu_ms", "_p95_ms", "_statements")}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The benches of this run share what is filled."""
    return tmp_path_factory.mktemp("bench")


def lines(bench: str, home: Path) -> list[dict[str, object]]:
    """What it said on stdout. One after the other: on PostgreSQL the benches of two processes fill databases of one name."""
    command = [sys.executable, "-m", f"bench.{bench}", "--quick", "-n", str(FEW)]
    environment = {**os.environ, "XINFANG_HOME": str(home)}
    with Path(tempfile.gettempdir(), "xinfang-quick-bench.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize(
    ("bench", "metrics"),
    [
        ("lifecycle", LIFECYCLE),
        ("pages", PAGES),
        ("deadlines", DEADLINES),
        ("trace", TRACE),
        ("documents", DOCUMENTS),
        ("portal", PORTAL),
    ],
)
def test_a_bench_says_one_line_for_every_figure(bench: str, metrics: set[str], home: Path) -> None:
    said = lines(bench, home)
    assert {line["metric"] for line in said} == metrics
    vendor = settings.DATABASES["default"]["ENGINE"].rpartition(".")[2]
    for line in said:
        assert {"bench", "metric", "value", "unit", "db", "n"} <= line.keys()
        assert line["db"] == {"sqlite3": "sqlite"}.get(vendor, vendor)
        assert isinstance(line["value"], int | float)
