"""`make bench NAME=intake`: twelve registrations at the intake page in Chromium, by keyboard alone, from the open form to the
printed slip. What is typed is in `callers`, how it is counted in `typist`. `--quick`: three of them.
"""

import argparse
import json
import statistics
import subprocess
import sys
from collections.abc import Sequence

from playwright.sync_api import Page, sync_playwright

from bench import filled
from bench.callers import CALLERS, Caller
from bench.figures import Figures, note
from bench.pages import served
from bench.typist import Typist
from tools.system import chromium

AMONG, QUICK = 2_000, 3
TARGET = 90.0
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--no-first-run",
]


def prepared(environment: dict[str, str]) -> dict[str, str]:
    command = [sys.executable, "-m", "bench.clerk"]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True, cwd=filled.ROOT)
    return dict(json.loads(done.stdout))


def sign_in(page: Page, account: dict[str, str]) -> None:
    page.goto("/desk/sign-in/?next=/desk/intake/")
    page.fill("[name=username]", account["username"])
    page.fill("[name=password]", account["password"])
    page.keyboard.press("Enter")
    _ready(page)


def _ready(page: Page) -> None:
    page.wait_for_selector("#id_channel_find:focus")


def registration(page: Page, caller: Caller) -> Typist:
    """One of them, the slip printed and the next form open; it ends the bench when the slip is not what it must be."""
    clerk = Typist(page)
    caller.register(clerk)
    shown = page.locator(".slip ol li").count()
    if shown != caller.demands:
        raise AssertionError(f"{caller.name}: the slip shows {shown} demands.")
    clerk.decisions += 1
    clerk.keys += 3  # Ctrl+P, and Enter in the browser's own window, which headless Chromium has not
    with clerk.waiting():
        clerk.alt("b")
        _ready(page)
    note(
        f"{caller.name:<34}{clerk.keys:>5} keys {clerk.decisions:>3} decisions {clerk.waited:>5.2f} s {clerk.seconds:>6.1f} s"
    )
    return clerk


def registrations(port: int, account: dict[str, str], callers: Sequence[Caller]) -> list[Typist]:
    with sync_playwright() as playwright:
        window = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        page = window.new_page(base_url=f"http://127.0.0.1:{port}", locale="zh-CN", timezone_id="Asia/Shanghai")
        page.set_default_timeout(20_000)
        sign_in(page, account)
        done = [registration(page, caller) for caller in callers]
        window.close()
    return done


def say(figures: Figures, done: list[Typist], n: int) -> None:
    """The plain names are those of the slowest."""
    keys, seconds = [one.keys for one in done], [one.seconds for one in done]
    figures.say("keystrokes_mean", statistics.mean(keys), "", n=n, registrations=len(done))
    figures.say("seconds_mean", statistics.mean(seconds), "s", n=n, registrations=len(done))
    figures.say("keystrokes", max(keys), "", n=n, registrations=len(done))
    figures.say("seconds", max(seconds), "s", n=n, registrations=len(done), target=TARGET)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("-n", type=int, default=AMONG, help="among so many petitions")
    chosen = parser.parse_args()
    callers = CALLERS[1 : 1 + QUICK] if chosen.quick else CALLERS
    with filled.database(chosen.n) as environment:
        account = prepared(environment)
        with served(environment) as (port, _pids):
            done = registrations(port, account, callers)
    say(Figures("intake", filled.keeper().name), done, chosen.n)
    return 0


if __name__ == "__main__":
    sys.exit(main())
