"""`make bench NAME=deadlines`: due dates a second, and how long a year's notice takes to settle what waited for it.

`--quick`: seconds, among a few hundred petitions.
"""

import argparse
import json
import subprocess
import sys

from bench import filled
from bench.figures import Figures, note

PROMISES, QUICK = 10_000, 300


def measured(count: int, *, rounds: int) -> dict[str, float]:
    """In a process of its own, since settings are read once."""
    note(f"Among {count} petitions:")
    with filled.database(count) as environment:
        command = [sys.executable, "-m", "bench.recomputing", f"--promises={count}", f"--rounds={rounds}"]
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True, cwd=filled.ROOT)
    return dict(json.loads(done.stdout))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("-n", type=int, help="so many petitions, each with a promise that waits")
    chosen = parser.parse_args()
    count = chosen.n or (QUICK if chosen.quick else PROMISES)
    found, figures = measured(count, rounds=1 if chosen.quick else 5), Figures("deadlines", filled.keeper().name)
    figures.say("due_dates_per_s", found["due_dates_per_s"], "1/s", n=count)
    figures.say("recompute_statements", found["statements"], "", n=count)
    figures.say("recompute_10k_s", found["seconds"] * PROMISES / count, "s", n=count)
    return 0


if __name__ == "__main__":
    sys.exit(main())
