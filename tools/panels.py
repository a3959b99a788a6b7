"""The picture at the head of both READMEs: four pages of the demonstration, taken in Chromium, on one sheet.

`python -m tools.panels`. The database is thrown away afterwards; everyone in it is invented.
"""

import io
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import django
from PIL import Image

from tools import system, throwaway

if TYPE_CHECKING:
    from playwright.sync_api import Page

PICTURE = Path(__file__).resolve().parent.parent / "docs" / "pictures" / "demo.png"
WIDTH, HEIGHT, GAP, COLOURS = 1120, 840, 12, 96
CROWD = 120


def main() -> int:
    with throwaway.environment() as env, TemporaryDirectory() as home:
        os.environ.pop("DATABASE_URL", None)
        # Playwright keeps an event loop in this thread, at which Django would refuse its database.
        os.environ.update(env, XINFANG_HOME=home, XINFANG_DEMO="1", DJANGO_ALLOW_ASYNC_UNSAFE="true")
        django.setup()
        with served() as base:
            sheet(panels(base)).save(PICTURE, optimize=True)
    print(f"docs/pictures/demo.png, {PICTURE.stat().st_size // 1024} KiB.")
    return 0


@contextmanager
def served() -> Iterator[str]:
    """The heroes and some of the crowd, behind real pages."""
    from django.core.management import call_command
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
    from django.core.wsgi import get_wsgi_application
    from django.utils import timezone

    from xinfang.desk import demo

    call_command("migrate", verbosity=0)
    demo.FIRST = CROWD
    demo.prepare(at=timezone.now(), say=print)
    server = ThreadedWSGIServer(("127.0.0.1", 0), type("Quiet", (WSGIRequestHandler,), {"log_message": _silent}))
    server.set_app(get_wsgi_application())
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def _silent(*words: object) -> None:
    """No line for each request."""


def panels(base: str) -> list[Image.Image]:
    from playwright.sync_api import sync_playwright

    from tests.browser.conftest import FLAGS

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=system.chromium(), args=FLAGS)
        size = {"width": WIDTH, "height": HEIGHT}
        context = chromium.new_context(
            base_url=base, locale="zh-CN", timezone_id="Asia/Shanghai", viewport=size, device_scale_factor=1
        )
        page = context.new_page()
        taken = [shot(page) for shot in (_door, _worklist, _petition, _petitioner)]
        chromium.close()
    return taken


def _door(page: "Page") -> Image.Image:
    """Choose a desk."""
    page.goto("/desk/sign-in/")
    return _taken(page)


def _worklist(page: "Page") -> Image.Image:
    """What waits for whoever distributes the petitions."""
    page.click(".cards button[value=dispatcher]")
    return _taken(page)


def _petition(page: "Page") -> Image.Image:
    """The first hero's petition, as the street's handler has it."""
    from xinfang.desk.demo_lives.keys import hero_petition

    roof = hero_petition("roof")
    assert roof is not None
    page.click(".ribbon summary")
    page.click(".ribbon button[value=case_handler]")
    page.goto(f"/desk/petitions/{roof.number}/")
    return _taken(page)


def _petitioner(page: "Page") -> Image.Image:
    """The same petition, as the petitioner finds it."""
    page.goto("/desk/tour/7/")
    page.click("article button.main")
    return _taken(page)


def _taken(page: "Page") -> Image.Image:
    page.evaluate("() => document.activeElement?.blur()")
    return Image.open(io.BytesIO(page.screenshot())).convert("RGB")


def sheet(pictures: list[Image.Image]) -> Image.Image:
    """Two by two, in as many colours as pages of words need."""
    whole = Image.new("RGB", (2 * WIDTH + 3 * GAP, 2 * HEIGHT + 3 * GAP), "#8a97a5")
    for n, picture in enumerate(pictures):
        whole.paste(picture, (GAP + n % 2 * (WIDTH + GAP), GAP + n // 2 * (HEIGHT + GAP)))
    smaller = whole.resize((whole.width * 3 // 4, whole.height * 3 // 4), Image.Resampling.LANCZOS)
    return smaller.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)


if __name__ == "__main__":
    sys.exit(main())
