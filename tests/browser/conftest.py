"""Chromium, headless and cut off from everything but this machine, and axe in its pages."""

import os
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.servers.basehttp import ThreadedWSGIServer
from django.db import DEFAULT_DB_ALIAS, connections
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.cast import Cast, assemble
from tests.desk.hall import signed_in
from tools.system import chromium

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--use-fake-device-for-media-stream",  # a camera that films a clock
    "--use-fake-ui-for-media-stream",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]


# One connection serves the test and every request: two that speak at once have brought the whole process down.
TURN = threading.RLock()


class InTurn(StaticFilesHandler):
    """One request after the other."""

    def __call__(self, *asked: Any) -> Any:
        with TURN:
            return super().__call__(*asked)


def in_turn(execute: Callable[..., Any], *statement: Any) -> Any:
    """A statement of the test waits for the request under way."""
    with TURN:
        return execute(*statement)


expect.set_options(timeout=15_000)  # a busy machine seals a photograph in more than five seconds


class Patient(ThreadedWSGIServer):
    """Requests under way when a test ends are waited for: they use its connection, and a page that is closed still sends."""

    daemon_threads = False


class House(LiveServerThread):
    server_class = Patient


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Playwright keeps an event loop in this thread, at which Django would refuse its database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        window = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield window
        window.close()


@pytest.fixture
def server(db: None) -> Iterator[str]:
    """The house on a port, in this test's transaction: the thread borrows this connection, and all is rolled back after.

    pytest-django's own server would empty every table instead, and the trace refuses that.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    connection.inc_thread_sharing()
    thread = House("127.0.0.1", InTurn, connections_override={DEFAULT_DB_ALIAS: connection})
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    with connection.execute_wrapper(in_turn):
        yield f"http://127.0.0.1:{thread.port}"
    thread.terminate()
    _wait_for_answers()
    connection.dec_thread_sharing()


def _wait_for_answers() -> None:
    """A page that was closed may have a question under way, and its thread still borrows the connection."""
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(timeout=10)


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble()


@pytest.fixture
def window(browser: Browser, server: str) -> Iterator[BrowserContext]:
    """A visitor's browser, in Chinese, in this county's time; addresses begin at the house."""
    context = browser.new_context(base_url=server, locale="zh-CN", timezone_id="Asia/Shanghai")
    context.set_default_timeout(15_000)
    yield context
    context.close()


@pytest.fixture
def sit_down(window: BrowserContext, server: str, cast: Cast) -> Callable[[str], Page]:
    """`sit_down("registrar")` is that officer's page, already signed in."""

    def sit_down(name: str) -> Page:
        session = signed_in(cast.officers[name]).cookies["sessionid"].value
        window.add_cookies([{"name": "sessionid", "value": session, "url": server}])
        return window.new_page()

    return sit_down


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a visitor nobody knows, in Chinese, in this county's time."""
    context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai")
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def complaints(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 AA on the page as it stands: the rule, and where."""
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": tags}}).response["violations"]
    return [f"{rule['id']} ({rule['impact']}): {node['target']}" for rule in found for node in rule["nodes"]]
