"""`make bench NAME=trace`: what the log costs the acts, how soon an entry stands in it, and how fast it is proved and verified.

Among 10,000 entries; `-n 10000000` loads ten million in bulk first, `--leaves` their tree alone. `--quick`: seconds.
"""

import argparse
import json
import subprocess
import sys

from bench import filled
from bench.figures import Figures, note

ENTRIES, QUICK = 10_000, 2_000
UNITS = {"cost_ratio": "", "cost_ratio_cpu": "", "integration_lag_p99_ms": "ms", "proof_p95_ms": "ms"}
EACH = "1/s"


def measured(count: int, *, seconds: float, rounds: int, writers: int, leaves: bool) -> dict[str, float]:
    """In a process of its own, since settings are read once."""
    note(f"Among {count} entries:")
    asked = ["--leaves"] if leaves else []
    asked += [f"--entries={count}", f"--seconds={seconds}", f"--rounds={rounds}", f"--writers={writers}"]
    with filled.database(0) as environment:
        command = [sys.executable, "-m", "bench.logged", *asked]
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True, cwd=filled.ROOT)
    return dict(json.loads(done.stdout))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("-n", type=int, help="so many entries before anything is measured")
    parser.add_argument("--leaves", action="store_true", help="the tree alone: proofs and hashes among very many")
    chosen = parser.parse_args()
    count = chosen.n or (QUICK if chosen.quick else ENTRIES)
    pace = {"seconds": 2.0, "rounds": 1, "writers": 2} if chosen.quick else {"seconds": 20.0, "rounds": 3, "writers": 8}
    figures = Figures("trace", filled.keeper().name)
    for metric, value in measured(count, leaves=chosen.leaves, **pace).items():  # type: ignore[arg-type]
        figures.say(metric, value, UNITS.get(metric, EACH if metric.endswith("_per_s") else "ms"), n=count)
    return 0


if __name__ == "__main__":
    sys.exit(main())
