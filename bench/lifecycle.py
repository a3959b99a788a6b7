"""`make bench NAME=lifecycle`: whole lives and short roads a second through the verbs, beside bare Django.

With 1 and 8 writers, in an empty county and among a million petitions. `--quick`: seconds, among two thousand.
"""

import argparse
import json
import subprocess
import sys

from bench import filled
from bench.figures import Figures, note

MILLION, QUICK = 1_000_000, 2_000
WRITERS, QUICK_WRITERS = (1, 8), (1, 2)
Rates = dict[str, float]


def rates(count: int, *, writers: tuple[int, ...], seconds: float, rounds: int) -> Rates:
    """Measured in a process of its own, since settings are read once."""
    note(f"Among {count} petitions:")
    asked = [f"--seconds={seconds}", f"--rounds={rounds}", "--writers", *map(str, writers)]
    with filled.database(count) as environment:
        command = [sys.executable, "-m", "bench.writers", *asked]
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True, cwd=filled.ROOT)
    return dict(json.loads(done.stdout))


def say(figures: Figures, empty: Rates, full: Rates, count: int, team: tuple[int, ...]) -> None:
    """The figure that counts most comes last: most writers, most petitions."""
    for writers in team:
        life, bare, short = (f"{kind}:{writers}" for kind in ("life", "skeleton", "short_road"))
        for n, found in ((0, empty), (count, full)):
            figures.say("skeleton_per_s", found[bare], "1/s", n=n, writers=writers)
            figures.say("lifecycles_per_s", found[life], "1/s", n=n, writers=writers)
            figures.say("ratio_to_skeleton", found[life] / found[bare], "", n=n, writers=writers)
            figures.say("short_roads_per_s", found[short], "1/s", n=n, writers=writers)
        figures.say("loss_at_1m", 1 - full[life] / empty[life], "", n=count, writers=writers)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("-n", type=int, help="among so many petitions")
    chosen = parser.parse_args()
    count = chosen.n or (QUICK if chosen.quick else MILLION)
    seconds, rounds = (0.3, 1) if chosen.quick else (20.0, 2)
    writers = QUICK_WRITERS if chosen.quick else WRITERS
    empty, full = (rates(n, writers=writers, seconds=seconds, rounds=rounds) for n in (0, count))
    say(Figures("lifecycle", filled.keeper().name), empty, full, count, writers)
    return 0


if __name__ == "__main__":
    sys.exit(main())
