"""`make bench NAME=portal`: 64 people at once on the public side, among a million petitions.

`xinfang serve` runs as in production. Half a bench asks where petitions stand, half files new ones; then one visitor with a slow
line opens the front page for the first time. `--quick`: a few of each, among two thousand.
"""

import argparse
import gzip
import re
import secrets
import statistics
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from typing import Any

from bench import filled
from bench.browser import Browser
from bench.figures import Figures, note
from bench.pages import MILLION, QUICK, asked, served, settled
from bench.processes import cpu_ms
from tools.system import chromium

CLIENTS = 64
EACH, QUICK_EACH = 40, 2
# 400 kbit/s and 400 ms there and back: a village on an old network.
SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
FILED = {
    "purpose": "claim",
    "subject": "屋顶漏水没有人修",
    "text": "去年冬天起屋顶漏水，多次找物业，都说等开春再修。到现在没有人来，家具泡坏了三件。" * 6,
    "channel": "online",
    "division": "610115001000",
    "place": "某小区3号楼2单元",
    "respondent": "",
    "demands": "修好屋顶",
    "naming": "named",
    "name": "王桂兰",
    "phone": "13800001234",
    "address": "骊山街道某村三组",
    "id_no": "",
    "agent_name": "",
    "agent_phone": "",
    "persons_count": "1",
    "step": "check",
    "go": "file",
}


class Crowd:
    """64 visitors with a connection each, who ask one thing after the other."""

    def __init__(self, port: int) -> None:
        self.browsers = [Browser(port) for _ in range(CLIENTS)]

    def measured(
        self, visit: Callable[[Browser, int], float], each: int, pids: list[int]
    ) -> tuple[list[float], float, float]:
        """The milliseconds of every visit, how many there were in a second, and the CPU-ms of one."""
        before, began = cpu_ms(pids), time.perf_counter()
        with ThreadPoolExecutor(CLIENTS) as pool:
            spent = list(pool.map(lambda n: self._visits(visit, n, each), range(CLIENTS)))
        wall, cpu = time.perf_counter() - began, cpu_ms(pids) - before
        flat = [one for visits in spent for one in visits]
        return flat, len(flat) / wall, cpu / len(flat)

    def _visits(self, visit: Callable[[Browser, int], float], n: int, each: int) -> list[float]:
        return [visit(self.browsers[n], n * each + k) for k in range(each)]


def files(browser: Browser, n: int) -> float:
    return browser.post("/file/write/", {**FILED, "token": secrets.token_urlsafe(24)}, expect=200)


def asks(plan: list[dict[str, Any]]) -> Callable[[Browser, int], float]:
    def visit(browser: Browser, n: int) -> float:
        one = plan[n % len(plan)]
        return browser.post(one["path"], one["fields"], expect=one["expect"])

    return visit


def first_visit(port: int) -> tuple[float, float]:
    """The front page and all it names, in kB as they are sent and as a proxy compresses them."""
    line, sent, packed = HTTPConnection("127.0.0.1", port), 0, 0
    paths = ["/"]
    for path in paths:
        line.request("GET", path)
        content = line.getresponse().read()
        sent, packed = sent + len(content), packed + len(gzip.compress(content))
        if path == "/":
            paths += sorted(set(re.findall(r'(?:href|src)="(/static/[^"]+)"', content.decode())))
    return sent / 1000, packed / 1000


def first_paint(port: int) -> float:
    """Milliseconds until a first visitor on a slow line sees words."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        window = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = window.new_context(viewport={"width": 360, "height": 740}, is_mobile=True).new_page()
        line = page.context.new_cdp_session(page)
        line.send("Network.enable")
        line.send("Network.emulateNetworkConditions", SLOW)
        page.goto(f"http://127.0.0.1:{port}/")
        while not (painted := float(page.evaluate(PAINT))):
            page.wait_for_timeout(20)  # asked from outside, since the page itself evaluates no text
        window.close()
        return painted


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("-n", type=int, help="among so many petitions")
    chosen = parser.parse_args()
    n = chosen.n or (QUICK if chosen.quick else MILLION)
    each = QUICK_EACH if chosen.quick else EACH
    figures = Figures("portal", filled.keeper().name)
    with filled.database(n) as environment:
        environment["XINFANG_BUSY_FROM"] = "1000000"  # the crowd is one machine; nobody works or waits
        plan = asked(environment, 200)["visits"]["status"]
        with served(environment) as (port, pids):
            crowd = Crowd(port)
            crowd.measured(asks(plan), 2, pids)  # connections and templates
            crowd.measured(files, 1, pids)
            for name, visit in (("status", asks(plan)), ("filing", files)):
                settled(pids)
                say(figures, name, crowd.measured(visit, each, pids), n)
            sent, packed = first_visit(port)
            figures.say("first_visit_kb", packed, "kB", n=n, as_sent_kb=round(sent, 1))
            figures.say("first_paint_slow_ms", first_paint(port), "ms", n=n)
    return 0


def say(figures: Figures, name: str, told: tuple[list[float], float, float], n: int) -> None:
    spent, rate, cpu = told
    many, one = {"status": ("status_per_s", "status_query"), "filing": ("filings_per_s", "filing")}[name]
    figures.say(many, rate, "1/s", n=n, clients=CLIENTS)
    figures.say(f"{one}_cpu_ms", cpu, "ms", n=n)
    figures.say(f"{one}_p50_ms", statistics.median(spent), "ms", n=n)
    figures.say(f"{one}_p95_ms", statistics.quantiles(spent, n=20)[18], "ms", n=n)
    note(f"{name}: {len(spent)} visits by {CLIENTS}")


if __name__ == "__main__":
    sys.exit(main())
