"""The pictures of docs/life-of-a-petition.md: the steps of the journey test, taken in Chromium over a live server.

`python -m tools.pictures`. The database is thrown away afterwards; everyone in it is invented.
"""

import logging
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

import django

from tools import system, throwaway

if TYPE_CHECKING:
    from tests.journeys.town import Clock
    from tools.screen import Studio

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures" / "life"


def main() -> int:
    with throwaway.environment() as env:
        os.environ.pop("DATABASE_URL", None)
        # Playwright keeps an event loop in this thread, at which Django would refuse its database.
        os.environ.update(env, DJANGO_ALLOW_ASYNC_UNSAFE="true")
        django.setup()
        logging.disable(logging.WARNING)  # what is refused on purpose
        taken = take()
    print(f"{len(taken)} pictures, {sum(picture.stat().st_size for picture in taken) // 1024} KiB.")
    return 0


def take() -> list[Path]:
    """All of them anew, so that none is left of a step that is no more."""
    from django.utils import timezone
    from playwright.sync_api import sync_playwright

    from tests.browser.conftest import FLAGS
    from tests.journeys.town import Clock
    from tools.screen import Studio

    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("*.png"):
        old.unlink()
    clock = Clock("2026-03-06 17:00")
    with mock.patch.object(timezone, "now", clock), served(clock) as base, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=system.chromium(), args=FLAGS, env={**os.environ, "LANGUAGE": "zh_CN"}
        )
        live(Studio(chromium, base, FOLDER), clock)
        chromium.close()
    return sorted(FOLDER.glob("*.png"))


def live(studio: "Studio", clock: "Clock") -> None:
    from tests.journeys.life import Life, heading
    from tests.journeys.test_life_of_a_petition import STEPS

    life = Life(clock, studio.window)
    for studio.n, step in enumerate(STEPS, start=1):
        print(f"{studio.n:2} {heading(step)}", flush=True)
        step(life)


@contextmanager
def served(clock: "Clock") -> Iterator[str]:
    """The town behind real pages, in threads of this process, so that they have its clock."""
    from django.core.management import call_command
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
    from django.core.wsgi import get_wsgi_application

    from tests.journeys.town import settle

    call_command("migrate", verbosity=0)
    settle(at=clock())
    server = ThreadedWSGIServer(("127.0.0.1", 0), _quiet(WSGIRequestHandler))
    server.set_app(get_wsgi_application())
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def _quiet(handler: type) -> type:
    return type("Quiet", (handler,), {"log_message": lambda *words: None})


if __name__ == "__main__":
    sys.exit(main())
