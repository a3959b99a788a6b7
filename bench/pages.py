"""`make bench NAME=pages`: the pages people use all day, over HTTP, among a million petitions.

`xinfang serve` runs as in production: gunicorn, worker, database. One visitor asks one page after the other.
`--quick`: a few of each, among two thousand.
"""

import argparse
import json
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from bench import filled
from bench.browser import Browser
from bench.figures import Figures
from bench.processes import cpu_ms

MILLION, QUICK = 1_000_000, 2_000
VISITS, QUICK_VISITS = 200, 8
WARM_UP = 16  # every thread of every web process has its connection and its templates
PATIENCE = 60
IDLE, IDLE_MS, MOST_IDLE = 2.0, 160, 900  # seconds watched, CPU-ms in them that are nothing, seconds waited at most


def asked(environment: dict[str, str], count: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.visits", f"--count={count}"]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True, cwd=filled.ROOT)
    return dict(json.loads(done.stdout))


@contextmanager
def served(environment: dict[str, str]) -> Iterator[tuple[int, list[int]]]:
    """The port, and the processes whose CPU counts."""
    port = _free_port()
    command = [sys.executable, "-m", "xinfang", "serve", f"--port={port}"]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, cwd=filled.ROOT)
    try:
        _wait(port, server)
        yield port, [server.pid, *_postmaster(environment["DATABASE_URL"])]
    finally:
        server.terminate()
        server.wait()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as line:
        return int(line.getsockname()[1])


def _wait(port: int, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            Browser(port).get("/query/")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("The server did not start.")


def _postmaster(url: str) -> list[int]:
    if not url.startswith("postgres"):
        return []
    with psycopg.connect(url) as line:
        folder = line.execute("SHOW data_directory").fetchone()
    assert folder
    return [int(Path(folder[0], "postmaster.pid").read_text().split()[0])]


def settled(pids: list[int]) -> None:
    """The worker has swept, set in type and sent what was waiting, and the database has tidied up: none of it is a visit's."""
    until = time.monotonic() + MOST_IDLE
    while time.monotonic() < until:
        before = cpu_ms(pids)
        time.sleep(IDLE)
        if cpu_ms(pids) - before < IDLE_MS:
            return
    raise TimeoutError("The worker found no rest.")


def measured(
    visit: Callable[[dict[str, Any]], float], visits: list[dict[str, Any]], pids: list[int]
) -> tuple[Any, float]:
    """The milliseconds of each visit, and the CPU-ms of one."""
    before = cpu_ms(pids)
    spent = [visit(one) for one in visits]
    time.sleep(0.3)  # the worker places what was written
    return spent, (cpu_ms(pids) - before) / len(visits)


def visitor(port: int, names: dict[str, str], password: str) -> Callable[[dict[str, Any]], float]:
    browsers = {role: Browser(port) for role in ("", *names)}
    for role, name in names.items():
        browsers[role].sign_in(name, password)

    def visit(one: dict[str, Any]) -> float:
        browser = browsers[one["who"]]
        if one["fields"] is None:
            return browser.get(one["path"])
        return browser.post(one["path"], one["fields"], expect=one["expect"])

    return visit


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("-n", type=int, help="among so many petitions")
    chosen = parser.parse_args()
    n = chosen.n or (QUICK if chosen.quick else MILLION)
    count = QUICK_VISITS if chosen.quick else VISITS
    figures = Figures("pages", filled.keeper().name)
    with filled.database(n) as environment:
        plan = asked(environment, count + WARM_UP)
        with served(environment) as (port, pids):
            visit = visitor(port, plan["names"], plan["password"])
            for operation, visits in plan["visits"].items():
                for one in visits[:WARM_UP]:
                    visit(one)
                settled(pids)
                spent, cpu = measured(visit, visits[WARM_UP:], pids)
                say(figures, operation, spent, cpu, plan["statements"][operation], n)
    return 0


def say(figures: Figures, operation: str, spent: list[float], cpu: float, statements: int, n: int) -> None:
    """The plain name is the median."""
    figures.say(operation, statistics.median(spent), "ms", n=n)
    figures.say(f"{operation}_p95_ms", statistics.quantiles(spent, n=20)[18], "ms", n=n)
    figures.say(f"{operation}_cpu_ms", cpu, "ms", n=n)
    figures.say(f"{operation}_statements", statements, "", n=n)


if __name__ == "__main__":
    sys.exit(main())
