"""Steps with their times: all of them run, so that one failure does not hide the next."""

import subprocess
import sys
import time
from collections.abc import Callable

Step = Callable[[], int]


def program(*command: str, env: dict[str, str]) -> Step:
    return lambda: subprocess.run(command, env=env, check=False).returncode


def run(steps: dict[str, Step]) -> int:
    """The exit code of the whole: 1 when any step failed."""
    failed = [name for name, step in steps.items() if _timed(name, step)]
    if failed:
        print(f"FAILED: {', '.join(failed)}", flush=True)
    return 1 if failed else 0


def _timed(name: str, step: Step) -> int:
    print(f"── {name}", flush=True)
    started = time.monotonic()
    code = step()
    print(f"── {name}: {'ok' if code == 0 else 'FAILED'}, {time.monotonic() - started:.0f} s\n", flush=True)
    sys.stderr.flush()
    return code
