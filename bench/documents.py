"""`make bench NAME=documents`: a letter laid out, a hundred printed as one, and what its paper adds to an act.

`--quick`: seconds, a few letters and lives.
"""

import argparse
import json
import subprocess
import sys

from bench import filled
from bench.figures import Figures, note

AMONG, QUICK = 2_000, 300
HUNDRED = 100


def measured(count: int, *, letters: int, lives: int) -> dict[str, float]:
    """In a process of its own, since settings are read once."""
    note(f"Among {count} petitions:")
    with filled.database(count) as environment:
        command = [sys.executable, "-m", "bench.printed", f"--letters={letters}", f"--lives={lives}"]
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True, cwd=filled.ROOT)
    return dict(json.loads(done.stdout))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("-n", type=int, help="among so many petitions")
    chosen = parser.parse_args()
    count = chosen.n or (QUICK if chosen.quick else AMONG)
    letters, lives = (6, 3) if chosen.quick else (HUNDRED, 60)
    found, figures = measured(count, letters=letters, lives=lives), Figures("documents", filled.keeper().name)
    figures.say("letter_ms", found["p50"], "ms", n=count)
    figures.say("letter_p95_ms", found["p95"], "ms", n=count)
    figures.say("batch_100_s", found["batch"] * HUNDRED / letters, "s", n=count)
    figures.say("act_overhead_cpu_ratio", found["cpu"], "", n=count)
    figures.say("act_overhead_ratio", found["wall"], "", n=count)
    return 0


if __name__ == "__main__":
    sys.exit(main())
